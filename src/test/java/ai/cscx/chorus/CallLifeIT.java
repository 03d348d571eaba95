package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.cscx.chorus.simulator.SimulatedCall;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What becomes of a call here when Chorus changes it, takes it back, or seems to. In this order, on one world. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CallLifeIT {
    private static final String EVERYTHING = "{}";
    private static TestApplication app;

    @BeforeAll
    static void start() {
        app = TestApplication.own("call-life", 40);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    @Order(1)
    void privateCall_isGoneFromEverywhere_afterOneSync() {
        SimulatedCall call = spoken(0);
        String id = here(call.id()).get("id").asText();
        String phrase = phrase(call);
        assertThat(callsFound(phrase)).contains(id);
        app.ask("demo-admin", "Show Chorus calls for " + call.accountKey());

        app.simulator().changes().makePrivate(call.id());
        app.sync(EVERYTHING);

        assertThat(listed(call.id())).isEmpty();
        assertThat(app.get("demo-admin", "/api/chorus/meetings/" + id).status()).isEqualTo(404);
        assertThat(app.get("demo-admin", "/api/chorus/meetings/" + id + "/transcript")
                        .status())
                .isEqualTo(404);
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(10))
                .until(() -> !callsFound(phrase).contains(id));
        assertThat(tasksOf(id)).isEmpty();
    }

    @Test
    @Order(2)
    void deletedCall_isHidden_comesBackWhenRestored_andGoesAfterTwoSyncs() {
        SimulatedCall call = spoken(1);
        String id = here(call.id()).get("id").asText();
        List<JsonNode> tasks = tasksOf(id);

        app.simulator().changes().delete(call.id());
        app.sync(EVERYTHING);
        assertThat(listed(call.id())).isEmpty();
        assertThat(tasksOf(id)).isEmpty();

        app.simulator().changes().restore(call.id());
        app.sync(EVERYTHING);
        assertThat(here(call.id()).get("id").asText()).isEqualTo(id);
        assertThat(tasksOf(id)).hasSameSizeAs(tasks);
        String phrase = phrase(call);
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(10))
                .until(() -> callsFound(phrase).contains(id));

        app.simulator().changes().delete(call.id());
        app.sync(EVERYTHING);
        app.sync(EVERYTHING);
        assertThat(listed(call.id())).isEmpty();
        app.simulator().changes().restore(call.id());
        app.sync(EVERYTHING);
        assertThat(here(call.id()).get("id").asText()).as("a new life").isNotEqualTo(id);
    }

    @Test
    @Order(3)
    void changes_arrive() {
        SimulatedCall call = spoken(2);
        app.simulator().changes().retitle(call.id(), "Renewal, second attempt");
        app.simulator().changes().addActionItem(call.id(), "Dana will send the signed order form", "Dana Whitfield");

        JsonNode sync = app.sync(EVERYTHING);

        assertThat(sync.get("stored").asLong()).isEqualTo(1);
        JsonNode detail = app.get(
                        "demo-admin",
                        "/api/chorus/meetings/" + here(call.id()).get("id").asText())
                .json();
        assertThat(detail.get("title").asText()).isEqualTo("Renewal, second attempt");
        assertThat(detail.get("actionItems").findValuesAsText("text")).contains("Dana will send the signed order form");
    }

    @Test
    @Order(4)
    void lateTranscript_arrives() {
        SimulatedCall call = spoken(3);
        app.simulator().changes().processing(call.id());
        app.sync(EVERYTHING);
        assertThat(here(call.id()).get("transcript").asText()).isEqualTo("pending");

        app.simulator().changes().transcriptReady(call.id());
        app.sync(EVERYTHING);

        assertThat(here(call.id()).get("transcript").asText()).isEqualTo("available");
    }

    @Test
    @Order(5)
    void rightsLostOnAll_removesNothing_andConnectingAgainResumes() {
        int before = app.all("demo-admin", "/api/chorus/meetings?limit=200").size();
        app.simulator().changes().loseRights(true);

        JsonNode sync = app.sync(EVERYTHING);

        assertThat(sync.get("error").asText()).contains("nothing was removed");
        assertThat(app.all("demo-admin", "/api/chorus/meetings?limit=200")).hasSize(before);
        JsonNode status = app.get("demo-admin", "/api/integrations/chorus").json();
        assertThat(status.get("status").asText()).isEqualTo("degraded");
        assertThat(status.get("lastError").asText()).contains("nothing was removed");

        app.simulator().changes().loseRights(false);
        JsonNode connected = app.post(
                        "demo-admin",
                        "/api/integrations/chorus/connect",
                        "{\"authType\": \"api_key\", \"apiKey\": \"demo-chorus-key\", \"baseUrl\": \""
                                + app.simulator().baseUri() + "\"}")
                .json();
        JsonNode resumed = app.finished(connected.get("syncId").asText());
        assertThat(resumed.get("state").asText()).isEqualTo("finished");
        assertThat(app.all("demo-admin", "/api/chorus/meetings?limit=200")).hasSize(before);
    }

    @Test
    @Order(6)
    void removalInMasses_thatAnAdminConfirms_isCarriedOut() {
        List<JsonNode> before = app.all("demo-admin", "/api/chorus/meetings?limit=200");
        int kept = before.size() / 3;
        before.stream()
                .skip(kept)
                .forEach(call ->
                        app.simulator().changes().delete(call.get("externalId").asText()));

        app.sync(EVERYTHING);
        assertThat(app.all("demo-admin", "/api/chorus/meetings?limit=200")).hasSameSizeAs(before);
        app.sync("{\"confirmRemovals\": true}");

        assertThat(app.all("demo-admin", "/api/chorus/meetings?limit=200")).hasSize(kept);
    }

    private static SimulatedCall spoken(int number) {
        return app.simulator().world().calls().stream()
                .filter(call -> !call.isPrivate()
                        && call.state() == SimulatedCall.State.DONE
                        && call.accountKey() != null
                        && !call.script().actionItems().isEmpty())
                .skip(number)
                .findFirst()
                .orElseThrow();
    }

    /** Words that hardly any other call has. */
    private static String phrase(SimulatedCall call) {
        return call.script().utterances().stream()
                .map(utterance -> utterance.text().replaceAll("[^\\p{L}\\p{N} ]", " "))
                .max(java.util.Comparator.comparingInt(String::length))
                .orElseThrow();
    }

    private static List<String> callsFound(String phrase) {
        String words =
                URLEncoder.encode(phrase.length() > 200 ? phrase.substring(0, 200) : phrase, StandardCharsets.UTF_8);
        return app.get("demo-admin", "/api/chorus/search?limit=50&q=" + words)
                .json()
                .get("items")
                .findValuesAsText("callId");
    }

    private static List<JsonNode> listed(String externalId) {
        return app.all("demo-admin", "/api/chorus/meetings?limit=200").stream()
                .filter(call -> call.get("externalId").asText().equals(externalId))
                .toList();
    }

    private static JsonNode here(String externalId) {
        return listed(externalId).getFirst();
    }

    private static List<JsonNode> tasksOf(String call) {
        return app.all("demo-admin", "/api/tasks?limit=200").stream()
                .filter(task -> task.get("sourceCallId").asText().equals(call))
                .toList();
    }
}
