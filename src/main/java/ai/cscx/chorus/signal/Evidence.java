package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import org.jspecify.annotations.Nullable;

/**
 * Words that something rests on.
 *
 * @param startMs milliseconds from the start of the recording; null if nobody says
 * @param speaker null if nobody knows
 * @param quote word for word
 * @param url the recording, at that moment if it is known
 */
public record Evidence(
        CallId call,
        @Nullable Long startMs,
        @Nullable String speaker,
        String quote,
        @Nullable String url) {}
