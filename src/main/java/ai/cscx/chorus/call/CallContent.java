package ai.cscx.chorus.call;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that Chorus says about one call, translated from whichever dialect, before we add anything of our own.
 * Source of the mapping: docs/architecture.md, "Two dialects, one model".
 *
 * @param externalId Chorus's id of the recording; the identity of a call
 * @param startedAt when the recording began
 * @param listedDate when it began as the list has it, which the list's windows go by
 * @param durationMs milliseconds
 * @param url page of the recording in Chorus
 * @param ownerEmail the Chorus user whose call it is, in lower case
 * @param accountCrmId id of the account in the CRM
 * @param momentum null where the source says nothing about it
 */
public record CallContent(
        String externalId,
        String dialect,
        @Nullable String title,
        Instant startedAt,
        Instant listedDate,
        long durationMs,
        @Nullable String kind,
        State state,
        TranscriptState transcriptState,
        @Nullable String consent,
        @Nullable String language,
        @Nullable String url,
        @Nullable String summary,
        @Nullable String ownerEmail,
        @Nullable String ownerName,
        @Nullable String accountCrmId,
        @Nullable String accountSourceId,
        @Nullable String accountName,
        @Nullable String opportunityId,
        @Nullable String opportunityName,
        @Nullable String seriesKey,
        @Nullable Instant sourceModifiedAt,
        List<Participant> participants,
        List<TrackerHits> trackers,
        List<NewActionItem> actionItems,
        @Nullable Momentum momentum,
        Transcript transcript) {
    public CallContent {
        if (externalId.isBlank()) {
            throw new IllegalArgumentException("A call has an external id");
        }
        participants = List.copyOf(participants);
        trackers = List.copyOf(trackers);
        actionItems = List.copyOf(actionItems);
    }

    /** The same with these items. */
    public CallContent with(List<NewActionItem> items) {
        return new CallContent(
                externalId,
                dialect,
                title,
                startedAt,
                listedDate,
                durationMs,
                kind,
                state,
                transcriptState,
                consent,
                language,
                url,
                summary,
                ownerEmail,
                ownerName,
                accountCrmId,
                accountSourceId,
                accountName,
                opportunityId,
                opportunityName,
                seriesKey,
                sourceModifiedAt,
                participants,
                trackers,
                items,
                momentum,
                transcript);
    }

    /** Where the recording stands in Chorus; stored and sent in lower case. */
    public enum State {
        DONE,
        PROCESSING,
        SCHEDULED,
        LIVE,
        NO_SHOW,
        FAILED,
        UNKNOWN
    }

    /** Whether there are words to read; sent as {@code available, pending, empty, none}. */
    public enum TranscriptState {
        AVAILABLE,
        /** Chorus has none yet and may have one later. */
        PENDING,
        /** Chorus is done and nobody said a word. */
        EMPTY,
        /** There will be none: no-show, failed or not recorded. */
        NONE
    }
}
