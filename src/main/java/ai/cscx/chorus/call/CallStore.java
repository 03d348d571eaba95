package ai.cscx.chorus.call;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Fingerprint;
import ai.cscx.chorus.store.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writing calls, and reading them for the work that nobody asked for (matching, indexing). Saving is an upsert by
 * Chorus's id: the same content again changes nothing. What people may read goes through {@link Calls}.
 */
public final class CallStore {
    /**
     * What saving did.
     *
     * @param version counts the contents that this call has had
     * @param changed false if the content was here already, or a later answer was
     * @param matchChanged whether anything changed that tells whose call it is
     */
    public record Saved(CallId id, long version, boolean changed, boolean matchChanged) {}

    /**
     * What change detection knows of a call that is here.
     *
     * @param detailed false while only the list is known of it
     */
    public record Known(@Nullable String listHash, boolean detailed, CallContent.TranscriptState transcript) {}

    /** What matching needs to know of a call. */
    public record Matchable(
            CallId id,
            String externalId,
            @Nullable String title,
            Instant startedAt,
            @Nullable String ownerEmail,
            @Nullable String ownerName,
            @Nullable String accountCrmId,
            @Nullable String accountSourceId,
            @Nullable String accountName,
            @Nullable String seriesKey,
            List<Participant> participants) {
        public Matchable {
            participants = List.copyOf(participants);
        }
    }

    /**
     * Saves what the list says of calls that are not here yet; their words follow. Calls that are here stay as they are.
     *
     * @param listed raw elements by external id
     * @return the calls that are new
     */
    public List<CallId> saveListed(
            Handle handle, Collection<CallContent> calls, Map<String, byte[]> listed, Instant listedAt) {
        if (calls.isEmpty()) {
            return List.of();
        }
        Set<String> ids = calls.stream().map(CallContent::externalId).collect(Collectors.toSet());
        Set<String> here = new HashSet<>(known(handle, ids).keySet());
        for (String hidden : HiddenCalls.among(handle, ids)) {
            HiddenCalls.restore(handle, hidden);
            here.add(hidden);
        }
        List<CallContent> fresh =
                calls.stream().filter(call -> here.add(call.externalId())).toList();
        List<CallId> made = new ArrayList<>();
        Map<String, Map<String, byte[]>> raw = new HashMap<>();
        for (CallContent call : fresh) {
            byte[] element = Objects.requireNonNull(listed.get(call.externalId()), "every call has its element");
            String contentHash = ContentHash.of(call, CallParts.words(call));
            made.add(new CallRow(call, Fingerprint.of(element), contentHash, listedAt, false)
                    .upsert(handle)
                    .id());
            raw.put(call.externalId(), Map.of("list", element));
        }
        CallParts.saveRaw(handle, raw, listedAt);
        CallParts.insertActionItems(handle, fresh);
        return made;
    }

    /**
     * Saves a call with all that belongs to it, in the caller's transaction.
     *
     * @param raw answers as they came, by part
     * @param listHash of the list element; null = not listed, what is known of it stays
     * @param fetchedAt when the request for it was sent; an answer to an earlier request never replaces a later one's
     */
    public Saved save(
            Handle handle, CallContent content, Map<String, byte[]> raw, @Nullable String listHash, Instant fetchedAt) {
        String words = CallParts.words(content);
        String contentHash = ContentHash.of(content, words);
        // Two answers for one call at the same time: the second waits here and then sees the first.
        lock(handle, List.of(content.externalId()));
        Existing existing = existing(handle, content.externalId()).orElse(null);
        if (existing != null && existing.detailed() && existing.fetchedAt().isAfter(fetchedAt)) {
            return existing.unchanged();
        }
        if (existing != null && existing.contentHash().equals(contentHash)) {
            handle.createUpdate("""
                            UPDATE chorus_calls SET list_hash = COALESCE(:listHash, list_hash),
                                detailed_at = COALESCE(detailed_at, :fetchedAt)
                            WHERE chorus_call_id = :id
                              AND (list_hash IS DISTINCT FROM COALESCE(:listHash, list_hash) OR detailed_at IS NULL)
                            """)
                    .bind("id", content.externalId())
                    .bind("listHash", listHash)
                    .bind("fetchedAt", Calls.utc(fetchedAt))
                    .execute();
            return existing.unchanged();
        }
        CallRow row = new CallRow(content, listHash, contentHash, fetchedAt, true);
        Saved saved = row.upsert(handle);
        CallParts.saveTranscript(handle, saved.id(), content.transcript(), words);
        CallParts.saveRaw(handle, Map.of(content.externalId(), raw), fetchedAt);
        CallParts.saveActionItems(handle, content);
        boolean matchable = existing == null || !row.matchHash().equals(existing.matchHash());
        return new Saved(saved.id(), saved.version(), true, matchable);
    }

    /** Until the transaction ends, and in one order everywhere: two who want the same calls wait for each other and never both. */
    private static void lock(Handle handle, Collection<String> externalIds) {
        handle.createQuery("""
                        SELECT count(pg_advisory_xact_lock(hashtextextended(id, 194)))
                        FROM (SELECT id FROM unnest(:ids) AS id GROUP BY id ORDER BY id COLLATE "C") AS ordered
                        """)
                .bind("ids", externalIds.toArray(String[]::new))
                .mapTo(Long.class)
                .one();
    }

