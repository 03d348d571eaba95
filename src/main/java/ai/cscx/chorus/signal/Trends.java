package ai.cscx.chorus.signal;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.signal.TrendRequest.GroupBy;
import ai.cscx.chorus.signal.TrendTally.Group;
import ai.cscx.chorus.signal.TrendTally.Row;
import ai.cscx.chorus.store.Conditions;
import ai.cscx.chorus.store.Database;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.generic.GenericType;
import org.jspecify.annotations.Nullable;

/** How often trackers come up, against the time before, in the calls that the asker may see. Thread-safe. */
public final class Trends {
    static final Duration STANDARD_RANGE = Duration.ofDays(90);
    private static final Duration LONGEST_RANGE = Duration.ofDays(366 * 5L);

    /** Calls that trackers could listen to: with words, or with counts from the list. */
    private static final String CALLS = """
            WITH c AS MATERIALIZED (
                SELECT %s AS bucket, %s AS grp, f.trackers, f.mentions
                FROM chorus_calls c
                JOIN chorus_call_facts f ON f.call_id = c.id AND f.content_hash = c.content_hash
                LEFT JOIN customers cu ON cu.id = c.customer_id
                LEFT JOIN chorus_users co ON co.id = cu.owner_id
                LEFT JOIN chorus_users o ON o.email = c.owner_email
                %s AND (c.transcript_state = 'available' OR cardinality(f.trackers) > 0))
            SELECT bucket, grp, NULL AS tracker, 0 AS mentions, count(*) AS calls FROM c GROUP BY bucket, grp
            UNION ALL
            SELECT bucket, grp, h.tracker, sum(h.mentions), count(*) FROM c
            CROSS JOIN unnest(c.trackers, c.mentions) AS h(tracker, mentions)
            WHERE h.tracker = ANY (:trackers) GROUP BY bucket, grp, h.tracker
            """;

    private final Database database;
    private final Clock clock;

