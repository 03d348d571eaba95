package ai.cscx.chorus.call;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Databases;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In which order calls get their vectors. */
class IndexOutboxIT {
    private final Database database = new Database(new Database.Settings(Databases.create(), 3));

    @BeforeEach
    void start() {
        database.start();
        database.transact(handle -> handle.execute("""
                WITH owner AS (INSERT INTO chorus_users (email, name, role) VALUES ('dana@cscx.example', 'Dana', 'csm') RETURNING id),
                    owned AS (INSERT INTO customers (name, owner_id) SELECT 'Owned', id FROM owner RETURNING id),
                    nobodys AS (INSERT INTO customers (name) VALUES ('Nobody''s') RETURNING id)
                INSERT INTO chorus_calls (chorus_call_id, customer_id, duration_ms, call_date, listed_date, synced_at, fetched_at,
                    dialect, state, transcript_state, content_hash, version, indexed_version, indexed_passages)
                SELECT name, customer, 60000, at, at, at, at, 'engagements', 'done', 'available', name, 1, indexed, 1
                FROM (SELECT 'nobodys newest' AS name, nobodys.id AS customer, TIMESTAMPTZ '2026-11-20 10:00Z' AS at, 1 AS indexed
                        FROM nobodys
                    UNION ALL SELECT 'unmatched', NULL, '2026-11-19 10:00Z', 1
                    UNION ALL SELECT 'owned newer', owned.id, '2026-11-18 10:00Z', 1 FROM owned
                    UNION ALL SELECT 'owned older', owned.id, '2026-11-17 10:00Z', 1 FROM owned
                    UNION ALL SELECT 'owned without words', owned.id, '2026-11-21 10:00Z', 0 FROM owned) made
                """));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void vectors_goToCallsOfOwnedCustomersFirst_thenToTheNewest_eachOnce() {
        List<String> order = database.inTransaction(handle -> List.of(
                taken(IndexOutbox.takeWithoutVectors(handle, 1)),
                taken(IndexOutbox.takeWithoutVectors(handle, 1)),
                taken(IndexOutbox.takeWithoutVectors(handle, 1)),
                taken(IndexOutbox.takeWithoutVectors(handle, 1)),
                taken(IndexOutbox.takeWithoutVectors(handle, 1))));

        assertThat(order).containsExactly("owned newer", "owned older", "nobodys newest", "unmatched", "");
    }

    private static String taken(List<IndexedCall> calls) {
        return String.join("+", calls.stream().map(IndexedCall::externalId).toList());
    }
}
