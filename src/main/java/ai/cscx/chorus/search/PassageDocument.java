package ai.cscx.chorus.search;

import ai.cscx.chorus.call.IndexedCall;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Utterance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A passage as the index stores it; {@code passages.json} describes its fields.
 *
 * @param text the utterances' texts, one value each, so that no phrase reaches from one person into the next; left out
 *     when a document is read, as {@code utterances} has it too
 * @param speakers who speaks, once for each turn, for questions that name somebody; left out when a document is read
 */
record PassageDocument(
        String passageId,
        String callId,
        int number,
        String externalId,
        @Nullable String title,
        @Nullable String customerId,
        @Nullable String customerName,
        List<String> ownerKeys,
        String startedAt,
        @Nullable String language,
        @Nullable String url,
        long version,
        int from,
        int to,
        long startMs,
        long endMs,
        @Nullable List<String> text,
        @Nullable List<String> speakers,
        List<Spoken> utterances) {

    /**
     * One utterance.
     *
     * @param speakerKeys the names that the speaker is found by
     */
    record Spoken(
            int index,
            @Nullable String speaker,
            List<String> speakerKeys,
            Side side,
            long startMs,
            long endMs,
            String text) {
        static Spoken of(Utterance utterance) {
            String speaker = Marks.cleanOrNull(utterance.speaker());
            return new Spoken(
                    utterance.index(),
                    speaker,
                    Names.keys(speaker),
                    utterance.side(),
                    utterance.startMs(),
                    utterance.endMs(),
                    Marks.clean(utterance.text()));
        }
    }

    static String id(String callId, int number) {
        return callId + "-" + number;
    }

    static String callOf(String passageId) {
        return passageId.substring(0, Math.max(0, passageId.lastIndexOf('-')));
    }

    static int numberOf(String passageId) {
        return Integer.parseInt(passageId.substring(passageId.lastIndexOf('-') + 1));
    }

    static PassageDocument of(IndexedCall call, Passages.Passage passage) {
        List<Spoken> utterances = passage.utterances().stream().map(Spoken::of).toList();
        return new PassageDocument(
                id(call.id().toString(), passage.number()),
                call.id().toString(),
                passage.number(),
                Marks.clean(call.externalId()),
                Marks.cleanOrNull(call.title()),
                call.customer() == null ? null : call.customer().toString(),
                Marks.cleanOrNull(call.customerName()),
                ownerKeys(call),
                call.startedAt().toString(),
                call.language(),
                Marks.cleanOrNull(call.url()),
                call.version(),
                passage.from(),
                passage.to(),
                passage.startMs(),
                passage.endMs(),
                utterances.stream().map(Spoken::text).toList(),
                turns(utterances),
                utterances);
    }

    /** The owner's names; of an owner without a name there are none. */
    static List<String> ownerKeys(IndexedCall call) {
        return Names.keys(Marks.cleanOrNull(call.ownerName()));
    }

    private static List<String> turns(List<Spoken> utterances) {
        List<String> turns = new ArrayList<>();
        String last = null;
        for (Spoken utterance : utterances) {
            String speaker = utterance.speaker();
            if (speaker != null && !speaker.equals(last)) {
                turns.add(speaker);
            }
            last = speaker;
        }
        return turns;
    }
}
