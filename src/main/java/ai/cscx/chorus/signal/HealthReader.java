package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.signal.SettingVersions.Kind;
import ai.cscx.chorus.signal.SettingVersions.Version;
import ai.cscx.chorus.store.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What health is reckoned from. Whoever asks has made sure that the customers may be seen. */
final class HealthReader {
    private static final long TREND_DAYS = HealthFormula.WEEKS * 7L;

    private HealthReader() {}

    /**
     * What is set.
     *
     * @param mappingVersion 0 as long as nobody set anything; the other likewise
     */
    record Settings(SignalMapping mapping, int mappingVersion, Categories categories, int categoriesVersion) {}

    static Settings settings(Handle handle) {
        Optional<Version> mapping = SettingVersions.newest(handle, Kind.MAPPING);
        int categories = SettingVersions.newest(handle, Kind.CATEGORIES)
                .map(Version::number)
                .orElse(0);
        return new Settings(
                mapping.map(HealthReader::mapping).orElse(SignalMapping.STANDARD),
                mapping.map(Version::number).orElse(0),
                Categories.load(handle),
                categories);
    }

    static SignalMapping mapping(Version version) {
        return Json.read(version.body(), SignalMapping.class);
    }

    /** What is known of each of these customers on that day: all of them are there. */
    static Map<UUID, History> histories(
            Handle handle, Collection<UUID> customers, LocalDate today, Categories categories) {
        Instant end = History.end(today);
        Instant from = today.minusDays(History.REACH.toDays() + TREND_DAYS)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        Map<UUID, List<CallFacts>> calls = FactReader.ofCustomers(handle, customers, new TimeRange(from, end));
        Map<UUID, List<Promise>> promises = PromiseReader.ofCustomers(
                handle,
                customers,
                today.minusDays(Reliability.DAYS + TREND_DAYS)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant());
        Map<UUID, History> histories = new HashMap<>();
        for (UUID customer : customers) {
            histories.put(
                    customer,
                    new History(
                            calls.getOrDefault(customer, List.of()),
                            promises.getOrDefault(customer, List.of()),
                            categories,
                            today));
        }
        return histories;
    }
}
