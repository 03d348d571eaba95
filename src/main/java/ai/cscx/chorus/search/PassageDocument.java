package ai.cscx.chorus.search;

import ai.cscx.chorus.call.IndexedCall;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Utterance;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A passage as the index stores it; {@code passages.json} describes its fields. What a read does not need is left out of
 * what comes back: {@code native}, {@code speakers}, {@code speakerNames}, {@code speakerKeys} and {@code sides}.
 *
 * @param text the utterances' texts, one value each, so that no phrase reaches from one person into the next
 * @param inLanguage the same texts by the call's language, to be read by its rules; null where those are English ones
 * @param speakers who speaks, once for each turn, for questions that name somebody
 * @param speakerNames who speaks, once each
 * @param speakerKeys the names that the speakers are found by
 * @param utterances what else is known of each text, in the order of {@code text}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PassageDocument(
        String passageId,
        String callId,
        int number,
        String externalId,
        @Nullable String title,
        @Nullable String customerId,
        @Nullable Integer customerNumber,
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
        List<String> text,
        @JsonProperty("native") @Nullable Map<String, List<String>> inLanguage,
        @Nullable List<String> speakers,
        @Nullable List<String> speakerNames,
        @Nullable List<String> speakerKeys,
        @Nullable List<Side> sides,
        List<Utter> utterances) {

    /** An utterance but for its text. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Utter(int index, @Nullable String speaker, Side side, long startMs, long endMs) {}

    /** One utterance. */
    record Spoken(int index, @Nullable String speaker, Side side, long startMs, long endMs, String text) {}

    static String id(String callId, int number) {
        return callId + "-" + number;
    }

    static String callOf(String passageId) {
        return passageId.substring(0, Math.max(0, passageId.lastIndexOf('-')));
    }

    static int numberOf(String passageId) {
        return Integer.parseInt(passageId.substring(passageId.lastIndexOf('-') + 1));
    }

    /** The utterances in their order. */
    List<Spoken> spoken() {
        List<Spoken> spoken = new ArrayList<>();
        for (int i = 0; i < utterances.size(); i++) {
            Utter utter = utterances.get(i);
            spoken.add(new Spoken(
                    utter.index(), utter.speaker(), utter.side(), utter.startMs(), utter.endMs(), text.get(i)));
        }
        return spoken;
    }

    /** The passages of the call in their order. */
    static List<PassageDocument> of(IndexedCall call) {
        List<String> owner = ownerKeys(call);
        Map<String, List<String>> keys = new HashMap<>();
        return Passages.of(call.transcript()).stream()
                .map(passage -> of(call, passage, owner, name -> keys.computeIfAbsent(name, Names::keys)))
                .toList();
    }

    private static PassageDocument of(
            IndexedCall call, Passages.Passage passage, List<String> owner, Function<String, List<String>> keys) {
        List<String> text = passage.utterances().stream()
                .map(utterance -> Marks.clean(utterance.text()))
                .toList();
        List<Utter> utterances =
                passage.utterances().stream().map(PassageDocument::utter).toList();
        List<String> names = utterances.stream()
                .map(Utter::speaker)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        String language = Languages.of(call.language());
        return new PassageDocument(
                id(call.id().toString(), passage.number()),
                call.id().toString(),
                passage.number(),
                Marks.clean(call.externalId()),
                Marks.cleanOrNull(call.title()),
                customerId(call),
                customerNumber(call),
                call.customer() == null ? null : Marks.clean(call.customer().name()),
                owner,
                call.startedAt().toString(),
                call.language(),
                Marks.cleanOrNull(call.url()),
                call.version(),
                passage.from(),
                passage.to(),
                passage.startMs(),
                passage.endMs(),
                text,
                language == null ? null : Map.of(language, text),
                turns(utterances),
                names,
                names.stream()
                        .flatMap(name -> keys.apply(name).stream())
                        .distinct()
                        .toList(),
                utterances.stream().map(Utter::side).distinct().toList(),
                utterances);
    }

    private static Utter utter(Utterance utterance) {
        return new Utter(
                utterance.index(),
                Marks.cleanOrNull(utterance.speaker()),
                utterance.side(),
                utterance.startMs(),
                utterance.endMs());
    }

    static @Nullable String customerId(IndexedCall call) {
        return call.customer() == null ? null : call.customer().id().toString();
    }

    static @Nullable Integer customerNumber(IndexedCall call) {
        return call.customer() == null ? null : call.customer().number();
    }

    /** The owner's names; of an owner without a name there are none. */
    static List<String> ownerKeys(IndexedCall call) {
        return Names.keys(Marks.cleanOrNull(call.ownerName()));
    }

    private static List<String> turns(List<Utter> utterances) {
        List<String> turns = new ArrayList<>();
        String last = null;
        for (Utter utterance : utterances) {
            String speaker = utterance.speaker();
            if (speaker != null && !speaker.equals(last)) {
                turns.add(speaker);
            }
            last = speaker;
        }
        return turns;
    }
}
