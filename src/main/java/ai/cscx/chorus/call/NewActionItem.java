package ai.cscx.chorus.call;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An action item as the source lists it.
 *
 * @param key stable over fetches of the same call
 * @param ownerName who is to do it, as far as the words say
 * @param side on whose side that is
 * @param startMs milliseconds from the start of the recording where it was promised, if known
 */
public record NewActionItem(
        String key,
        String text,
        @Nullable String ownerName,
        Side side,
        @Nullable LocalDate due,
        @Nullable Long startMs) {}
