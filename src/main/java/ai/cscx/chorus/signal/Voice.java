package ai.cscx.chorus.signal;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the customer's own people say, and how much. Pure; all look at the last 90 days, half-life 30. */
final class Voice {
    private static final double DAYS = 90;
    private static final double MOMENTUM_DAYS = 180;
    private static final int MOST_OBJECTIONS = 4;
    private static final int FEWEST_SHARES = 2;
    private static final int MOST_REFS = 6;

    private Voice() {}

    /**
     * Objections: reservations a call. Unit: utterances a call, 0–4. Source: Chorus where it lists them, else our rules and
     * trackers of the category objection; at most four a call count, later calls more, and half a call without any is added.
     */
    static Measured objections(History history) {
        List<CallFacts> calls = history.heard(DAYS);
        if (calls.isEmpty()) {
            return unheard();
        }
        double sum = 0;
        double weights = 0.5;
        int all = 0;
        int with = 0;
        for (CallFacts call : calls) {
            CallNumbers numbers = call.numbers();
            int here = numbers == null ? 0 : CallMomentum.objections(numbers, history.categories());
            double weight = Decay.weight(call.startedAt(), history.end());
            sum += weight * Math.min(MOST_OBJECTIONS, here);
            weights += weight;
            all += here;
            with += here > 0 ? 1 : 0;
        }
        return new Measured(
                sum / weights,
                all == 0
                        ? "No reservation of the customer in " + calls(calls.size()) + "."
                        : "The customer had " + all + (all == 1 ? " reservation in " : " reservations in ") + with
                                + " of " + calls(calls.size()) + ".",
                refs(calls, numbers -> CallMomentum.objections(numbers, history.categories()) > 0, call -> {
                    CallNumbers numbers = call.numbers();
                    return numbers == null ? List.of() : Refs.objections(call.call(), numbers, history.categories());
                }));
    }

    /**
     * Risk: calls in which the customer spoke of going away, or hit a tracker of the category risk. Unit: share of calls,
     * 0–1. Source: our rules and the trackers.
     */
    static Measured risk(History history) {
        return share(
                history,
                "spoke of risks",
                numbers -> numbers.declines() > 0
                        || CallMomentum.heard(numbers, history.categories(), Categories.RISK) > 0,
                call -> {
                    CallNumbers numbers = call.numbers();
                    if (numbers == null) {
                        return List.of();
                    }
                    List<Ref> refs = Refs.cues(call.call(), numbers, Cue.DECLINE);
                    refs.addAll(Refs.trackers(call.call(), numbers, history.categories(), Categories.RISK));
                    return refs;
                });
    }

    /** Calls in which the customer's words hit a tracker of the category. Unit: share of calls, 0–1. Source: the trackers. */
    static Measured category(History history, String category) {
        return share(
                history,
                "hit trackers of the category " + category,
                numbers -> CallMomentum.heard(numbers, history.categories(), category) > 0,
                call -> {
                    CallNumbers numbers = call.numbers();
                    return numbers == null
                            ? List.of()
                            : Refs.trackers(call.call(), numbers, history.categories(), category);
                });
    }

    /** Competitors: as {@link #category}. */
    static Measured competitors(History history) {
        return share(
                history,
                "named competitors",
                numbers -> CallMomentum.heard(numbers, history.categories(), Categories.COMPETITOR) > 0,
                call -> {
                    CallNumbers numbers = call.numbers();
                    return numbers == null
                            ? List.of()
                            : Refs.trackers(call.call(), numbers, history.categories(), Categories.COMPETITOR);
                });
    }

    /**
     * Calls in which the customer's words hit the tracker. Unit: share of calls, 0–1. Source: the tracker.
     *
     * @param tracker its key
     */
    static Measured tracker(History history, String tracker) {
        return share(
                history,
                "hit the tracker",
                numbers -> numbers.trackers().stream()
                        .anyMatch(count -> count.heard() > 0 && count.tracker().equals(tracker)),
                call -> List.of(new Ref.ByTracker(call.call(), tracker)));
    }

    /**
     * Talk balance: the customer's share of the talk. Unit: share, 0–1. Source: the times of the transcript's utterances, or
     * their letters; the mean of the calls, later ones counting more.
     */
    static Measured talk(History history) {
        double sum = 0;
        double weights = 0;
        int calls = 0;
        for (CallFacts call : history.heard(DAYS)) {
            CallNumbers numbers = call.numbers();
            Double share = numbers == null ? null : numbers.theirShare();
            if (share != null) {
                double weight = Decay.weight(call.startedAt(), history.end());
                sum += weight * share;
                weights += weight;
                calls++;
            }
        }
        if (calls < FEWEST_SHARES) {
            return Measured.unknown(
                    "Of " + calls(calls) + " it is known who spoke how much; it takes " + FEWEST_SHARES + ".");
        }
        double mean = sum / weights;
        return Measured.of(mean, String.format(Locale.ROOT, "The customer spoke %.0f %% of the time.", 100 * mean));
    }

    /** Momentum: {@link MomentumScore} of 180 days. Unit: points, 0–100. */
    static Measured momentum(History history) {
        MomentumScore momentum = MomentumScore.of(history.heard(MOMENTUM_DAYS), history.categories(), history.end());
        if (momentum.score() == null) {
            return unheard();
        }
        String driver = momentum.drivers().isEmpty()
                ? "nothing moves it"
                : momentum.drivers().getFirst().why();
        return new Measured(
                momentum.score(),
                "Momentum stands at " + Math.round(momentum.score()) + ": " + driver + ".",
                momentum.drivers().isEmpty()
                        ? List.of()
                        : momentum.drivers().getFirst().evidence());
    }

    private static Measured share(
            History history, String did, Predicate<CallNumbers> so, Function<CallFacts, List<? extends Ref>> where) {
        List<CallFacts> calls = history.heard(DAYS);
        if (calls.isEmpty()) {
            return unheard();
        }
        List<CallFacts> with = calls.stream()
                .filter(call -> {
                    CallNumbers numbers = call.numbers();
                    return numbers != null && so.test(numbers);
                })
                .toList();
        return new Measured(
                history.share(calls, so),
                "The customer " + did + " in " + with.size() + " of " + calls(calls.size()) + ".",
                refs(with, so, where));
    }

    private static List<Ref> refs(
            List<CallFacts> calls, Predicate<CallNumbers> so, Function<CallFacts, List<? extends Ref>> where) {
        return calls.stream()
                .filter(call -> {
                    CallNumbers numbers = call.numbers();
                    return numbers != null && so.test(numbers);
                })
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
