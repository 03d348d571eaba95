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
 * teaches, unless they have the same customer already, or the link teaches what is known. What a person linked is left alone. Stopped half-way it begins again: a request goes when it is done.
 */
public final class Relinking {
    private static final Logger LOG = LoggerFactory.getLogger(Relinking.class);
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final int REQUESTS = 1000;
    private static final int BATCH = 100;
    private static final UUID NOBODY = new UUID(0, 0);

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

    /**
     * @param call null: the roster changed
     * @param moved the call taught something else before
     */
    private record Request(long id, @Nullable UUID call, boolean moved) {}

    private List<Request> requests() {
        return database.read(handle -> handle.createQuery(
                        "SELECT id, call_id, moved FROM chorus_relinks ORDER BY id LIMIT :most")
                .bind("most", REQUESTS)
                .map((row, context) ->
                        new Request(row.getLong("id"), row.getObject("call_id", UUID.class), row.getBoolean("moved")))
                .list());
    }

    private int all() {
        int moved = 0;
        List<UUID> batch = after(NOBODY);
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

    /** Decides what shares a fact with the calls that taught it: a new one, one that has doubled, or one that changed. */
    private int related(List<Request> requests) {
        List<UUID> related = database.inTransaction(handle -> handle.createQuery("""
                        WITH taught AS (
                            SELECT c.*, r.moved FROM chorus_calls c
                            JOIN unnest(:taught::uuid[], :moved::boolean[]) AS r (call_id, moved) ON r.call_id = c.id
                        ), said AS (
                            SELECT 'account' AS kind, account_source_id AS value, customer_id, moved FROM taught
                            WHERE account_source_id IS NOT NULL
                            UNION ALL
                            SELECT 'series', series_key, customer_id, moved FROM taught WHERE series_key IS NOT NULL
                            UNION ALL
                            SELECT DISTINCT ON (t.id, p->>'email') 'person', p->>'email', customer_id, moved FROM taught t
                            CROSS JOIN LATERAL jsonb_array_elements(participants) p
                            WHERE p->>'email' IS NOT NULL AND p->>'side' <> 'INTERNAL'
                        ), facts AS (
                            SELECT kind, value, customer_id, COALESCE(customer_id, :nobody) AS whose, count(*) AS times,
                                bool_or(moved) AS moved
                            FROM said GROUP BY kind, value, customer_id
                        ), counted AS (
                            INSERT INTO chorus_link_facts AS k (kind, value, customer_id, times)
                            SELECT kind, value, whose, times FROM facts ORDER BY kind, value, whose
                            ON CONFLICT (kind, value, customer_id) DO UPDATE SET times = k.times + excluded.times
                            RETURNING kind, value, customer_id AS whose, times
                        ), news AS (
                            SELECT f.kind, f.value, f.customer_id FROM facts f JOIN counted n USING (kind, value, whose)
                            WHERE f.moved OR n.times = f.times OR floor(log(2, n.times)) > floor(log(2, n.times - f.times))
                        ), touched AS (
                            SELECT c.id, c.match_kind FROM news n
                            JOIN chorus_calls c ON n.kind = 'account' AND c.account_source_id = n.value
                                AND c.customer_id IS DISTINCT FROM n.customer_id
                            UNION
                            SELECT c.id, c.match_kind FROM news n
                            JOIN chorus_calls c ON n.kind = 'series' AND c.series_key = n.value
                                AND c.customer_id IS DISTINCT FROM n.customer_id
                            UNION
                            SELECT c.id, c.match_kind FROM news n
                            JOIN chorus_calls c ON n.kind = 'person' AND chorus_emails(c.participants) && ARRAY[n.value]
                                AND c.customer_id IS DISTINCT FROM n.customer_id
                        )
                        SELECT id FROM touched WHERE match_kind IS NULL OR match_kind NOT IN ('manual', 'crm') ORDER BY id
                        """)
                .bind("taught", requests.stream().map(Request::call).toArray(UUID[]::new))
                .bind("moved", requests.stream().map(Request::moved).toArray(Boolean[]::new))
                .bind("nobody", NOBODY)
                .mapTo(UUID.class)
                .list());
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
