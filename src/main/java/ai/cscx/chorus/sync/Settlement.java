package ai.cscx.chorus.sync;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.call.IndexOutbox;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a sync: looks for calls that were not listed, waits until they are confirmed and everything is searchable,
 * and then compares what Chorus listed with what is here, call by call. Calls that are missing or differ are fetched
 * again by themselves.
 */
public final class Settlement implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int NAMED = 3;

    private final Database database;
    private final Syncs syncs;
    private final Removals removals;
    private final FetchQueue queue;
    private final Search search;
    private final Clock clock;
    private final Runnable wakeFetcher;
    private final Loop loop = new Loop("settle-syncs", this::settle);

    Settlement(
            Database database,
            Syncs syncs,
            Removals removals,
            FetchQueue queue,
            Search search,
            Clock clock,
            Runnable wakeFetcher) {
        this.database = database;
        this.syncs = syncs;
        this.removals = removals;
        this.queue = queue;
        this.search = search;
        this.clock = clock;
        this.wakeFetcher = wakeFetcher;
    }

    /**
     * What Chorus listed against what is here.
     *
     * @param upstream calls that Chorus lists and shows
     * @param matched of them here, whole, as they were listed
     * @param missing external ids of those that are not here
     * @param differing external ids of those that are here otherwise
     * @param halted why nothing was removed although calls vanished; empty if nothing stood in the way
     */
    public record Accuracy(
            SyncId sync,
            Instant from,
            Instant until,
            Instant checkedAt,
            long upstream,
            long matched,
            List<String> missing,
            List<String> differing,
            Optional<String> halted) {
        /** A share, 1 = all. */
        public double accuracy() {
            return upstream == 0 ? 1 : (double) matched / upstream;
        }
    }

    /** The newest comparison; empty before the first sync ended. */
    public Optional<Accuracy> accuracy(Asker asker) {
        asker.requireAdmin();
        return newest();
    }

    /** The newest comparison, for metrics. */
    public Optional<Accuracy> newest() {
        return database.read(handle ->
                handle.createQuery("""
                        SELECT * FROM chorus_syncs WHERE upstream IS NOT NULL ORDER BY finished_at DESC, id DESC LIMIT 1
                        """).map((row, context) -> accuracy(row)).findOne());
    }

    void start() {
        loop.start();
    }

    void wake() {
        loop.wake();
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration settle() {
        boolean refreshed = false;
        for (Syncs.Running sync : syncs.over()) {
            if (!sync.absencesChecked()) {
                boolean toConfirm = database.inTransaction(handle -> checkAbsences(handle, sync));
                if (toConfirm) {
                    wakeFetcher.run();
                    continue;
                }
            }
            if (database.read(IndexOutbox::size) > 0) {
                continue;
            }
            if (!refreshed) {
                search.refresh();
                refreshed = true;
            }
            database.transact(handle -> finish(handle, sync.id()));
        }
        return LOOK;
    }

    /** Once, whichever instance is first. */
    private boolean checkAbsences(Handle handle, Syncs.Running sync) {
        int first = handle.createUpdate(
                        "UPDATE chorus_syncs SET absences_checked = TRUE WHERE id = :id AND NOT absences_checked")
                .bind("id", sync.id().value())
                .execute();
        return first > 0 && removals.findAbsent(handle, sync.id(), sync.from(), sync.until(), sync.removalsConfirmed());
    }

    private void finish(Handle handle, SyncId sync) {
        int first = handle.createUpdate("""
                        UPDATE chorus_syncs s SET state = 'finished', finished_at = :now, seen = i.seen, stored = i.stored,
                            unchanged = i.unchanged, failed = i.failed, requests = i.requests, upstream = i.upstream,
                            matched = i.matched, missing = i.missing, differing = i.differing
                        FROM (SELECT count(*) FILTER (WHERE i.listed) AS seen,
                                count(*) FILTER (WHERE i.outcome = 'stored') AS stored,
                                count(*) FILTER (WHERE i.outcome = 'unchanged') AS unchanged,
                                count(*) FILTER (WHERE i.outcome = 'failed') AS failed,
                                COALESCE(sum(i.requests), 0) AS requests,
                                count(*) FILTER (WHERE i.listed AND i.outcome <> 'gone') AS upstream,
                                count(*) FILTER (WHERE i.listed AND i.outcome <> 'gone'
                                    AND c.list_hash = i.list_hash AND c.detailed_at IS NOT NULL) AS matched,
                                array_remove(array_agg(CASE WHEN i.listed AND i.outcome <> 'gone' AND c.id IS NULL
                                    THEN i.chorus_call_id END ORDER BY i.chorus_call_id), NULL) AS missing,
                                array_remove(array_agg(CASE WHEN i.listed AND i.outcome <> 'gone' AND c.id IS NOT NULL
                                    AND (c.list_hash IS DISTINCT FROM i.list_hash OR c.detailed_at IS NULL)
                                    THEN i.chorus_call_id END ORDER BY i.chorus_call_id), NULL) AS differing
                            FROM chorus_sync_items i LEFT JOIN chorus_calls c ON c.chorus_call_id = i.chorus_call_id
                            WHERE i.sync_id = :sync) i
                        WHERE s.id = :sync AND s.state = 'running'
                        """)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("sync", sync.value())
                .execute();
        if (first == 0) {
            return;
        }
        handle.createUpdate("DELETE FROM chorus_sync_items WHERE sync_id = :sync")
                .bind("sync", sync.value())
                .execute();
        Accuracy result = handle.createQuery("SELECT * FROM chorus_syncs WHERE id = :sync")
                .bind("sync", sync.value())
                .map((row, context) -> accuracy(row))
                .one();
        if (result.matched() < result.upstream()) {
            LOG.warn(
                    "Sync {}: {} of {} calls are as Chorus lists them; missing {}, differing {}; they are fetched again",
                    sync,
                    result.matched(),
                    result.upstream(),
                    some(result.missing()),
                    some(result.differing()));
            fetchAgain(handle, result.missing());
            fetchAgain(handle, result.differing());
        } else {
            LOG.info("Sync {}: all {} calls are here as Chorus lists them", sync, result.upstream());
        }
    }

    /** Unless they wait already. */
    private void fetchAgain(Handle handle, List<String> externalIds) {
        List<String> waiting = handle.createQuery(
                        "SELECT chorus_call_id FROM chorus_fetches WHERE chorus_call_id = ANY (:ids)")
                .bind("ids", externalIds.toArray(String[]::new))
                .mapTo(String.class)
                .list();
        List<String> quarantined = handle.createQuery(
                        "SELECT chorus_call_id FROM chorus_quarantine WHERE chorus_call_id = ANY (:ids)")
                .bind("ids", externalIds.toArray(String[]::new))
                .mapTo(String.class)
                .list();
        queue.want(
                handle,
                externalIds.stream()
                        .filter(id -> !waiting.contains(id) && !quarantined.contains(id))
                        .map(id -> new FetchQueue.Wanted(id, FetchQueue.Reason.LISTED, null, false, null))
                        .toList());
    }

    private static String some(List<String> ids) {
        return ids.size() + " "
                + (ids.size() <= NAMED ? ids : ids.subList(0, NAMED).toString().replace("]", ", …]"));
    }

    private static Accuracy accuracy(ResultSet row) throws SQLException {
        return new Accuracy(
                new SyncId(row.getObject("id", UUID.class)),
                row.getTimestamp("window_from").toInstant(),
                row.getTimestamp("window_until").toInstant(),
                row.getTimestamp("finished_at").toInstant(),
                row.getLong("upstream"),
                row.getLong("matched"),
                texts(row, "missing"),
                texts(row, "differing"),
                Optional.ofNullable(row.getString("halted")));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        java.sql.Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
