package ai.cscx.chorus.call;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An action item as the source lists it.
 *
 * @param key stable over fetches of the same call, as far as the source's ids and words are
 * @param ownerName who is to do it, as far as the words say
 * @param side on whose side that is
 * @param due the last day on which it is in time
 * @param startMs milliseconds from the start of the recording where it was promised, if known
 * @param unsure its words speak of a time, but no day can be told from them
 */
public record NewActionItem(
        String key,
        String text,
        @Nullable String ownerName,
        Side side,
        @Nullable LocalDate due,
        @Nullable Long startMs,
        boolean unsure) {
    public NewActionItem(
            String key,
            String text,
            @Nullable String ownerName,
            Side side,
            @Nullable LocalDate due,
            @Nullable Long startMs) {
        this(key, text, ownerName, side, due, startMs, false);
    }
}
