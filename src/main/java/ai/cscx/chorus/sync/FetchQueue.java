package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * The calls that are to be fetched, one row each, most urgent first. A worker leases a row; when it ends without a word,
 * the lease runs out and another takes over. Who asks for a call that is being fetched has it fetched once more.
 * Thread-safe; time is real time.
 */
final class FetchQueue {
    /** Longer than a fetch takes that goes well; one that takes longer is made twice, which changes nothing. */
    static final Duration LEASE = Duration.ofSeconds(45);

    private static final int A_HINT = 3_000_000;
    private static final int A_CONFIRMATION = 2_500_000;
    private static final int LISTED = 1_000_000;
    private static final int A_RETRY = 900_000;
    private static final int A_SWEEP = 100_000;

    private final Database database;
    private final Clock clock;

    FetchQueue(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Why a call is fetched. */
    enum Reason {
        /** New or changed in the list. */
        LISTED,
        /** Chorus had no transcript yet. */
        TRANSCRIPT,
        /** A webhook named it. */
        HINT,
        /** The list does not have it any more. */
        CONFIRM,
        /** Looked at once a week or a month, whatever the list says. */
        SWEEP;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A call to fetch.
     *
     * @param startedAt newer calls go first; null = unknown
     * @param owned calls of customers that have an owner go before others of the same day
     * @param listElement as it was listed; null if it was not
     */
    record Wanted(
            String externalId,
            Reason reason,
            @Nullable Instant startedAt,
            boolean owned,
            byte @Nullable [] listElement) {
        int priority() {
            int day = startedAt == null ? 0 : (int) (startedAt.getEpochSecond() / 86_400);
            int newness = 2 * day + (owned ? 1 : 0);
            return switch (reason) {
                case HINT -> A_HINT;
                case CONFIRM -> A_CONFIRMATION;
                case LISTED -> LISTED + newness;
                case TRANSCRIPT -> A_RETRY + newness;
                case SWEEP -> A_SWEEP + newness;
            };
        }
    }

    /**
     * A leased row.
     *
     * @param failures tries in a row that failed
     * @param transcriptTries how often its transcript was not ready
     */
    record Leased(
            String externalId,
            Reason reason,
            byte @Nullable [] listElement,
            int priority,
            int failures,
            int transcriptTries,
            long generation) {}

    /**
     * In the caller's transaction. A call that waits already keeps the more urgent of both and the newer list element; one
     * that is being fetched is fetched once more, unless it was merely listed again as it was.
     */
    void want(Handle handle, Collection<Wanted> calls) {
        if (calls.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO chorus_fetches (chorus_call_id, reason, list_element, priority, due_at)
                VALUES (:id, :reason, :element, :priority, :now)
                ON CONFLICT (chorus_call_id) DO UPDATE SET
                    reason = CASE WHEN excluded.priority > chorus_fetches.priority OR chorus_fetches.reason = 'transcript'
                        THEN excluded.reason ELSE chorus_fetches.reason END,
                    list_element = COALESCE(excluded.list_element, chorus_fetches.list_element),
                    priority = greatest(excluded.priority, chorus_fetches.priority),
                    due_at = least(excluded.due_at, chorus_fetches.due_at), failures = 0,
                    generation = chorus_fetches.generation + CASE
                        WHEN excluded.reason = 'listed' AND excluded.list_element = chorus_fetches.list_element THEN 0 ELSE 1 END
                """);
        // In one order everywhere, so that two who ask for the same calls wait for each other and never both.
        for (Wanted call :
                calls.stream().sorted(Comparator.comparing(Wanted::externalId)).toList()) {
            batch.bind("id", call.externalId())
                    .bind("reason", call.reason().word())
                    .bind("element", call.listElement())
                    .bind("priority", call.priority())
                    .bind("now", now())
                    .add();
        }
        batch.execute();
    }

    /** How many calls could be fetched now, up to {@code most}. */
    int due(int most) {
        return database.read(handle -> handle.createQuery("""
                        SELECT count(*) FROM (SELECT 1 FROM chorus_fetches
                            WHERE due_at <= :now AND (leased_until IS NULL OR leased_until < :now) LIMIT :most) AS ready
                        """)
                .bind("now", now())
                .bind("most", most)
                .mapTo(Integer.class)
                .one());
    }

    List<Leased> lease(int most) {
        return database.inTransaction(handle -> handle.createQuery("""
                        UPDATE chorus_fetches f SET leased_until = :until
                        FROM (SELECT chorus_call_id FROM chorus_fetches
                            WHERE due_at <= :now AND (leased_until IS NULL OR leased_until < :now)
                            ORDER BY priority DESC, due_at LIMIT :most FOR UPDATE SKIP LOCKED) AS next
                        WHERE f.chorus_call_id = next.chorus_call_id
                        RETURNING f.chorus_call_id, f.reason, f.list_element, f.priority, f.failures, f.transcript_tries,
                            f.generation
                        """)
                .bind("now", now())
                .bind("until", now(LEASE))
                .bind("most", most)
                .map((row, context) -> leased(row))
                .list());
    }

    /** The call is dealt with, in the caller's transaction; unless somebody asked for it meanwhile. */
    void done(Handle handle, Leased call) {
        int gone = handle.createUpdate(
                        "DELETE FROM chorus_fetches WHERE chorus_call_id = :id AND generation = :generation")
                .bind("id", call.externalId())
                .bind("generation", call.generation())
                .execute();
        if (gone == 0) {
            handle.createUpdate("UPDATE chorus_fetches SET leased_until = NULL WHERE chorus_call_id = :id")
                    .bind("id", call.externalId())
                    .execute();
        }
    }

    /** The call's transcript is not ready: it is looked for again after {@code wait}. In the caller's transaction. */
    void transcriptLater(Handle handle, Leased call, Duration wait, Instant startedAt) {
        int priority = new Wanted(call.externalId(), Reason.TRANSCRIPT, startedAt, false, null).priority();
        int kept = handle.createUpdate("""
                        UPDATE chorus_fetches SET leased_until = NULL, failures = 0, last_error = NULL,
                            transcript_tries = transcript_tries + 1, reason = 'transcript', due_at = :due, priority = :priority
                        WHERE chorus_call_id = :id AND generation = :generation
                        """)
                .bind("id", call.externalId())
                .bind("generation", call.generation())
                .bind("due", now(wait))
                .bind("priority", priority)
                .execute();
        if (kept == 0) {
            release(handle, call);
        }
    }

    /** It failed: again after {@code wait}, behind nobody. */
    void failed(Handle handle, Leased call, Duration wait, String error) {
        handle.createUpdate("""
                        UPDATE chorus_fetches SET leased_until = NULL, failures = failures + 1, due_at = :due, last_error = :error
                        WHERE chorus_call_id = :id
                        """)
                .bind("id", call.externalId())
                .bind("due", now(wait))
                .bind("error", error)
                .execute();
    }

    /** Not tried after all; it keeps its place. */
    void release(Handle handle, Leased call) {
        handle.createUpdate("UPDATE chorus_fetches SET leased_until = NULL WHERE chorus_call_id = :id")
                .bind("id", call.externalId())
                .execute();
    }

    /** When the next call can be fetched that cannot yet; empty if none waits. */
    Optional<Duration> untilNext() {
        return database.read(handle -> handle.createQuery("""
                        SELECT min(greatest(due_at, COALESCE(leased_until, due_at))) AS due FROM chorus_fetches
                        """)
                .map((row, context) -> row.getTimestamp("due"))
                .findOne()
                .map(due -> Duration.between(clock.instant(), due.toInstant())));
    }

    /** How long until this call can be fetched; zero = any time, empty if it does not wait. */
    Optional<Duration> untilDue(String externalId) {
        return database.read(handle -> handle.createQuery(
                        "SELECT due_at FROM chorus_fetches WHERE chorus_call_id = :id")
                .bind("id", externalId)
                .map((row, context) -> Duration.between(
                        clock.instant(), row.getTimestamp("due_at").toInstant()))
                .findOne()
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait));
    }

    /** How many calls wait, by reason. */
    Map<String, Long> waiting() {
        return database.read(
                handle -> handle.createQuery("SELECT reason, count(*) AS calls FROM chorus_fetches GROUP BY reason")
                        .map((row, context) -> Map.entry(row.getString("reason"), row.getLong("calls")))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private java.time.OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private java.time.OffsetDateTime now(Duration later) {
        return clock.instant().plus(later).atOffset(ZoneOffset.UTC);
    }

    private static Leased leased(ResultSet row) throws SQLException {
        return new Leased(
                row.getString("chorus_call_id"),
                reason(row.getString("reason")),
                row.getBytes("list_element"),
                row.getInt("priority"),
                row.getInt("failures"),
                row.getInt("transcript_tries"),
                row.getLong("generation"));
    }

    private static Reason reason(String word) {
        for (Reason reason : Reason.values()) {
            if (reason.word().equals(word)) {
                return reason;
            }
        }
        throw new Failure.Unavailable("The queue holds a reason that this version does not know: " + word);
    }
}
