package ai.cscx.chorus.search;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.Side;
import java.time.YearMonth;
import java.util.List;

/**
 * Where the passages are that hold enough of the words, however many there are. Most first but for months, which are in
 * their order. A passage counts for everybody who speaks in it, and for both sides where both do.
 *
 * @param customers the first fifty
 * @param speakers the first fifty, by the name that Chorus has
 * @param months in the asker's time zone; those without a passage are left out
 */
public record Facets(
        List<CustomerCount> customers, List<SpeakerCount> speakers, List<MonthCount> months, List<SideCount> sides) {
    static final Facets NONE = new Facets(List.of(), List.of(), List.of(), List.of());

    public Facets {
        customers = List.copyOf(customers);
        speakers = List.copyOf(speakers);
        months = List.copyOf(months);
        sides = List.copyOf(sides);
    }

    public record CustomerCount(CustomerId id, String name, long passages) {}

    public record SpeakerCount(String name, long passages) {}

    public record MonthCount(YearMonth month, long passages) {}

    public record SideCount(Side side, long passages) {}
}
