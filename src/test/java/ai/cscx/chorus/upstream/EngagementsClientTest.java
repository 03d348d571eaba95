package ai.cscx.chorus.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.upstream.ChorusClient.Listed;
import ai.cscx.chorus.upstream.ScriptedChorus.Reply;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class EngagementsClientTest extends ChorusClientContract {
    @Override
    Dialect dialect() {
        return Dialect.ENGAGEMENTS;
    }

    @Override
    HeaderStyle style() {
        return HeaderStyle.RAW;
    }

    @Override
    String page(List<String> elements, @Nullable String key) {
        String engagements = "\"engagements\": [" + String.join(", ", elements) + "]";
        return key == null ? "{" + engagements + "}" : "{\"continuation_key\": \"%s\", %s}".formatted(key, engagements);
    }

    @Override
    String element(String id, Instant startedAt) {
        return "{\"engagement_id\": \"%s\", \"date_time\": %d}".formatted(id, startedAt.getEpochSecond());
    }

    @Override
    String detail(String id, boolean isPrivate) {
        return "{\"data\": {\"id\": \"%s\", \"attributes\": {\"private\": %s}}}".formatted(id, isPrivate);
    }

    @Override
    String keyParameter() {
        return "continuation_key";
    }

    @Override
    List<String> listParameters() {
        return List.of("min_date", "max_date", "with_trackers");
    }

    @Override
    List<String> lastPages() {
        String engagements = "\"engagements\": [" + oneCall() + "]";
        return List.of(
                "{" + engagements + "}",
                "{\"continuation_key\": null, " + engagements + "}",
                "{\"continuation_key\": \"\", " + engagements + "}",
                "{\"continuation_key\": \" \", " + engagements + "}",
                "{\"continuation_key\": \"1 A\", \"engagements\": []}",
                "{\"engagements\": []}");
    }

    @Override
    List<String> unreadableElements() {
        return List.of(
                "null",
                "7",
                "\"SECRET\"",
                "{}",
                "{\"engagement_id\": \" \", \"date_time\": 1791982800}",
                "{\"engagement_id\": \"SECRET\"}",
                "{\"engagement_id\": \"A9\", \"date_time\": null}",
                "{\"engagement_id\": \"A9\", \"date_time\": \"SECRET\"}",
                "{\"engagement_id\": \"A9\", \"date_time\": 1e300}",
                "{\"engagement_id\": \"A9\", \"date_time\": 1791982800, \"participants\": \"SECRET\"}",
                "{\"engagement_id\": \"A9\", \"date_time\": 1791982800, \"duration\": \"SECRET\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "meeting, true",
        "dialer, true",
        "unrecorded_meeting, true",
        "hologram, true",
        "email, false",
        "content_viewed, false"
    })
    void activityBesideCalls_isListedAsSuch(String type, boolean recording) throws Exception {
        chorus.answers(Reply.json(page(
                List.of("{\"engagement_id\": \"A1\", \"date_time\": 1791982800, \"engagement_type\": \"%s\"}"
                        .formatted(type)),
                null)));

        assertThat(client().page(FROM, UNTIL, null).calls())
                .extracting(Listed::recording)
                .containsExactly(recording);
    }

    @Test
    void detailRequests_neverAskForARegeneration() throws Exception {
        chorus.answers(Reply.json(detail("A1", false)));

        client().fetch("A1");

        assertThat(chorus.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.query()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"private\": null}", "{}", "{\"private\": false, \"new_field\": {\"x\": 1}}"})
    void privacyThatIsNotStated_isNone(String attributes) throws Exception {
        chorus.answers(Reply.json("{\"data\": {\"id\": \"A1\", \"attributes\": " + attributes + "}}"));

        assertThat(client().fetch("A1"))
                .isInstanceOfSatisfying(
                        ChorusClient.Fetched.Found.class,
                        found -> assertThat(found.isPrivate()).isFalse());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"Maya\", \"email\": \"m@x.example\"} | Maya",
                "{\"email\": \"m@x.example\"} | m@x.example",
                "{} | unnamed"
            })
    void account_isWhoseTokenItIs(String attributes, String expected) throws Exception {
        chorus.answers(Reply.json("{\"data\": {\"id\": \"1\", \"attributes\": " + attributes + "}}"));

        assertThat(client().account()).isEqualTo(expected);
    }
}
