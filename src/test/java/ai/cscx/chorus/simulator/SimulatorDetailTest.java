package ai.cscx.chorus.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.simulator.SimulatedCall.State;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulatorDetailTest {
    private static ChorusSimulator simulator;
    private static SimulatorBrowser browser;

    @BeforeAll
    static void start() {
        simulator = SimulatorBrowser.started(600, 7);
        browser = new SimulatorBrowser(simulator);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void utterances_ofADoneCall_areAllThereInNoOrder() {
        SimulatedCall call = done().getFirst();
        JsonNode recording = browser.detail(call.id()).path("recording");

        assertThat(recording.path("utterances").findValues("index"))
                .extracting(JsonNode::asInt)
                .hasSize(call.script().utterances().size())
                .doesNotHaveDuplicates()
                .isNotEqualTo(java.util.stream.IntStream.range(
                                0, call.script().utterances().size())
                        .boxed()
                        .toList());
    }

    @Test
    void speakers_ofManyCalls_useThreeVocabularies() {
        Set<String> participants = new HashSet<>();
        Set<String> clusters = new HashSet<>();
        Set<String> utterances = new HashSet<>();
        Set<String> methods = new HashSet<>();
        int expired = 0;
        for (SimulatedCall call : done().subList(0, 60)) {
            JsonNode detail = browser.detail(call.id());
            detail.path("participants")
                    .forEach(p -> participants.add(p.path("type").asText()));
            detail.path("recording").path("clusters").forEach(c -> {
                clusters.add(c.path("type").asText());
                methods.add(c.path("match_method").asText());
            });
            for (JsonNode utterance : detail.path("recording").path("utterances")) {
                utterances.add(utterance.path("speaker_type").asText());
                if (utterance.path("expired").asBoolean()) {
                    expired++;
                    assertThat(utterance.path("snippet").asText()).isBlank();
                }
            }
        }
        assertThat(participants).containsExactlyInAnyOrder("rep", "prospect", "unknown");
        assertThat(clusters).containsExactlyInAnyOrder("rep", "cust", "unknown");
        assertThat(utterances).containsExactlyInAnyOrder("rep", "customer", "null");
        assertThat(methods).contains("user", "voice", "guess", "guessed_by_zoom");
        assertThat(expired).isPositive();
    }

    @Test
    void trackerMention_ofADoneCall_pointsAtAnUtterance() {
        for (SimulatedCall call : done().subList(0, 20)) {
            JsonNode recording = browser.detail(call.id()).path("recording");
            int utterances = recording.path("utterances").size();
            assertThat(recording.path("trackers").findValues("utterance"))
                    .allMatch(index -> index.asInt() >= 0 && index.asInt() < utterances);
            assertThat(simulator.world().roster().trackers())
                    .containsAll(recording.path("trackers").findValuesAsText("name"));
        }
    }

    @Test
    void unfinishedCalls_haveNoWords() {
        SimulatedCall processing = inState(State.PROCESSING).getFirst();
        SimulatedCall noShow = inState(State.NO_SHOW).getFirst();

        assertThat(browser.detail(processing.id()).path("status").asText()).isEqualTo("processing");
        assertThat(browser.detail(processing.id()).path("recording").path("utterances"))
                .isEmpty();
        assertThat(browser.detail(noShow.id()).path("status").asText()).isEqualTo("no show");
        assertThat(noShow.accountKey()).isNull();
    }

    @Test
    void privateCall_isNeitherListedNorShown() {
        List<SimulatedCall> confidential = simulator.world().calls().stream()
                .filter(SimulatedCall::isPrivate)
                .toList();

        assertThat(confidential).hasSize(6);
        for (SimulatedCall call : confidential) {
            assertThat(browser.get("/api/v1/conversations/" + call.id()).statusCode())
                    .isEqualTo(404);
            assertThat(browser.json("/v3/engagements?engagement_id=" + call.id())
                            .path("engagements"))
                    .isEmpty();
        }
    }

    @Test
    void ledger_withoutAKey_tellsTheTruthOfEveryCall() {
        JsonNode ledger =
                SimulatorBrowser.parsed(browser.send("GET", "/_simulator/calls").body());
        String id = done().getFirst().id();
        JsonNode transcript = SimulatorBrowser.parsed(
                browser.send("GET", "/_simulator/calls/" + id + "/transcript").body());

        assertThat(ledger).hasSize(606);
        assertThat(transcript.findValues("index")).extracting(JsonNode::asInt).isSorted();
        assertThat(transcript.findValuesAsText("text")).noneMatch(String::isBlank);
    }

    @Test
    void sameSettings_serveTheSameBytes_andAnotherSeedDoesNot() {
        String detail = "/api/v1/conversations/" + done().getFirst().id();
        try (var twin = SimulatorBrowser.started(600, 7);
                var stranger = SimulatorBrowser.started(600, 8)) {
            var twins = new SimulatorBrowser(twin);
            assertThat(twins.get(detail).body()).isEqualTo(browser.get(detail).body());
            assertThat(twins.get("/v3/engagements").body())
                    .isEqualTo(browser.get("/v3/engagements").body());
            assertThat(new SimulatorBrowser(stranger).get("/v3/engagements").body())
                    .isNotEqualTo(browser.get("/v3/engagements").body());
        }
    }

    private static List<SimulatedCall> done() {
        return inState(State.DONE);
    }

    private static List<SimulatedCall> inState(State state) {
        return simulator.world().calls().stream()
                .filter(call -> call.state() == state && !call.isPrivate())
                .toList();
    }
}
