package ai.cscx.chorus.signal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is known of a customer's conversations at the end of a day.
 *
 * @param calls those that took place, newest first
 * @param promises made in calls, in no order
 * @param day in UTC, which is over
 */
record History(List<CallFacts> calls, List<Promise> promises, Categories categories, LocalDate day) {
    /** No function looks further back. */
    static final Duration REACH = Duration.ofDays(365);

    History {
        calls = List.copyOf(calls);
        promises = List.copyOf(promises);
    }

    /** As it was at the end of an earlier day, as far as that is known now. */
    History at(LocalDate earlier) {
        Instant end = end(earlier);
        return new History(
                calls.stream()
                        .filter(call -> call.tookPlace() && call.startedAt().isBefore(end))
                        .toList(),
                promises.stream()
                        .filter(promise -> promise.madeAt().isBefore(end))
                        .toList(),
                categories,
                earlier);
    }

    /** When the day was over. */
    Instant end() {
        return end(day);
    }

    static Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** How long ago that was, in days. */
    double age(CallFacts call) {
        return Decay.days(call.startedAt(), end());
    }

    /** Calls of the last days, newest first. */
    List<CallFacts> last(double days) {
        return calls.stream().filter(call -> age(call) <= days).toList();
    }

    /** Those of the last days of which it is known what was said. */
    List<CallFacts> heard(double days) {
        return calls.stream()
                .filter(call -> age(call) <= days)
                .filter(History::isHeard)
                .toList();
    }

    private static boolean isHeard(CallFacts call) {
        CallNumbers numbers = call.numbers();
        return numbers != null && (call.transcript() || numbers.origin() == ai.cscx.chorus.call.Momentum.Origin.SOURCE);
    }

    /** The share of these calls that are so, 0–1, later ones counting more. Half a call that is not so is added. */
    double share(List<CallFacts> of, Predicate<CallNumbers> so) {
        double with = 0;
        double all = 0.5;
        for (CallFacts call : of) {
            double weight = Decay.weight(call.startedAt(), end());
            CallNumbers numbers = call.numbers();
            all += weight;
            with += numbers != null && so.test(numbers) ? weight : 0;
        }
        return with / all;
    }
}
