package ai.cscx.chorus.call;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about one call except its transcript and action items. */
public record CallDetails(
        Call call,
        List<TrackerHits> trackers,
        @Nullable Momentum momentum,
        Match match,
        Instant syncedAt,
        String dialect,
        @Nullable String language,
        long version,
        int indexedPassages) {
    public CallDetails {
        trackers = List.copyOf(trackers);
    }

    /** Which evidence linked a call, the strongest first; stored in lower case. */
    public enum MatchKind {
        /** A person said so; stays. */
        MANUAL,
        /** The account's id in the CRM. */
        CRM,
        /** The account in Chorus, whose customer an earlier call taught. */
        ACCOUNT,
        /** Another recording of the same meeting. */
        TWIN,
        /** People whose customer an earlier call taught. */
        PERSON,
        /** The customer's own e-mail domains. */
        DOMAIN,
        /** The name of the account or of the people's company. */
        NAME
    }

    /**
     * Why the call belongs to its customer, or to none.
     *
     * @param kind null where nothing linked it, or nobody knows what
     * @param confidence 0–1; null where nothing fits
     * @param candidates best first
     */
    public record Match(
            @Nullable MatchKind kind,
            @Nullable String reason,
            @Nullable Double confidence,
            List<Candidate> candidates) {
        public Match {
            candidates = List.copyOf(candidates);
        }

        public Match(@Nullable String reason, @Nullable Double confidence, List<Candidate> candidates) {
            this(null, reason, confidence, candidates);
        }
    }

    /**
     * A customer that it could belong to, and why.
     *
     * @param confidence 0–1; null if nobody reckoned it
     */
    public record Candidate(
            String customerId,
            String name,
            String reason,
            @Nullable Double confidence) {}
}
