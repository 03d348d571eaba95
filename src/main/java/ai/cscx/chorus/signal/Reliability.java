package ai.cscx.chorus.signal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whether we do what we promise. Pure. */
final class Reliability {
    static final int DAYS = 90;
    private static final double LONG_OPEN_DAYS = 30;
    /** An open promise without a day counts so much of an overdue one, once it is old. */
    private static final double FORGOTTEN = 0.25;

    private static final int FEWEST = 3;
    private static final int MOST_REFS = 3;

    private Reliability() {}

    /**
     * Promises: how many of ours are late. Unit: share of our promises, 0–1. Source: the action items of the calls of 90 days
     * that are ours to do, with their tasks: overdue ones count whole, those without a day that are open for over 30 days a
     * quarter; fewer than three promises count as three.
     */
    static Measured late(History history) {
        Tally tally = new Tally();
        for (Promise promise : history.promises()) {
            double age = Decay.days(promise.madeAt(), history.end());
            if (!promise.theirs() && age <= DAYS) {
                tally.add(promise, age, history);
            }
        }
        return tally.all == 0
                ? Measured.unknown("We promised nothing in the last 90 days.")
                : Measured.of(
                        (tally.overdue.size() + FORGOTTEN * tally.forgotten) / Math.max(FEWEST, tally.all),
                        tally::why,
                        tally::evidence);
    }

    private static final class Tally {
        private final List<Promise> overdue = new ArrayList<>();
        private int all;
        private int forgotten;

        void add(Promise promise, double age, History history) {
            all++;
            if (promise.isOverdue(history.end(), history.day())) {
                overdue.add(promise);
            } else if (promise.due() == null && promise.isOpen(history.end()) && age > LONG_OPEN_DAYS) {
                forgotten++;
            }
        }

        String why() {
            return "Of " + all + (all == 1 ? " promise" : " promises") + " of ours in the last 90 days "
                    + overdue.size()
                    + (overdue.size() == 1 ? " is" : " are") + " overdue; " + forgotten + " without a day "
                    + (forgotten == 1 ? "is" : "are") + " open for over 30 days.";
        }

        List<Ref> evidence() {
            return overdue.stream()
                    .sorted(Comparator.comparing(Promise::madeAt).reversed())
                    .limit(MOST_REFS)
                    .<Ref>map(promise -> new Ref.ByItem(promise.call(), promise.item()))
                    .toList();
        }
    }
}
