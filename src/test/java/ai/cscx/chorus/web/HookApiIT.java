package ai.cscx.chorus.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.call.Side;
import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Others are told of changes: signed, again and again, and never where they should not be. */
class HookApiIT {
    private static final Queue<Received> RECEIVED = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger ANSWER = new AtomicInteger(204);
    private static HttpRig rig;
    private static HttpServer receiver;
    private static String address;

    private record Received(HttpHeaders headers, String body) {
        JsonNode json() throws IOException {
            return WireJson.MAPPER.readTree(body);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        rig = new HttpRig();
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            RECEIVED.add(new Received(HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true), body));
            exchange.sendResponseHeaders(ANSWER.get(), -1);
            exchange.close();
        });
        receiver.start();
        address = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/in";
    }

    @AfterAll
    static void stop() {
        receiver.stop(0);
        rig.close();
    }

    @AfterEach
    void forget() {
        rig.get(HttpRig.ADMIN, "/api/hooks")
                .json()
                .get("items")
                .forEach(hook -> rig.send(
                        HttpRig.ADMIN, "DELETE", "/api/hooks/" + hook.get("id").asText(), null));
        RECEIVED.clear();
        ANSWER.set(204);
    }

    @Test
    void taskThatIsMadeAndChanged_isToldOnce_signed() throws IOException, WebhookVerificationException {
        String secret = added("task.created", "task.updated");
        String task = task("Ring the bank");
        rig.send(HttpRig.ADMIN, "PATCH", "/api/tasks/" + task, "{\"status\": \"done\"}");
        rig.send(HttpRig.ADMIN, "PATCH", "/api/tasks/" + task, "{\"status\": \"done\"}");

        rig.features.hooks().deliver();
        rig.features.hooks().deliver();

        assertThat(RECEIVED).hasSize(2);
        for (Received received : RECEIVED) {
            new Webhook(secret).verify(received.body(), received.headers().map());
            assertThat(received.json().at("/data/id").asText()).isEqualTo(task);
        }
        assertThat(RECEIVED.stream().map(HookApiIT::type)).containsExactlyInAnyOrder("task.created", "task.updated");
        assertThat(deliveries("delivered")).hasSize(2);
    }

    @Test
    void taskOfAnItem_isToldInItsTransaction_andOneThatIsRolledBackIsNot() {
        added("task.created");
        new CallDraft("H-1", "2026-11-12T10:00:00Z")
                .ours("Maria Lopez", "Something that nobody else may read.")
                .listed("1", "Send the plan", null, Side.INTERNAL)
                .save(rig, rig.northwind);
        rig.database.inTransaction(handle -> {
            handle.execute("INSERT INTO tasks (title) VALUES ('Never')");
            handle.rollback();
            return 0;
        });

        rig.features.hooks().deliver();

        assertThat(RECEIVED).hasSize(1);
        assertThat(RECEIVED.element().body()).contains("Send the plan").doesNotContain("nobody else");
    }

    @Test
    void healthThatChanged_isTold_withTheBandBefore() throws IOException {
        added("health.changed");
        rig.database.transact(handle -> {
            handle.execute("DELETE FROM chorus_health WHERE customer_id = ?", rig.globex.value());
            handle.execute(
                    "INSERT INTO chorus_health (customer_id, day, mapping, categories, score, band, components, trend, computed_at)"
                            + " VALUES (?, '2026-11-22', 0, 0, 71.2, 'good', '[]', '[]', now())",
                    rig.globex.value());
            handle.execute("UPDATE chorus_health SET score = 71.3 WHERE customer_id = ?", rig.globex.value());
            handle.execute(
                    "UPDATE chorus_health SET score = 41, band = 'poor' WHERE customer_id = ?", rig.globex.value());
        });

        rig.features.hooks().deliver();

        assertThat(RECEIVED).hasSize(2);
        JsonNode last = RECEIVED.stream()
                .filter(received -> received.body().contains("poor"))
                .findFirst()
                .orElseThrow()
                .json()
                .get("data");
        assertThat(last.get("previousBand").asText()).isEqualTo("good");
        assertThat(last.get("score").asDouble()).isEqualTo(41);
        assertThat(last.get("weight").asDouble()).isEqualTo(15);
    }

    @Test
    void receiverThatFails_isTriedAgain_thenDead_andReplayed() {
        added("task.created");
        ANSWER.set(500);
        task("Order the cake");
        rig.features.hooks().deliver();
        rig.features.hooks().deliver();
        assertThat(RECEIVED).as("waits before the second try").hasSize(1);
        JsonNode waiting = deliveries("pending").getFirst();
        assertThat(waiting.get("attempts").asInt()).isOne();
        assertThat(waiting.get("lastStatus").asInt()).isEqualTo(500);

        rig.database.transact(
                handle -> handle.execute(
                        "UPDATE chorus_hook_deliveries SET next_at = now(), since = now() - interval '3 days' WHERE state = 'pending'"));
        rig.features.hooks().deliver();
        assertThat(RECEIVED).hasSize(2);
        assertThat(RECEIVED.stream().map(received -> received.headers().firstValue("webhook-id")))
                .as("the same id for every try")
                .containsOnly(RECEIVED.element().headers().firstValue("webhook-id"));
        assertThat(deliveries("dead")).hasSize(1);

        ANSWER.set(200);
        assertThat(rig.send(HttpRig.ADMIN, "POST", "/api/hooks/deliveries/replay", null)
                        .json()
                        .get("replayed")
                        .asInt())
                .isOne();
        rig.features.hooks().deliver();
        assertThat(deliveries("delivered")).hasSize(1);
    }

    @Test
    void receiverThatIsGone_isToldNoMore() {
        added("task.created");
        ANSWER.set(410);
        task("First");
        rig.features.hooks().deliver();
        task("Second");
        rig.features.hooks().deliver();

        assertThat(RECEIVED).hasSize(1);
        assertThat(rig.get(HttpRig.ADMIN, "/api/hooks")
                        .json()
                        .at("/items/0/enabled")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void addressThatMayNotBeAsked_andUnknownEvent_areRefused() {
        for (String url : List.of("http://10.0.0.1/x", "https://169.254.169.254/latest", "ftp://example.com", "")) {
            HttpRig.Reply reply = rig.send(
                    HttpRig.ADMIN, "POST", "/api/hooks", "{\"url\": \"" + url + "\", \"events\": [\"task.created\"]}");
            assertThat(reply.status()).as(url).isEqualTo(422);
            assertThat(reply.response().body()).contains("/url");
        }
        assertThat(rig.send(
                                HttpRig.ADMIN,
                                "POST",
                                "/api/hooks",
                                "{\"url\": \"" + address + "\", \"events\": [\"call.made\"]}")
                        .response()
                        .body())
                .contains("/events");
    }

    @Test
    void hooks_areAnAdminsAlone_andShowTheirSecretOnce() {
        String secret = added("task.created");
        assertThat(rig.get(HttpRig.MARIA, "/api/hooks").status()).isEqualTo(403);
        assertThat(rig.get(HttpRig.ADMIN, "/api/hooks").response().body()).doesNotContain(secret);
        List<byte[]> kept = rig.database.read(handle -> handle.createQuery("SELECT secret_sealed FROM chorus_hooks")
                .mapTo(byte[].class)
                .list());
        assertThat(kept)
                .allSatisfy(bytes -> assertThat(new String(bytes, UTF_8)).doesNotContain("whsec"));
    }

    private static String type(Received received) {
        try {
            return received.json().get("type").asText();
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static String added(String... events) {
        HttpRig.Reply reply = rig.send(
                HttpRig.ADMIN,
                "POST",
                "/api/hooks",
                "{\"url\": \"" + address + "\", \"events\": [\"" + String.join("\", \"", events) + "\"]}");
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
        return reply.json().get("secret").asText();
    }

    private static String task(String title) {
        HttpRig.Reply reply = rig.send(HttpRig.ADMIN, "POST", "/api/tasks", "{\"title\": \"" + title + "\"}");
        assertThat(reply.status()).isEqualTo(201);
        return reply.json().get("id").asText();
    }

    private static List<JsonNode> deliveries(String state) {
        return rig.get(HttpRig.ADMIN, "/api/hooks/deliveries?state=" + state)
                .json()
                .get("items")
                .valueStream()
                .toList();
    }
}
