package ai.cscx.chorus.signal;

import ai.cscx.chorus.call.Momentum.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What is known of a customer's conversations at the end of a day. Immutable. */
final class History {
    /** No function looks further back. */
    static final Duration REACH = Duration.ofDays(365);

    private final List<CallFacts> calls;
    private final List<Promise> promises;
    private final Categories categories;
    private final LocalDate day;
    private final Instant end;

    /**
     * @param calls newest first
     * @param promises made in calls, in no order
     * @param day in UTC, which is over
     */
    History(List<CallFacts> calls, List<Promise> promises, Categories categories, LocalDate day) {
        this.calls = List.copyOf(calls);
        this.promises = List.copyOf(promises);
        this.categories = categories;
        this.day = day;
        this.end = end(day);
    }

    List<CallFacts> calls() {
        return calls;
    }

    List<Promise> promises() {
        return promises;
    }

    Categories categories() {
        return categories;
    }

    LocalDate day() {
        return day;
    }

    /** As it was at the end of an earlier day, as far as that is known now. */
    History at(LocalDate earlier) {
        Instant then = end(earlier);
        return new History(
                calls.stream()
                        .filter(call -> call.tookPlace() && call.startedAt().isBefore(then))
                        .toList(),
                promises.stream()
                        .filter(promise -> promise.madeAt().isBefore(then))
                        .toList(),
                categories,
                earlier);
    }

    /** When the day was over. */
    Instant end() {
        return end;
    }

    static Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** How long ago that was, in days. */
    double age(CallFacts call) {
        return Decay.days(call.startedAt(), end);
    }

    /** Calls of the last days, newest first. */
    List<CallFacts> last(double days) {
        int count = 0;
        while (count < calls.size() && age(calls.get(count)) <= days) {
            count++;
        }
        return calls.subList(0, count);
    }

    /**
     * A call of which it is known what was said.
     *
     * @param weight how much it counts on the day, {@link Decay}
     */
    record Heard(CallFacts call, CallNumbers numbers, double weight) {}

    /** Those of the last days of which it is known what was said, newest first. */
    List<Heard> heard(double days) {
        List<Heard> heard = new ArrayList<>();
        for (CallFacts call : last(days)) {
            CallNumbers numbers = call.numbers();
            if (numbers != null && (call.transcript() || numbers.origin() == Origin.SOURCE)) {
                heard.add(new Heard(call, numbers, Decay.weight(call.startedAt(), end)));
            }
        }
        return heard;
    }
}
