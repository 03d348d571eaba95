package ai.cscx.chorus.call;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.store.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * What the search index has yet to learn: calls whose version is newer than the indexed one, and calls that were taken
 * away. Whoever takes some holds their rows until the transaction ends, so that two instances never index one call at a
 * time, and what a killed one took is free again.
 */
public final class IndexOutbox {
    private static final TypeReference<List<Utterance>> UTTERANCES = new TypeReference<>() {};

    private IndexOutbox() {}

    /**
     * A call as it is now.
     *
     * @param previousPassages how many passages of it are in the index, 0 if none
     */
    public record Unindexed(IndexedCall call, int previousPassages) {}

    /** A call that left. */
    public record Removal(CallId id, int passages) {}

    private static final String CALL = """
            SELECT c.id, c.chorus_call_id, c.title, c.summary, c.customer_id, cu.number AS customer_number, cu.name AS customer_name,
                COALESCE(o.name, c.owner_name, co.name) AS owner, c.call_date, c.chorus_url, c.version, c.indexed_passages,
                COALESCE(t.language, c.language) AS language, COALESCE(t.utterances, '[]')::text AS utterances
            FROM (%s) c
            LEFT JOIN customers cu ON cu.id = c.customer_id
            LEFT JOIN chorus_users co ON co.id = cu.owner_id
            LEFT JOIN chorus_users o ON o.email = c.owner_email
            LEFT JOIN LATERAL (SELECT language, utterances FROM chorus_transcripts WHERE call_id = c.id LIMIT 1) t ON TRUE
            """;
    /** By id, which is how the small index of what is due has them; else all calls would be looked at. */
    private static final String WITHOUT_WORDS =
            "SELECT * FROM chorus_calls WHERE indexed_version < version ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED";

    /** The newest first; of the newest, those of customers that have an owner. */
    private static final String WITHOUT_VECTORS = """
            UPDATE chorus_calls SET vectors_leased_until = now() + INTERVAL '5 minutes' WHERE id IN (
                SELECT c.id FROM chorus_calls c LEFT JOIN customers cu ON cu.id = c.customer_id
                WHERE c.id IN (SELECT id FROM chorus_calls
                        WHERE vectors_version < version AND indexed_passages > 0 AND indexed_version = version
                            AND (vectors_leased_until IS NULL OR vectors_leased_until < now())
                        ORDER BY call_date DESC LIMIT 200)
                    AND (c.vectors_leased_until IS NULL OR c.vectors_leased_until < now())
                ORDER BY cu.owner_id IS NULL, c.call_date DESC LIMIT :most FOR UPDATE OF c SKIP LOCKED)
            RETURNING *
            """;

    /** Calls to index, held until the transaction ends. */
    public static List<Unindexed> take(Handle handle, int most) {
        return handle.createQuery(CALL.formatted(WITHOUT_WORDS))
                .bind("most", most)
                .map((row, context) -> unindexed(row))
                .list();
    }

    /** Indexed calls whose passages have no vectors yet, for five minutes this caller's. */
    public static List<IndexedCall> takeWithoutVectors(Handle handle, int most) {
        return handle.createQuery("WITH due AS (" + WITHOUT_VECTORS + ") " + CALL.formatted("SELECT * FROM due"))
                .bind("most", most)
                .map((row, context) -> unindexed(row).call())
                .list();
    }

    /** The call has vectors of this version; a newer one is due again. */
    public static void hasVectors(Handle handle, IndexedCall call) {
        handle.createUpdate("""
                        UPDATE chorus_calls SET vectors_version = :version, vectors_leased_until = NULL WHERE id = :id
                        """)
                .bind("version", call.version())
                .bind("id", call.id().value())
                .execute();
    }

    private static Unindexed unindexed(ResultSet row) throws SQLException {
        UUID customer = row.getObject("customer_id", UUID.class);
        IndexedCall call = new IndexedCall(
                new CallId(row.getObject("id", UUID.class)),
                row.getString("chorus_call_id"),
                row.getString("title"),
                row.getString("summary"),
                customer == null
                        ? null
                        : new IndexedCall.Whose(
                                new CustomerId(customer),
                                row.getInt("customer_number"),
                                row.getString("customer_name")),
                row.getString("owner"),
                row.getTimestamp("call_date").toInstant(),
                row.getString("language"),
                row.getString("chorus_url"),
                row.getLong("version"),
                new Transcript(row.getString("language"), Json.read(row.getString("utterances"), UTTERANCES)));
        return new Unindexed(call, row.getInt("indexed_passages"));
    }

