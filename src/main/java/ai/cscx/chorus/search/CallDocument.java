package ai.cscx.chorus.search;

import ai.cscx.chorus.call.IndexedCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole call as the index stores it, beside its passages: what it was about is told better by all of it than by any
 * hundred words.
 *
 * @param text everything that was said, a line each time somebody speaks, beginning with the name; not stored
 */
record CallDocument(
        String callId,
        @Nullable String customerId,
        @Nullable Integer customerNumber,
        List<String> ownerKeys,
        String startedAt,
        long version,
        @Nullable String title,
        @Nullable String summary,
        String text) {
    static CallDocument of(IndexedCall call) {
        StringBuilder text = new StringBuilder();
        String last = "";
        for (var utterance : call.transcript().utterances()) {
            String speaker = utterance.speaker() == null ? "" : utterance.speaker();
            if (!speaker.equals(last)) {
                text.append(speaker).append(": ");
                last = speaker;
            }
            text.append(utterance.text()).append('\n');
        }
        return new CallDocument(
                call.id().toString(),
                PassageDocument.customerId(call),
                PassageDocument.customerNumber(call),
                PassageDocument.ownerKeys(call),
                call.startedAt().toString(),
                call.version(),
                Marks.cleanOrNull(call.title()),
                Marks.cleanOrNull(call.summary()),
                Marks.clean(text.toString()));
    }
}
