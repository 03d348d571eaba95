package ai.cscx.chorus.sync;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Runs of the synchronisation, past and present. A run is a range of time cut into closed windows, oldest first; each
 * window is listed by a job of its own, so that a killed run goes on where it was. Thread-safe.
 */
public final class Syncs {
    static final Jobs.Kind LIST_WINDOW = new Jobs.Kind("list-window", 40, 8);

    /** Why a sync was started. */
    enum Cause {
        BACKFILL,
        POLL,
        SWEEP,
        MANUAL;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final Duration WINDOW = Duration.ofDays(90);
    /** When somebody who waits for a sync to end looks again. */
    private static final Duration RUNNING_LOOK = Duration.ofSeconds(2);

    private static final String SELECT = """
            SELECT s.*, (SELECT COALESCE(sum(pages), 0) FROM chorus_sync_windows w WHERE w.sync_id = s.id) AS pages,
                i.seen AS now_seen, i.stored AS now_stored, i.unchanged AS now_unchanged, i.failed AS now_failed,
                i.remaining AS now_remaining, i.requests AS now_requests, i.asked AS now_asked
            FROM chorus_syncs s LEFT JOIN LATERAL (
                SELECT count(*) FILTER (WHERE listed) AS seen, sum(requests) AS requests,
                    count(*) FILTER (WHERE outcome = 'stored') AS stored,
                    count(*) FILTER (WHERE outcome = 'unchanged') AS unchanged,
                    count(*) FILTER (WHERE outcome = 'failed') AS failed,
                    count(*) FILTER (WHERE outcome = 'pending' AND listed) AS remaining, count(*) FILTER (WHERE requests > 0) AS asked
                FROM chorus_sync_items WHERE sync_id = s.id AND s.finished_at IS NULL) i ON TRUE
            """;

    private final Database database;
    private final Jobs jobs;
    private final RateLimiter limiter;
    private final Clock clock;
    private final Duration backfill;

    /**
     * @param backfill how far back the first sync, and one without a range, looks
     */
    public Syncs(Database database, Jobs jobs, RateLimiter limiter, Clock clock, Duration backfill) {
        this.database = database;
        this.jobs = jobs;
        this.limiter = limiter;
        this.clock = clock;
        this.backfill = backfill;
    }

    /**
     * Starts a sync of the range; open ends are the backfill's and now.
     *
     * @param removalsConfirmed calls that vanished in masses are really to go
     * @throws Failure.Forbidden unless an admin asks
     * @throws Failure.Conflict if Chorus is not connected
     */
    public SyncId request(Asker asker, TimeRange range, boolean removalsConfirmed) {
        asker.requireAdmin();
        boolean connected = database.inTransaction(handle -> {
            if (removalsConfirmed) {
                // What made it degraded may be the very loss that is confirmed now; a dead key makes it so again.
                handle.createUpdate(
                                "UPDATE chorus_connections SET status = 'connected', strikes = 0 WHERE status = 'degraded'")
                        .execute();
            }
            return handle.createQuery("SELECT EXISTS (SELECT 1 FROM chorus_connections WHERE status = 'connected')")
                    .mapTo(Boolean.class)
                    .one();
        });
        if (!connected) {
            throw new Failure.Conflict(
                    "not-connected", "Chorus is not connected; POST /api/integrations/chorus/connect first.", null);
        }
        return start(range, Cause.MANUAL, removalsConfirmed);
    }

    SyncId requestBackfill() {
        return start(TimeRange.ALWAYS, Cause.BACKFILL, false);
    }

    /** Starts a sync of the last {@code back}, unless one is running. */
    void look(Duration back, Cause cause) {
        boolean running = database.read(
                handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM chorus_syncs WHERE state = 'running')")
                        .mapTo(Boolean.class)
                        .one());
        if (!running) {
            start(new TimeRange(clock.instant().minus(back), null), cause, false);
        }
    }

    /** How long a look would have to wait: for the running sync, and for {@code pause} since the last look. */
    Duration untilNextLook(Duration pause) {
        Instant now = clock.instant();
        return database.read(handle -> handle.createQuery("""
                        SELECT max(CASE WHEN state = 'running' THEN :soon ELSE started_at + :pause END) AS free_at
                        FROM chorus_syncs WHERE state = 'running' OR (cause = 'poll' AND started_at + :pause > :now)
                        """)
                .bind("soon", now.plus(RUNNING_LOOK).atOffset(ZoneOffset.UTC))
                .bind("pause", pause)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map((row, context) -> row.getTimestamp("free_at"))
                .findOne()
                .map(free -> Duration.between(now, free.toInstant()))
                .orElse(Duration.ZERO));
    }

    private SyncId start(TimeRange range, Cause cause, boolean removalsConfirmed) {
        Instant now = clock.instant();
        Instant until = range.until() == null ? now : range.until();
        Instant from = range.from() == null ? until.minus(backfill) : range.from();
        SyncId id = database.inTransaction(handle -> {
            SyncId made = new SyncId(handle.createQuery("""
                            INSERT INTO chorus_syncs (state, window_from, window_until, started_at, cause, removals_confirmed)
                            VALUES ('running', :from, :until, :now, :cause, :confirmed) RETURNING id
                            """)
                    .bind("cause", cause.word())
                    .bind("confirmed", removalsConfirmed)
                    .bind("from", from.atOffset(ZoneOffset.UTC))
                    .bind("until", until.atOffset(ZoneOffset.UTC))
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .mapTo(UUID.class)
                    .one());
            List<Jobs.Staged> windows = new ArrayList<>();
            for (Instant start = from; start.isBefore(until); start = start.plus(WINDOW)) {
                Instant end = start.plus(WINDOW).isBefore(until) ? start.plus(WINDOW) : until;
                handle.createUpdate(
                                "INSERT INTO chorus_sync_windows (sync_id, window_from, window_until) VALUES (:id, :from, :until)")
                        .bind("id", made.value())
                        .bind("from", start.atOffset(ZoneOffset.UTC))
                        .bind("until", end.atOffset(ZoneOffset.UTC))
                        .execute();
                windows.add(new Jobs.Staged(made + "/" + start, made + "|" + start + "|" + end + "|" + cause));
            }
            jobs.stage(handle, LIST_WINDOW, windows);
            return made;
        });
        jobs.wake();
        return id;
    }

