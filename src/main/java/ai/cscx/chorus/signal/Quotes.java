package ai.cscx.chorus.signal;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words behind the numbers of one call, in the order in which they were said.
 *
 * @param cues what the customer's own people said; of next steps and prices also what ours did, where the source lists it
 * @param trackers hits by tracker key, whoever spoke
 */
record Quotes(Map<Cue, List<Quote>> cues, Map<String, List<Quote>> trackers) {
    static final Quotes NONE = new Quotes(Map.of(), Map.of());

    Quotes {
        Map<Cue, List<Quote>> copied = new EnumMap<>(Cue.class);
        cues.forEach((cue, quotes) -> copied.put(cue, List.copyOf(quotes)));
        cues = copied;
        Map<String, List<Quote>> hits = new TreeMap<>();
        trackers.forEach((tracker, quotes) -> hits.put(tracker, List.copyOf(quotes)));
        trackers = hits;
    }

    List<Quote> of(Cue cue) {
        return cues.getOrDefault(cue, List.of());
    }

    List<Quote> of(String tracker) {
        return trackers.getOrDefault(tracker, List.of());
    }
}
