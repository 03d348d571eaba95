package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What each running sync has to do with each call it saw, so that progress can be counted and the end be known after any crash. */
final class SyncLedger {
    private final Database database;
    private final Clock clock;

    /**
     * @param clock real time, as calls are dated by when Chorus showed them
     */
    SyncLedger(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What became of a call in a sync. */
    enum Outcome {
        PENDING,
        STORED,
        UNCHANGED,
        /** Private, deleted or out of reach. */
        GONE,
        FAILED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * @param listHash of its list element; null = the list did not have it
     */
    record Item(String externalId, @Nullable String listHash, Outcome outcome) {}

    /** Notes calls. One that was noted before keeps what became of it. */
    void note(Handle handle, SyncId sync, Collection<Item> items) {
        if (items.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO chorus_sync_items (sync_id, chorus_call_id, list_hash, listed, outcome)
                VALUES (:sync, :call, :hash, :listed, :outcome)
                ON CONFLICT (sync_id, chorus_call_id) DO UPDATE SET list_hash = excluded.list_hash
                WHERE chorus_sync_items.list_hash IS DISTINCT FROM excluded.list_hash
                """);
        for (Item item : items) {
            batch.bind("sync", sync.value())
                    .bind("call", item.externalId())
                    .bind("hash", item.listHash())
                    .bind("listed", item.listHash() != null)
                    .bind("outcome", item.outcome().word())
                    .add();
        }
        batch.execute();
    }

    /** One more page of a window was read; {@code progress} is how far, null = nothing can be said. */
    void pageRead(Handle handle, SyncId sync, Instant windowFrom, @Nullable Instant progress) {
        handle.createUpdate("""
                        UPDATE chorus_sync_windows SET pages = pages + 1, progress = COALESCE(:progress, progress)
                        WHERE sync_id = :sync AND window_from = :from
                        """)
                .bind("progress", progress == null ? null : progress.atOffset(ZoneOffset.UTC))
                .bind("sync", sync.value())
                .bind("from", windowFrom.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** How far the list of a window was read by somebody who was interrupted. */
    Optional<Instant> progress(SyncId sync, Instant windowFrom) {
        return database.read(handle -> handle.createQuery(
                        "SELECT progress FROM chorus_sync_windows WHERE sync_id = :sync AND window_from = :from")
                .bind("sync", sync.value())
                .bind("from", windowFrom.atOffset(ZoneOffset.UTC))
                .map((row, context) -> row.getTimestamp("progress"))
                .findOne()
                .map(java.sql.Timestamp::toInstant));
    }

    void windowListed(SyncId sync, Instant windowFrom) {
        database.transact(handle -> handle.createUpdate(
                        "UPDATE chorus_sync_windows SET listed_at = :now WHERE sync_id = :sync AND window_from = :from")
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("sync", sync.value())
                .bind("from", windowFrom.atOffset(ZoneOffset.UTC))
                .execute());
    }

    /** A fetch came to an end; every sync that waits for the call learns it. */
    void fetched(Handle handle, String externalId, Outcome outcome, int requests, @Nullable String error) {
        handle.createUpdate("""
                        UPDATE chorus_sync_items SET outcome = :outcome, requests = requests + :requests, error = :error
                        WHERE chorus_call_id = :call AND outcome = 'pending'
                        """)
                .bind("outcome", outcome.word())
                .bind("requests", requests)
                .bind("error", error)
                .bind("call", externalId)
                .execute();
    }
}
