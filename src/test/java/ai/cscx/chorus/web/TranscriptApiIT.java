package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.CallContent.TranscriptState;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.web.HttpRig.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transcripts and who spoke how much, through the socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TranscriptApiIT {
    @SuppressWarnings("NullAway.Init")
    private HttpRig rig;

    private String call = "";

    @BeforeAll
    void start() {
        rig = new HttpRig();
        CallId id = rig.call(
                "E-5",
                rig.northwind,
                TranscriptState.AVAILABLE,
                "2026-11-10T23:30:00Z",
                new Transcript(
                        "en",
                        List.of(
                                utterance(0, "Maria Lopez", Side.INTERNAL, 0, 20_000, "Shall we begin? Are you well?"),
                                utterance(1, "Paula Reyes", Side.EXTERNAL, 20_000, 21_000, "Yes."),
                                utterance(2, "Maria Lopez", Side.INTERNAL, 21_000, 30_000, "Then let me show you."),
                                utterance(4, "Paula Reyes", Side.EXTERNAL, 31_000, 41_000, "How much is it?"),
                                utterance(5, "Maria Lopez", Side.INTERNAL, 42_500, 43_500, "A <lot> & --> more."))));
        call = "/api/chorus/meetings/" + id;
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({"around=4&before=1&after=1, 4, 2 4 5", "at=31.5&before=1&after=0, 4, 2 4", "at=20.5, 1, 0 1 2 4 5"})
    void place_comesWithItsNeighbours(String query, int focus, String shown) {
        JsonNode answer = rig.get(HttpRig.MARIA, call + "/transcript?" + query).json();

        assertThat(answer.path("focus").asInt()).isEqualTo(focus);
        assertThat(answer.path("total").asInt()).isEqualTo(5);
        assertThat(String.join(" ", answer.path("utterances").findValuesAsText("index")))
                .isEqualTo(shown);
        assertThat(answer.path("speakers")).hasSize(2);
    }

    @Test
    void wholeTranscript_hasNoFocus() {
        JsonNode answer = rig.get(HttpRig.MARIA, call + "/transcript").json();

        assertThat(answer.get("focus").isNull()).isTrue();
        assertThat(answer.at("/utterances/4/url").asText()).endsWith("?t=42");
    }

    @ParameterizedTest
    @CsvSource({
        "txt, text/plain, > [00:00:42] Maria Lopez: A <lot> & --> more.",
        "vtt, text/vtt, <v Maria Lopez><c.focus>A &lt;lot&gt; &amp; --&gt; more.</c>",
        "srt, application/x-subrip, <b>Maria Lopez: A <lot> & -> more.</b>"
    })
    void place_inTextFormats_isMarkedAndSavedUnderANameOfOurs(String format, String type, String line) {
        Reply reply = rig.get(HttpRig.MARIA, call + "/transcript?around=5&before=1&format=" + format);

        assertThat(reply.header("Content-Type").replace(" ", "")).isEqualToIgnoringCase(type + ";charset=utf-8");
        assertThat(reply.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"transcript-2026-11-10-" + call.substring(call.lastIndexOf('/') + 1)
                        + "." + format + "\"");
        assertThat(reply.response().body()).contains(line).doesNotContain("Shall we begin");
    }

    @ParameterizedTest
    @CsvSource({
        "around=3, 422",
        "around=4&at=3, 400",
        "before=2, 400",
        "at=3&side=internal, 400",
        "around=4&before=201, 400",
        "from=9&to=8, 400",
        "arround=4, 400"
    })
    void place_thatCannotBeMeant_isRefusedWithAWayOut(String query, int status) {
        Reply reply = rig.get(HttpRig.MARIA, call + "/transcript?" + query);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("detail").asText()).isNotBlank();
    }

    @Test
    void speakers_tellWhoSpokeHowMuch() {
        JsonNode answer = rig.get(HttpRig.MARIA, call + "/speakers").json();
        JsonNode maria = answer.at("/items/0");

        assertThat(answer.path("items").findValuesAsText("speaker")).containsExactly("Maria Lopez", "Paula Reyes");
        assertThat(maria.path("talkSeconds").asDouble()).isEqualTo(30.0);
        assertThat(maria.path("talkShare").asDouble()).isEqualTo(30.0 / 41);
        assertThat(maria.path("questions").asInt()).isEqualTo(2);
        assertThat(maria.path("longestMonologueSeconds").asDouble()).isEqualTo(30.0);
        assertThat(maria.path("longestMonologueStartSeconds").asDouble()).isZero();
        assertThat(answer.at("/items/1/url").asText()).endsWith("?t=31");
        assertThat(answer.at("/sides/external").asDouble()).isEqualTo(11.0 / 41);
        assertThat(answer.at("/basis/timedUtterances").asInt()).isEqualTo(5);
        assertThat(answer.at("/basis/transcript").asText()).isEqualTo("available");
    }

    @Test
    void speakers_ofACallWithoutWords_areNobodyAndSharesUnknown() {
        String id = rig.get(HttpRig.MARIA, "/api/chorus/meetings?externalId=E-4")
                .json()
                .at("/items/0/id")
                .asText();
        JsonNode answer = rig.get(HttpRig.MARIA, "/api/chorus/meetings/" + id + "/speakers")
                .json();

        assertThat(answer.path("items")).isEmpty();
        assertThat(answer.at("/sides/internal").isNull()).isTrue();
        assertThat(answer.at("/basis/talkSeconds").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/transcript", "/transcript?at=3", "/transcript?format=srt", "/speakers"})
    void somebodyElsesCall_isTheSameNotFoundAsAMissingOne(String path) {
        List<ObjectNode> answers =
                List.of(rig.globexCall.toString(), HttpRig.unknownId(), rig.unmatchedCall.toString()).stream()
                        .map(id -> rig.get(HttpRig.MARIA, "/api/chorus/meetings/" + id + path))
                        .map(reply -> {
                            assertThat(reply.status()).isEqualTo(404);
                            assertThat(reply.header("Content-Disposition")).isEmpty();
                            ObjectNode problem = (ObjectNode) reply.json();
                            problem.remove("instance");
                            return problem;
                        })
                        .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isEqualTo(answers.getFirst()));
    }

    @Test
    void speakers_whileChorusHasNoTranscript_saysWhenToAskAgain() {
        Reply reply = rig.get(HttpRig.ADMIN, "/api/chorus/meetings/" + rig.unmatchedCall + "/speakers");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:cscx:problem:transcript-pending");
        assertThat(reply.json().path("retryAt").asText()).isEqualTo("2026-11-22T12:10:00Z");
        assertThat(rig.get(HttpRig.ADMIN, call + "/speakers?side=internal").status())
                .isEqualTo(400);
    }

    private static Utterance utterance(int index, String speaker, Side side, long startMs, long endMs, String text) {
        return new Utterance(index, speaker, null, side, startMs, endMs, text, false);
    }
}