    /** The call as it is here; one that was hidden is taken back. */
    private static Optional<Existing> existing(Handle handle, String externalId) {
        Found found = find(handle, externalId);
        if (found.hidden()) {
            HiddenCalls.restore(handle, externalId);
            found = find(handle, externalId);
        }
        return Optional.ofNullable(found.call());
    }

    private record Found(boolean hidden, @Nullable Existing call) {}

    private static Found find(Handle handle, String externalId) {
        return handle.createQuery("""
                        SELECT id, version, content_hash, match_hash, fetched_at, detailed_at, h.hidden
                        FROM (SELECT EXISTS (SELECT 1 FROM chorus_hidden_calls WHERE chorus_call_id = :id) AS hidden) h
                        LEFT JOIN chorus_calls ON chorus_call_id = :id
                        """)
                .bind("id", externalId)
                .map((row, context) -> {
                    UUID id = row.getObject("id", UUID.class);
                    return new Found(
                            row.getBoolean("hidden"),
                            id == null
                                    ? null
                                    : new Existing(
                                            new CallId(id),
                                            row.getLong("version"),
                                            row.getString("content_hash"),
                                            row.getString("match_hash"),
                                            row.getTimestamp("fetched_at").toInstant(),
                                            row.getTimestamp("detailed_at") != null));
                })
                .one();
    }

    /**
     * What is known of these calls, by external id; calls that are not here are absent. It stays so until the transaction
     * ends: whoever saves one of them meanwhile waits.
     */
    public Map<String, Known> known(Handle handle, Collection<String> externalIds) {
        lock(handle, externalIds);
        return handle.createQuery("""
                        SELECT chorus_call_id, list_hash, detailed_at, transcript_state FROM chorus_calls
                        WHERE chorus_call_id = ANY (:ids)
                        """)
                .bind("ids", externalIds.toArray(String[]::new))
                .reduceRows(new HashMap<String, Known>(), (known, row) -> {
                    known.put(
                            row.getColumn("chorus_call_id", String.class),
                            new Known(
                                    row.getColumn("list_hash", String.class),
                                    row.getColumn("detailed_at", OffsetDateTime.class) != null,
                                    CallContent.TranscriptState.valueOf(row.getColumn("transcript_state", String.class)
                                            .toUpperCase(Locale.ROOT))));
                    return known;
                });
    }

    /** Those of these calls whose customer has an owner. */
    public Set<String> owned(Handle handle, Collection<String> externalIds) {
        return handle.createQuery("""
                        SELECT c.chorus_call_id FROM chorus_calls c JOIN customers cu ON cu.id = c.customer_id
                        WHERE cu.owner_id IS NOT NULL AND c.chorus_call_id = ANY (:ids)
                        """)
                .bind("ids", externalIds.toArray(String[]::new))
                .mapTo(String.class)
                .set();
    }

    public Optional<Matchable> matchable(Handle handle, CallId id) {
        return handle.createQuery("""
                        SELECT id, chorus_call_id, title, call_date, owner_email, owner_name, account_crm_id, account_source_id,
                            account_name, series_key, participants
                        FROM chorus_calls WHERE id = :id
                        """)
                .bind("id", id.value())
                .map((row, context) -> new Matchable(
                        new CallId(row.getObject("id", UUID.class)),
                        row.getString("chorus_call_id"),
                        row.getString("title"),
                        row.getTimestamp("call_date").toInstant(),
                        row.getString("owner_email"),
                        row.getString("owner_name"),
                        row.getString("account_crm_id"),
                        row.getString("account_source_id"),
                        row.getString("account_name"),
                        row.getString("series_key"),
                        Json.read(row.getString("participants"), new TypeReference<List<Participant>>() {})))
                .findOne();
    }

    /**
     * Says which customer a call belongs to (or none) and why; its action items follow it. What a person linked stays:
     * only a person's word replaces it.
     */
    public void assign(Handle handle, CallId id, @Nullable CustomerId customer, CallDetails.Match match) {
        UUID customerId = customer == null ? null : customer.value();
        handle.createUpdate("""
                        UPDATE chorus_calls SET customer_id = :customer, match_reason = :reason, match_confidence = :confidence,
                            match_candidates = :candidates::jsonb, match_kind = :kind,
                            version = version + CASE WHEN customer_id IS DISTINCT FROM :customer AND indexed_passages > 0
                                THEN 1 ELSE 0 END
                        WHERE id = :id AND (match_kind IS DISTINCT FROM 'manual' OR :kind = 'manual')
                          AND (customer_id, match_reason, match_confidence, match_candidates, match_kind) IS DISTINCT FROM
                              (:customer::uuid, :reason::text, :confidence::real, :candidates::jsonb, :kind::text)
                        """)
                .bind("id", id.value())
                .bind("customer", customerId)
                .bind("reason", match.reason())
                .bind("confidence", match.confidence())
                .bind("candidates", Json.write(match.candidates()))
                .bind("kind", match.kind() == null ? null : Calls.word(match.kind()))
                .execute();
        handle.createUpdate("""
                        UPDATE chorus_action_items i SET customer_id = c.customer_id FROM chorus_calls c
                        WHERE c.id = :id AND i.chorus_call_id = c.chorus_call_id
                          AND i.customer_id IS DISTINCT FROM c.customer_id
                        """).bind("id", id.value()).execute();
    }

    private record Existing(
            CallId id,
            long version,
            String contentHash,
            @Nullable String matchHash,
            Instant fetchedAt,
            boolean detailed) {
        Saved unchanged() {
            return new Saved(id, version, false, false);
        }
    }
}
