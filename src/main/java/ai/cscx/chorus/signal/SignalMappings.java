package ai.cscx.chorus.signal;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.call.Call.CustomerRef;
import ai.cscx.chorus.signal.HealthFormula.Standing;
import ai.cscx.chorus.signal.HealthReader.Settings;
import ai.cscx.chorus.signal.MappingPreview.BandCount;
import ai.cscx.chorus.signal.MappingPreview.Change;
import ai.cscx.chorus.signal.SettingVersions.Kind;
import ai.cscx.chorus.signal.SettingVersions.Version;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Json;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What becomes a signal, for admins: set, tried on what is here, kept in versions, taken back. Thread-safe. */
public final class SignalMappings {
    private static final String ORDERING = "mappings";
    private static final int BATCH = 100;

    private final Database database;
    private final Clock clock;

    public SignalMappings(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @throws Failure.Forbidden unless an admin asks
     */
    public MappingVersion get(Asker asker) {
        asker.requireAdmin();
        return database.read(handle -> SettingVersions.newest(handle, Kind.MAPPING))
                .map(SignalMappings::version)
                .orElse(MappingVersion.STANDARD);
    }

    /**
     * Applies a mapping; health follows at once where it is read. The same again changes nothing.
     *
     * @param seen the version that the change is made from; null = whatever is there
     * @throws Failure.Forbidden unless an admin asks
     * @throws Failure.Conflict if somebody else changed it meanwhile
     */
    public MappingVersion set(Asker asker, SignalMapping mapping, @Nullable Integer seen) {
        asker.requireAdmin();
        return add(asker, mapping, seen, null);
    }

    /**
     * Takes an earlier version up again, as a new one.
     *
     * @param version 0 = the standard one
     * @throws Failure.Forbidden unless an admin asks
     * @throws Failure.NotFound if there was no such version
     */
    public MappingVersion restore(Asker asker, int version) {
        asker.requireAdmin();
        SignalMapping mapping = version == 0
                ? SignalMapping.STANDARD
                : database.read(handle -> SettingVersions.find(handle, Kind.MAPPING, version))
                        .map(HealthReader::mapping)
                        .orElseThrow(() -> new Failure.NotFound(
                                "There is no such version; GET /api/chorus/signal-mappings/history lists them."));
        return add(asker, mapping, null, version);
    }

    private MappingVersion add(Asker asker, SignalMapping mapping, @Nullable Integer seen, @Nullable Integer restored) {
        return database.inTransaction(handle -> version(SettingVersions.add(
                handle, Kind.MAPPING, seen, Json.write(mapping), asker, clock.instant(), restored)));
    }

    /**
     * Every version that was set, the newest first.
     *
     * @throws Failure.Forbidden unless an admin asks
     */
    public Page<MappingVersion> history(Asker asker, @Nullable String cursor, int limit) {
        asker.requireAdmin();
        long before = cursor == null
                ? Integer.MAX_VALUE
                : Cursor.decode(cursor, ORDERING, 1).number(0);
        List<MappingVersion> found =
                database.read(handle -> SettingVersions.history(handle, Kind.MAPPING, before, limit + 1)).stream()
                        .map(SignalMappings::version)
                        .toList();
        return Page.of(found, limit, last -> new Cursor(ORDERING, List.of(Integer.toString(last.version()))));
    }

    /**
     * Says what a mapping would show, without applying it.
     *
     * @param most how many customers are shown one by one
     * @throws Failure.Forbidden unless an admin asks
     */
    public MappingPreview preview(Asker asker, SignalMapping mapping, int most) {
        asker.requireAdmin();
        return database.read(handle -> {
            Settings settings = HealthReader.settings(handle);
            List<CustomerRef> customers = customers(handle);
            Map<String, Long> before = new HashMap<>();
            Map<String, Long> after = new HashMap<>();
            List<Change> changes = new ArrayList<>();
            for (int from = 0; from < customers.size(); from += BATCH) {
                List<CustomerRef> batch = customers.subList(from, Math.min(from + BATCH, customers.size()));
                for (Change change : changes(handle, batch, settings, mapping)) {
                    before.merge(String.valueOf(change.before().band()), 1L, Long::sum);
                    after.merge(String.valueOf(change.after().band()), 1L, Long::sum);
                    if (isChange(change)) {
                        changes.add(change);
                    }
                }
            }
            changes.sort(Comparator.comparingDouble(SignalMappings::difference)
                    .reversed()
                    .thenComparing(change -> change.customer().name())
                    .thenComparing(change -> change.customer().id().toString()));
            return new MappingPreview(
                    customers.size(),
                    changes.size(),
                    BandCount.of(before),
                    BandCount.of(after),
                    changes.subList(0, Math.min(most, changes.size())));
        });
    }

    private List<Change> changes(Handle handle, List<CustomerRef> customers, Settings settings, SignalMapping mapping) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<UUID> ids =
                customers.stream().map(customer -> customer.id().value()).toList();
        Map<UUID, History> known = HealthReader.histories(handle, ids, today, settings.categories());
        List<Change> changes = new ArrayList<>();
        for (CustomerRef customer : customers) {
            History history = Objects.requireNonNull(known.get(customer.id().value()));
            Standing is = HealthFormula.standing(history, settings.mapping());
            Standing wouldBe = HealthFormula.standing(history, mapping);
            changes.add(new Change(
                    customer,
                    HealthScores.brief(customer, is, settings.mapping().weight(), today),
                    HealthScores.brief(customer, wouldBe, mapping.weight(), today)));
        }
        return changes;
    }

    private static boolean isChange(Change change) {
        return !Objects.equals(change.before().score(), change.after().score())
                || change.before().band() != change.after().band()
                || !change.before().trend().equals(change.after().trend());
    }

    /** A score that comes or goes is the largest one. */
    private static double difference(Change change) {
        Double before = change.before().score();
        Double after = change.after().score();
        if (before == null || after == null) {
            return Objects.equals(before, after) ? 0 : 100;
        }
        return Math.abs(before - after);
    }

    private static List<CustomerRef> customers(Handle handle) {
        return handle.createQuery("SELECT id, name FROM customers ORDER BY id")
                .map((row, context) ->
                        new CustomerRef(new CustomerId(row.getObject("id", UUID.class)), row.getString("name")))
                .list();
    }

    private static MappingVersion version(Version version) {
        return new MappingVersion(
                version.number(),
                HealthReader.mapping(version),
                version.changedBy(),
                version.changedAt(),
                version.restored());
    }
}
