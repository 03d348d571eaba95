package ai.cscx.chorus.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.access.Vault;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.upstream.ChorusException;
import ai.cscx.chorus.upstream.HttpTransport;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due. A delivery is leased while it is tried, so that a killed sender's is tried again a little later; a
 * receiver sees it at least once, under the same id.
 */
final class HookSender {
    private static final Logger LOG = LoggerFactory.getLogger(HookSender.class);
    private static final int AT_ONCE = 32;
    private static final int GONE = 410;

    private final Database database;
    private final Vault vault;
    private final HttpTransport transport;

    HookSender(Database database, Vault vault, HttpTransport transport) {
        this.database = database;
        this.vault = vault;
        this.transport = transport;
    }

    /**
     * @param now the database's clock, by which all waits go
     */
    private record Due(
            UUID id,
            UUID hook,
            UUID event,
            String url,
            byte[] secretSealed,
            String payload,
            int attempts,
            Instant since,
            Instant now) {
        @Override
        public String toString() {
            return "Due[" + id + "]";
        }
    }

    /** What came of a try: either it was taken, or why not. */
    private record Result(
            @Nullable Integer status, @Nullable String error) {}

    void deliver() {
        List<Due> due = lease();
        while (!due.isEmpty()) {
            List<Future<?>> tries = new ArrayList<>();
            try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
                due.forEach(one -> tries.add(each.submit(() -> deliver(one))));
            }
            tries.forEach(HookSender::requireNoted);
            due = due.size() < AT_ONCE ? List.of() : lease();
        }
    }

    /** What could not be noted is tried again when its lease ends; why is for the job that asked. */
    private static void requireNoted(Future<?> attempt) {
        if (attempt.state() == Future.State.FAILED) {
            throw attempt.exceptionNow() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(attempt.exceptionNow());
        }
    }

    private List<Due> lease() {
        return database.inTransaction(handle -> handle.createQuery("""
                        UPDATE chorus_hook_deliveries d SET next_at = clock_timestamp() + interval '2 minutes'
                        FROM chorus_hooks h
                        WHERE h.id = d.hook_id AND d.id IN (
                            SELECT w.id FROM chorus_hook_deliveries w JOIN chorus_hooks e ON e.id = w.hook_id AND e.enabled
                            WHERE w.state = 'pending' AND w.next_at <= clock_timestamp()
                            ORDER BY w.next_at LIMIT :most FOR UPDATE OF w SKIP LOCKED)
                        RETURNING d.*, h.url, h.secret_sealed, clock_timestamp() AS looked_at
                        """)
                .bind("most", AT_ONCE)
                .map((row, context) -> due(row))
                .list());
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getObject("id", UUID.class),
                row.getObject("hook_id", UUID.class),
                row.getObject("event_id", UUID.class),
                row.getString("url"),
                row.getBytes("secret_sealed"),
                row.getString("payload"),
                row.getInt("attempts"),
                row.getTimestamp("since").toInstant(),
                row.getTimestamp("looked_at").toInstant());
    }

    private void deliver(Due due) {
        Result result = attempt(due);
        if (result.error() == null) {
            database.transact(handle -> handle.createUpdate("""
                            UPDATE chorus_hook_deliveries SET state = 'delivered', attempts = attempts + 1,
                                delivered_at = clock_timestamp(), last_status = :status, last_error = NULL
                            WHERE id = :id
                            """)
                    .bind("status", result.status())
                    .bind("id", due.id())
                    .execute());
            return;
        }
        boolean gone = Integer.valueOf(GONE).equals(result.status());
        Duration wait = gone ? null : Backoff.after(due.attempts() + 1, Duration.between(due.since(), due.now()));
        database.transact(handle -> {
            handle.createUpdate("""
                            UPDATE chorus_hook_deliveries SET state = :state, attempts = attempts + 1, last_status = :status,
                                last_error = :error, next_at = clock_timestamp() + make_interval(secs => :wait)
                            WHERE id = :id
                            """)
                    .bind("state", wait == null ? "dead" : "pending")
                    .bind("status", result.status())
                    .bind("error", result.error())
                    .bind("wait", wait == null ? 0.0 : wait.toMillis() / 1000.0)
                    .bind("id", due.id())
                    .execute();
            if (gone) {
                handle.createUpdate("UPDATE chorus_hooks SET enabled = FALSE WHERE id = :id")
                        .bind("id", due.hook())
                        .execute();
            }
        });
        if (wait == null) {
            LOG.warn(
                    "Delivery {} of hook {} is given up after {} tries: {}; POST /api/hooks/deliveries/replay tries it again",
                    due.id(),
                    due.hook(),
                    due.attempts() + 1,
                    result.error());
        }
    }

    private Result attempt(Due due) {
        String secret = vault.open(due.secretSealed(), Hooks.PURPOSE);
        if (secret == null) {
            return new Result(null, "The hook's secret was sealed with another master key");
        }
        String message = "msg_" + due.event();
        long seconds = due.now().getEpochSecond();
        try {
            String signature = new Webhook(secret).sign(message, seconds, due.payload());
            HttpTransport.Response response = transport.send(new HttpTransport.Request(
                    "POST",
                    URI.create(due.url()),
                    Map.of(
                            "content-type",
                            "application/json",
                            "webhook-id",
                            message,
                            "webhook-timestamp",
                            Long.toString(seconds),
                            "webhook-signature",
                            signature),
                    due.payload().getBytes(UTF_8)));
            boolean taken = response.status() >= 200 && response.status() < 300;
            return new Result(response.status(), taken ? null : "The receiver answered " + response.status());
        } catch (ChorusException.Broken broken) {
            return new Result(null, "The receiver's answer could not be read");
        } catch (ChorusException away) {
            return new Result(null, "The receiver did not answer in time, or its address may not be asked");
        } catch (Failure.Rejected forbidden) {
            return new Result(null, "The address may not be asked: it " + forbidden.getMessage());
        } catch (WebhookSigningException unsigned) {
            return new Result(null, "The delivery could not be signed");
        }
    }
}