    /**
     * @throws Failure.Forbidden unless an admin asks
     * @throws Failure.NotFound if there is no such sync
     */
    public SyncStatus get(Asker asker, SyncId id) {
        asker.requireAdmin();
        return status(id);
    }

    /** All syncs, newest first. */
    public Page<SyncStatus> list(Asker asker, @Nullable String cursor, int limit) {
        asker.requireAdmin();
        Cursor after = cursor == null ? null : Cursor.decode(cursor, "syncs", 2);
        String where = after == null ? "" : " WHERE (s.started_at, s.id) < (:afterTime, :afterId)";
        List<SyncStatus> found = database.read(handle -> {
            var query = handle.createQuery(SELECT + where + " ORDER BY s.started_at DESC, s.id DESC LIMIT :limit")
                    .bind("limit", limit + 1);
            if (after != null) {
                query.bind("afterTime", after.instant(0).atOffset(ZoneOffset.UTC))
                        .bind("afterId", after.uuid(1));
            }
            return query.map((row, context) -> status(row)).list();
        });
        return Page.of(
                found,
                limit,
                last -> new Cursor(
                        "syncs", List.of(last.startedAt().toString(), last.id().toString())));
    }

    /** The newest sync, for start-up and progress lines; null if there was none. */
    public @Nullable SyncStatus newest() {
        return database.read(handle -> handle.createQuery(SELECT + " ORDER BY s.started_at DESC, s.id DESC LIMIT 1")
                .map((row, context) -> status(row))
                .findOne()
                .orElse(null));
    }

    SyncStatus status(SyncId id) {
        return database.read(handle -> handle.createQuery(SELECT + " WHERE s.id = :id")
                        .bind("id", id.value())
                        .map((row, context) -> status(row))
                        .findOne())
                .orElseThrow(() -> new Failure.NotFound("There is no sync with this id."));
    }

    /** A running sync, as far as its end is concerned. */
    record Running(SyncId id, Instant from, Instant until, boolean removalsConfirmed, boolean absencesChecked) {}

    /** Running syncs of which every window is listed and every call dealt with. */
    List<Running> over() {
        return database.read(handle -> handle.createQuery("""
                        SELECT s.* FROM chorus_syncs s WHERE s.state = 'running'
                            AND NOT EXISTS (SELECT 1 FROM chorus_sync_windows w WHERE w.sync_id = s.id AND w.listed_at IS NULL)
                            AND NOT EXISTS (SELECT 1 FROM chorus_sync_items i WHERE i.sync_id = s.id AND i.outcome = 'pending')
                        """)
                .map((row, context) -> new Running(
                        new SyncId(row.getObject("id", UUID.class)),
                        row.getTimestamp("window_from").toInstant(),
                        row.getTimestamp("window_until").toInstant(),
                        row.getBoolean("removals_confirmed"),
                        row.getBoolean("absences_checked")))
                .list());
    }

    void fail(Handle handle, SyncId id, String error) {
        handle.createUpdate("""
                        UPDATE chorus_syncs SET state = 'failed', finished_at = :now, error = :error
                        WHERE id = :id AND state = 'running'
                        """)
                .bind("id", id.value())
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("error", error)
                .execute();
    }

    private SyncStatus status(ResultSet row) throws SQLException {
        Timestamp finished = row.getTimestamp("finished_at");
        Instant startedAt = row.getTimestamp("started_at").toInstant();
        String now = finished == null ? "now_" : "";
        long seen = row.getLong(now + "seen");
        long remaining = row.getLong("now_remaining");
        return new SyncStatus(
                new SyncId(row.getObject("id", UUID.class)),
                row.getString("cause"),
                row.getString("state"),
                row.getTimestamp("window_from").toInstant(),
                row.getTimestamp("window_until").toInstant(),
                seen,
                row.getLong(now + "stored"),
                row.getLong(now + "unchanged"),
                row.getLong(now + "failed"),
                remaining,
                row.getLong("pages") + row.getLong(now + "requests"),
                startedAt,
                finished == null ? null : finished.toInstant(),
                finished == null ? eta(row, startedAt, seen - remaining, remaining) : null,
                row.getString("error") == null ? row.getString("halted") : row.getString("error"));
    }

    private @Nullable Long eta(ResultSet row, Instant startedAt, long done, long remaining) throws SQLException {
        RateLimiter.Budget budget = limiter.budget();
        if (budget.slowing()) {
            long asked = row.getLong("now_asked");
            double requestsPerCall = asked == 0 ? 1 : (double) row.getLong("now_requests") / asked;
            return budget.timeFor(remaining * requestsPerCall).toSeconds();
        }
        if (done <= 0) {
            return null;
        }
        return Duration.between(startedAt, clock.instant()).toSeconds() * remaining / done;
    }
}
