package ai.cscx.chorus.call;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a deal is going, as one call shows it.
 *
 * @param pricingDiscussed whether prices came up, quoted or not
 * @param pricing what was said about prices
 */
public record Momentum(
        DealProgress dealProgress,
        boolean pricingDiscussed,
        List<Evidence> nextSteps,
        List<Evidence> pricing,
        List<Evidence> objections,
        Origin origin) {
    public Momentum {
        nextSteps = List.copyOf(nextSteps);
        pricing = List.copyOf(pricing);
        objections = List.copyOf(objections);
    }

    public enum DealProgress {
        ADVANCING,
        STALLED,
        DECLINING,
        UNKNOWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who says so. */
    public enum Origin {
        /** Chorus itself. */
        SOURCE,
        /** We do, by rules, from what was said and what the trackers found. */
        DERIVED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What somebody said.
     *
     * @param text as the source has it, never blank
     * @param startMs milliseconds from the start of the recording; null if the source does not say
     */
    public record Evidence(
            String text, @Nullable Long startMs, @Nullable String speaker) {
        public Evidence {
            if (text.isBlank()) {
                throw new IllegalArgumentException("Evidence has words");
            }
        }
    }
}
