package ai.cscx.chorus.signal;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How often there are conversations, against the customer's own habit. Pure. */
final class Rhythm {
    private static final int FEWEST_WAITS = 3;
    private static final double SHORTEST_WAIT_DAYS = 3;
    private static final double USUAL = 0.8;

    private static final double RECENT_DAYS = 60;
    private static final double BEFORE_DAYS = 180;
    /** A shorter past is no habit. */
    private static final double SHORTEST_PAST_DAYS = 60;

    private Rhythm() {}

    /**
     * Recency: how much longer than usual nobody has talked. Unit: usual waits too many, ≥ 0; 0 = within a usual wait.
     * Source: the dates of the calls of a year. The usual wait is the one that four of five waits between two days with calls
     * do not exceed (80th percentile, nearest rank), at least 3 days.
     */
    static Measured recency(History history) {
        List<LocalDate> days = days(history.last(History.REACH.toDays()));
        if (days.size() <= FEWEST_WAITS) {
            return Measured.unknown(
                    "There are calls on " + days.size() + " days of a year; a habit takes " + (FEWEST_WAITS + 1) + ".");
        }
        List<Double> waits = new ArrayList<>();
        for (int i = 1; i < days.size(); i++) {
            waits.add((double) (days.get(i - 1).toEpochDay() - days.get(i).toEpochDay()));
        }
        Collections.sort(waits);
        double usual = Math.max(SHORTEST_WAIT_DAYS, waits.get((int) Math.ceil(USUAL * waits.size()) - 1));
        long since = history.day().toEpochDay() - days.getFirst().toEpochDay();
        return Measured.of(
                Math.max(0, since / usual - 1),
                () -> "The last call was " + since + (since == 1 ? " day" : " days")
                        + " ago; four of five waits are at most " + Math.round(usual) + " days.");
    }

    /**
     * Cadence: how many calls there were in 60 days, against what is usual. Unit: share of the usual number, ≥ 0. Source: the
     * dates of the calls of the 60 days, and of up to 180 days before; (calls + 1) / (usual number + 1), so that one call more
     * or less in a quiet account is no change.
     */
    static Measured cadence(History history) {
        List<CallFacts> all = history.last(RECENT_DAYS + BEFORE_DAYS);
        double oldest = all.isEmpty() ? 0 : history.age(all.getLast());
        double past = Math.min(BEFORE_DAYS, oldest - RECENT_DAYS);
        if (past < SHORTEST_PAST_DAYS) {
            return Measured.unknown("Calls go back " + Math.round(oldest) + " days; a habit to compare with takes "
                    + Math.round(RECENT_DAYS + SHORTEST_PAST_DAYS) + ".");
        }
        long recent =
                all.stream().filter(call -> history.age(call) <= RECENT_DAYS).count();
        double usual = (all.size() - recent) * RECENT_DAYS / past;
        return Measured.of(
                (recent + 1) / (usual + 1),
                () -> String.format(
                        Locale.ROOT,
                        "%d %s in the last 60 days; %.1f would be usual.",
                        recent,
                        recent == 1 ? "call" : "calls",
                        usual));
    }

    /** With calls, each once, the last first. */
    private static List<LocalDate> days(List<CallFacts> calls) {
        return calls.stream()
                .map(call -> LocalDate.ofInstant(call.startedAt(), ZoneOffset.UTC))
                .distinct()
                .toList();
    }
}
