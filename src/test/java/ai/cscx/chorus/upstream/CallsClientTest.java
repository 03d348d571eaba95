package ai.cscx.chorus.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.ChorusClient.Fetched;
import ai.cscx.chorus.upstream.ChorusClient.Listed;
import ai.cscx.chorus.upstream.ScriptedChorus.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class CallsClientTest extends ChorusClientContract {
    private static final String CALL = "/api/v1/calls/A1";
    private static final String SAID =
            "{\"call_id\": \"A1\", \"segments\": [{\"start_seconds\": 1, \"text\": \"Hi\"}]}";
    private static final String HITS = "{\"call_id\": \"A1\", \"trackers\": []}";

    @Override
    Dialect dialect() {
        return Dialect.CALLS;
    }

    @Override
    HeaderStyle style() {
        return HeaderStyle.BEARER;
    }

    @Override
    String page(List<String> elements, @Nullable String key) {
        return "{\"calls\": [%s], \"pagination\": {\"next_cursor\": %s, \"has_more\": %s}}"
                .formatted(String.join(", ", elements), key == null ? "null" : "\"" + key + "\"", key != null);
    }

    @Override
    String element(String id, Instant startedAt) {
        return "{\"id\": \"%s\", \"start_time\": \"%s\", \"status\": \"completed\"}".formatted(id, startedAt);
    }

    @Override
    String detail(String id, boolean isPrivate) {
        return "{\"id\": \"%s\", \"start_time\": \"%s\", \"status\": \"completed\", \"private\": %s}"
                .formatted(id, INSIDE, isPrivate);
    }

    @Override
    String keyParameter() {
        return "cursor";
    }

    @Override
    List<String> listParameters() {
        return List.of("start_date", "end_date", "limit");
    }

    @Override
    List<String> lastPages() {
        String calls = "{\"calls\": [" + oneCall() + "]";
        return List.of(
                calls + ", \"pagination\": {\"next_cursor\": \"abc\", \"has_more\": false}}",
                calls + ", \"pagination\": {\"has_more\": false}}",
                calls + ", \"pagination\": {\"next_cursor\": null, \"has_more\": true}}",
                calls + ", \"pagination\": {\"next_cursor\": \"\", \"has_more\": true}}",
                calls + ", \"pagination\": {\"next_cursor\": \" \"}}",
                calls + ", \"pagination\": {}}",
                calls + ", \"pagination\": null}",
                calls + "}",
                "{\"calls\": [], \"pagination\": {\"next_cursor\": \"abc\", \"has_more\": true}}");
    }

    @Override
    List<String> unreadableElements() {
        return List.of(
                "null",
                "7",
                "\"SECRET\"",
                "{}",
                "{\"id\": \"  \", \"start_time\": \"2026-10-14T13:00:00Z\"}",
                "{\"id\": \"SECRET\"}",
                "{\"id\": \"A9\", \"start_time\": null}",
                "{\"id\": \"A9\", \"start_time\": \"SECRET\"}",
                "{\"id\": \"A9\", \"start_time\": \"2026-10-14T13:00:00\"}",
                "{\"id\": \"A9\", \"start_time\": \"2026-10-14T13:00:00Z\", \"participants\": \"SECRET\"}",
                "{\"id\": \"A9\", \"start_time\": \"2026-10-14T13:00:00Z\", \"duration_seconds\": \"SECRET\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-01T00:00:00Z, 2026-10-02T00:00:00Z, 2026-10-01, 2026-10-01",
        "2026-10-01T23:59:59Z, 2026-10-02T00:00:01Z, 2026-10-01, 2026-10-02",
        "2026-10-01T12:00:00Z, 2026-10-01T13:00:00Z, 2026-10-01, 2026-10-01"
    })
    void window_isAskedForInWholeDays(Instant from, Instant until, String first, String last) throws Exception {
        chorus.answers(Reply.json(page(List.of(), null)));

        client().page(from, until, null);

        assertThat(chorus.requests().getFirst().query())
                .containsEntry("start_date", first)
                .containsEntry("end_date", last);
    }

    @Test
    void startWithAnyOffset_isTheSameInstant() throws Exception {
        chorus.answers(
                Reply.json(page(List.of("{\"id\": \"A1\", \"start_time\": \"2026-10-01T01:30:00+02:00\"}"), null)));

        assertThat(client().page(Instant.parse("2026-09-30T00:00:00Z"), UNTIL, null)
                        .calls())
                .extracting(Listed::startedAt)
                .containsExactly(Instant.parse("2026-09-30T23:30:00Z"));
    }

    @Test
    void privateCalls_areMarkedInTheList() throws Exception {
        chorus.answers(Reply.json(page(List.of(oneCall(), detail("A2", true)), null)));

        assertThat(client().page(FROM, UNTIL, null).calls())
                .extracting(Listed::isPrivate)
                .containsExactly(false, true);
    }

    @Test
    void transcript_thatIsNotReady_isAbsentAndSaidToBe() throws Exception {
        answers(Reply.of(202, ""), Reply.json(HITS));

        assertThat(client().fetch("A1")).isInstanceOfSatisfying(Fetched.Found.class, found -> {
            assertThat(found.transcriptReady()).isFalse();
            assertThat(found.answers().parts()).containsOnlyKeys(Part.DETAIL, Part.TRACKERS);
        });
    }

    @Test
    void transcript_withoutSegments_isReadyAndEmpty() throws Exception {
        answers(Reply.json("{\"call_id\": \"A1\", \"segments\": []}"), Reply.json(HITS));

        assertThat(client().fetch("A1")).isInstanceOfSatisfying(Fetched.Found.class, found -> {
            assertThat(found.transcriptReady()).isTrue();
            assertThat(found.answers().parts()).containsOnlyKeys(Part.DETAIL, Part.TRANSCRIPT, Part.TRACKERS);
        });
    }

    @Test
    void call_thatVanishesHalfway_isGone() throws Exception {
        answers(Reply.of(404, ""), Reply.json(HITS));
        assertThat(client().fetch("A1")).isEqualTo(new Fetched.Gone(2));

        answers(Reply.json(SAID), Reply.of(404, ""));
        assertThat(client().fetch("A1")).isEqualTo(new Fetched.Gone(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"call_id\": \"B2\", \"segments\": [], \"trackers\": []}",
                "{\"call_id\": \"A1\"}",
                "{\"call_id\": \"A1\", \"segments\": null, \"trackers\": null}",
                "{\"error\": {\"code\": \"internal\"}}",
                "",
                "{\"call_id\": \"A1\", \"segments\": [{\"text\": "
            })
    void part_ofAnotherCallOrShape_isBroken(String body) {
        answers(Reply.json(body), Reply.json(HITS));
        assertBroken(() -> client().fetch("A1"));

        answers(Reply.json(SAID), Reply.json(body));
        assertBroken(() -> client().fetch("A1"));
    }

    @Test
    void part_thatFails_failsTheCall_withoutAPartialOne() {
        answers(Reply.of(503, ""), Reply.json(HITS));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> client().fetch("A1"))
                .isInstanceOf(ChorusException.Away.class);

        answers(Reply.json(SAID), Reply.of(401, ""));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> client().fetch("A1"))
                .isInstanceOf(ChorusException.Refused.class);
    }

    private void answers(Reply transcript, Reply trackers) {
        Map<String, Reply> replies = new TreeMap<>();
        replies.put(CALL, Reply.json(detail("A1", false)));
        replies.put(CALL + "/transcript", transcript);
        replies.put(CALL + "/trackers", trackers);
        chorus.answers(request -> replies.getOrDefault(request.path(), Reply.of(500, "")));
    }
}
