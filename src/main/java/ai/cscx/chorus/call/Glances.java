package ai.cscx.chorus.call;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.store.Conditions;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a page of calls shows beside the calls themselves, read for the whole page at once. Thread-safe. */
public final class Glances {
    private static final TypeReference<List<TrackerHits.Hit>> HITS = new TypeReference<>() {};
    private static final int MOST_TRACKERS = 3;

    private final Database database;

    public Glances(Database database) {
        this.database = database;
    }

    /**
     * @param trackers names of those that matched most often, at most three
     * @param openItems action items that nobody has done or dismissed
     */
    public record Glance(List<String> trackers, int openItems) {
        public static final Glance NONE = new Glance(List.of(), 0);

        public Glance {
            trackers = List.copyOf(trackers);
        }
    }

    /** Somebody whose calls there are. */
    public record Owner(UserId id, String name) {}

    /** By call; a call that the asker may not see is not in it. */
    public Map<CallId, Glance> of(Asker asker, Collection<CallId> calls) {
        if (calls.isEmpty()) {
            return Map.of();
        }
        Conditions where = visible(asker);
        where.and(
                "c.id = ANY (:calls)",
                Map.of("calls", calls.stream().map(CallId::value).toArray(UUID[]::new)));
        return database.read(handle -> handle.createQuery("""
                        SELECT c.id,
                            ARRAY (SELECT t ->> 'name' FROM jsonb_array_elements(c.trackers) t
                                ORDER BY (t ->> 'count')::int DESC, 1 LIMIT :mostTrackers) AS trackers,
                            (SELECT count(*) FROM chorus_action_items i LEFT JOIN tasks t ON t.id = i.task_id
                                WHERE i.chorus_call_id = c.chorus_call_id AND COALESCE(t.status, 'open') = 'open') AS open_items
                        FROM chorus_calls c
                        """ + where.sql())
                .bindMap(where.arguments())
                .bind("mostTrackers", MOST_TRACKERS)
                .map((row, context) -> Map.entry(
                        new CallId(row.getObject("id", UUID.class)),
                        new Glance(
                                Arrays.asList(
                                        (String[]) row.getArray("trackers").getArray()),
                                row.getInt("open_items"))))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /**
     * A customer's calls in numbers.
     *
     * @param last when the latest began
     */
    public record OfCustomer(long calls, Instant last, long openItems) {}

    /** By customer; one without calls is not in it. */
    public Map<CustomerId, OfCustomer> byCustomer(Asker asker) {
        Conditions where = visible(asker);
        where.and("c.customer_id IS NOT NULL", Map.of());
        return database.read(handle -> handle.createQuery("""
                        SELECT c.customer_id, count(*) AS calls, max(c.call_date) AS last, COALESCE(sum(i.open), 0) AS open_items
                        FROM chorus_calls c LEFT JOIN (
                            SELECT i.chorus_call_id, count(*) AS open
                            FROM chorus_action_items i LEFT JOIN tasks t ON t.id = i.task_id
                            WHERE COALESCE(t.status, 'open') = 'open' GROUP BY 1) i ON i.chorus_call_id = c.chorus_call_id
                        """ + where.sql() + " GROUP BY 1")
                .bindMap(where.arguments())
                .map((row, context) -> Map.entry(
                        new CustomerId(row.getObject("customer_id", UUID.class)),
                        new OfCustomer(
                                row.getLong("calls"), row.getTimestamp("last").toInstant(), row.getLong("open_items"))))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** How often a tracker matched in the calls of a month. */
    public record Mentions(String tracker, YearMonth month, long count) {}

    /** What trackers found in a customer's calls since then, by month in the asker's time zone. */
    public List<Mentions> mentions(Asker asker, CustomerId customer, Instant since) {
        Conditions where = visible(asker);
        where.and("c.customer_id = :customer", Map.of("customer", customer.value()));
        where.and("c.call_date >= :since", Map.of("since", Calls.utc(since)));
        return database.read(handle -> handle.createQuery("""
                        SELECT t ->> 'name' AS tracker, date_trunc('month', c.call_date AT TIME ZONE :zone)::date AS month,
                            sum((t ->> 'count')::int) AS count
                        FROM chorus_calls c CROSS JOIN jsonb_array_elements(c.trackers) t
                        """ + where.sql() + " GROUP BY 1, 2 ORDER BY 1, 2")
                .bindMap(where.arguments())
                .bind("zone", asker.zone().getId())
                .map((row, context) -> new Mentions(
                        row.getString("tracker"),
                        YearMonth.from(row.getDate("month").toLocalDate()),
                        row.getLong("count")))
                .list());
    }

    /**
     * A call in which a tracker matched.
     *
     * @param hits single matches, where the source lists them
     */
    public record Mentioned(
            CallId call, @Nullable String title, Instant startedAt, long count, List<TrackerHits.Hit> hits) {
        public Mentioned {
            hits = List.copyOf(hits);
        }
    }

    /** A customer's calls in which a tracker matched, newest first. */
    public List<Mentioned> mentioned(Asker asker, CustomerId customer, String tracker, int limit) {
        Conditions where = visible(asker);
        where.and("c.customer_id = :customer", Map.of("customer", customer.value()));
        where.and("t ->> 'name' = :tracker", Map.of("tracker", tracker));
        return database.read(handle -> handle.createQuery(
                        """
                        SELECT c.id, c.title, c.call_date, t ->> 'count' AS count, (t -> 'hits')::text AS hits
                        FROM chorus_calls c CROSS JOIN jsonb_array_elements(c.trackers) t
                        """ + where.sql() + " ORDER BY c.call_date DESC, c.id DESC LIMIT :limit")
                .bindMap(where.arguments())
                .bind("limit", limit)
                .map((row, context) -> new Mentioned(
                        new CallId(row.getObject("id", UUID.class)),
                        row.getString("title"),
                        row.getTimestamp("call_date").toInstant(),
                        row.getLong("count"),
                        Json.read(row.getString("hits"), HITS)))
                .list());
    }

    /** Everybody whose calls the asker may see, by name. */
    public List<Owner> owners(Asker asker) {
        Conditions where = visible(asker);
        where.and("COALESCE(o.id, co.id) IS NOT NULL", Map.of());
        return database.read(handle -> handle.createQuery("SELECT COALESCE(o.id, co.id) AS id,"
                        + " COALESCE(o.name, co.name) AS name" + Calls.FROM + where.sql()
                        + " GROUP BY 1, 2 ORDER BY 2, 1")
                .bindMap(where.arguments())
                .map((row, context) -> new Owner(new UserId(row.getObject("id", UUID.class)), row.getString("name")))
                .list());
    }

    private static Conditions visible(Asker asker) {
        Conditions where = new Conditions();
        Portfolio.Condition visible = Portfolio.condition(asker, "c.customer_id");
        where.and(visible.sql(), visible.arguments());
        return where;
    }
}
