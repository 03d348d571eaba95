package ai.cscx.chorus.signal;

import ai.cscx.chorus.call.Momentum.DealProgress;
import ai.cscx.chorus.call.Momentum.Origin;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where one call shows things to go, as a number. Pure. */
final class CallMomentum {
    private static final int MOST_OBJECTIONS = 4;

    private CallMomentum() {}

    /** What moves it; each part adds to the value of a call. */
    enum Part {
        /** −0.8 declining, −0.3 stalled, 0 unknown, 0.5 advancing. */
        DEAL_PROGRESS("dealProgress"),
        /** −0.15 for each reservation of the customer, up to four. */
        OBJECTIONS("objections"),
        /** −0.2 if the customer's words hit a tracker of the category risk. */
        RISK("risk"),
        /** 0.1 if anything was agreed to be done, 0.3 if the customer does something. */
        NEXT_STEPS("nextSteps");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * What the parts add, from −1 to 1 in all; null where it is not known what the customer said: a call without words of
     * which the source says nothing. Weights are ours; they order calls, no more.
     */
    static @Nullable Map<Part, Double> parts(CallFacts call, Categories categories) {
        CallNumbers numbers = call.numbers();
        if (numbers == null || numbers.origin() == null || (numbers.origin() == Origin.DERIVED && !call.transcript())) {
            return null;
        }
        Map<Part, Double> parts = new EnumMap<>(Part.class);
        parts.put(Part.DEAL_PROGRESS, weight(progress(numbers, categories)));
        parts.put(Part.OBJECTIONS, -0.15 * Math.min(MOST_OBJECTIONS, objections(numbers, categories)));
        parts.put(Part.RISK, heard(numbers, categories, Categories.RISK) > 0 ? -0.2 : 0.0);
        parts.put(Part.NEXT_STEPS, numbers.theirSteps() > 0 ? 0.3 : numbers.nextSteps() > 0 ? 0.1 : 0.0);
        double sum = Math.abs(
                parts.values().stream().mapToDouble(Double::doubleValue).sum());
        if (sum > 1) {
            parts.replaceAll((part, value) -> value / sum);
        }
        return parts;
    }

    private static double weight(DealProgress progress) {
        return switch (progress) {
            case DECLINING -> -0.8;
            case STALLED -> -0.3;
            case UNKNOWN -> 0;
            case ADVANCING -> 0.5;
        };
    }

    /**
     * Where the deal goes: as the source says; else declining where the customer speaks of going away; stalled where they
     * put things off or have reservations; advancing where they go on, or do something, without one.
     */
    static DealProgress progress(CallNumbers numbers, Categories categories) {
        if (numbers.progress() != null) {
            return numbers.progress();
        }
        int objections = objections(numbers, categories);
        if (numbers.declines() > 0) {
            return DealProgress.DECLINING;
        }
        if (objections + numbers.stalls() > numbers.advances()) {
            return DealProgress.STALLED;
        }
        boolean goesOn = numbers.advances() > 0 || numbers.theirSteps() > 0;
        return goesOn && objections == 0 ? DealProgress.ADVANCING : DealProgress.UNKNOWN;
    }

    /** Reservations in the customer's words: those of our rules, or of trackers of the category objection if they heard more. */
    static int objections(CallNumbers numbers, Categories categories) {
        return Math.max(numbers.objections(), heard(numbers, categories, Categories.OBJECTION));
    }

    /** How often the customer's words hit trackers of the category. */
    static int heard(CallNumbers numbers, Categories categories, String category) {
        int heard = 0;
        for (CallNumbers.TrackerCount tracker : numbers.trackers()) {
            if (tracker.heard() > 0 && category.equals(categories.of(tracker.tracker()))) {
                heard += tracker.heard();
            }
        }
        return heard;
    }
}
