package ai.cscx.chorus.call;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about one call except its transcript and action items. */
public record CallDetails(
        Call call,
        List<TrackerHits> trackers,
        Match match,
        Instant syncedAt,
        String dialect,
        @Nullable String language,
        long version,
        int indexedPassages) {
    public CallDetails {
        trackers = List.copyOf(trackers);
    }

    /**
     * Why the call belongs to its customer, or to none.
     *
     * @param confidence 0–1; null where nothing fits
     */
    public record Match(@Nullable String reason, @Nullable Double confidence, List<Candidate> candidates) {
        public Match {
            candidates = List.copyOf(candidates);
        }
    }

    /** A customer that it could belong to, and why. */
    public record Candidate(String customerId, String name, String reason) {}
}
