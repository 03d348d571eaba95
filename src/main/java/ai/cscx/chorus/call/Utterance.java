package ai.cscx.chorus.call;

import org.jspecify.annotations.Nullable;

/**
 * What one person said in one go.
 *
 * @param index its place in the source's own count; ascending, with gaps where the source had blank ones
 * @param startMs milliseconds from the start of the recording
 * @param endMs milliseconds from the start of the recording, not before {@code startMs}
 * @param text word for word as the source has it, never blank
 * @param uncertain the source only guessed the speaker's name
 */
public record Utterance(
        int index,
        @Nullable String speaker,
        @Nullable String email,
        Side side,
        long startMs,
        long endMs,
        String text,
        boolean uncertain) {
    public Utterance {
        if (text.isBlank()) {
            throw new IllegalArgumentException("An utterance has words");
        }
        endMs = Math.max(startMs, endMs);
    }
}
