package ai.cscx.chorus.call;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One tracker that matched in a call.
 *
 * @param category what the source files it under; null if it does not say
 * @param count how often, as the source says; may exceed the hits
 * @param hits single matches, where the source lists them
 */
public record TrackerHits(
        String trackerId, String name, @Nullable String category, int count, List<Hit> hits) {
    public TrackerHits {
        hits = List.copyOf(hits);
    }

    public TrackerHits(String trackerId, String name, int count, List<Hit> hits) {
        this(trackerId, name, null, count, hits);
    }

    /**
     * A match.
     *
     * @param utterance index of the utterance; null if it is none that is here
     * @param startMs milliseconds from the start of the recording; null if the source does not say
     * @param text the words around it; null where there are none
     */
    public record Hit(
            @Nullable Integer utterance,
            @Nullable Long startMs,
            @Nullable String text) {
        public Hit(int utterance, long startMs) {
            this(utterance, startMs, null);
        }
    }
}
