package ai.cscx.chorus.call;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.store.Gzip;
import ai.cscx.chorus.store.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What is stored of a call beside its row: transcript, answers as they came, action items. In the caller's transaction. */
final class CallParts {
    private CallParts() {}

    /** The transcript as it is stored. */
    static String words(CallContent content) {
        return Json.write(content.transcript().utterances());
    }

    static void saveTranscript(Handle handle, CallId id, Transcript transcript, String words) {
        if (transcript.utterances().isEmpty()) {
            handle.createUpdate("DELETE FROM chorus_transcripts WHERE call_id = :id")
                    .bind("id", id.value())
                    .execute();
            return;
        }
        handle.createUpdate("""
                        INSERT INTO chorus_transcripts (call_id, language, utterances) VALUES (:id, :language, :utterances::jsonb)
                        ON CONFLICT (call_id) DO UPDATE SET language = excluded.language, utterances = excluded.utterances
                        """)
                .bind("id", id.value())
                .bind("language", transcript.language())
                .bind("utterances", words)
                .execute();
    }

    /** Answers by part, by external id. */
    static void saveRaw(Handle handle, Map<String, Map<String, byte[]>> raw, Instant fetchedAt) {
        if (raw.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO chorus_raw_answers (chorus_call_id, kind, fetched_at, body_gzip) VALUES (:id, :kind, :fetchedAt, :body)
                ON CONFLICT (chorus_call_id, kind) DO UPDATE SET fetched_at = excluded.fetched_at, body_gzip = excluded.body_gzip
                """);
        raw.forEach((id, answers) -> answers.forEach((kind, body) -> batch.bind("id", id)
                .bind("kind", kind)
                .bind("fetchedAt", Calls.utc(fetchedAt))
                .bind("body", Gzip.packed(body))
                .add()));
        batch.execute();
    }

    /**
     * Saves the items as they are listed now. One that was here in other words or under another key stays the item that it
     * was, with its task. Those that are listed no more go, unless they became work; that stays.
     */
    static void saveActionItems(Handle handle, CallContent content) {
        List<ItemMerge.Kept> kept = handle.createQuery("""
                        SELECT id, item_key, description, owner, start_ms FROM chorus_action_items
                        WHERE chorus_call_id = :call ORDER BY position FOR UPDATE
                        """)
                .bind("call", content.externalId())
                .map((row, context) -> {
                    long startMs = row.getLong("start_ms");
                    Long start = row.wasNull() ? null : Long.valueOf(startMs);
                    return new ItemMerge.Kept(
                            row.getObject("id", UUID.class),
                            row.getString("item_key"),
                            row.getString("description"),
                            row.getString("owner"),
                            start);
                })
                .list();
        if (!kept.isEmpty()) {
            merge(handle, content, kept);
        }
        insertActionItems(handle, List.of(content));
    }

    private static void merge(Handle handle, CallContent content, List<ItemMerge.Kept> kept) {
        Map<UUID, String> keys = new HashMap<>();
        ItemMerge.of(kept, content.actionItems()).forEach((now, old) -> keys.put(old.id(), now.key()));
        UUID[] gone = kept.stream()
                .map(ItemMerge.Kept::id)
                .filter(id -> !keys.containsKey(id))
                .toArray(UUID[]::new);
        if (gone.length > 0) {
            handle.createUpdate("DELETE FROM chorus_action_items WHERE id = ANY (:gone) AND task_id IS NULL")
                    .bind("gone", gone)
                    .execute();
            handle.createUpdate("""
                            UPDATE chorus_action_items SET listed = FALSE, item_key = id::text, position = position + :after
                            WHERE id = ANY (:gone) AND listed IS NOT FALSE
                            """)
                    .bind("gone", gone)
                    .bind("after", content.actionItems().size())
                    .execute();
        }
        Map<UUID, String> moved = new HashMap<>(keys);
        kept.forEach(old -> moved.remove(old.id(), old.key()));
        if (moved.isEmpty()) {
            return;
        }
        // Keys may have changed places: out of each other's way first.
        handle.createUpdate("UPDATE chorus_action_items SET item_key = id::text WHERE id = ANY (:moved)")
                .bind("moved", moved.keySet().toArray(UUID[]::new))
                .execute();
        PreparedBatch batch = handle.prepareBatch("UPDATE chorus_action_items SET item_key = :key WHERE id = :id");
        moved.forEach((id, key) -> batch.bind("id", id).bind("key", key).add());
        batch.execute();
    }

    static void insertActionItems(Handle handle, Collection<CallContent> calls) {
        if (calls.stream().allMatch(call -> call.actionItems().isEmpty())) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO chorus_action_items (chorus_call_id, customer_id, description, owner, due_date, item_key, position, side, start_ms,
                    unsure)
                VALUES (:id, (SELECT customer_id FROM chorus_calls WHERE chorus_call_id = :id), :text, :owner, :due, :key, :position, :side, :startMs, :unsure)
                ON CONFLICT (chorus_call_id, item_key) DO UPDATE SET description = excluded.description, owner = excluded.owner,
                    due_date = excluded.due_date, position = excluded.position, side = excluded.side, start_ms = excluded.start_ms,
                    unsure = excluded.unsure, listed = TRUE
                """);
        for (CallContent call : calls) {
            int position = 0;
            for (NewActionItem item : call.actionItems()) {
                batch.bind("id", call.externalId())
                        .bind("text", item.text())
                        .bind("owner", item.ownerName())
                        .bind("due", item.due())
                        .bind("key", item.key())
                        .bind("position", position++)
                        .bind("side", item.side().word())
                        .bind("startMs", item.startMs())
                        .bind("unsure", item.unsure())
                        .add();
            }
        }
        batch.execute();
    }
}
