package ai.cscx.chorus.alert;

import ai.cscx.chorus.base.AlertId;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.SavedSearchId;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Side;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that came after a search was saved and matches it.
 *
 * @param said what answered best, as the transcript has it now; null if that is not said there any more
 * @param url the recording, at the second of what was said
 * @param seenAt null until its owner saw it
 */
public record Alert(
        AlertId id,
        SavedSearchId search,
        String searchName,
        CallId call,
        @Nullable String title,
        Call.@Nullable CustomerRef customer,
        Instant startedAt,
        @Nullable Said said,
        @Nullable String url,
        Instant foundAt,
        @Nullable Instant seenAt) {

    /** One utterance. */
    public record Said(String quote, @Nullable String speaker, Side side, long startMs) {}
}
