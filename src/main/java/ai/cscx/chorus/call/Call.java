package ai.cscx.chorus.call;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as lists show it.
 *
 * @param owner whose call it is: the Chorus user's name, or else the owner of the customer
 * @param durationMs milliseconds
 * @param actionItems how many action items it has, in whatever state
 */
public record Call(
        CallId id,
        String externalId,
        @Nullable String title,
        Instant startedAt,
        long durationMs,
        @Nullable CustomerRef customer,
        @Nullable String owner,
        List<Participant> participants,
        @Nullable String summary,
        CallContent.State state,
        CallContent.TranscriptState transcript,
        @Nullable String url,
        int actionItems) {
    public Call {
        participants = List.copyOf(participants);
    }

    public record CustomerRef(CustomerId id, String name) {}

    /** The page of the recording at a moment; null without a page. */
    public @Nullable String urlAt(long offsetMs) {
        return deepLink(url, offsetMs);
    }

    public static @Nullable String deepLink(@Nullable String url, long offsetMs) {
        if (url == null) {
            return null;
        }
        return url + (url.contains("?") ? "&t=" : "?t=") + offsetMs / 1000;
    }
}
