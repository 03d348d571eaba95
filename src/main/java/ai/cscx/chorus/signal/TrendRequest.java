package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.base.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Which trackers, in which calls; null means "any".
 *
 * @param range without an end it ends now, without a beginning it is 90 days long
 * @param owner whose calls: the Chorus user's, or else the owner of the customer
 * @param tracker exactly this name, without regard to case
 * @param groupBy null = the whole range is one group
 */
public record TrendRequest(
        TimeRange range,
        @Nullable CustomerId customer,
        @Nullable UserId owner,
        @Nullable String tracker,
        @Nullable String category,
        @Nullable GroupBy groupBy) {

    /** What is counted together. */
    public enum GroupBy {
        /** From Monday on, in the asker's time zone; the stretch before is the week before. */
        WEEK,
        /** In the asker's time zone; the stretch before is the month before. */
        MONTH,
        /** The stretch before is as long as the range, for the same customer. */
        CUSTOMER,
        /** The stretch before is as long as the range, for the same person. */
        OWNER
    }
}
