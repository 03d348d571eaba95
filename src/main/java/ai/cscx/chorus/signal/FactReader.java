package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.call.Momentum.DealProgress;
import ai.cscx.chorus.call.Momentum.Origin;
import ai.cscx.chorus.signal.CallNumbers.Person;
import ai.cscx.chorus.signal.CallNumbers.TrackerCount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What calls say, as it was read off them. Whoever asks has made sure that the customers may be seen. */
final class FactReader {
    private FactReader() {}

    private static final String SELECT = """
            SELECT c.customer_id, c.id, c.call_date, c.state NOT IN ('no_show', 'scheduled', 'failed') AS took_place,
                c.transcript_state = 'available' AS transcript, f.call_id, f.origin, f.progress, f.objections, f.pricing,
                f.advances, f.stalls, f.declines, f.departures, f.next_steps, f.their_steps, f.their_share, f.people, f.names,
                f.trackers, f.mentions, f.heard
            FROM chorus_calls c
            LEFT JOIN chorus_call_facts f ON f.call_id = c.id AND f.content_hash = c.content_hash
            """;

    /** The calls of these customers in the range, by customer, the newest first; a customer without any is absent. */
    static Map<UUID, List<CallFacts>> ofCustomers(Handle handle, Collection<UUID> customers, TimeRange range) {
        var query = handle.createQuery(SELECT + " WHERE c.customer_id = ANY (:customers)"
                        + (range.from() == null ? "" : " AND c.call_date >= :from")
                        + (range.until() == null ? "" : " AND c.call_date < :until")
                        + " ORDER BY c.call_date DESC, c.id DESC")
                .bind("customers", customers.toArray(UUID[]::new));
        if (range.from() != null) {
            query.bind("from", range.from().atOffset(ZoneOffset.UTC));
        }
        if (range.until() != null) {
            query.bind("until", range.until().atOffset(ZoneOffset.UTC));
        }
        Map<UUID, List<CallFacts>> found = new HashMap<>();
        query.map((row, context) -> Map.entry(row.getObject("customer_id", UUID.class), facts(row)))
                .forEach(entry -> found.computeIfAbsent(entry.getKey(), fresh -> new ArrayList<>())
                        .add(entry.getValue()));
        return found;
    }

    /** Null if the call is not there. */
    static @Nullable CallFacts ofCall(Handle handle, CallId call) {
        return handle.createQuery(SELECT + " WHERE c.id = :call")
                .bind("call", call.value())
                .map((row, context) -> facts(row))
                .findOne()
                .orElse(null);
    }

    private static CallFacts facts(ResultSet row) throws SQLException {
        return new CallFacts(
                new CallId(row.getObject("id", UUID.class)),
                row.getTimestamp("call_date").toInstant(),
                row.getBoolean("took_place"),
                row.getBoolean("transcript"),
                row.getObject("call_id") == null ? null : numbers(row));
    }

    private static CallNumbers numbers(ResultSet row) throws SQLException {
        String origin = row.getString("origin");
        String progress = row.getString("progress");
        float share = row.getFloat("their_share");
        Double theirShare = row.wasNull() ? null : Double.valueOf(share);
        return new CallNumbers(
                origin == null ? null : Origin.valueOf(origin.toUpperCase(Locale.ROOT)),
                progress == null ? null : DealProgress.valueOf(progress.toUpperCase(Locale.ROOT)),
                row.getInt("objections"),
                row.getInt("pricing"),
                row.getInt("advances"),
                row.getInt("stalls"),
                row.getInt("declines"),
                row.getInt("departures"),
                row.getInt("next_steps"),
                row.getInt("their_steps"),
                theirShare,
                people(row),
                trackers(row));
    }

    private static List<Person> people(ResultSet row) throws SQLException {
        String[] keys = (String[]) row.getArray("people").getArray();
        String[] names = (String[]) row.getArray("names").getArray();
        List<Person> people = new ArrayList<>(keys.length);
        for (int i = 0; i < keys.length; i++) {
            people.add(new Person(keys[i], names[i]));
        }
        return people;
    }

    private static List<TrackerCount> trackers(ResultSet row) throws SQLException {
        String[] keys = (String[]) row.getArray("trackers").getArray();
        if (keys.length == 0) {
            return List.of();
        }
        Integer[] mentions = (Integer[]) row.getArray("mentions").getArray();
        Integer[] heard = (Integer[]) row.getArray("heard").getArray();
        List<TrackerCount> trackers = new ArrayList<>(keys.length);
        for (int i = 0; i < keys.length; i++) {
            trackers.add(new TrackerCount(keys[i], mentions[i], heard[i]));
        }
        return trackers;
    }
}
