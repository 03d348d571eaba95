package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.cscx.chorus.simulator.NewCall;
import ai.cscx.chorus.simulator.SimulatedCall.State;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Saved searches while calls come from Chorus, change, and go. Each test speaks of a thing that no other call does. */
class AlertsIT {
    private static final String EVERYTHING = "{}";
    private static TestApplication app;

    @BeforeAll
    static void start() {
        app = TestApplication.own("alerts", 20);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void newCall_alertsItsOwnerOnce_whateverIsSyncedAgain() {
        save("demo-csm", "turquoise zebra");
        save("demo-csm-2", "turquoise zebra");
        String call = add("Dana Whitfield", State.DONE, "We call it the turquoise zebra.");

        app.sync(EVERYTHING);

        JsonNode alert = awaitAlerts("demo-csm", "turquoise zebra", 1).getFirst();
        assertThat(alert.get("quote").asText()).isEqualTo("We call it the turquoise zebra.");
        assertThat(alert.get("url").asText()).contains("t=");
        assertThat(alert.get("callId").asText()).isEqualTo(here(call).get("id").asText());
        app.simulator().changes().retitle(call, "Another title");
        app.sync(EVERYTHING);
        app.sync(EVERYTHING);
        fence();
        assertThat(alerts("demo-csm", "turquoise zebra")).hasSize(1);
        assertThat(alerts("demo-csm", "turquoise zebra").getFirst().get("id")).isEqualTo(alert.get("id"));
        assertThat(alerts("demo-csm-2", "turquoise zebra")).isEmpty();
    }

    @Test
    void callThatIsHereAlready_doesNotAlert_whenItChanges() {
        String call = add("Dana Whitfield", State.DONE, "The copper lighthouse is lit.");
        app.sync(EVERYTHING);
        save("demo-csm", "copper lighthouse");

        app.simulator().changes().retitle(call, "Another title");
        app.sync(EVERYTHING);
        fence();

        assertThat(alerts("demo-csm", "copper lighthouse")).isEmpty();
    }

    @Test
    void lateTranscript_ofACallThatWasHere_alerts() {
        String call = add("Dana Whitfield", State.PROCESSING, "A velvet submarine, please.");
        app.sync(EVERYTHING);
        assertThat(here(call).get("transcript").asText()).isEqualTo("pending");
        save("demo-csm", "velvet submarine");

        app.simulator().changes().transcriptReady(call);
        app.sync(EVERYTHING);

        awaitAlerts("demo-csm", "velvet submarine", 1);
    }

    @Test
    void historyThatABackfillBrings_doesNotAlert() {
        save("demo-csm", "marble accordion");
        String call = add("Dana Whitfield", State.DONE, "Play the marble accordion.");

        JsonNode connected = app.post(
                        "demo-admin",
                        "/api/integrations/chorus/connect",
                        "{\"authType\": \"api_key\", \"apiKey\": \"demo-chorus-key\", \"baseUrl\": \""
                                + app.simulator().baseUri() + "\"}")
                .json();
        app.finished(connected.get("syncId").asText());
        assertThat(here(call).get("transcript").asText()).isEqualTo("available");
        fence();

        assertThat(alerts("demo-csm", "marble accordion")).isEmpty();
    }

    @Test
    void deletedCall_takesItsAlert_andBringsItBack() {
        save("demo-csm", "silver anchor");
        String call = add("Dana Whitfield", State.DONE, "The silver anchor holds.");
        app.sync(EVERYTHING);
        JsonNode alert = awaitAlerts("demo-csm", "silver anchor", 1).getFirst();

        app.simulator().changes().delete(call);
        app.sync(EVERYTHING);
        assertThat(alerts("demo-csm", "silver anchor")).isEmpty();
        app.simulator().changes().restore(call);
        app.sync(EVERYTHING);

        assertThat(alerts("demo-csm", "silver anchor")).containsExactly(alert);
    }

    @Test
    void callThatBecomesPrivate_takesItsAlertForGood() {
        save("demo-csm", "wooden comet");
        String call = add("Dana Whitfield", State.DONE, "Look at the wooden comet.");
        app.sync(EVERYTHING);
        awaitAlerts("demo-csm", "wooden comet", 1);

        app.simulator().changes().makePrivate(call);
        app.sync(EVERYTHING);

        assertThat(alerts("demo-csm", "wooden comet")).isEmpty();
    }

    @Test
    void deletedSearch_isGoneWithItsAlerts_andTellsNothingMore() {
        String search = save("demo-csm", "paper volcano");
        add("Dana Whitfield", State.DONE, "A paper volcano erupts.");
        app.sync(EVERYTHING);
        awaitAlerts("demo-csm", "paper volcano", 1);

        int status = app.send(app.request("demo-csm", "/api/searches/" + search)
                        .method("DELETE", BodyPublishers.noBody())
                        .build())
                .status();
        assertThat(status).isEqualTo(204);
        add("Dana Whitfield", State.DONE, "Another paper volcano.");
        app.sync(EVERYTHING);
        fence();

        assertThat(alerts("demo-csm", "paper volcano")).isEmpty();
    }

    /** Checks are made in their order: when the newest call alerted, all before it were checked. */
    private static void fence() {
        int before = alerts("demo-admin", "granite flamingo").size();
        if (before == 0) {
            save("demo-admin", "granite flamingo");
        }
        add("Dana Whitfield", State.DONE, "A granite flamingo at the fence.");
        app.sync(EVERYTHING);
        awaitAlerts("demo-admin", "granite flamingo", before + 1);
    }

    private static String save(String token, String phrase) {
        TestApplication.Reply reply =
                app.post(token, "/api/searches", "{\"name\": \"" + phrase + "\", \"q\": \"\\\"" + phrase + "\\\"\"}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        return reply.json().get("id").asText();
    }

    /** A call of a customer of this person's, yesterday, in which this is said. */
    private static String add(String owner, State state, String said) {
        String account = app.simulator().world().roster().customers().stream()
                .filter(customer -> customer.owner().equals(owner))
                .findFirst()
                .orElseThrow()
                .key();
        String call = app.simulator()
                .changes()
                .add(new NewCall(TestApplication.NOW.minus(Duration.ofDays(1)), account, 5, state));
        app.simulator().changes().correctUtterance(call, 1, said);
        return call;
    }

    private static List<JsonNode> awaitAlerts(String token, String phrase, int number) {
        return await().pollInSameThread()
                .atMost(Duration.ofSeconds(30))
                .until(() -> alerts(token, phrase), found -> found.size() == number);
    }

    private static List<JsonNode> alerts(String token, String phrase) {
        return app.all(token, "/api/alerts?limit=200").stream()
                .filter(alert -> alert.get("searchName").asText().equals(phrase))
                .toList();
    }

    private static JsonNode here(String externalId) {
        return app.all("demo-admin", "/api/chorus/meetings?limit=200").stream()
                .filter(call -> call.get("externalId").asText().equals(externalId))
                .findFirst()
                .orElseThrow();
    }
}
