package ai.cscx.chorus.slack;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Database;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an answer, each sent once over retries and restarts: a message is noted before it is sent, and one that
 * may or may not have arrived is looked for in its thread by its mark. What only one person sees cannot be looked for; it
 * may come twice after a crash in just that moment, and is never lost. Thread-safe.
 */
final class Posts {
    private static final String UNSEEN = "";

    private final Database database;
    private final WebApi api;

    Posts(Database database, WebApi api) {
        this.database = database;
        this.api = api;
    }

    /** Posts a part for everybody, unless it stands there; says its name. */
    String post(long request, int part, String channel, @Nullable String thread, Message message) {
        String mark = request + "/" + part;
        Noted noted = note(request, part);
        String ts = noted.ts();
        if (ts == null && !noted.fresh() && thread != null) {
            ts = api.find(channel, thread, mark);
        }
        if (ts == null) {
            try {
                ts = api.post(channel, thread, message, mark);
            } catch (Failure.RateLimited | SlackRefusal notSent) {
                forget(request, part);
                throw notSent;
            }
        }
        arrived(request, part, ts);
        return ts;
    }

    /** Runs what sends a part to one person, unless it was sent. */
    void once(long request, int part, Runnable send) {
        if (note(request, part).ts() == null) {
            send.run();
            arrived(request, part, UNSEEN);
        }
    }

    /**
     * @param ts null: not known to have arrived
     * @param fresh whether nobody tried before
     */
    private record Noted(@Nullable String ts, boolean fresh) {}

    private Noted note(long request, int part) {
        return database.inTransaction(handle -> {
            int inserted = handle.createUpdate(
                            "INSERT INTO chorus_slack_posts (request_id, part) VALUES (:request, :part) ON CONFLICT DO NOTHING")
                    .bind("request", request)
                    .bind("part", part)
                    .execute();
            if (inserted == 1) {
                return new Noted(null, true);
            }
            Optional<String> ts = handle.createQuery("""
                            SELECT ts FROM chorus_slack_posts WHERE request_id = :request AND part = :part AND ts IS NOT NULL
                            """)
                    .bind("request", request)
                    .bind("part", part)
                    .mapTo(String.class)
                    .findOne();
            return new Noted(ts.orElse(null), false);
        });
    }

    private void arrived(long request, int part, String ts) {
        database.transact(handle -> handle.createUpdate(
                        "UPDATE chorus_slack_posts SET ts = :ts WHERE request_id = :request AND part = :part")
                .bind("ts", ts)
                .bind("request", request)
                .bind("part", part)
                .execute());
    }

    private void forget(long request, int part) {
        database.transact(handle -> handle.createUpdate(
                        "DELETE FROM chorus_slack_posts WHERE request_id = :request AND part = :part AND ts IS NULL")
                .bind("request", request)
                .bind("part", part)
                .execute());
    }
}
