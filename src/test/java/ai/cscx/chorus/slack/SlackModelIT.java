package ai.cscx.chorus.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.cscx.chorus.store.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bot with a language model that takes its time and talks a lot. */
class SlackModelIT {
    /** A message that the command model is not sure of. */
    private static final String FREE = "Hmm, so how did the mood around money shift for them, in your view?";

    private static final String LONG = "They want a discount [1]. ".repeat(500);

    private final CountDownLatch thinking = new CountDownLatch(1);
    private final CountDownLatch thought = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer model;
    private SlackRig rig;

    @BeforeEach
    void start() throws IOException {
        model = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        model.createContext("/v1/chat/completions", this::think);
        model.setExecutor(threads);
        model.start();
        rig = new SlackRig("http://127.0.0.1:" + model.getAddress().getPort() + "/v1");
    }

    @AfterEach
    void stop() {
        thought.countDown();
        rig.close();
        model.stop(0);
        threads.shutdownNow();
    }

    /** Looks something up, then thinks until the test lets go, then says a lot. */
    private void think(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Map<String, Object> message;
        if (request.contains("\"role\" : \"tool\"") || request.contains("\"role\":\"tool\"")) {
            thinking.countDown();
            try {
                thought.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            message = Map.of("role", "assistant", "content", LONG);
        } else {
            Map<String, String> function =
                    Map.of("name", "search_transcripts", "arguments", "{\"query\":\"discount\"}");
            message = Map.of(
                    "role",
                    "assistant",
                    "tool_calls",
                    List.of(Map.of("id", "call_1", "type", "function", "function", function)));
        }
        byte[] body = Json.write(Map.of(
                        "id",
                        "c1",
                        "object",
                        "chat.completion",
                        "created",
                        1,
                        "model",
                        "scripted",
                        "choices",
                        List.of(Map.of("index", 0, "message", message, "finish_reason", "stop")),
                        "usage",
                        Map.of("prompt_tokens", 1, "completion_tokens", 1, "total_tokens", 2)))
                .getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void slowModel_keepsNobodyWaiting_andItsLongAnswerComesInSeveralMessages() throws InterruptedException {
        long began = System.nanoTime();
        String ts = rig.dm(SlackRig.MARIA, "D1", FREE, null);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        thinking.await();
        assertThat(rig.slack.posts("D1")).extracting(FakeSlack.Post::words).containsExactly(Phrases.THINKING);
        rig.dm(SlackRig.TOM, "D2", "help", null);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !rig.slack.posts("D2").isEmpty()
                        && !rig.slack.posts("D2").getFirst().words().equals(Phrases.THINKING));

        thought.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> rig.waiting() == 0);

        List<FakeSlack.Post> parts = rig.slack.posts("D1");
        assertThat(LONG).hasSize(13_000);
        assertThat(parts)
                .hasSizeGreaterThanOrEqualTo(2)
                .extracting(FakeSlack.Post::thread)
                .containsOnly(ts);
        String words = parts.stream()
                .map(FakeSlack.Post::words)
                .collect(Collectors.joining("\n"))
                .replaceAll("\\s+", " ");
        assertThat(words.split("They want a discount <https://chorus.ai/meeting/E-1\\?t=6\\|\\[1]>", -1))
                .hasSize(501);
        assertThat(words).doesNotContain(Phrases.THINKING);
    }
}
