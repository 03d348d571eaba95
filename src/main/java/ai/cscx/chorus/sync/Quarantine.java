package ai.cscx.chorus.sync;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Fingerprint;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Gzip;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What Chorus sent and we cannot read: kept with its raw answer and why, so that one bad record neither stops a sync nor
 * gets lost. Thread-safe.
 */
public final class Quarantine {
    private final Database database;
    private final FetchQueue queue;
    private final Clock clock;
    private final Runnable wake;

    Quarantine(Database database, FetchQueue queue, Clock clock, Runnable wake) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
        this.wake = wake;
    }

    /**
     * A record set aside.
     *
     * @param externalId of its call, where it can be told
     * @param stage list or detail
     * @param reason why it cannot be read, without anything of it
     * @param times how often it came like this
     */
    public record Entry(
            UUID id,
            @Nullable String externalId,
            String stage,
            String reason,
            int times,
            Instant firstAt,
            Instant lastAt) {}

    /** Newest first. */
    public Page<Entry> list(Asker asker, @Nullable String cursor, int limit) {
        asker.requireAdmin();
        Cursor after = cursor == null ? null : Cursor.decode(cursor, "quarantine", 2);
        String where = after == null ? "" : " WHERE (last_at, id) < (:afterTime, :afterId)";
        List<Entry> found = database.read(handle -> {
            var query = handle.createQuery(
                            "SELECT * FROM chorus_quarantine" + where + " ORDER BY last_at DESC, id DESC LIMIT :limit")
                    .bind("limit", limit + 1);
            if (after != null) {
                query.bind("afterTime", after.instant(0).atOffset(ZoneOffset.UTC))
                        .bind("afterId", after.uuid(1));
            }
            return query.map((row, context) -> entry(row)).list();
        });
        return Page.of(
                found,
                limit,
                last -> new Cursor(
                        "quarantine",
                        List.of(last.lastAt().toString(), last.id().toString())));
    }

    /**
     * Has these tried again, or all of them: the call is fetched anew. What is still unreadable comes back.
     *
     * @return how many are tried; those without a call's id stay, the next sync lists them again
     * @throws Failure.NotFound if one of the ids is no such record; then none is tried
     */
    public int replay(Asker asker, @Nullable Collection<UUID> ids) {
        asker.requireAdmin();
        int tried = database.inTransaction(handle -> {
            List<String> calls = handle.createQuery("""
                            DELETE FROM chorus_quarantine WHERE chorus_call_id IS NOT NULL AND (:all OR id = ANY (:ids))
                            RETURNING chorus_call_id
                            """)
                    .bind("all", ids == null)
                    .bind("ids", ids == null ? new UUID[0] : ids.toArray(UUID[]::new))
                    .mapTo(String.class)
                    .list();
            if (ids != null && calls.size() < new HashSet<>(ids).size()) {
                throw new Failure.NotFound("Of these records only " + calls.size()
                        + " can be tried again, so none was; see GET /api/chorus/quarantine for what there is.");
            }
            queue.want(
                    handle,
                    calls.stream()
                            .distinct()
                            .map(call -> new FetchQueue.Wanted(call, FetchQueue.Reason.HINT, null, false, null))
                            .toList());
            return calls.size();
        });
        wake.run();
        return tried;
    }

    public long size() {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM chorus_quarantine")
                .mapTo(Long.class)
                .one());
    }

    /** Sets a record aside; the same one again is counted. */
    void add(Handle handle, @Nullable String externalId, String stage, String reason, byte @Nullable [] raw) {
        String fingerprint =
                Fingerprint.of(stage + "\n" + (externalId == null && raw != null ? Fingerprint.of(raw) : externalId));
        handle.createUpdate("""
                        INSERT INTO chorus_quarantine (fingerprint, chorus_call_id, stage, reason, raw_gzip, first_at, last_at)
                        VALUES (:fingerprint, :call, :stage, :reason, :raw, :now, :now)
                        ON CONFLICT (fingerprint) DO UPDATE SET times = chorus_quarantine.times + 1, last_at = excluded.last_at,
                            reason = excluded.reason, raw_gzip = COALESCE(excluded.raw_gzip, chorus_quarantine.raw_gzip)
                        """)
                .bind("fingerprint", fingerprint)
                .bind("call", externalId)
                .bind("stage", stage)
                .bind("reason", reason)
                .bind("raw", raw == null ? null : Gzip.packed(raw))
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** It could be read after all. */
    void healed(Handle handle, String externalId) {
        handle.createUpdate("DELETE FROM chorus_quarantine WHERE chorus_call_id = :call")
                .bind("call", externalId)
                .execute();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getObject("id", UUID.class),
                row.getString("chorus_call_id"),
                row.getString("stage"),
                row.getString("reason"),
                row.getInt("times"),
                row.getTimestamp("first_at").toInstant(),
                row.getTimestamp("last_at").toInstant());
    }
}
