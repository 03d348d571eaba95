package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.TimeRange;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What was promised in calls: the action items, and where one became a task, what became of that. Whoever asks has made
 * sure that the customers may be seen.
 */
final class PromiseReader {
    private static final String ITEMS = " FROM chorus_action_items i";
    private static final String CALLS = " JOIN chorus_calls c ON c.chorus_call_id = i.chorus_call_id";
    private static final String STANDING = """
             LEFT JOIN tasks t ON t.id = i.task_id
             CROSS JOIN LATERAL (SELECT
                COALESCE(t.status, CASE WHEN i.done_at IS NULL THEN 'open' ELSE 'done' END) AS status,
                COALESCE(t.due_date, i.due_date) AS due,
                CASE WHEN t.id IS NULL THEN i.done_at WHEN t.status = 'done' THEN COALESCE(t.completed_at, t.updated_at) END AS done_at) p
            """;

    private PromiseReader() {}

    /**
     * How it stands with the promises of either side.
     *
     * @param overdue open ones whose day has passed
     * @param doneOnTime done ones that had a day, until the end of it
     */
    record Counts(long open, long overdue, long doneOnTime) {
        static final Counts NONE = new Counts(0, 0, 0);
    }

    /** Of calls in the range, by customer; a customer without any is absent. */
    static Map<UUID, Counts> counts(
            Handle handle, Collection<UUID> customers, TimeRange range, LocalDate today, ZoneId zone) {
        // Items follow their call's customer; the calls themselves are needed for their dates alone.
        boolean dated = range.from() != null || range.until() != null;
        var query = handle.createQuery("""
                        SELECT i.customer_id, count(*) FILTER (WHERE p.status = 'open') AS open,
                            count(*) FILTER (WHERE p.status = 'open' AND p.due < :today) AS overdue,
                            count(*) FILTER (WHERE p.status = 'done' AND (p.done_at AT TIME ZONE :zone)::date <= p.due) AS in_time
                        """
                        + ITEMS + (dated ? CALLS : "") + STANDING + " WHERE i.customer_id = ANY (:customers)"
                        + (range.from() == null ? "" : " AND c.call_date >= :from")
                        + (range.until() == null ? "" : " AND c.call_date < :until") + " GROUP BY i.customer_id")
                .bind("customers", customers.toArray(UUID[]::new))
                .bind("today", today)
                .bind("zone", zone.getId());
        Instant from = range.from();
        if (from != null) {
            query.bind("from", from.atOffset(ZoneOffset.UTC));
        }
        Instant until = range.until();
        if (until != null) {
            query.bind("until", until.atOffset(ZoneOffset.UTC));
        }
        Map<UUID, Counts> counts = new HashMap<>();
        query.map((row, context) -> Map.entry(
                        row.getObject("customer_id", UUID.class),
                        new Counts(row.getLong("open"), row.getLong("overdue"), row.getLong("in_time"))))
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    /** Promises of calls since then, by customer; a customer without any is absent. */
    static Map<UUID, List<Promise>> ofCustomers(Handle handle, Collection<UUID> customers, Instant since) {
        Map<UUID, List<Promise>> promises = new HashMap<>();
        handle.createQuery(
                        "SELECT c.customer_id, c.id, c.call_date, i.item_key, i.side, p.due, p.done_at" + ITEMS + CALLS
                                + STANDING
                                + " WHERE c.customer_id = ANY (:customers) AND c.call_date >= :since AND p.status <> 'dismissed'")
                .bind("customers", customers.toArray(UUID[]::new))
                .bind("since", since.atOffset(ZoneOffset.UTC))
                .map((row, context) -> {
                    Timestamp done = row.getTimestamp("done_at");
                    return Map.entry(
                            row.getObject("customer_id", UUID.class),
                            new Promise(
                                    new CallId(row.getObject("id", UUID.class)),
                                    row.getString("item_key"),
                                    row.getTimestamp("call_date").toInstant(),
                                    "external".equals(row.getString("side")),
                                    row.getObject("due", LocalDate.class),
                                    done == null ? null : done.toInstant()));
                })
                .forEach(entry -> promises.computeIfAbsent(entry.getKey(), fresh -> new ArrayList<>())
                        .add(entry.getValue()));
        return promises;
    }

    /** An action item of a call. */
    record Item(CallId call, String key) {}

    /** Those of these calls that are no next steps any more: done or dismissed. */
    static Set<Item> settled(Handle handle, Collection<CallId> calls) {
        return new HashSet<>(handle.createQuery("SELECT c.id, i.item_key" + ITEMS + CALLS + STANDING
                        + " WHERE c.id = ANY (:calls) AND p.status <> 'open'")
                .bind("calls", calls.stream().map(CallId::value).toArray(UUID[]::new))
                .map((row, context) -> new Item(new CallId(row.getObject("id", UUID.class)), row.getString("item_key")))
                .list());
    }
}
