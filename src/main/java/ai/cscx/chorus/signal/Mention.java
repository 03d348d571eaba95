package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Side;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A hit of a tracker: who said what, when.
 *
 * @param category null if the tracker belongs to none
 * @param startedAt when the call began
 * @param speaker null if nobody knows
 * @param startMs milliseconds from the start of the recording; null if nobody says
 * @param quote word for word
 * @param url the recording, at that moment if it is known
 */
public record Mention(
        String tracker,
        @Nullable String category,
        CallId call,
        @Nullable String title,
        Call.@Nullable CustomerRef customer,
        Instant startedAt,
        @Nullable String speaker,
        Side side,
        @Nullable Long startMs,
        String quote,
        @Nullable String url) {}
