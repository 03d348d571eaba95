package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What each sync did about each call it saw, so that progress can be counted and the end be known after any crash. */
final class SyncLedger {
    private final Database database;
    private final Syncs syncs;
    private final Search search;
    private final Clock clock;

    SyncLedger(Database database, Syncs syncs, Search search, Clock clock) {
        this.database = database;
        this.syncs = syncs;
        this.search = search;
        this.clock = clock;
    }

    /** A call was listed: {@code pending} if it is to be fetched, {@code unchanged} if not. Seen again changes nothing. */
    void listed(Handle handle, SyncId sync, Collection<String> externalIds, String outcome) {
        if (externalIds.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO chorus_sync_items (sync_id, chorus_call_id, outcome) VALUES (:sync, :call, :outcome)
                ON CONFLICT DO NOTHING
                """);
        externalIds.forEach(call -> batch.bind("sync", sync.value())
                .bind("call", call)
                .bind("outcome", outcome)
                .add());
        batch.execute();
    }

    void windowListed(SyncId sync, Instant from, int pages) {
        database.transact(handle -> handle.createUpdate("""
                        UPDATE chorus_sync_windows SET listed_at = :now, pages = pages + :pages
                        WHERE sync_id = :sync AND window_from = :from
                        """)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("pages", pages)
                .bind("sync", sync.value())
                .bind("from", from.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** The call was fetched with one request; {@code outcome} says what came of it. */
    void fetched(Handle handle, SyncId sync, String externalId, String outcome) {
        handle.createUpdate("""
                        UPDATE chorus_sync_items SET outcome = :outcome, requests = requests + 1
                        WHERE sync_id = :sync AND chorus_call_id = :call
                        """)
                .bind("outcome", outcome)
                .bind("sync", sync.value())
                .bind("call", externalId)
                .execute();
    }

    void stored(Handle handle, SyncId sync, CallId call) {
        outcome(handle, sync, call, "stored", "");
    }

    void failed(Handle handle, SyncId sync, CallId call, String error) {
        outcome(handle, sync, call, "failed", error);
    }

    void failed(Handle handle, SyncId sync, String externalId, String error) {
        handle.createUpdate("""
                        UPDATE chorus_sync_items SET outcome = 'failed', error = :error
                        WHERE sync_id = :sync AND chorus_call_id = :call
                        """)
                .bind("error", error)
                .bind("sync", sync.value())
                .bind("call", externalId)
                .execute();
    }

    /** Finishes the sync if this was the last of it. What it stored is searchable before it is called finished. */
    void settle(SyncId sync) {
        if (syncs.isOver(sync)) {
            search.refresh();
            syncs.settle(sync);
        }
    }

    private static void outcome(Handle handle, SyncId sync, CallId call, String outcome, String error) {
        UUID id = call.value();
        handle.createUpdate("""
                        UPDATE chorus_sync_items SET outcome = :outcome, error = NULLIF(:error, '')
                        WHERE sync_id = :sync AND outcome = 'fetched'
                          AND chorus_call_id = (SELECT chorus_call_id FROM chorus_calls WHERE id = :id)
                        """)
                .bind("outcome", outcome)
                .bind("error", error)
                .bind("sync", sync.value())
                .bind("id", id)
                .execute();
    }
}
