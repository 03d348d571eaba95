package ai.cscx.chorus.call;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.store.Gzip;
import ai.cscx.chorus.store.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

    /** Upserts by key; items that Chorus lists no more go, unless they became somebody's task. */
    static void saveActionItems(Handle handle, CallContent content) {
        handle.createUpdate("""
                        DELETE FROM chorus_action_items
                        WHERE chorus_call_id = :id AND task_id IS NULL AND NOT (item_key = ANY (:keys))
                        """)
                .bind("id", content.externalId())
                .bind(
                        "keys",
                        content.actionItems().stream().map(NewActionItem::key).toArray(String[]::new))
                .execute();
        insertActionItems(handle, List.of(content));
    }

    static void insertActionItems(Handle handle, Collection<CallContent> calls) {
        if (calls.stream().allMatch(call -> call.actionItems().isEmpty())) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO chorus_action_items (chorus_call_id, description, owner, due_date, item_key, position, side, start_ms)
                VALUES (:id, :text, :owner, :due, :key, :position, :side, :startMs)
                ON CONFLICT (chorus_call_id, item_key) DO UPDATE SET description = excluded.description, owner = excluded.owner,
                    due_date = excluded.due_date, position = excluded.position, side = excluded.side, start_ms = excluded.start_ms
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
                        .add();
            }
        }
        batch.execute();
    }
}