    /** What of a call is in the index now. */
    public record Indexed(CallId id, long version, int passages) {}

    /**
     * Notes what of these calls is in the index, and that the saved searches are to be run on them. A call that came with
     * a backfill, words and all, is history: that is remembered when its words come for the first time.
     */
    public static void indexed(Handle handle, Collection<Indexed> calls) {
        PreparedBatch batch = handle.prepareBatch("""
                UPDATE chorus_calls c SET indexed_passages = :passages, indexed_version = :version,
                    words_since = CASE WHEN words_since IS NULL AND :passages > 0 THEN clock_timestamp() ELSE words_since END,
                    words_backfilled = CASE WHEN words_since IS NULL AND :passages > 0
                        THEN EXISTS (SELECT 1 FROM chorus_syncs s
                            JOIN chorus_sync_items i ON i.sync_id = s.id AND i.chorus_call_id = c.chorus_call_id
                            WHERE s.state = 'running' AND s.cause = 'backfill' AND s.begun <= c.created_at)
                        ELSE words_backfilled END
                WHERE id = :id
                """);
        calls.forEach(call -> batch.bind("id", call.id().value())
                .bind("passages", call.passages())
                .bind("version", call.version())
                .add());
        batch.execute();
        handle.createUpdate("INSERT INTO chorus_alert_checks (call_id) SELECT unnest(:calls)")
                .bind("calls", calls.stream().map(call -> call.id().value()).toArray(UUID[]::new))
                .execute();
    }

    /** Calls to take out of the index, held until the transaction ends. */
    public static List<Removal> takeRemovals(Handle handle, int most) {
        return handle.createQuery(
                        "SELECT call_id, passages FROM chorus_index_removals LIMIT :most FOR UPDATE SKIP LOCKED")
                .bind("most", most)
                .map((row, context) ->
                        new Removal(new CallId(row.getObject("call_id", UUID.class)), row.getInt("passages")))
                .list();
    }

    public static void removed(Handle handle, Collection<Removal> calls) {
        handle.createUpdate("DELETE FROM chorus_index_removals WHERE call_id = ANY (:ids)")
                .bind("ids", calls.stream().map(call -> call.id().value()).toArray(UUID[]::new))
                .execute();
    }

    /**
     * Says which indexes there are. If they are others than those that calls were written to, all calls are due again.
     *
     * @return whether they are others
     */
    public static boolean isNew(Handle handle, String identity) {
        boolean changed = isNew(handle, "words", identity);
        if (changed) {
            handle.execute(
                    "UPDATE chorus_calls SET indexed_version = 0, indexed_passages = 0 WHERE indexed_version <> 0");
        }
        return changed;
    }

    /** The same for the index of vectors. */
    public static boolean isNewOfVectors(Handle handle, String identity) {
        boolean changed = isNew(handle, "meaning", identity);
        if (changed) {
            handle.execute(
                    "UPDATE chorus_calls SET vectors_version = 0, vectors_leased_until = NULL WHERE vectors_version <> 0");
        }
        return changed;
    }

    private static boolean isNew(Handle handle, String part, String identity) {
        return handle.createUpdate("""
                        INSERT INTO chorus_search_state (part, identity) VALUES (:part, :identity)
                        ON CONFLICT (part) DO UPDATE SET identity = excluded.identity
                        WHERE chorus_search_state.identity <> excluded.identity
                        """)
                        .bind("part", part)
                        .bind("identity", identity)
                        .execute()
                > 0;
    }

    /**
     * Has calls indexed again.
     *
     * @param call only this; null = all
     * @param customer only this one's; null = all
     * @return how many
     */
    public static int again(Handle handle, @Nullable CallId call, @Nullable CustomerId customer) {
        return handle.createUpdate("""
                        UPDATE chorus_calls SET indexed_version = 0
                        WHERE indexed_version <> 0 AND (CAST(:call AS uuid) IS NULL OR id = :call)
                          AND (CAST(:customer AS uuid) IS NULL OR customer_id = :customer)
                        """)
                .bind("call", call == null ? null : call.value())
                .bind("customer", customer == null ? null : customer.value())
                .execute();
    }

    /** How many calls the index has yet to learn of. */
    public static long size(Handle handle) {
        return handle.createQuery("""
                        SELECT (SELECT count(*) FROM chorus_calls WHERE indexed_version < version)
                            + (SELECT count(*) FROM chorus_index_removals)
                        """).mapTo(Long.class).one();
    }
}
