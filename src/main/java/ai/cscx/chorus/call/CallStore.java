package ai.cscx.chorus.call;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Fingerprint;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writing calls, and reading them for the work that nobody asked for (matching, indexing). Saving is an upsert by
 * Chorus's id: the same content again changes nothing. What people may read goes through {@link Calls}.
 */
public final class CallStore {
    private final Database database;

    public CallStore(Database database) {
        this.database = database;
    }

    /**
     * What saving did.
     *
     * @param version counts the contents that this call has had
     * @param changed false if the content was here already, or a later answer was
     */
    public record Saved(CallId id, long version, boolean changed) {}

    /** Raw answers as they came, kept beside their translation. */
    public record Raw(byte[] list, byte[] detail) {}

    /** What change detection knows of a call that is here. */
    public record Known(@Nullable String listHash, CallContent.TranscriptState transcript) {}

    /** What matching needs to know of a call. */
    public record Matchable(
            CallId id, String externalId, @Nullable String accountCrmId, List<Participant> participants) {}

    /**
     * Saves a call with all that belongs to it, in the caller's transaction.
     *
     * @param fetchedAt when the request for it was sent; an answer to an earlier request never replaces a later one's
     */
    public Saved save(Handle handle, CallContent content, Raw raw, String listHash, Instant fetchedAt) {
        String contentHash = Fingerprint.of(Json.write(fingerprinted(content)));
        // Two answers for one call at the same time: the second waits here and then sees the first.
        handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:id, 194))::text")
                .bind("id", content.externalId())
                .mapTo(String.class)
                .one();
        Optional<Existing> existing = handle.createQuery("""
                        SELECT id, version, content_hash, fetched_at FROM chorus_calls WHERE chorus_call_id = :id
                        """)
                .bind("id", content.externalId())
                .map((row, context) -> new Existing(
                        new CallId(row.getObject("id", UUID.class)),
                        row.getLong("version"),
                        row.getString("content_hash"),
                        row.getTimestamp("fetched_at").toInstant()))
                .findOne();
        if (existing.isPresent() && existing.get().fetchedAt().isAfter(fetchedAt)) {
            return existing.get().unchanged();
        }
        if (existing.isPresent() && existing.get().contentHash().equals(contentHash)) {
            handle.createUpdate("""
                            UPDATE chorus_calls SET list_hash = :listHash
                            WHERE chorus_call_id = :id AND list_hash IS DISTINCT FROM :listHash
                            """)
                    .bind("id", content.externalId())
                    .bind("listHash", listHash)
                    .execute();
            return existing.get().unchanged();
        }
        Saved saved = upsert(handle, content, listHash, contentHash, fetchedAt);
        saveTranscript(handle, saved.id(), content.transcript());
        saveRaw(handle, content.externalId(), raw, fetchedAt);
        saveActionItems(handle, content);
        return saved;
    }

    /** What is known of these calls, by external id; calls that are not here are absent. */
    public Map<String, Known> known(Handle handle, Collection<String> externalIds) {
        return handle.createQuery("""
                        SELECT chorus_call_id, list_hash, transcript_state FROM chorus_calls WHERE chorus_call_id = ANY (:ids)
                        """)
                .bind("ids", externalIds.toArray(String[]::new))
                .reduceRows(new HashMap<String, Known>(), (known, row) -> {
                    known.put(
                            row.getColumn("chorus_call_id", String.class),
                            new Known(
                                    row.getColumn("list_hash", String.class),
                                    CallContent.TranscriptState.valueOf(row.getColumn("transcript_state", String.class)
                                            .toUpperCase(java.util.Locale.ROOT))));
                    return known;
                });
    }

    public Optional<Matchable> matchable(Handle handle, CallId id) {
        return handle.createQuery(
                        "SELECT id, chorus_call_id, account_crm_id, participants FROM chorus_calls WHERE id = :id")
                .bind("id", id.value())
                .map((row, context) -> new Matchable(
                        new CallId(row.getObject("id", UUID.class)),
                        row.getString("chorus_call_id"),
                        row.getString("account_crm_id"),
                        Json.read(row.getString("participants"), new TypeReference<List<Participant>>() {})))
                .findOne();
    }

    /** What the search index needs to know of a call. */
    public record Indexable(
            CallId id,
            String externalId,
            @Nullable String title,
            @Nullable CustomerId customer,
            @Nullable String customerName,
            @Nullable String ownerName,
            Instant startedAt,
            @Nullable String language,
            @Nullable String url,
            long version,
            int indexedPassages,
            Transcript transcript) {}

    public Optional<Indexable> indexable(CallId id) {
        return indexable("c.id = :key", id.value());
    }

    public Optional<Indexable> indexableByExternalId(String externalId) {
        return indexable("c.chorus_call_id = :key", externalId);
    }

    private Optional<Indexable> indexable(String condition, Object key) {
        return database.read(handle -> handle.createQuery("""
                        SELECT c.id, c.chorus_call_id, c.title, c.customer_id, cu.name AS customer_name,
                            COALESCE(o.name, c.owner_name, co.name) AS owner, c.call_date, c.chorus_url, c.version, c.indexed_passages,
                            COALESCE(t.language, c.language) AS language, COALESCE(t.utterances, '[]')::text AS utterances
                        FROM chorus_calls c
                        LEFT JOIN customers cu ON cu.id = c.customer_id
                        LEFT JOIN chorus_users co ON co.id = cu.owner_id
                        LEFT JOIN chorus_users o ON o.email = c.owner_email
                        LEFT JOIN chorus_transcripts t ON t.call_id = c.id
                        WHERE
                        """ + condition)
                .bind("key", key)
                .map((row, context) -> {
                    UUID customer = row.getObject("customer_id", UUID.class);
                    return new Indexable(
                            new CallId(row.getObject("id", UUID.class)),
                            row.getString("chorus_call_id"),
                            row.getString("title"),
                            customer == null ? null : new CustomerId(customer),
                            row.getString("customer_name"),
                            row.getString("owner"),
                            row.getTimestamp("call_date").toInstant(),
                            row.getString("language"),
                            row.getString("chorus_url"),
                            row.getLong("version"),
                            row.getInt("indexed_passages"),
                            new Transcript(
                                    row.getString("language"),
                                    Json.read(row.getString("utterances"), new TypeReference<List<Utterance>>() {})));
                })
                .findOne());
    }

    /** Says which customer a call belongs to (or none) and why; its action items follow it. */
    public void assign(Handle handle, CallId id, @Nullable CustomerId customer, CallDetails.Match match) {
        UUID customerId = customer == null ? null : customer.value();
        handle.createUpdate("""
                        UPDATE chorus_calls SET customer_id = :customer, match_reason = :reason, match_confidence = :confidence,
                            match_candidates = :candidates::jsonb
                        WHERE id = :id
                        """)
                .bind("id", id.value())
                .bind("customer", customerId)
                .bind("reason", match.reason())
                .bind("confidence", match.confidence())
                .bind("candidates", Json.write(match.candidates()))
                .execute();
        handle.createUpdate("""
                        UPDATE chorus_action_items SET customer_id = :customer
                        WHERE chorus_call_id = (SELECT chorus_call_id FROM chorus_calls WHERE id = :id)
                          AND customer_id IS DISTINCT FROM :customer
                        """)
                .bind("id", id.value())
                .bind("customer", customerId)
                .execute();
    }

    /** Remembers what of the call is in the search index. */
    public void indexed(CallId id, long version, int passages) {
        database.transact(handle -> handle.createUpdate(
                        "UPDATE chorus_calls SET indexed_passages = :passages, indexed_version = :version WHERE id = :id")
                .bind("id", id.value())
                .bind("passages", passages)
                .bind("version", version)
                .execute());
    }

    /** Forgets a call and everything that belongs to it; its tasks stay, they are people's work by now. */
    public Optional<CallId> delete(Handle handle, String externalId) {
        return handle.createQuery("DELETE FROM chorus_calls WHERE chorus_call_id = :id RETURNING id")
                .bind("id", externalId)
                .mapTo(UUID.class)
                .findOne()
                .map(CallId::new);
    }

    public long count() {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM chorus_calls")
                .mapTo(Long.class)
                .one());
    }

    private record Existing(CallId id, long version, String contentHash, Instant fetchedAt) {
        Saved unchanged() {
            return new Saved(id, version, false);
        }
    }

    /** The content without the source's own change date, which alone is no change. */
    private static Object fingerprinted(CallContent content) {
        return List.of(
                String.valueOf(content.title()),
                content.startedAt().toString(),
                content.durationMs(),
                String.valueOf(content.kind()),
                content.state(),
                content.transcriptState(),
                String.valueOf(content.consent()),
                String.valueOf(content.language()),
                String.valueOf(content.url()),
                String.valueOf(content.summary()),
                List.of(String.valueOf(content.ownerEmail()), String.valueOf(content.ownerName())),
                List.of(
                        String.valueOf(content.accountCrmId()),
                        String.valueOf(content.accountSourceId()),
                        String.valueOf(content.accountName()),
                        String.valueOf(content.opportunityId()),
                        String.valueOf(content.opportunityName()),
                        String.valueOf(content.seriesKey())),
                content.participants(),
                content.trackers(),
                content.actionItems().stream()
                        .map(item -> List.of(
                                item.key(),
                                item.text(),
                                String.valueOf(item.ownerName()),
                                item.side(),
                                String.valueOf(item.due())))
                        .toList(),
                content.transcript().utterances());
    }

    private static Saved upsert(
            Handle handle, CallContent content, String listHash, String contentHash, Instant fetchedAt) {
        return handle.createQuery("""
                        INSERT INTO chorus_calls (chorus_call_id, title, duration_ms, participants, chorus_url, summary, call_date,
                            synced_at, dialect, kind, state, transcript_state, consent, language, owner_email, owner_name,
                            account_crm_id, account_source_id, account_name, opportunity_id, opportunity_name, series_key,
                            source_modified_at, trackers, list_hash, content_hash, fetched_at)
                        VALUES (:externalId, :title, :durationMs, :participants::jsonb, :url, :summary, :startedAt,
                            :fetchedAt, :dialect, :kind, :state, :transcriptState, :consent, :language, :ownerEmail, :ownerName,
                            :accountCrmId, :accountSourceId, :accountName, :opportunityId, :opportunityName, :seriesKey,
                            :sourceModifiedAt, :trackers::jsonb, :listHash, :contentHash, :fetchedAt)
                        ON CONFLICT (chorus_call_id) DO UPDATE SET title = excluded.title, duration_ms = excluded.duration_ms,
                            participants = excluded.participants, chorus_url = excluded.chorus_url, summary = excluded.summary,
                            call_date = excluded.call_date, synced_at = excluded.synced_at, dialect = excluded.dialect,
                            kind = excluded.kind, state = excluded.state, transcript_state = excluded.transcript_state,
                            consent = excluded.consent, language = excluded.language, owner_email = excluded.owner_email,
                            owner_name = excluded.owner_name, account_crm_id = excluded.account_crm_id,
                            account_source_id = excluded.account_source_id, account_name = excluded.account_name,
                            opportunity_id = excluded.opportunity_id, opportunity_name = excluded.opportunity_name,
                            series_key = excluded.series_key, source_modified_at = excluded.source_modified_at,
                            trackers = excluded.trackers, list_hash = excluded.list_hash, content_hash = excluded.content_hash,
                            fetched_at = excluded.fetched_at, version = chorus_calls.version + 1
                        RETURNING id, version
                        """)
                .bind("externalId", content.externalId())
                .bind("title", content.title())
                .bind("durationMs", content.durationMs())
                .bind("participants", Json.write(content.participants()))
                .bind("url", content.url())
                .bind("summary", content.summary())
                .bind("startedAt", Calls.utc(content.startedAt()))
                .bind("fetchedAt", Calls.utc(fetchedAt))
                .bind("dialect", content.dialect())
                .bind("kind", content.kind())
                .bind("state", Calls.word(content.state()))
                .bind("transcriptState", Calls.word(content.transcriptState()))
                .bind("consent", content.consent())
                .bind("language", content.language())
                .bind("ownerEmail", content.ownerEmail())
                .bind("ownerName", content.ownerName())
                .bind("accountCrmId", content.accountCrmId())
                .bind("accountSourceId", content.accountSourceId())
                .bind("accountName", content.accountName())
                .bind("opportunityId", content.opportunityId())
                .bind("opportunityName", content.opportunityName())
                .bind("seriesKey", content.seriesKey())
                .bind(
                        "sourceModifiedAt",
                        content.sourceModifiedAt() == null ? null : Calls.utc(content.sourceModifiedAt()))
                .bind("trackers", Json.write(content.trackers()))
                .bind("listHash", listHash)
                .bind("contentHash", contentHash)
                .map((row, context) ->
                        new Saved(new CallId(row.getObject("id", UUID.class)), row.getLong("version"), true))
                .one();
    }

    private static void saveTranscript(Handle handle, CallId id, Transcript transcript) {
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
                .bind("utterances", Json.write(transcript.utterances()))
                .execute();
    }

    private static void saveRaw(Handle handle, String externalId, Raw raw, Instant fetchedAt) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO chorus_raw_answers (chorus_call_id, kind, fetched_at, body_gzip) VALUES (:id, :kind, :fetchedAt, :body)
                ON CONFLICT (chorus_call_id, kind) DO UPDATE SET fetched_at = excluded.fetched_at, body_gzip = excluded.body_gzip
                """);
        Map.of("list", raw.list(), "detail", raw.detail())
                .forEach((kind, body) -> batch.bind("id", externalId)
                        .bind("kind", kind)
                        .bind("fetchedAt", Calls.utc(fetchedAt))
                        .bind("body", gzip(body))
                        .add());
        batch.execute();
    }

    /** Upserts by key; items that Chorus lists no more go, unless they became somebody's task. */
    private static void saveActionItems(Handle handle, CallContent content) {
        handle.createUpdate("""
                        DELETE FROM chorus_action_items
                        WHERE chorus_call_id = :id AND task_id IS NULL AND NOT (item_key = ANY (:keys))
                        """)
                .bind("id", content.externalId())
                .bind(
                        "keys",
                        content.actionItems().stream().map(NewActionItem::key).toArray(String[]::new))
                .execute();
        if (content.actionItems().isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO chorus_action_items (chorus_call_id, description, owner, due_date, item_key, position, side, start_ms)
                VALUES (:id, :text, :owner, :due, :key, :position, :side, :startMs)
                ON CONFLICT (chorus_call_id, item_key) DO UPDATE SET description = excluded.description, owner = excluded.owner,
                    due_date = excluded.due_date, position = excluded.position, side = excluded.side, start_ms = excluded.start_ms
                """);
        int position = 0;
        for (NewActionItem item : content.actionItems()) {
            batch.bind("id", content.externalId())
                    .bind("text", item.text())
                    .bind("owner", item.ownerName())
                    .bind("due", item.due())
                    .bind("key", item.key())
                    .bind("position", position++)
                    .bind("side", item.side().word())
                    .bind("startMs", item.startMs())
                    .add();
        }
        batch.execute();
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4 + 64);
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory cannot be written to", impossible);
        }
        return bytes.toByteArray();
    }
}
