package ai.cscx.chorus.call;

import java.util.List;

/**
 * One tracker that matched in a call.
 *
 * @param count how often, as the source says; may exceed the hits that have a place
 * @param hits places in the transcript, where the source names them
 */
public record TrackerHits(String trackerId, String name, int count, List<Hit> hits) {
    public TrackerHits {
        hits = List.copyOf(hits);
    }

    /**
     * @param utterance index of the utterance
     * @param startMs milliseconds from the start of the recording
     */
    public record Hit(int utterance, long startMs) {}
}
