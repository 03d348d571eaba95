package ai.cscx.chorus.slack;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Database;
import java.time.Duration;

/** Methods of the Web API that asked for a pause; all instances keep it. Thread-safe. */
final class Pauses {
    private final Database database;

    Pauses(Database database) {
        this.database = database;
    }

    /**
     * @throws Failure.RateLimited while the method is left alone
     */
    void requireNone(String method) {
        Double left = database.read(handle -> handle.createQuery("""
                        SELECT extract(epoch FROM until - clock_timestamp()) FROM chorus_slack_pauses
                        WHERE method = :method AND until > clock_timestamp()
                        """)
                .bind("method", method)
                .mapTo(Double.class)
                .findOne()
                .orElse(null));
        if (left != null) {
            throw limited(Duration.ofMillis((long) Math.ceil(left * 1000)));
        }
    }

    /** Leaves the method alone for so long; the failure says so. */
    Failure.RateLimited begin(String method, Duration wait) {
        database.transact(handle -> handle.createUpdate("""
                        INSERT INTO chorus_slack_pauses AS p (method, until)
                        VALUES (:method, clock_timestamp() + make_interval(secs => :wait))
                        ON CONFLICT (method) DO UPDATE SET until = greatest(p.until, excluded.until)
                        """)
                .bind("method", method)
                .bind("wait", wait.toMillis() / 1000.0)
                .execute());
        return limited(wait);
    }

    private static Failure.RateLimited limited(Duration wait) {
        return new Failure.RateLimited("Slack asked for a pause; it goes on by itself.", wait);
    }
}
