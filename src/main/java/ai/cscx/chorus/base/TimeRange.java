package ai.cscx.chorus.base;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time, from {@code from} (inclusive) to {@code until} (exclusive); null means open on that side.
 */
public record TimeRange(@Nullable Instant from, @Nullable Instant until) {
    public static final TimeRange ALWAYS = new TimeRange(null, null);

    public TimeRange {
        if (from != null && until != null && until.isBefore(from)) {
            throw new Failure.Rejected("The range ends before it begins; swap from and to.");
        }
    }

    public boolean contains(Instant instant) {
        return (from == null || !instant.isBefore(from)) && (until == null || instant.isBefore(until));
    }
}
