package ai.cscx.chorus.sync;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.store.Conditions;
import ai.cscx.chorus.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far what is here is in step with Chorus, for everybody: without secrets, and counted within what one may see. Thread-safe. */
public final class Freshness {
    private final Database database;

    public Freshness(Database database) {
        this.database = database;
    }

    /**
     * Where the sync stands.
     *
     * @param connection connected, degraded or disconnected
     * @param running whether one is going on right now
     * @param syncedAt when the last one that succeeded ended
     * @param failedAt when the last one that failed ended, within the days asked for
     */
    public record Report(
            String connection,
            boolean running,
            @Nullable Instant syncedAt,
            @Nullable Instant failedAt,
            Scope scope) {}

    /**
     * What the asker may see of it.
     *
     * @param calls how many calls are here
     * @param newest when the newest of them began
     * @param waiting calls whose details, transcript or place in the index are still to come
     * @param failing calls that could not be fetched lately and are tried again
     */
    public record Scope(
            long calls, @Nullable Instant newest, @Nullable Instant changedAt, long waiting, long failing) {}

    /**
     * @param customers empty: all that the asker may see
     * @param owner of the customers; null: anybody
     * @param range failures are looked for within it
     */
    public Report report(Asker asker, Set<CustomerId> customers, @Nullable UserId owner, TimeRange range) {
        return database.read(handle -> {
            Conditions where = new Conditions();
            Portfolio.Condition visible = Portfolio.condition(asker, "c.customer_id");
            where.and(visible.sql(), visible.arguments());
            if (!customers.isEmpty()) {
                UUID[] ids = customers.stream().map(CustomerId::value).toArray(UUID[]::new);
                where.and("c.customer_id = ANY (:customers)", Map.of("customers", ids));
            }
            if (owner != null) {
                where.and(
                        "c.customer_id IN (SELECT id FROM customers WHERE owner_id = :owner)",
                        Map.of("owner", owner.value()));
            }
            Scope scope = handle.createQuery("""
                            SELECT count(*) AS calls, max(c.call_date) AS newest, max(c.synced_at) AS changed,
                                count(*) FILTER (WHERE c.detailed_at IS NULL OR c.transcript_state = 'pending'
                                    OR (c.transcript_state = 'available' AND c.indexed_passages = 0)) AS waiting,
                                count(*) FILTER (WHERE f.failures > 0) AS failing
                            FROM chorus_calls c LEFT JOIN chorus_fetches f ON f.chorus_call_id = c.chorus_call_id
                            """ + where.sql())
                    .bindMap(where.arguments())
                    .map((row, context) -> new Scope(
                            row.getLong("calls"),
                            instant(row, "newest"),
                            instant(row, "changed"),
                            row.getLong("waiting"),
                            row.getLong("failing")))
                    .one();
            Instant from = range.from();
            Instant until = range.until();
            return handle.createQuery("""
                            SELECT COALESCE((SELECT status FROM chorus_connections), 'disconnected') AS connection,
                                EXISTS (SELECT 1 FROM chorus_syncs WHERE state = 'running') AS running,
                                (SELECT max(finished_at) FROM chorus_syncs WHERE state = 'finished') AS synced,
                                (SELECT max(finished_at) FROM chorus_syncs WHERE state = 'failed'
                                    AND (:from::timestamptz IS NULL OR finished_at >= :from)
                                    AND (:until::timestamptz IS NULL OR finished_at < :until)) AS failed
                            """)
                    .bind("from", from == null ? null : from.atOffset(ZoneOffset.UTC))
                    .bind("until", until == null ? null : until.atOffset(ZoneOffset.UTC))
                    .map((row, context) -> new Report(
                            row.getString("connection"),
                            row.getBoolean("running"),
                            instant(row, "synced"),
                            instant(row, "failed"),
                            scope))
                    .one();
        });
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
