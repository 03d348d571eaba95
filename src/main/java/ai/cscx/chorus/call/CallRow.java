package ai.cscx.chorus.call;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.store.Json;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code chorus_calls} as the source has it, before anything of ours.
 *
 * @param detailed false if only the list is known
 */
record CallRow(
        CallContent content, @Nullable String listHash, String contentHash, Instant fetchedAt, boolean detailed) {

    String matchHash() {
        return ContentHash.ofMatch(content);
    }

    /** Without words there is nothing to index, and the row counts as indexed. */
    CallStore.Saved upsert(Handle handle) {
        return handle.createQuery("""
                        INSERT INTO chorus_calls AS c (chorus_call_id, title, duration_ms, participants, chorus_url, summary, call_date,
                            synced_at, dialect, kind, state, transcript_state, consent, language, owner_email, owner_name,
                            account_crm_id, account_source_id, account_name, opportunity_id, opportunity_name, series_key,
                            source_modified_at, trackers, momentum, list_hash, content_hash, fetched_at, listed_date, detailed_at,
                            match_hash, indexed_version)
                        VALUES (:externalId, :title, :durationMs, :participants::jsonb, :url, :summary, :startedAt,
                            :fetchedAt, :dialect, :kind, :state, :transcriptState, :consent, :language, :ownerEmail, :ownerName,
                            :accountCrmId, :accountSourceId, :accountName, :opportunityId, :opportunityName, :seriesKey,
                            :sourceModifiedAt, :trackers::jsonb, :momentum::jsonb, :listHash, :contentHash, :fetchedAt, :listedDate, :detailedAt,
                            :matchHash, :indexedVersion)
                        ON CONFLICT (chorus_call_id) DO UPDATE SET title = excluded.title, duration_ms = excluded.duration_ms,
                            participants = excluded.participants, chorus_url = excluded.chorus_url, summary = excluded.summary,
                            call_date = excluded.call_date, synced_at = excluded.synced_at, dialect = excluded.dialect,
                            kind = excluded.kind, state = excluded.state, transcript_state = excluded.transcript_state,
                            consent = excluded.consent, language = excluded.language, owner_email = excluded.owner_email,
                            owner_name = excluded.owner_name, account_crm_id = excluded.account_crm_id,
                            account_source_id = excluded.account_source_id, account_name = excluded.account_name,
                            opportunity_id = excluded.opportunity_id, opportunity_name = excluded.opportunity_name,
                            series_key = excluded.series_key, source_modified_at = excluded.source_modified_at,
                            trackers = excluded.trackers, momentum = excluded.momentum,
                            list_hash = COALESCE(excluded.list_hash, c.list_hash),
                            content_hash = excluded.content_hash, fetched_at = excluded.fetched_at,
                            listed_date = excluded.listed_date, detailed_at = excluded.detailed_at,
                            match_hash = excluded.match_hash, version = c.version + 1,
                            indexed_version = CASE WHEN excluded.indexed_version = 1 AND c.indexed_passages = 0
                                THEN c.version + 1 ELSE c.indexed_version END
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
                .bind("momentum", content.momentum() == null ? null : Json.write(content.momentum()))
                .bind("listHash", listHash)
                .bind("contentHash", contentHash)
                .bind("listedDate", Calls.utc(content.listedDate()))
                .bind("detailedAt", detailed ? Calls.utc(fetchedAt) : null)
                .bind("matchHash", matchHash())
                .bind("indexedVersion", content.transcript().utterances().isEmpty() ? 1 : 0)
                .map((row, context) -> new CallStore.Saved(
                        new CallId(row.getObject("id", UUID.class)), row.getLong("version"), true, true))
                .one();
    }
}
