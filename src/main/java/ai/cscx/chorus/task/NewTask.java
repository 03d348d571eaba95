package ai.cscx.chorus.task;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.base.UserId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task is to be; the title is stripped.
 *
 * @param sourceCall the call that it came out of
 * @throws Failure.Rejected if the title is blank or longer than 1,000 characters
 */
public record NewTask(
        String title,
        @Nullable CustomerId customer,
        @Nullable UserId assignee,
        @Nullable LocalDate due,
        Task.Status status,
        @Nullable CallId sourceCall,
        boolean needsReview) {
    private static final int LONGEST_TITLE = 1_000;

    public NewTask {
        title = title.strip();
        if (title.isEmpty() || title.length() > LONGEST_TITLE) {
            throw new Failure.Rejected(
                    "The task cannot be saved.", List.of(new Problem("/title", "has 1 to 1,000 characters")));
        }
    }
}
