package ai.cscx.chorus.signal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signal mapping as it was set.
 *
 * @param version 0 = the standard one, which nobody set
 * @param changedBy name of who set it; null for the standard, or if they are here no more
 * @param restored the version that it took up again
 */
public record MappingVersion(
        int version,
        SignalMapping mapping,
        @Nullable String changedBy,
        @Nullable Instant changedAt,
        @Nullable Integer restored) {
    static final MappingVersion STANDARD = new MappingVersion(0, SignalMapping.STANDARD, null, null, null);
}
