package ai.cscx.chorus.signal;

import ai.cscx.chorus.call.Call;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping would show instead of the one that is set, now and in the 13 weeks of the trend: exactly what applying it
 * shows, as long as no call comes meanwhile and the day does not end.
 *
 * @param customers how many there are
 * @param changed of how many score or band would be another, now or in the trend
 * @param before how many customers are in which band; null = without a score
 * @param after likewise, as it would be
 * @param items those whose score would change most first; a part where there are many
 */
public record MappingPreview(
        long customers, long changed, List<BandCount> before, List<BandCount> after, List<Change> items) {
    public MappingPreview {
        before = List.copyOf(before);
        after = List.copyOf(after);
        items = List.copyOf(items);
    }

    public record BandCount(@Nullable Band band, long customers) {
        static List<BandCount> of(Map<String, Long> counts) {
            return java.util.stream.Stream.of(Band.GREEN, Band.YELLOW, Band.RED, null)
                    .map(band -> new BandCount(band, counts.getOrDefault(String.valueOf(band), 0L)))
                    .toList();
        }
    }

    /** One customer as it is and as it would be; without reasons in words. */
    public record Change(Call.CustomerRef customer, CustomerHealth before, CustomerHealth after) {}
}