    public Trends(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * The trackers that came up in the range or in the stretch before: by week or month the newest first; then the most
     * often mentioned first.
     *
     * @throws Failure.Rejected if the range is longer than five years
     */
    public Page<Trend> list(Asker asker, TrendRequest request, @Nullable String cursor, int limit) {
        Stretch stretch = Stretch.of(request, clock.instant(), asker.zone());
        List<Trend> all = database.read(handle -> {
            Categories categories = Categories.load(handle);
            Map<String, String> names = names(handle);
            Set<String> wanted = wanted(request.tracker(), request.category(), names.keySet(), categories);
            Map<UUID, String> customers = request.groupBy() == GroupBy.CUSTOMER ? customers(handle, asker) : Map.of();
            TrendTally tally = new TrendTally(request.groupBy(), names, categories, customers);
            return tally.trends(rows(handle, asker, request, stretch, wanted), stretch.first());
        });
        return TrendTally.page(all, request.groupBy(), cursor, limit);
    }

    /**
     * What is counted.
     *
     * @param from where the range begins
     * @param previousFrom where the stretch before begins
     * @param previousUntil where it ends; not later than the range begins
     * @param first the bucket in which the range begins
     */
    private record Stretch(Instant previousFrom, Instant previousUntil, Instant from, Instant until, LocalDate first) {
        static Stretch of(TrendRequest request, Instant now, ZoneId zone) {
            Instant end = request.range().until();
            Instant until = end == null ? now : end;
            Instant begin = request.range().from();
            Instant from = begin == null ? until.minus(STANDARD_RANGE) : begin;
            if (Duration.between(from, until).compareTo(LONGEST_RANGE) > 0) {
                throw new Failure.Rejected("Trends take a range of at most five years; give from and to.");
            }
            GroupBy by = request.groupBy();
            if (by == GroupBy.WEEK || by == GroupBy.MONTH) {
                LocalDate first = bucket(LocalDate.ofInstant(from, zone), by);
                LocalDate before = by == GroupBy.WEEK ? first.minusWeeks(1) : first.minusMonths(1);
                return new Stretch(
                        before.atStartOfDay(zone).toInstant(),
                        first.atStartOfDay(zone).toInstant(),
                        from,
                        until,
                        first);
            }
            Instant earliest = from.isAfter(until) ? from : from.minus(Duration.between(from, until));
            return new Stretch(earliest, from, from, until, LocalDate.EPOCH);
        }

        private static LocalDate bucket(LocalDate day, GroupBy by) {
            return by == GroupBy.WEEK
                    ? day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                    : day.withDayOfMonth(1);
        }
    }

    private static List<Row> rows(
            Handle handle, Asker asker, TrendRequest request, Stretch stretch, Set<String> trackers) {
        Conditions where = new Conditions();
        Portfolio.Condition visible = Portfolio.condition(asker, "c.customer_id");
        where.and(visible.sql(), visible.arguments());
        where.and(
                "(c.call_date >= :from AND c.call_date < :until OR c.call_date >= :previousFrom AND c.call_date < :previousUntil)",
                Map.of(
                        "from", stretch.from().atOffset(ZoneOffset.UTC),
                        "until", stretch.until().atOffset(ZoneOffset.UTC),
                        "previousFrom", stretch.previousFrom().atOffset(ZoneOffset.UTC),
                        "previousUntil", stretch.previousUntil().atOffset(ZoneOffset.UTC)));
        // Of the ranges above only the whole is an index condition.
        where.and("c.call_date >= :previousFrom AND c.call_date < :until", Map.of());
        if (request.customer() != null) {
            where.and(
                    "c.customer_id = :customer",
                    Map.of("customer", request.customer().value()));
        }
        if (request.owner() != null) {
            where.and(
                    "COALESCE(o.id, co.id) = :owner",
                    Map.of("owner", request.owner().value()));
        }
        String sql = CALLS.formatted(bucket(request.groupBy()), group(request.groupBy()), where.sql());
        return handle.createQuery(sql)
                .bindMap(where.arguments())
                .bind("zone", asker.zone().getId())
                .bind("trackers", trackers.toArray(String[]::new))
                .map((row, context) -> new Row(
                        new Group(row.getObject("bucket", LocalDate.class), row.getString("grp")),
                        row.getString("tracker"),
                        row.getLong("mentions"),
                        row.getLong("calls")))
                .list();
    }

    /** The day on which a stretch begins; without weeks and months any day for the range and the day before for what was before. */
    private static String bucket(@Nullable GroupBy by) {
        if (by == GroupBy.WEEK || by == GroupBy.MONTH) {
            return "date_trunc('" + (by == GroupBy.WEEK ? "week" : "month")
                    + "', c.call_date AT TIME ZONE :zone)::date";
        }
        return "CASE WHEN c.call_date >= :from THEN DATE '1970-01-01' ELSE DATE '1969-12-31' END";
    }

    private static String group(@Nullable GroupBy by) {
        if (by == GroupBy.CUSTOMER) {
            return "c.customer_id::text";
        }
        return by == GroupBy.OWNER ? "COALESCE(o.name, c.owner_name, co.name)" : "''";
    }

    /** Names of trackers, by key. */
    static Map<String, String> names(Handle handle) {
        return handle.createQuery("SELECT tracker_key, name FROM chorus_trackers")
                .setMapKeyColumn("tracker_key")
                .setMapValueColumn("name")
                .collectInto(new GenericType<Map<String, String>>() {});
    }

    /** Those of the trackers with this name, of this category. */
    static Set<String> wanted(
            @Nullable String tracker, @Nullable String category, Set<String> trackers, Categories categories) {
        Set<String> wanted = category == null ? trackers : categories.in(Categories.word(category), trackers);
        if (tracker == null) {
            return wanted;
        }
        String key = TrackerKey.of(tracker);
        return wanted.contains(key) ? Set.of(key) : Set.of();
    }

    private static Map<UUID, String> customers(Handle handle, Asker asker) {
        Portfolio.Condition visible = Portfolio.condition(asker, "id");
        return handle.createQuery("SELECT id, name FROM customers WHERE " + visible.sql())
                .bindMap(new HashMap<>(visible.arguments()))
                .setMapKeyColumn("id")
                .setMapValueColumn("name")
                .collectInto(new GenericType<Map<UUID, String>>() {});
    }
}
