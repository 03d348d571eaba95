package ai.cscx.chorus.customer;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides calls again when something was learned that may change their link: all of them when the roster changed (a
 * customer, a learned domain, our people), else those that share account, meeting or people with a call whose link
 * teaches. What a person linked is left alone. Stopped half-way it begins again: a request goes when it is done.
 */
public final class Relinking {
    private static final Logger LOG = LoggerFactory.getLogger(Relinking.class);
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final int REQUESTS = 1000;
    private static final int BATCH = 100;

    private final Database database;
    private final Links links;

    public Relinking(Database database, Links links) {
        this.database = database;
        this.links = links;
    }

    public void register(Jobs jobs) {
        jobs.every("relink-calls", PAUSE, this::run);
    }

    /** Serves the requests that are there, and those that this makes; does nothing when there are none. */
    public void run() {
        List<Request> requests = requests();
        while (!requests.isEmpty()) {
            int moved = requests.stream().anyMatch(request -> request.call() == null) ? all() : related(requests);
            long[] done = requests.stream().mapToLong(Request::id).toArray();
            database.transact(handle -> handle.createUpdate("DELETE FROM chorus_relinks WHERE id = ANY (:done)")
                    .bind("done", done)
                    .execute());
            if (moved > 0) {
                LOG.info("{} calls went to another customer, or to none", moved);
            }
            requests = requests();
        }
    }

    private record Request(long id, @Nullable UUID call) {}

    private List<Request> requests() {
        return database.read(handle -> handle.createQuery(
                        "SELECT id, call_id FROM chorus_relinks ORDER BY id LIMIT :most")
                .bind("most", REQUESTS)
                .map((row, context) -> new Request(row.getLong("id"), row.getObject("call_id", UUID.class)))
                .list());
    }

    private int all() {
        int moved = 0;
        List<UUID> batch = after(new UUID(0, 0));
        while (!batch.isEmpty()) {
            moved += decide(batch);
            batch = after(batch.getLast());
        }
        return moved;
    }

    private List<UUID> after(UUID last) {
        return database.read(handle -> handle.createQuery("""
                        SELECT id FROM chorus_calls WHERE id > :last AND match_kind IS DISTINCT FROM 'manual'
                        ORDER BY id LIMIT :batch
                        """)
                .bind("last", last)
                .bind("batch", BATCH)
                .mapTo(UUID.class)
                .list());
    }

    private int related(List<Request> requests) {
        UUID[] taught = requests.stream().map(Request::call).toArray(UUID[]::new);
        List<UUID> related = database.read(handle ->
                handle.createQuery("""
                        WITH taught AS (SELECT * FROM chorus_calls WHERE id = ANY (:taught)), touched AS (
                            SELECT c.id, c.match_kind FROM taught t
                            JOIN chorus_calls c ON c.account_source_id = t.account_source_id
                            UNION
                            SELECT c.id, c.match_kind FROM taught t JOIN chorus_calls c ON c.series_key = t.series_key
                            UNION
                            SELECT c.id, c.match_kind FROM taught t
                            CROSS JOIN LATERAL jsonb_array_elements(t.participants) p
                            JOIN chorus_calls c ON chorus_emails(c.participants) && ARRAY[p->>'email']
                            WHERE p->>'email' IS NOT NULL AND p->>'side' <> 'INTERNAL'
                        )
                        SELECT id FROM touched WHERE match_kind IS NULL OR match_kind NOT IN ('manual', 'crm') ORDER BY id
                        """).bind("taught", taught).mapTo(UUID.class).list());
        int moved = 0;
        for (int from = 0; from < related.size(); from += BATCH) {
            moved += decide(related.subList(from, Math.min(from + BATCH, related.size())));
        }
        return moved;
    }

    private int decide(List<UUID> calls) {
        return database.inTransaction(handle -> {
            int moved = 0;
            for (UUID call : calls) {
                if (links.matchAgain(handle, new CallId(call))) {
                    moved++;
                }
            }
            return moved;
        });
    }
}
