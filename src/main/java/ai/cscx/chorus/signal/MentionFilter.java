package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.call.Side;
import org.jspecify.annotations.Nullable;

/**
 * Which hits of trackers; null means "any".
 *
 * @param tracker exactly this name, without regard to case
 * @param side on whose side it was said
 */
public record MentionFilter(
        TimeRange range,
        @Nullable CustomerId customer,
        @Nullable String tracker,
        @Nullable String category,
        @Nullable Side side) {}
