package ai.cscx.chorus.task;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.TaskId;
import ai.cscx.chorus.base.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work on somebody's desk.
 *
 * @param needsReview made by itself, and not sure whose it is
 * @param version goes up with every change
 */
public record Task(
        TaskId id,
        String title,
        @Nullable CustomerId customer,
        @Nullable String customerName,
        @Nullable UserId assignee,
        @Nullable String assigneeName,
        @Nullable LocalDate due,
        Status status,
        @Nullable CallId sourceCall,
        @Nullable UUID actionItem,
        boolean needsReview,
        int version,
        Instant createdAt) {

    /** What of it can be changed. */
    public NewTask content() {
        return content(status);
    }

    /** The same at another status. Whoever settles it has looked at it. */
    public NewTask content(Status changed) {
        return new NewTask(title, customer, assignee, due, changed, sourceCall, needsReview && changed == Status.OPEN);
    }

    public enum Status {
        OPEN,
        DONE,
        DISMISSED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * @throws Failure.Malformed if it is no status
         */
        public static Status parse(String word) {
            for (Status status : values()) {
                if (status.word().equals(word)) {
                    return status;
                }
            }
            throw new Failure.Malformed("The status is one of open, done, dismissed.");
        }
    }
}
