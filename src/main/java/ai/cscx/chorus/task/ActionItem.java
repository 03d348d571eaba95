package ai.cscx.chorus.task;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.TaskId;
import ai.cscx.chorus.call.Side;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody promised in a call.
 *
 * @param side on whose side it is to be done
 * @param ownerName who is to do it: the assignee of its task, else whom the words name
 * @param startMs milliseconds into the recording where it was promised, if known
 * @param task null for the customer's own promises and while the call has no customer
 */
public record ActionItem(
        UUID id,
        String text,
        CallId call,
        @Nullable String callTitle,
        Instant callStartedAt,
        @Nullable String callUrl,
        @Nullable CustomerId customer,
        @Nullable String customerName,
        Side side,
        @Nullable String ownerName,
        @Nullable LocalDate due,
        Task.Status status,
        @Nullable Long startMs,
        @Nullable TaskId task) {}
