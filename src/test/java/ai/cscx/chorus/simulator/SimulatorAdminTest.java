package ai.cscx.chorus.simulator;

import static ai.cscx.chorus.simulator.SimulatorBrowser.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorAdminTest {
    private static final String ME = "/api/v1/users/me";
    private static final String HOOKS = "/v3/webhook";
    private ChorusSimulator simulator;
    private SimulatorBrowser browser;

    @BeforeEach
    void start() {
        simulator = SimulatorBrowser.started(60, 7);
        browser = new SimulatorBrowser(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void faults_areAddedListedAndCleared() {
        assertThat(post("/faults", "{'kind':'status-503','target':'me','times':2}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("/faults", "{'kind':'dribble','target':'list','probability':0.5,'seed':3,'seconds':1}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.get(ME).statusCode()).isEqualTo(503);
        JsonNode listed = SimulatorBrowser.parsed(admin("GET", "/faults", "").body());

        assertThat(listed).hasSize(2);
        assertThat(listed.get(0).path("struck").asInt()).isEqualTo(1);
        admin("DELETE", "/faults", "");
        assertThat(browser.get(ME).statusCode()).isEqualTo(200);
    }

    @Test
    void everyAction_onACall_isDone() {
        String id = simulator.world().listed().getLast().id();
        for (String body : List.of(
                "{'action':'processing'}",
                "{'action':'transcript-ready'}",
                "{'action':'private'}",
                "{'action':'delete'}",
                "{'action':'restore'}",
                "{'action':'retitle','title':'Renamed'}",
                "{'action':'add-participant','name':'Late Comer','email':'late@comer.example','side':'external'}",
                "{'action':'add-action-item','text':'Send the minutes','owner':'Late Comer'}",
                "{'action':'correct-utterance','index':2,'text':'Really said.'}")) {
            assertThat(post("/calls/" + id, body).statusCode()).as(body).isEqualTo(200);
        }
        SimulatedCall call = Objects.requireNonNull(simulator.world().call(id));
        assertThat(call.version()).isEqualTo(9);
        assertThat(call.title()).isEqualTo("Renamed");
        assertThat(call.script().utterances().get(2).text()).isEqualTo("Really said.");
    }

    @Test
    void newCall_isMadeAndNamed() {
        var made = post("/calls", "{'start':'2026-11-23T09:00:00Z','account':'acm','minutes':5}");

        assertThat(made.statusCode()).isEqualTo(201);
        String id = SimulatorBrowser.parsed(made.body()).path("id").asText();
        assertThat(browser.get("/api/v1/conversations/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void rightsKeyAndLimit_areSwitched() {
        post("/rights", "{'lost':true}");
        assertThat(browser.json("/v3/engagements").path("engagements")).isEmpty();
        post("/rights", "{'lost':false}");
        post("/key", "{'revoked':true}");
        assertThat(browser.get(ME).statusCode()).isEqualTo(401);
        post("/key", "{'revoked':false}");
        post("/limit", "{'requestsPerMinute':1}");
        assertThat(browser.get(ME).statusCode()).isEqualTo(200);
        assertThat(browser.get(ME).statusCode()).isEqualTo(429);
        post("/limit", "{'requestsPerMinute':null}");
        assertThat(browser.get(ME).statusCode()).isEqualTo(200);
    }

    @Test
    void unknownWords_areRefusedWithThoseThatAreKnown() {
        String id = simulator.world().listed().getFirst().id();

        assertThat(refused("/faults", "{'kind':'nonsense'}")).contains("gzip-bomb");
        assertThat(refused("/faults", "{'kind':'dribble','tims':1}")).contains("tims", "probability");
        assertThat(refused("/calls/" + id, "{'action':'vanish'}")).contains("transcript-ready");
        assertThat(refused("/calls/" + id, "{'action':'retitle'}")).contains("title");
        assertThat(refused("/calls", "{'start':'soon','minutes':5}")).isNotBlank();
        assertThat(refused("/rights", "{'lost':'yes'}")).contains("true or false");
        assertThat(refused("/limit", "{'requestsPerMinute':0}")).contains("at least 1");
        assertThat(refused("/key", "[]")).contains("JSON object");
        assertThat(post("/nothing", "{}").statusCode()).isEqualTo(404);
        assertThat(post("/calls/none", "{'action':'delete'}").statusCode()).isEqualTo(404);
    }

    @Test
    void webhook_isRegisteredListedFiredAndRemoved() throws IOException, InterruptedException {
        var received = new LinkedBlockingQueue<String>();
        HttpServer listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        listener.start();
        try {
            String url = "http://127.0.0.1:" + listener.getAddress().getPort() + "/secret";
            String removal = "{'hook_url':'" + url + "'}";
            String registration = "{'event':'recording_done','hook_url':'" + url + "'}";
            assertThat(hooks("POST", registration).statusCode()).isEqualTo(200);
            assertThat(hooks("POST", registration).statusCode()).isEqualTo(200);
            JsonNode listed = browser.json(HOOKS).path("webhooks");
            assertThat(listed).hasSize(1);
            assertThat(listed.get(0).path("url").asText()).isEqualTo(url);
            assertThat(listed.get(0).path("events").get(0).path("event_name").asText())
                    .isEqualTo("recording_done");
            JsonNode fired = SimulatorBrowser.parsed(
                    post("/webhooks/fire", "{'callId':'ABC'}").body());
            assertThat(fired.get(0).path("status").asInt()).isEqualTo(204);
            assertThat(received.poll(5, TimeUnit.SECONDS)).contains("\"engagement_id\":\"ABC\"");
            assertThat(hooks("DELETE", removal).statusCode()).isEqualTo(200);
            assertThat(hooks("DELETE", removal).statusCode()).isEqualTo(404);
            assertThat(simulator.webhooks().fire("ABC")).isEmpty();
        } finally {
            listener.stop(0);
        }
    }

    @Test
    void webhook_thatNobodyAnswers_orWithAnUnknownEvent_isReported() {
        assertThat(hooks("POST", "{'event':'other','hook_url':'http://127.0.0.1:1/x'}")
                        .statusCode())
                .isEqualTo(400);
        hooks("POST", "{'event':'recording_done','hook_url':'http://127.0.0.1:1/x'}");

        assertThat(simulator.webhooks().fire("ABC")).containsExactly(new Webhooks.Call("http://127.0.0.1:1/x", 0));
        assertThat(browser.send("GET", HOOKS).statusCode()).isEqualTo(401);
    }

    private String refused(String path, String body) {
        var answer = post(path, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        return SimulatorBrowser.parsed(answer.body()).path("error").asText();
    }

    private HttpResponse<byte[]> post(String path, String body) {
        return admin("POST", path, body);
    }

    private HttpResponse<byte[]> hooks(String method, String body) {
        return browser.send(
                method, URI.create(simulator.baseUri() + HOOKS), body.replace('\'', '"'), "Authorization", KEY);
    }

    private HttpResponse<byte[]> admin(String method, String path, String body) {
        return browser.send(method, URI.create(simulator.adminUri() + path), body.replace('\'', '"'));
    }
}
