package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Something promised in a call of a customer, and what became of it; dismissed ones are none.
 *
 * @param item key of the action item
 * @param madeAt when the call began
 * @param theirs whether the customer promised it
 * @param due the last day on which it is in time; null if nobody said
 * @param doneAt null while it is open
 */
record Promise(
        CallId call,
        String item,
        Instant madeAt,
        boolean theirs,
        @Nullable LocalDate due,
        @Nullable Instant doneAt) {

    boolean isOpen(Instant at) {
        return doneAt == null || doneAt.isAfter(at);
    }

    /**
     * @param today a day in the same calendar as the due date
     */
    boolean isOverdue(Instant at, LocalDate today) {
        return isOpen(at) && due != null && due.isBefore(today);
    }
}
