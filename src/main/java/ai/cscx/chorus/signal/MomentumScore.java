package ai.cscx.chorus.signal;

import ai.cscx.chorus.call.Momentum.DealProgress;
import ai.cscx.chorus.signal.CallMomentum.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the calls of a customer show things to go. Pure.
 *
 * <p>score = 50 + 50 · Σ wᵢvᵢ / (Σ wᵢ + 0.5), where vᵢ is the value of a call, −1 to 1 ({@link CallMomentum}), and wᵢ halves
 * every 30 days; the 0.5 keeps a single call from saying everything. The direction compares the mean of the last weeks
 * (half-life 14 days) with the long one (60 days).
 *
 * @param score 0–100, 50 = stands still; null without a call that tells
 * @param drivers what moved it, the strongest first; their points add up to score − 50
 */
record MomentumScore(@Nullable Double score, Direction direction, List<Driver> drivers) {
    private static final double PRIOR = 0.5;
    private static final double SHORT_DAYS = 14;
    private static final double LONG_DAYS = 60;
    /** Means closer than this are the same. */
    private static final double STEADY = 0.1;
    /** A direction takes so many calls in the last 30 days, and so many before. */
    private static final int FEWEST = 2;

    private static final double RECENT_DAYS = 30;
    private static final double TOLD_DAYS = 90;
    private static final int MOST_REFS = 6;

    MomentumScore {
        drivers = List.copyOf(drivers);
    }

    /**
     * @param points of the score
     */
    record Driver(Part part, double points, String why, List<Ref> evidence) {
        Driver {
            evidence = List.copyOf(evidence);
        }
    }

