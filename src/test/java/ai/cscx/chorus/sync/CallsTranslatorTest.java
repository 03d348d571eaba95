package ai.cscx.chorus.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallContent.TranscriptState;
import ai.cscx.chorus.call.Momentum;
import ai.cscx.chorus.call.Momentum.Evidence;
import ai.cscx.chorus.call.NewActionItem;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.Dialect;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallsTranslatorTest {
    @Test
    void detail_goesBeforeTheListElement() throws Exception {
        CallContent call = translate(Map.of());

        assertThat(call.title()).isEqualTo("Rollout");
        assertThat(call.startedAt()).isEqualTo(Instant.parse("2026-10-14T13:00:00Z"));
        assertThat(call.listedDate()).isEqualTo(Instant.parse("2026-10-14T13:00:05Z"));
        assertThat(call.durationMs()).isEqualTo(60_250);
        assertThat(call.summary()).isEqualTo("Two live.\nOne not.");
        assertThat(call.accountCrmId()).isEqualTo("0015HALDEN");
        assertThat(call.transcriptState()).isEqualTo(TranscriptState.AVAILABLE);
    }

    @Test
    void whatTheDialectDoesNotHave_staysUnsaid() throws Exception {
        CallContent call = translate(Map.of());

        assertThat(call.kind()).isNull();
        assertThat(call.consent()).isNull();
        assertThat(call.ownerEmail())
                .as("an internal participant is not assumed to own it")
                .isNull();
        assertThat(call.opportunityId()).isNull();
        assertThat(call.seriesKey()).isNull();
        assertThat(call.sourceModifiedAt()).isNull();
    }

    @Test
    void segments_areSortedByTheirStart_andTiesAreSettledWhateverTheOrderOfTheAnswer() throws Exception {
        String one = "{\"start_seconds\": 5, \"end_seconds\": 6, \"text\": \"b\"}";
        String other = "{\"start_seconds\": 5, \"end_seconds\": 6, \"text\": \"a\"}";
        String first = "{\"start_seconds\": 1.25, \"text\": \" c \"}";

        List<Utterance> here = said(one, other, first);

        assertThat(here).isEqualTo(said(first, other, one));
        assertThat(here).extracting(Utterance::text).containsExactly(" c ", "a", "b");
        assertThat(here).extracting(Utterance::index).containsExactly(0, 1, 2);
        assertThat(here.getFirst().startMs()).isEqualTo(1_250);
        assertThat(here.getFirst().endMs()).isEqualTo(1_250);
    }

    @Test
    void trackers_keepTheirCategoryTimeAndWords() throws Exception {
        assertThat(translate(Map.of()).trackers())
                .containsExactly(new TrackerHits(
                        "t1", "Pricing", "pricing", 1, List.of(new TrackerHits.Hit(0, 2_100L, "What does it cost?"))));
    }

    @Test
    void momentum_isTheSourcesOwn_bareStringsAreTexts() throws Exception {
        assertThat(translate(Map.of()).momentum())
                .isEqualTo(new Momentum(
                        Momentum.DealProgress.ADVANCING,
                        true,
                        List.of(
                                new Evidence("Send it.", 18_200L, "Maya Okafor"),
                                new Evidence("Bare words", null, null)),
                        List.of(new Evidence("Ten each.", 24_600L, "Lars Brekke")),
                        List.of(new Evidence("Too dear", null, null)),
                        Momentum.Origin.SOURCE));
    }

    @Test
    void actionItem_keepsItsIdOwnerDayAndTime() throws Exception {
        assertThat(translate(Map.of()).actionItems())
                .containsExactly(new NewActionItem(
                        "ai_1",
                        "Send the guide",
                        "Maya Okafor",
                        Side.INTERNAL,
                        LocalDate.parse("2026-10-16"),
                        18_200L));
    }

    @Test
    void actionItems_withTheSameId_areNotLost() throws Exception {
        CallContent call = translate(Map.of(Part.DETAIL, """
                {"id": "A1", "start_time": "2026-10-14T13:00:00Z", "status": "completed", "action_items": [
                  {"id": "ai_1", "text": "One"}, {"id": "ai_1", "text": "Two"}, {"id": "ai_1", "text": "One"}, {"text": "two!"}]}
                """));

        assertThat(call.actionItems()).extracting(NewActionItem::text).containsExactly("One", "Two");
        assertThat(call.actionItems()).extracting(NewActionItem::key).doesNotHaveDuplicates();
    }

    /** 202 sends no transcript. */
    @ParameterizedTest
    @CsvSource({
        "completed, [], EMPTY",
        "completed, , PENDING",
        "processing, , PENDING",
        "processing, [], PENDING",
        "scheduled, , PENDING",
        "no_show, [], NONE",
        "no_show, , NONE",
        "failed, , NONE",
        "unheard-of, , PENDING",
        "unheard-of, [], EMPTY"
    })
    void transcriptState_followsStatusAndTranscript(String status, String segments, TranscriptState expected)
            throws Exception {
        Map<Part, String> texts = new EnumMap<>(Part.class);
        texts.put(
                Part.DETAIL,
                "{\"id\": \"A1\", \"start_time\": \"2026-10-14T13:00:00Z\", \"status\": \"%s\"}".formatted(status));
        if (segments != null) {
            texts.put(Part.TRANSCRIPT, "{\"call_id\": \"A1\", \"segments\": %s}".formatted(segments));
        }

        CallContent call = Translator.of(Dialect.CALLS).translate(SampleAnswers.ID, SampleAnswers.answers(texts));

        assertThat(call.transcriptState()).isEqualTo(expected);
    }

    @Test
    void callWithoutAReadableStart_isRejected_withoutRepeatingIt() {
        assertThatThrownBy(() -> translate(Map.of(Part.DETAIL, "{\"id\": \"A1\", \"start_time\": \"half past nine\"}")))
                .isInstanceOf(Failure.Rejected.class)
                .hasMessageNotContaining("half past nine");
    }

    private static List<Utterance> said(String... segments) throws Exception {
        return translate(Map.of(
                        Part.TRANSCRIPT, "{\"call_id\": \"A1\", \"segments\": [" + String.join(",", segments) + "]}"))
                .transcript()
                .utterances();
    }

    private static CallContent translate(Map<Part, String> instead) throws Exception {
        Map<Part, String> texts = new EnumMap<>(SampleAnswers.texts(Dialect.CALLS));
        texts.putAll(instead);
        return Translator.of(Dialect.CALLS).translate(SampleAnswers.ID, SampleAnswers.answers(texts));
    }
}
