package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.call.HiddenCalls;
import ai.cscx.chorus.sync.FetchQueue.Reason;
import ai.cscx.chorus.sync.FetchQueue.Wanted;
import ai.cscx.chorus.sync.SyncLedger.Item;
import ai.cscx.chorus.sync.SyncLedger.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Chorus does not show any more. A call that became private is deleted at once. One that is neither listed nor found
 * (404) is hidden at once and deleted when a later sync finds the same. When most calls of a range vanish together, the
 * credential has lost its rights or Chorus is not itself: nothing is touched, and the status says so.
 */
final class Removals {
    private static final Logger LOG = LoggerFactory.getLogger(Removals.class);
    /** Fewer than this are no mass. */
    private static final int FEW = 3;
    /** With so many known, the loss of most of them is taken for a loss of rights. */
    private static final int MANY = 10;

    private final FetchQueue queue;
    private final SyncLedger ledger;
    private final Connections connections;
    private final BiConsumer<Handle, CallId> whenGone;
    private final Clock clock;

    /**
     * @param whenGone takes the call's words out of everything else that holds them
     */
    Removals(
            FetchQueue queue,
            SyncLedger ledger,
            Connections connections,
            BiConsumer<Handle, CallId> whenGone,
            Clock clock) {
        this.queue = queue;
        this.ledger = ledger;
        this.connections = connections;
        this.whenGone = whenGone;
        this.clock = clock;
    }

    /** Chorus says itself that nobody is to have it: there is nothing to wait for. */
    void becamePrivate(Handle handle, String externalId) {
        HiddenCalls.purge(handle, externalId).ifPresent(call -> {
            whenGone.accept(handle, call);
            LOG.info("Call {} became private and was deleted", call);
        });
    }

    /**
     * Chorus answered 404.
     *
     * @param unlisted whether the list lacks it, too
     */
    void gone(Handle handle, String externalId, boolean unlisted) {
        SyncId sync = waiting(handle, externalId);
        Optional<HiddenCalls.Hidden> hidden = HiddenCalls.find(handle, externalId);
        if (hidden.isPresent()) {
            if (unlisted && sync != null && !sync.equals(hidden.get().by())) {
                HiddenCalls.purge(handle, externalId);
                LOG.info(
                        "Call {} is confirmed to be gone and was deleted",
                        hidden.get().id());
            }
            return;
        }
        if (!unlisted && sync != null && mostAreGone(handle, sync)) {
            halt(handle, sync, "Chorus lists calls and then does not show most of them (404)");
            return;
        }
        HiddenCalls.hide(handle, externalId, sync, clock.instant()).ifPresent(call -> {
            whenGone.accept(handle, call);
            LOG.info("Call {} is not found in Chorus and was hidden", call);
        });
    }

    /**
     * Looks for calls of the range that the sync did not see listed, and has each confirmed.
     *
     * @param confirmed somebody said that calls may go in masses
     * @return whether there is something to confirm
     */
    boolean findAbsent(Handle handle, SyncId sync, Instant from, Instant until, boolean confirmed) {
        List<Absent> absent = handle.createQuery("""
                        SELECT c.chorus_call_id, TRUE AS visible FROM chorus_calls c
                        WHERE c.listed_date >= :from AND c.listed_date < :until AND NOT EXISTS (
                            SELECT 1 FROM chorus_sync_items i WHERE i.sync_id = :sync AND i.chorus_call_id = c.chorus_call_id)
                          -- What Chorus showed after that list was read is newer than the list.
                          AND NOT EXISTS (SELECT 1 FROM chorus_sync_windows w WHERE w.sync_id = :sync
                            AND c.listed_date >= w.window_from AND c.listed_date < w.window_until AND c.synced_at > w.listed_at)
                        UNION ALL
                        SELECT h.chorus_call_id, FALSE FROM chorus_hidden_calls h
                        WHERE h.listed_date >= :from AND h.listed_date < :until AND h.hidden_by IS DISTINCT FROM :sync
                          AND NOT EXISTS (
                            SELECT 1 FROM chorus_sync_items i WHERE i.sync_id = :sync AND i.chorus_call_id = h.chorus_call_id)
                        """)
                .bind("from", from.atOffset(ZoneOffset.UTC))
                .bind("until", until.atOffset(ZoneOffset.UTC))
                .bind("sync", sync.value())
                .map((row, context) -> new Absent(row.getString("chorus_call_id"), row.getBoolean("visible")))
                .list();
        long vanished = absent.stream().filter(Absent::visible).count();
        long known = handle.createQuery(
                        "SELECT count(*) FROM chorus_calls WHERE listed_date >= :from AND listed_date < :until")
                .bind("from", from.atOffset(ZoneOffset.UTC))
                .bind("until", until.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .one();
        if (!confirmed && isMass(vanished, known)) {
            String error = "Chorus does not list " + vanished + " of " + known
                    + " calls that it listed before; nothing was removed. Check what the credential may see and connect again,"
                    + " or confirm the removal with POST /api/chorus/sync {\"confirmRemovals\": true}";
            if (known >= MANY || vanished == known) {
                connections.degraded(handle, error);
            }
            halt(handle, sync, error);
            return false;
        }
        ledger.note(
                handle,
                sync,
                absent.stream()
                        .map(call -> new Item(call.externalId(), null, Outcome.PENDING))
                        .toList());
        queue.want(
                handle,
                absent.stream()
                        .map(call -> new Wanted(call.externalId(), Reason.CONFIRM, null, false, null))
                        .toList());
        return !absent.isEmpty();
    }

    private record Absent(String externalId, boolean visible) {}

    static boolean isMass(long vanished, long known) {
        return vanished >= FEW && 2 * vanished > known;
    }

    private static boolean mostAreGone(Handle handle, SyncId sync) {
        return handle.createQuery("""
                        SELECT count(*) FILTER (WHERE outcome = 'gone') >= :many
                           AND count(*) FILTER (WHERE outcome = 'gone') > count(*) FILTER (WHERE outcome = 'stored')
                        FROM chorus_sync_items WHERE sync_id = :sync AND listed
                        """)
                .bind("many", MANY)
                .bind("sync", sync.value())
                .mapTo(Boolean.class)
                .one();
    }

    private static void halt(Handle handle, SyncId sync, String error) {
        LOG.warn("Sync {} removes nothing: {}", sync, error);
        handle.createUpdate("UPDATE chorus_syncs SET halted = :error WHERE id = :sync")
                .bind("error", error)
                .bind("sync", sync.value())
                .execute();
    }

    private static @Nullable SyncId waiting(Handle handle, String externalId) {
        return handle.createQuery("""
                        SELECT i.sync_id FROM chorus_sync_items i JOIN chorus_syncs s ON s.id = i.sync_id
                        WHERE i.chorus_call_id = :call AND i.outcome = 'pending' ORDER BY s.started_at DESC LIMIT 1
                        """)
                .bind("call", externalId)
                .mapTo(UUID.class)
                .findOne()
                .map(SyncId::new)
                .orElse(null);
    }
}
