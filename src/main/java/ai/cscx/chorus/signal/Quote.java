package ai.cscx.chorus.signal;

import ai.cscx.chorus.call.Side;
import org.jspecify.annotations.Nullable;

/**
 * Words of a call that stand for something that was read off it.
 *
 * @param utterance its index in the transcript; null where the words are the source's and nobody's in the transcript
 * @param startMs milliseconds from the start of the recording; null if nobody says
 * @param text what was said, word for word; never blank
 * @param about what it stands for, where that is not the words themselves: the text of an action item
 * @param item the key of that action item
 */
record Quote(
        @Nullable Integer utterance,
        @Nullable Long startMs,
        @Nullable String speaker,
        Side side,
        String text,
        @Nullable String about,
        @Nullable String item) {
    Quote {
        if (text.isBlank()) {
            throw new IllegalArgumentException("A quote has words");
        }
    }

    String label() {
        return about == null ? text : about;
    }
}
