package ai.cscx.chorus.signal;

import ai.cscx.chorus.signal.History.Heard;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What the customer's own people say, and how much. Pure; all look at the last 90 days, half-life 30. */
final class Voice {
    private static final double DAYS = 90;
    private static final double MOMENTUM_DAYS = 180;
    private static final int MOST_OBJECTIONS = 4;
    private static final int FEWEST_SHARES = 2;
    private static final int MOST_REFS = 6;
    /** Added to the calls, so that one call does not say everything. */
    private static final double SILENT_CALLS = 0.5;

    private Voice() {}

    /**
     * Objections: reservations a call. Unit: utterances a call, 0–4. Source: Chorus where it lists them, else our rules and
     * trackers of the category objection; at most four a call count, later calls more, and half a call without any is added.
     */
    static Measured objections(History history) {
        List<Heard> calls = history.heard(DAYS);
        if (calls.isEmpty()) {
            return unheard();
        }
        return Measured.of(
                mean(calls, SILENT_CALLS, call -> Math.min(MOST_OBJECTIONS, count(call, history))),
                () -> {
                    int all = calls.stream()
                            .mapToInt(call -> count(call, history))
                            .sum();
                    long with = calls.stream()
                            .filter(call -> count(call, history) > 0)
                            .count();
                    return all == 0
                            ? "No reservation of the customer in " + calls(calls.size()) + "."
                            : "The customer had " + all + (all == 1 ? " reservation in " : " reservations in ") + with
                                    + " of " + calls(calls.size()) + ".";
                },
                () -> refs(calls, call -> Refs.objections(call.call().call(), call.numbers(), history.categories())));
    }

    private static int count(Heard call, History history) {
        return CallMomentum.objections(call.numbers(), history.categories());
    }

    /**
     * Risk: calls in which the customer spoke of going away, or hit a tracker of the category risk. Unit: share of calls,
     * 0–1. Source: our rules and the trackers; half a call without is added.
     */
    static Measured risk(History history) {
        return share(
                history,
                "spoke of risks",
                call -> call.numbers().declines() > 0
                        || CallMomentum.heard(call.numbers(), history.categories(), Categories.RISK) > 0,
                call -> {
                    List<Ref> refs = Refs.cues(call.call().call(), call.numbers(), Cue.DECLINE);
                    refs.addAll(
                            Refs.trackers(call.call().call(), call.numbers(), history.categories(), Categories.RISK));
                    return refs;
                });
    }

    /** Competitors: as {@link #category}. */
    static Measured competitors(History history) {
        return category(history, Categories.COMPETITOR, "named competitors");
    }

    /**
     * Calls in which the customer's words hit a tracker of the category. Unit: share of calls, 0–1. Source: the trackers; half
     * a call without is added.
     */
    static Measured category(History history, String category) {
        return category(history, category, "hit trackers of the category " + category);
    }

    private static Measured category(History history, String category, String did) {
        return share(
                history,
                did,
                call -> CallMomentum.heard(call.numbers(), history.categories(), category) > 0,
                call -> Refs.trackers(call.call().call(), call.numbers(), history.categories(), category));
    }

    /**
     * Calls in which the customer's words hit the tracker. Unit: share of calls, 0–1. Source: the tracker; half a call without
     * is added.
     *
     * @param tracker its key
     */
    static Measured tracker(History history, String tracker) {
        return share(
                history,
                "hit the tracker",
                call -> call.numbers().trackers().stream()
                        .anyMatch(count -> count.heard() > 0 && count.tracker().equals(tracker)),
                call -> List.of(new Ref.ByTracker(call.call().call(), tracker)));
    }

    /**
     * Talk balance: the customer's share of the talk. Unit: share, 0–1. Source: the times of the transcript's utterances, or
     * their letters; the mean of the calls, later ones counting more.
     */
    static Measured talk(History history) {
        List<Heard> calls = history.heard(DAYS).stream()
                .filter(call -> call.numbers().theirShare() != null)
                .toList();
        if (calls.size() < FEWEST_SHARES) {
            return Measured.unknown(
                    "Of " + calls(calls.size()) + " it is known who spoke how much; it takes " + FEWEST_SHARES + ".");
        }
        double mean = mean(calls, 0, Voice::theirShare);
        return Measured.of(
                mean, () -> String.format(Locale.ROOT, "The customer spoke %.0f %% of the time.", 100 * mean));
    }

    private static double theirShare(Heard call) {
        Double share = call.numbers().theirShare();
        return share == null ? 0 : share;
    }

    /** Momentum: {@link MomentumScore} of 180 days. Unit: points, 0–100. */
    static Measured momentum(History history) {
        List<CallFacts> calls =
                history.heard(MOMENTUM_DAYS).stream().map(Heard::call).toList();
        Double score = MomentumScore.score(calls, history.categories(), history.end());
        if (score == null) {
            return unheard();
        }
        return Measured.of(
                score,
                () -> "Momentum stands at " + Math.round(score) + ": "
                        + MomentumScore.of(calls, history.categories(), history.end()).drivers().stream()
                                .map(MomentumScore.Driver::why)
                                .findFirst()
                                .orElse("nothing moves it")
                        + ".",
                () -> MomentumScore.of(calls, history.categories(), history.end()).drivers().stream()
                        .limit(1)
                        .flatMap(driver -> driver.evidence().stream())
                        .toList());
    }

    private static Measured share(
            History history, String did, Predicate<Heard> so, Function<Heard, List<? extends Ref>> where) {
        List<Heard> calls = history.heard(DAYS);
        if (calls.isEmpty()) {
            return unheard();
        }
        List<Heard> with = calls.stream().filter(so).toList();
        return Measured.of(
                mean(calls, SILENT_CALLS, call -> so.test(call) ? 1 : 0),
                () -> "The customer " + did + " in " + with.size() + " of " + calls(calls.size()) + ".",
                () -> refs(with, where));
    }

    /**
     * @param more the weight of what is 0 beside the calls
     */
    private static double mean(List<Heard> calls, double more, ToDoubleFunction<Heard> amount) {
        double sum = 0;
        double weights = more;
        for (Heard call : calls) {
            sum += call.weight() * amount.applyAsDouble(call);
            weights += call.weight();
        }
        return sum / weights;
    }

    private static List<Ref> refs(List<Heard> calls, Function<Heard, List<? extends Ref>> where) {
        return calls.stream()
                .<Ref>flatMap(call -> where.apply(call).stream())
                .limit(MOST_REFS)
                .toList();
    }

    private static String calls(int calls) {
        return calls + (calls == 1 ? " call" : " calls") + " of the last 90 days";
    }

    private static Measured unheard() {
        return Measured.unknown("Of the last 90 days no words are here.");
    }
}
