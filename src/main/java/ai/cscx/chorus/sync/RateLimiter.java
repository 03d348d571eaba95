package ai.cscx.chorus.sync;

import ai.cscx.chorus.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The {@link Pace} at which Chorus is asked, shared through PostgreSQL by all workers and instances. Says how long to
 * wait and never waits itself. Thread-safe.
 */
public final class RateLimiter {
    private static final double MINUTE_MILLIS = 60_000;

    private final Database database;
    private final Clock clock;
    private final double startPerMinute;
    /** Answers since the row was last written: they ride along with the next write. */
    private final AtomicInteger served = new AtomicInteger();

    /**
     * @param clock real time
     * @param startPerMinute requests a minute before anything is known
     */
    public RateLimiter(Database database, Clock clock, double startPerMinute) {
        this.database = database;
        this.clock = clock;
        this.startPerMinute = startPerMinute;
    }

    /**
     * How fast it goes.
     *
     * @param perMinute requests a minute, as learned
     * @param requests sent so far
     * @param refusals of them answered with 429
     * @param pause Chorus asked to wait so long from now; zero if it did not
     * @param slowing whether this is what things wait for
     */
    public record Budget(double perMinute, long requests, long refusals, Duration pause, boolean slowing) {
        /** How long so many requests take. */
        Duration timeFor(double more) {
            return pause.plusMillis((long) Math.ceil(more * MINUTE_MILLIS / perMinute));
        }
    }

    /**
     * @param granted how many requests may be sent now
     * @param pause until it is worth asking again, if none
     */
    record Permit(int granted, Duration pause) {}

    Permit forList() {
        return take(1, 1, true);
    }

    /** For up to {@code calls} calls of {@code each} requests. */
    Permit forCalls(int calls, int each) {
        return take(calls * each, each, false);
    }

    void giveBack(int unused) {
        if (unused > 0) {
            change(pace -> pace.returned(unused));
        }
    }

    void served(int answers) {
        served.addAndGet(answers);
    }

    void refused(Instant sentAt, Duration retryAfter) {
        change(pace -> pace.refused(sentAt, retryAfter, clock.instant()));
    }

    public Budget budget() {
        Instant now = clock.instant();
        Pace pace = database.read(RateLimiter::find).orElseGet(() -> Pace.starting(startPerMinute, now));
        Duration wait = pace.notBefore().isAfter(now) ? Duration.between(now, pace.notBefore()) : Duration.ZERO;
        return new Budget(pace.perMinute(), pace.requests() + served.get(), pace.refusals(), wait, pace.slowing(now));
    }

    private Permit take(int wanted, int unit, boolean list) {
        int answers = served.getAndSet(0);
        return database.inTransaction(handle -> {
            Instant now = clock.instant();
            Pace.Taken taken = locked(handle, now).served(answers, now).take(wanted, unit, list, now);
            write(handle, taken.pace());
            return new Permit(taken.granted(), taken.pause());
        });
    }

    private void change(Function<Pace, Pace> change) {
        database.transact(handle -> write(handle, change.apply(locked(handle, clock.instant()))));
    }

    private Pace locked(Handle handle, Instant now) {
        return locked(handle).orElseGet(() -> {
            handle.createUpdate("""
                            INSERT INTO chorus_pace (per_minute, tokens, refilled_at, not_before, step_per_minute, served_since_slowed,
                                lists_first_until, requests, refusals)
                            VALUES (:perMinute, :tokens, :now, :now, 0, 0, :now, 0, 0) ON CONFLICT DO NOTHING
                            """)
                    .bind("perMinute", startPerMinute)
                    .bind("tokens", Pace.BURST)
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .execute();
            return locked(handle).orElseThrow();
        });
    }

    private static Optional<Pace> locked(Handle handle) {
        return handle.createQuery("SELECT * FROM chorus_pace FOR UPDATE")
                .map((row, context) -> pace(row))
                .findOne();
    }

    private static Optional<Pace> find(Handle handle) {
        return handle.createQuery("SELECT * FROM chorus_pace")
                .map((row, context) -> pace(row))
                .findOne();
    }

    private static Pace pace(ResultSet row) throws SQLException {
        Timestamp slowed = row.getTimestamp("slowed_at");
        return new Pace(
                row.getDouble("per_minute"),
                row.getDouble("tokens"),
                row.getTimestamp("refilled_at").toInstant(),
                row.getTimestamp("not_before").toInstant(),
                slowed == null ? null : slowed.toInstant(),
                row.getDouble("step_per_minute"),
                row.getLong("served_since_slowed"),
                row.getTimestamp("lists_first_until").toInstant(),
                row.getLong("requests"),
                row.getLong("refusals"));
    }

    private static void write(Handle handle, Pace pace) {
        Instant slowedAt = pace.slowedAt();
        handle.createUpdate("""
                        UPDATE chorus_pace SET per_minute = :perMinute, tokens = :tokens, refilled_at = :refilledAt,
                            not_before = :notBefore, slowed_at = :slowedAt, step_per_minute = :step,
                            served_since_slowed = :served, lists_first_until = :listsFirst, requests = :requests,
                            refusals = :refusals
                        """)
                .bind("perMinute", pace.perMinute())
                .bind("tokens", pace.tokens())
                .bind("refilledAt", pace.refilledAt().atOffset(ZoneOffset.UTC))
                .bind("notBefore", pace.notBefore().atOffset(ZoneOffset.UTC))
                .bind("slowedAt", slowedAt == null ? null : slowedAt.atOffset(ZoneOffset.UTC))
                .bind("step", pace.stepPerMinute())
                .bind("served", pace.servedSinceSlowed())
                .bind("listsFirst", pace.listsFirstUntil().atOffset(ZoneOffset.UTC))
                .bind("requests", pace.requests())
                .bind("refusals", pace.refusals())
                .execute();
    }
}
