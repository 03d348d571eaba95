package ai.cscx.chorus.call;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.SyncId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Calls that Chorus does not show any more. A hidden call is in none of the tables that anything reads, so no read can
 * forget to leave it out; it waits, whole, in a table of its own until it is purged, or restored by the next save.
 * Everything in the caller's transaction; again changes nothing.
 */
public final class HiddenCalls {
    private static final String REMOVED = "Removed in Chorus";

    private HiddenCalls() {}

    /** What is known of a hidden call: which sync hid it. */
    public record Hidden(CallId id, @Nullable SyncId by) {}

    /**
     * Takes a call out of everything.
     *
     * @return its id; empty if it is not here
     */
    public static Optional<CallId> hide(Handle handle, String externalId, @Nullable SyncId by, Instant now) {
        Optional<CallId> hidden = handle.createQuery("""
                        INSERT INTO chorus_hidden_calls (chorus_call_id, call_id, listed_date, hidden_since, hidden_by, row, transcript,
                            action_items, answers)
                        SELECT c.chorus_call_id, c.id, c.listed_date, :now, :by, to_jsonb(c),
                            (SELECT to_jsonb(t) FROM chorus_transcripts t WHERE t.call_id = c.id),
                            (SELECT COALESCE(jsonb_agg(i), '[]') FROM chorus_action_items i WHERE i.chorus_call_id = c.chorus_call_id),
                            (SELECT COALESCE(jsonb_agg(a), '[]') FROM chorus_raw_answers a WHERE a.chorus_call_id = c.chorus_call_id)
                        FROM chorus_calls c WHERE c.chorus_call_id = :id
                        RETURNING call_id
                        """)
                .bind("id", externalId)
                .bind("by", by == null ? null : by.value())
                .bind("now", Calls.utc(now))
                .mapTo(UUID.class)
                .findOne()
                .map(CallId::new);
        if (hidden.isPresent()) {
            unindex(handle, externalId);
            handle.createUpdate("DELETE FROM chorus_calls WHERE chorus_call_id = :id")
                    .bind("id", externalId)
                    .execute();
        }
        return hidden;
    }

    /** Those of these calls that are hidden, by external id. */
    static Set<String> among(Handle handle, Collection<String> externalIds) {
        return handle.createQuery("SELECT chorus_call_id FROM chorus_hidden_calls WHERE chorus_call_id = ANY (:ids)")
                .bind("ids", externalIds.toArray(String[]::new))
                .mapTo(String.class)
                .set();
    }

    /** Deletes what is left of a call, hidden or not, alerts too; untouched tasks made from it go, others lose its words. */
    public static Optional<CallId> purge(Handle handle, String externalId) {
        unindex(handle, externalId);
        List<UUID> gone =
                handle.createQuery("""
                        WITH here AS (DELETE FROM chorus_calls WHERE chorus_call_id = :id RETURNING id),
                            hidden AS (DELETE FROM chorus_hidden_calls WHERE chorus_call_id = :id RETURNING call_id)
                        SELECT id FROM here UNION SELECT call_id FROM hidden
                        """).bind("id", externalId).mapTo(UUID.class).list();
        for (UUID call : gone) {
            handle.createUpdate("DELETE FROM chorus_alerts WHERE call_id = :call")
                    .bind("call", call)
                    .execute();
            handle.createUpdate(
                            "DELETE FROM tasks WHERE source_call_id = :call AND status = 'open' AND updated_at = created_at")
                    .bind("call", call)
                    .execute();
            handle.createUpdate("UPDATE tasks SET title = :removed WHERE source_call_id = :call")
                    .bind("call", call)
                    .bind("removed", REMOVED)
                    .execute();
        }
        return gone.stream().findFirst().map(CallId::new);
    }

    public static Optional<Hidden> find(Handle handle, String externalId) {
        return handle.createQuery("SELECT call_id, hidden_by FROM chorus_hidden_calls WHERE chorus_call_id = :id")
                .bind("id", externalId)
                .map((row, context) -> {
                    UUID by = row.getObject("hidden_by", UUID.class);
                    return new Hidden(
                            new CallId(row.getObject("call_id", UUID.class)), by == null ? null : new SyncId(by));
                })
                .findOne();
    }

    /** Puts a hidden call back where it was, with its id, its links and its tasks; it is indexed anew. */
    static void restore(Handle handle, String externalId) {
        copyBack(handle, externalId, "chorus_calls", "row", "jsonb_populate_record");
        copyBack(handle, externalId, "chorus_transcripts", "transcript", "jsonb_populate_record");
        copyBack(handle, externalId, "chorus_action_items", "action_items", "jsonb_populate_recordset");
        copyBack(handle, externalId, "chorus_raw_answers", "answers", "jsonb_populate_recordset");
        handle.createUpdate("""
                        UPDATE chorus_calls SET version = version + 1, indexed_passages = 0, indexed_version = 0
                        WHERE chorus_call_id = :id
                        """).bind("id", externalId).execute();
        // Its removal from the index may still wait, and must not come after it is indexed anew.
        handle.createUpdate("""
                        DELETE FROM chorus_index_removals WHERE call_id =
                            (SELECT call_id FROM chorus_hidden_calls WHERE chorus_call_id = :id)
                        """).bind("id", externalId).execute();
        handle.createUpdate("DELETE FROM chorus_hidden_calls WHERE chorus_call_id = :id")
                .bind("id", externalId)
                .execute();
    }

    /** Generated columns make themselves. */
    private static void copyBack(Handle handle, String externalId, String table, String from, String populate) {
        List<String> columns =
                handle.createQuery("""
                        SELECT quote_ident(column_name) FROM information_schema.columns
                        WHERE table_schema = current_schema() AND table_name = :table AND is_generated = 'NEVER'
                        ORDER BY ordinal_position
                        """).bind("table", table).mapTo(String.class).list();
        handle.createUpdate("INSERT INTO " + table + " (" + String.join(", ", columns) + ") SELECT was."
                        + String.join(", was.", columns) + " FROM chorus_hidden_calls h, " + populate + "(NULL::"
                        + table
                        + ", h." + from + ") was WHERE h.chorus_call_id = :id AND h." + from + " IS NOT NULL")
                .bind("id", externalId)
                .execute();
    }

    private static void unindex(Handle handle, String externalId) {
        handle.createUpdate("""
                        INSERT INTO chorus_index_removals (call_id, passages)
                        SELECT id, indexed_passages FROM chorus_calls WHERE chorus_call_id = :id
                        ON CONFLICT (call_id) DO UPDATE SET passages = greatest(chorus_index_removals.passages, excluded.passages)
                        """).bind("id", externalId).execute();
    }
}
