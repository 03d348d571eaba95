package ai.cscx.chorus.sync;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.access.Vault;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Databases;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.upstream.Destinations;
import ai.cscx.chorus.upstream.HttpTransport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which calls are asked for once more because a list did not have them. */
class RemovalsIT {
    private static final Instant LISTED = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-22T00:00:00Z");

    private final Clock clock = Clock.fixed(LISTED, ZoneOffset.UTC);
    private final Database database = started();
    private final HttpTransport transport = new HttpTransport(new Destinations(true, false));
    private final FetchQueue queue = new FetchQueue(database, clock);
    private final Removals removals = new Removals(
            queue,
            new SyncLedger(database, clock),
            new Connections(
                    database,
                    Vault.of(Base64.getEncoder().encodeToString(new byte[32])),
                    new Syncs(
                            database,
                            new Jobs(database, clock, 0),
                            new RateLimiter(database, clock, 10),
                            clock,
                            Duration.ofDays(30)),
                    transport,
                    () -> URI.create("https://cscx.example"),
                    new WebhookRegistration(() -> null),
                    clock,
                    clock),
            (handle, call) -> {},
            clock);

    @AfterEach
    void stop() {
        transport.close();
        database.close();
    }

    @Test
    void call_thatChorusShowedBeforeTheListWasRead_isConfirmedToBeGone() {
        call("before", LISTED.minusSeconds(1));

        assertThat(absentAreToBeConfirmed()).isTrue();
        assertThat(queue.untilDue("before")).isPresent();
    }

    @Test
    void call_thatChorusShowedAfterTheListWasRead_isNotAskedForAgain() {
        call("after", LISTED.plusSeconds(1));

        assertThat(absentAreToBeConfirmed()).isFalse();
        assertThat(queue.untilDue("after")).isEmpty();
    }

    private boolean absentAreToBeConfirmed() {
        return database.inTransaction(handle -> {
            UUID sync = handle.createQuery("""
                            INSERT INTO chorus_syncs (state, window_from, window_until, started_at)
                            VALUES ('running', :from, :until, :from) RETURNING id
                            """)
                    .bind("from", FROM.atOffset(ZoneOffset.UTC))
                    .bind("until", UNTIL.atOffset(ZoneOffset.UTC))
                    .mapTo(UUID.class)
                    .one();
            handle.createUpdate("""
                            INSERT INTO chorus_sync_windows (sync_id, window_from, window_until, listed_at)
                            VALUES (:sync, :from, :until, :listed)
                            """)
                    .bind("sync", sync)
                    .bind("from", FROM.atOffset(ZoneOffset.UTC))
                    .bind("until", UNTIL.atOffset(ZoneOffset.UTC))
                    .bind("listed", LISTED.atOffset(ZoneOffset.UTC))
                    .execute();
            return removals.findAbsent(handle, new SyncId(sync), FROM, UNTIL, false);
        });
    }

    private void call(String id, Instant syncedAt) {
        database.transact(handle -> handle.createUpdate("""
                        INSERT INTO chorus_calls (chorus_call_id, duration_ms, call_date, listed_date, synced_at, fetched_at,
                            dialect, state, transcript_state, content_hash)
                        VALUES (:id, 60000, :at, :at, :synced, :synced, 'engagements', 'done', 'available', 'h')
                        """)
                .bind("id", id)
                .bind("at", FROM.plusSeconds(3600).atOffset(ZoneOffset.UTC))
                .bind("synced", syncedAt.atOffset(ZoneOffset.UTC))
                .execute());
    }

    private static Database started() {
        Database database = new Database(new Database.Settings(Databases.create(), 3));
        database.start();
        return database;
    }
}
