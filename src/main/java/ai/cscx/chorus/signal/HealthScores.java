package ai.cscx.chorus.signal;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.call.Call.CustomerRef;
import ai.cscx.chorus.signal.CustomerHealth.Component;
import ai.cscx.chorus.signal.HealthFilter.Sort;
import ai.cscx.chorus.signal.HealthFormula.Part;
import ai.cscx.chorus.signal.HealthFormula.Standing;
import ai.cscx.chorus.signal.HealthReader.Settings;
import ai.cscx.chorus.store.Conditions;
import ai.cscx.chorus.store.Database;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How conversations with customers stand, for those who may see them. Of one customer it is reckoned when asked, with the
 * words that it rests on; of a portfolio it is read as it was kept, and reckoned only where something changed since. Both are
 * the same. Thread-safe.
 */
public final class HealthScores {
    private static final int MOST_EVIDENCE = 3;
    /** Behind every score. */
    private static final double NO_SCORE = 1000;

    private final Database database;
    private final Clock clock;

    public HealthScores(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @throws Failure.NotFound if there is no such customer, or the asker may not see it
     */
    public CustomerHealth of(Asker asker, CustomerId id) {
        return database.read(handle -> {
            CustomerRef customer = Insights.customer(handle, asker, id);
            Settings settings = HealthReader.settings(handle);
            Standing standing = standing(handle, id.value(), settings);
            List<CallId> calls = standing.parts().stream()
                    .flatMap(part -> part.measured().evidence().stream())
                    .map(Ref::call)
                    .distinct()
                    .toList();
            QuoteReader words = QuoteReader.of(handle, calls);
            return health(
                    customer,
                    standing,
                    settings.mapping().weight(),
                    today(),
                    part -> words.evidence(part.measured().evidence(), MOST_EVIDENCE),
                    part -> part.measured().why());
        });
    }

    /**
     * The customer's people who took part in its calls, those who come most often first.
     *
     * @throws Failure.NotFound if there is no such customer, or the asker may not see it
     */
    public List<Attendee> people(Asker asker, CustomerId id) {
        return database.read(handle -> {
            Insights.customer(handle, asker, id);
            Settings settings = HealthReader.settings(handle);
            return Stakeholders.people(history(handle, id.value(), settings).at(today()));
        });
    }

    /** Of the customers that the asker may see, page by page; without reasons in words. */
    public Page<CustomerHealth> list(Asker asker, HealthFilter filter, @Nullable String cursor, int limit) {
        String ordering = "health " + filter.sort();
        Cursor after = cursor == null ? null : Cursor.decode(cursor, ordering, 2);
        return database.read(handle -> {
            Settings settings = HealthReader.settings(handle);
            List<Row> rows = rows(handle, asker, filter, after, settings, limit + 1);
            Page<Row> page = Page.of(
                    rows,
                    limit,
                    last -> new Cursor(
                            ordering,
                            List.of(last.key(), last.health().customer().id().toString())));
            Map<UUID, History> stale = HealthReader.histories(
                    handle,
                    page.items().stream()
                            .filter(row -> !row.fresh())
                            .map(row -> row.health().customer().id().value())
                            .toList(),
                    today(),
                    settings.categories());
            return page.map(row -> {
                CustomerRef customer = row.health().customer();
                History known = stale.get(customer.id().value());
                return known == null
                        ? row.health()
                        : brief(
                                customer,
                                HealthFormula.standing(known, settings.mapping()),
                                settings.mapping().weight(),
                                today());
            });
        });
    }

    /**
     * @param key by which it is sorted
     * @param fresh whether nothing changed since it was kept
     */
    private record Row(CustomerHealth health, String key, boolean fresh) {}

    private List<Row> rows(
            Handle handle, Asker asker, HealthFilter filter, @Nullable Cursor after, Settings settings, int most) {
        Conditions where = new Conditions();
        Portfolio.Condition visible = Portfolio.condition(asker, "cu.id");
        where.and(visible.sql(), visible.arguments());
        if (filter.band() != null) {
            where.and("h.band = :band", Map.of("band", filter.band().word()));
        }
        if (filter.owner() != null) {
            where.and("cu.owner_id = :owner", Map.of("owner", filter.owner().value()));
        }
        boolean byName = filter.sort() == Sort.NAME;
        String key = byName ? "cu.name" : "COALESCE(h.score, " + NO_SCORE + ")";
        if (after != null) {
            where.and(
                    "(" + key + ", cu.id) > (:afterKey, :afterId)",
                    Map.of("afterKey", byName ? after.keys().getFirst() : score(after), "afterId", after.uuid(1)));
        }
        return handle.createQuery("SELECT cu.id, cu.name, " + key
                        + " AS sorted_by, COALESCE(h.day, :day) AS day, h.score, h.band,"
                        + " h.reason, COALESCE(h.components, '[]') AS components, COALESCE(h.trend, '[]') AS trend, COALESCE("
                        + HealthStore.FRESH + ", FALSE) AS fresh"
                        + " FROM customers cu LEFT JOIN chorus_health h ON h.customer_id = cu.id" + where.sql()
                        + " ORDER BY "
                        + key + ", cu.id LIMIT :most")
                .bindMap(where.arguments())
                .bind("day", today())
                .bind("mapping", settings.mappingVersion())
                .bind("categories", settings.categoriesVersion())
                .bind("most", most)
                .map((row, context) -> new Row(
                        HealthStore.health(row, settings.mapping().weight()),
                        Objects.requireNonNull(row.getString("sorted_by")),
                        row.getBoolean("fresh")))
                .list();
    }

    private static double score(Cursor after) {
        try {
            return Double.parseDouble(after.keys().getFirst());
        } catch (NumberFormatException forged) {
            throw new Failure.Malformed("The cursor is damaged; start again without one.", forged);
        }
    }

    /** Without reasons in words. */
    static CustomerHealth brief(CustomerRef customer, Standing standing, double weight, LocalDate today) {
        return health(customer, standing, weight, today, part -> List.of(), part -> null);
    }

    private Standing standing(Handle handle, UUID customer, Settings settings) {
        return HealthFormula.standing(history(handle, customer, settings), settings.mapping());
    }

    private History history(Handle handle, UUID customer, Settings settings) {
        return Objects.requireNonNull(HealthReader.histories(handle, List.of(customer), today(), settings.categories())
                .get(customer));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static CustomerHealth health(
            CustomerRef customer,
            Standing standing,
            double weight,
            LocalDate today,
            Function<Part, List<Evidence>> evidence,
            Function<Part, @Nullable String> why) {
        return new CustomerHealth(
                customer,
                standing.score(),
                standing.band(),
                standing.reason(),
                weight,
                today,
                standing.parts().stream()
                        .map(part -> new Component(
                                part.rule().insight(),
                                part.rule().signal(),
                                part.value(),
                                part.rule().weight(),
                                part.measured().amount(),
                                part.rule().unit(),
                                why.apply(part),
                                evidence.apply(part)))
                        .toList(),
                standing.trend().stream()
                        .map(week -> new CustomerHealth.Week(week.monday(), week.score(), week.band()))
                        .toList());
    }
}
