package ai.cscx.chorus.call;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.store.Conditions;
import ai.cscx.chorus.store.Database;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a page of calls shows beside the calls themselves, read for the whole page at once. Thread-safe. */
public final class Glances {
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
