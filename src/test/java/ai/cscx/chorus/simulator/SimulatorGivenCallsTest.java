package ai.cscx.chorus.simulator;

import static ai.cscx.chorus.simulator.SimulatorBrowser.ANCHOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.simulator.GivenCall.Turn;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class SimulatorGivenCallsTest {
    private static final List<Turn> TURNS = IntStream.range(0, 1500)
            .mapToObj(
                    i -> new Turn(i % 3 == 0 ? "Grad C" : "Hon. Ann (Minister)", 10.0 * i, 10, "Words  of " + i + "é"))
            .toList();
    private static final GivenCall CALL =
            new GivenCall("meeting_1-a", "A meeting", ANCHOR.minus(Duration.ofDays(2)), TURNS);

    @Test
    void givenCalls_served_areAllThereIs() {
        try (var simulator =
                SimulatorBrowser.started(SimulatorBrowser.settings(1, 7).given(List.of(CALL)))) {
            assertThat(new SimulatorBrowser(simulator).walk(ANCHOR.minus(Duration.ofDays(365)), null, ""))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.path("engagement_id").asText()).isEqualTo("meeting_1-a");
                        assertThat(row.path("subject").asText()).isEqualTo("A meeting");
                        assertThat(row.path("duration").asDouble()).isEqualTo(15_000);
                        assertThat(row.path("participants"))
                                .extracting(person -> person.path("name").asText())
                                .containsExactly("Grad C", "Hon. Ann (Minister)");
                    });
        }
    }

    @Test
    void givenCalls_read_areWordForWordInBothDialects() {
        try (var simulator =
                SimulatorBrowser.started(SimulatorBrowser.settings(1, 7).given(List.of(CALL)))) {
            var browser = new SimulatorBrowser(simulator);

            assertThat(said(
                            browser.detail(CALL.id()).at("/recording/utterances"),
                            "snippet_time",
                            "speaker_name",
                            "snippet"))
                    .isEqualTo(TURNS);
            assertThat(said(
                            browser.call("/" + CALL.id() + "/transcript").path("segments"),
                            "start_seconds",
                            "speaker",
                            "text"))
                    .isEqualTo(TURNS);
            assertThat(browser.call("/" + CALL.id()).path("title").asText()).isEqualTo("A meeting");
        }
    }

    @Test
    void givenCalls_changed_areAnyCalls() {
        try (var simulator =
                SimulatorBrowser.started(SimulatorBrowser.settings(1, 7).given(List.of(CALL)))) {
            simulator.changes().correctUtterance(CALL.id(), 1, "Other words");

            assertThat(simulator
                            .world()
                            .calls()
                            .getFirst()
                            .script()
                            .utterances()
                            .get(1)
                            .text())
                    .isEqualTo("Other words");
        }
    }

    @Test
    void givenCalls_withOneIdTwice_areRefused() {
        assertThatThrownBy(() -> SimulatorBrowser.settings(1, 7).given(List.of(CALL, CALL)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenCall_withAnIdThatBreaksPaths_isRefused() {
        assertThatThrownBy(() -> new GivenCall("a/b", "A meeting", ANCHOR, TURNS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Turn> said(JsonNode utterances, String start, String speaker, String text) {
        return StreamSupport.stream(utterances.spliterator(), false)
                .map(utterance -> new Turn(
                        utterance.path(speaker).asText(),
                        utterance.path(start).asDouble(),
                        10,
                        utterance.path(text).asText()))
                .sorted(Comparator.comparingDouble(Turn::startSeconds))
                .toList();
    }
}
