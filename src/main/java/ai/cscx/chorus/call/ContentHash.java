package ai.cscx.chorus.call;

import ai.cscx.chorus.base.Fingerprint;
import ai.cscx.chorus.store.Json;
import java.util.List;

/** Fingerprints of what a call says: the same content again changes nothing. */
final class ContentHash {
    private ContentHash() {}

    /** Of everything but the source's own change date, which alone is no change. */
    static String of(CallContent content) {
        return Fingerprint.of(Json.write(List.of(
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
                account(content),
                content.participants(),
                content.trackers(),
                content.actionItems().stream()
                        .map(item -> List.of(
                                item.key(),
                                item.text(),
                                String.valueOf(item.ownerName()),
                                item.side(),
                                String.valueOf(item.due()),
                                String.valueOf(item.startMs())))
                        .toList(),
                content.transcript().utterances(),
                content.momentum() == null ? "" : content.momentum())));
    }

    /** Of what tells whose call it is. */
    static String ofMatch(CallContent content) {
        return Fingerprint.of(Json.write(List.of(
                String.valueOf(content.title()),
                String.valueOf(content.ownerEmail()),
                account(content),
                content.participants())));
    }

    private static List<String> account(CallContent content) {
        return List.of(
                String.valueOf(content.accountCrmId()),
                String.valueOf(content.accountSourceId()),
                String.valueOf(content.accountName()),
                String.valueOf(content.opportunityId()),
                String.valueOf(content.opportunityName()),
                String.valueOf(content.seriesKey()));
    }
}