    private record Valued(CallFacts call, CallNumbers numbers, Map<Part, Double> parts) {
        double value() {
            return parts.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /**
     * @param calls newest first; those after {@code now} are left out
     */
    static MomentumScore of(List<CallFacts> calls, Categories categories, Instant now) {
        List<Valued> valued = valued(calls, categories, now);
        if (valued.isEmpty()) {
            return new MomentumScore(null, Direction.UNKNOWN, List.of());
        }
        Map<Part, Double> points = points(valued, now);
        List<Driver> drivers = points.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .map(entry -> driver(entry.getKey(), entry.getValue(), valued, categories, now))
                .sorted(Comparator.comparingDouble((Driver driver) -> -Math.abs(driver.points())))
                .toList();
        return new MomentumScore(score(points), direction(valued, now), drivers);
    }

    /** The score alone; null without a call that tells. */
    static @Nullable Double score(List<CallFacts> calls, Categories categories, Instant now) {
        List<Valued> valued = valued(calls, categories, now);
        return valued.isEmpty() ? null : Double.valueOf(score(points(valued, now)));
    }

    private static List<Valued> valued(List<CallFacts> calls, Categories categories, Instant now) {
        List<Valued> valued = new ArrayList<>();
        for (CallFacts call : calls) {
            CallNumbers numbers = call.numbers();
            Map<Part, Double> parts = CallMomentum.parts(call, categories);
            if (parts != null && numbers != null && !call.startedAt().isAfter(now)) {
                valued.add(new Valued(call, numbers, parts));
            }
        }
        return valued;
    }

    /** What each part adds to the middle. */
    private static Map<Part, Double> points(List<Valued> calls, Instant now) {
        double weights = PRIOR;
        Map<Part, Double> sums = new EnumMap<>(Part.class);
        for (Valued call : calls) {
            double weight = Decay.weight(call.call().startedAt(), now);
            weights += weight;
            call.parts().forEach((part, value) -> sums.merge(part, weight * value, Double::sum));
        }
        double all = weights;
        sums.replaceAll((part, sum) -> 50 * sum / all);
        return sums;
    }

    private static double score(Map<Part, Double> points) {
        double sum = points.values().stream().mapToDouble(Double::doubleValue).sum();
        return Math.clamp(50 + sum, 0, 100);
    }

    private static Direction direction(List<Valued> calls, Instant now) {
        long recent = calls.stream()
                .filter(call -> Decay.days(call.call().startedAt(), now) <= RECENT_DAYS)
                .count();
        if (recent < FEWEST || calls.size() - recent < FEWEST) {
            return Direction.UNKNOWN;
        }
        double difference = mean(calls, now, SHORT_DAYS) - mean(calls, now, LONG_DAYS);
        if (Math.abs(difference) <= STEADY) {
            return Direction.STEADY;
        }
        return difference > 0 ? Direction.RISING : Direction.FALLING;
    }

    private static double mean(List<Valued> calls, Instant now, double halfLifeDays) {
        double sum = 0;
        double weights = 0;
        for (Valued call : calls) {
            double weight = Decay.weight(call.call().startedAt(), now, halfLifeDays);
            sum += weight * call.value();
            weights += weight;
        }
        return sum / weights;
    }

    private static Driver driver(Part part, double points, List<Valued> calls, Categories categories, Instant now) {
        List<Valued> told = calls.stream()
                .filter(call -> Decay.days(call.call().startedAt(), now) <= TOLD_DAYS)
                .toList();
        List<Valued> shown = told.isEmpty() ? calls.subList(0, 1) : told;
        String of = "of the last " + shown.size() + (shown.size() == 1 ? " call" : " calls") + " that tell";
        String why = switch (part) {
            case DEAL_PROGRESS ->
                count(shown, call -> is(call, categories, DealProgress.ADVANCING)) + " advancing, "
                        + count(shown, call -> is(call, categories, DealProgress.STALLED)) + " stalled, "
                        + count(shown, call -> is(call, categories, DealProgress.DECLINING)) + " declining, " + of;
            case OBJECTIONS ->
                shown.stream()
                                .mapToInt(call -> CallMomentum.objections(call.numbers(), categories))
                                .sum()
                        + " reservations of the customer in "
                        + count(shown, call -> CallMomentum.objections(call.numbers(), categories) > 0) + " " + of;
            case RISK ->
                "the customer spoke of risks in "
                        + count(shown, call -> CallMomentum.heard(call.numbers(), categories, Categories.RISK) > 0)
                        + " " + of;
            case NEXT_STEPS ->
                "next steps in " + count(shown, call -> call.numbers().nextSteps() > 0)
                        + ", some of them the customer's in "
                        + count(shown, call -> call.numbers().theirSteps() > 0) + " " + of;
        };
        List<Ref> evidence = shown.stream()
                .flatMap(call -> refs(part, call, categories).stream())
                .limit(MOST_REFS)
                .toList();
        return new Driver(part, points, why, evidence);
    }

    private static boolean is(Valued call, Categories categories, DealProgress progress) {
        return CallMomentum.progress(call.numbers(), categories) == progress;
    }

    private static long count(List<Valued> calls, java.util.function.Predicate<Valued> which) {
        return calls.stream().filter(which).count();
    }

    private static List<Ref> refs(Part part, Valued call, Categories categories) {
        CallNumbers numbers = call.numbers();
        return switch (part) {
            case DEAL_PROGRESS ->
                switch (CallMomentum.progress(numbers, categories)) {
                    case DECLINING -> Refs.cues(call.call().call(), numbers, Cue.DECLINE, Cue.OBJECTION, Cue.STALL);
                    case STALLED -> Refs.cues(call.call().call(), numbers, Cue.STALL, Cue.OBJECTION);
                    case ADVANCING -> Refs.cues(call.call().call(), numbers, Cue.ADVANCE, Cue.NEXT_STEP);
                    case UNKNOWN -> List.of();
                };
            case OBJECTIONS -> Refs.objections(call.call().call(), numbers, categories);
            case RISK -> Refs.trackers(call.call().call(), numbers, categories, Categories.RISK);
            case NEXT_STEPS -> Refs.cues(call.call().call(), numbers, Cue.NEXT_STEP);
        };
    }
}
