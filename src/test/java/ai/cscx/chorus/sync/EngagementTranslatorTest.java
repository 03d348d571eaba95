package ai.cscx.chorus.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallContent.State;
import ai.cscx.chorus.call.CallContent.TranscriptState;
import ai.cscx.chorus.call.NewActionItem;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.upstream.Engagements.Conversation;
import ai.cscx.chorus.upstream.Engagements.Engagement;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EngagementTranslatorTest {
    private static final String LISTED = """
            {"engagement_id": "A1", "engagement_type": "meeting", "subject": "From the list", "date_time": 1791982800,
             "duration": 1834.5, "compliance": "NON-COMPLIANT", "user_email": "Maya@Ours.example", "account_id": "",
             "account_name": "Maya Meetings", "meeting_summary": "List <b>summary</b>", "unknown_field": {"x": 1}}
            """;
    private static final String DETAIL = """
            {"name": "Rollout", "status": "done", "private": null, "summary": "Two live.<br/>One not.",
             "action_items": ["Send the guide by Friday", "Lars will confirm the seats", "  ", "send the guide, by friday!"],
             "account": {"id": 771204, "name": "Halden", "ext_id": "0015gHALDEN"},
             "participants": [
               {"person_id": 1, "name": "Maya Okafor", "email": "Maya@Ours.example", "type": "rep"},
               {"person_id": "2", "name": "Lars Brekke", "email": "lars@halden.example", "type": "prospect"},
               {"person_id": 3, "name": "Guest 1", "email": null, "type": "observer"},
               {"person_id": 4, "name": "Tom", "type": null, "is_my_team": true}],
             "recording": {"start_time": "2026-10-14T15:00:00+02:00", "duration": 60.25,
               "clusters": [
                 {"type": "cust", "match_method": "guess", "participant": 2, "ranges": [{"start": 9.0, "length": 5}]},
                 {"type": "rep", "match_method": "user", "participant": null, "ranges": [{"start": 30.0, "length": 5}]}],
               "trackers": [{"id": "t1", "name": "Pricing", "count": 3, "mentions": [{"utterance": 1, "offset": 9}, {"utterance": 99, "offset": 1}]}],
               "utterances": [
                 {"index": 4, "snippet": "Unknown voice.", "snippet_time": 30.5, "snippet_length": 1, "participant": 77, "speaker_type": null},
                 {"index": 1, "snippet": " What does it cost? ", "snippet_time": 9.0, "snippet_length": 2.25, "participant": 2, "speaker_name": "Lars Brekke", "speaker_type": "customer"},
                 {"index": 3, "snippet": "gone", "snippet_time": 20, "expired": true},
                 {"index": 0, "snippet": "Welcome.", "snippet_time": 2.4, "snippet_length": 1, "participant": 1, "speaker_type": "rep"},
                 {"index": 2, "snippet": "", "snippet_time": 12}]}}
            """;

    @Test
    void detail_goesBeforeTheListElement() throws Exception {
        CallContent call = translate(LISTED, DETAIL);

        assertThat(call.title()).isEqualTo("Rollout");
        assertThat(call.startedAt()).isEqualTo(Instant.parse("2026-10-14T13:00:00Z"));
        assertThat(call.durationMs()).isEqualTo(60_250);
        assertThat(call.summary()).isEqualTo("Two live.\nOne not.");
        assertThat(call.accountCrmId()).isEqualTo("0015gHALDEN");
        assertThat(call.accountSourceId()).isEqualTo("771204");
        assertThat(call.ownerEmail()).isEqualTo("maya@ours.example");
        assertThat(call.consent()).isEqualTo("non-compliant");
        assertThat(call.url()).isEqualTo("https://chorus.ai/meeting/A1");
        assertThat(call.state()).isEqualTo(State.DONE);
        assertThat(call.transcriptState()).isEqualTo(TranscriptState.AVAILABLE);
    }

    @Test
    void emptyDetail_leavesTheListElement() throws Exception {
        CallContent call = translate(LISTED, "{}");

        assertThat(call.title()).isEqualTo("From the list");
        assertThat(call.startedAt()).isEqualTo(Instant.ofEpochSecond(1791982800));
        assertThat(call.durationMs()).isEqualTo(1_834_500);
        assertThat(call.summary()).isEqualTo("List summary");
        assertThat(call.accountSourceId()).isNull();
        assertThat(call.state()).isEqualTo(State.UNKNOWN);
        assertThat(call.transcriptState()).isEqualTo(TranscriptState.PENDING);
        assertThat(call.participants()).isEmpty();
    }

    @Test
    void utterances_areSortedAndKeepTheirWords_blankAndExpiredOnesAreLeftOut() throws Exception {
        CallContent call = translate(LISTED, DETAIL);

        assertThat(call.transcript().utterances())
                .extracting(Utterance::index, Utterance::text, Utterance::startMs, Utterance::endMs)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, "Welcome.", 2_400L, 3_400L),
                        org.assertj.core.groups.Tuple.tuple(1, " What does it cost? ", 9_000L, 11_250L),
                        org.assertj.core.groups.Tuple.tuple(4, "Unknown voice.", 30_500L, 31_500L));
    }

    @Test
    void sides_comeFromThreeVocabularies_andAreNeverGuessed() throws Exception {
        CallContent call = translate(LISTED, DETAIL);

        assertThat(call.participants())
                .extracting(participant -> participant.side())
                .containsExactly(Side.INTERNAL, Side.EXTERNAL, Side.UNKNOWN, Side.INTERNAL);
        assertThat(call.transcript().utterances())
                .extracting(Utterance::side)
                .containsExactly(Side.INTERNAL, Side.EXTERNAL, Side.INTERNAL);
        assertThat(EngagementSpeech.side("REP")).isEqualTo(Side.INTERNAL);
        assertThat(EngagementSpeech.side("moderator")).isEqualTo(Side.UNKNOWN);
    }

    @Test
    void guessedNames_stayUncertain() throws Exception {
        CallContent call = translate(LISTED, DETAIL);

        assertThat(call.transcript().utterances())
                .extracting(Utterance::uncertain)
                .containsExactly(false, true, false);
    }

    @Test
    void trackers_takeTheirTimeFromTheUtterance_orHaveNone() throws Exception {
        CallContent call = translate(LISTED, DETAIL);

        assertThat(call.trackers()).singleElement().satisfies(tracker -> {
            assertThat(tracker.count()).isEqualTo(3);
            assertThat(tracker.hits())
                    .containsExactly(
                            new TrackerHits.Hit(1, 9_000L, " What does it cost? "),
                            new TrackerHits.Hit(null, null, null));
        });
    }

    @Test
    void actionItems_areOneEachPerNormalisedText_andNameTheirDoer() throws Exception {
        CallContent call = translate(LISTED, DETAIL);

        assertThat(call.actionItems())
                .extracting(NewActionItem::text, NewActionItem::side, NewActionItem::ownerName)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Send the guide by Friday", Side.UNKNOWN, null),
                        org.assertj.core.groups.Tuple.tuple(
                                "Lars will confirm the seats", Side.EXTERNAL, "Lars Brekke"));
    }

    @Test
    void noShow_hasNoTranscriptToWaitFor() throws Exception {
        CallContent call = translate("""
                {"engagement_id": "A1", "date_time": 1791982800, "no_show": true, "processing_state": "done", "participants": null}
                """, "{\"status\": \"no show\"}");

        assertThat(call.state()).isEqualTo(State.NO_SHOW);
        assertThat(call.transcriptState()).isEqualTo(TranscriptState.NONE);
    }

    @Test
    void callWithoutAnyStart_isRejected() {
        assertThatThrownBy(
                        () -> translate("{\"engagement_id\": \"A1\"}", "{\"recording\": {\"start_time\": \"soon\"}}"))
                .isInstanceOf(Failure.Rejected.class);
    }

    private static CallContent translate(String listed, String detail) throws Exception {
        JsonMapper json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        return EngagementTranslator.translate(
                "A1", json.readValue(listed, Engagement.class), json.readValue(detail, Conversation.class), true);
    }
}
