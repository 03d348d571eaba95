package ai.cscx.chorus.search;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.Side;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A passage that was found, and the one utterance in it that answers best. No two hits of a search share their best
 * utterance.
 *
 * @param speaker of the best utterance
 * @param side of the best utterance
 * @param utterance index of the best utterance
 * @param utteranceStartMs milliseconds from the start of the recording
 * @param quote the best utterance, whole and as it was said
 * @param utteranceFrom index of the passage's first utterance
 * @param utteranceTo index of the passage's last utterance, inclusive
 * @param startMs where the passage begins, milliseconds from the start of the recording
 * @param endMs where the passage ends
 * @param text the passage, one utterance a line
 * @param highlight the best utterance as HTML: everything escaped, what was found in {@code <mark>}
 * @param url the recording at the second where the best utterance begins
 * @param score comparable within one search only
 */
public record Hit(
        CallId call,
        String externalId,
        @Nullable String title,
        @Nullable CustomerId customer,
        @Nullable String customerName,
        Instant startedAt,
        @Nullable String speaker,
        Side side,
        int utterance,
        long utteranceStartMs,
        String quote,
        int utteranceFrom,
        int utteranceTo,
        long startMs,
        long endMs,
        String text,
        String highlight,
        @Nullable String url,
        double score) {}
