package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.SyncId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one sync is.
 *
 * @param cause why it was started: backfill, poll, sweep or manual
 * @param state running, finished or failed
 * @param seen calls that Chorus listed so far
 * @param stored calls written, with all follow-up steps done
 * @param unchanged calls that were here as they are
 * @param failed calls that were given up after several tries
 * @param remaining calls still to do
 * @param requests sent to Chorus
 * @param finishedAt set when it is over, also when it failed
 * @param etaSeconds seconds left, at the learned pace where the limit is what slows, else at the speed so far; null while
 *     unknown and when over
 */
public record SyncStatus(
        SyncId id,
        String cause,
        String state,
        Instant from,
        Instant until,
        long seen,
        long stored,
        long unchanged,
        long failed,
        long remaining,
        long requests,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Long etaSeconds,
        @Nullable String error) {}
