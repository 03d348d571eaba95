package ai.cscx.chorus.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.cscx.chorus.base.Failure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OpenAiEmbedderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SAID = "we are furious about the invoice";

    private final Deque<Integer> refusals = new ArrayDeque<>();
    private final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> waits = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private String vector = "[3, 4]";
    private boolean silent;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/embeddings", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.close();
    }

    @Test
    void texts_becomeVectorsOfLengthOne_inTheirOrder() {
        assertThat(embedder("bge-m3", 2, "sk-vectors").embed(List.of(SAID, "\u0000 ")))
                .containsExactly(new float[] {0.6f, 0.8f}, new float[] {0.6f, 0.8f});

        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst().get("input"))
                .extracting(JsonNode::asText)
                .containsExactly(SAID, ".");
        assertThat(requests.getFirst().get("model").asText()).isEqualTo("bge-m3");
        assertThat(requests.getFirst().has("dimensions")).isFalse();
        assertThat(keys).containsExactly("Bearer sk-vectors");
    }

    @Test
    void noTexts_askNothing() {
        assertThat(embedder("bge-m3", 2, null).embed(List.of())).isEmpty();
        assertThat(requests).isEmpty();
    }

    @Test
    void manyTexts_areAskedInBatches() {
        assertThat(embedder("bge-m3", 2, null).embed(Collections.nCopies(33, SAID)))
                .hasSize(33);
        assertThat(requests).hasSize(2);
    }

    @Test
    void modelWhoseSizeIsChosen_isToldTheDimensions() {
        embedder("text-embedding-3-small", 2, null).embed(List.of(SAID));

        assertThat(requests.getFirst().get("dimensions").asInt()).isEqualTo(2);
    }

    @Test
    void overloadedServer_isAskedAgain_twiceAtMost() {
        refusals.addAll(List.of(429, 503));
        assertThat(embedder("bge-m3", 2, null).embed(List.of(SAID))).hasSize(1);
        assertThat(waits).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(2));

        refusals.addAll(List.of(429, 429, 429));
        assertThat(failure(2)).hasMessageContaining("overloaded");
        assertThat(requests).hasSize(6);
    }

    @Test
    void refusals_sayWhatToDo_andNothingOfTheTexts() {
        refusals.add(401);
        assertThat(failure(2)).hasMessageContaining("CSCX_EMBEDDINGS_KEY");
        refusals.add(404);
        assertThat(failure(2)).hasMessageContaining("_MODEL");
        refusals.add(400);
        assertThat(failure(2)).hasMessageContaining("refuses the request");
        assertThat(waits).isEmpty();
    }

    @Test
    void vectorsOfAnotherSize_sayWhatToSet() {
        assertThat(failure(3)).hasMessageContaining("vectors of 2 numbers, not 3; set CSCX_EMBEDDINGS_DIMENSIONS=2");
    }

    @Test
    void uselessAnswers_areUnavailable() {
        vector = "[0, 0]";
        assertThat(failure(2)).hasMessageContaining("without a direction");
        vector = "\"" + SAID + "\"";
        assertThat(failure(2)).hasMessageContaining("as expected");
    }

    @Test
    void silentServer_isUnavailable_andNotAskedAgain() {
        silent = true;
        assertThat(failure(2)).hasMessageContaining("CSCX_EMBEDDINGS_URL");
        assertThat(waits).isEmpty();
    }

    @Test
    void settings_refuseToBeWrong_andPrintNoKey() {
        assertThatThrownBy(() -> new EmbeddingSettings.OpenAiCompatible(URI.create("http://a/v1"), null, " ", 2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new EmbeddingSettings.OpenAiCompatible(URI.create("http://a/v1"), "sk-secret", "m", 2).toString())
                .doesNotContain("sk-secret");
        assertThat(Embeddings.open(new EmbeddingSettings.Off())).isNull();
    }

    private Failure.Unavailable failure(int dimensions) {
        Failure.Unavailable failure = catchThrowableOfType(
                Failure.Unavailable.class,
                () -> embedder("bge-m3", dimensions, "sk-vectors").embed(List.of(SAID)));
        assertThat(failure).hasNoCause();
        assertThat(failure.getMessage()).doesNotContain(SAID, "sk-vectors");
        return failure;
    }

    private OpenAiEmbedder embedder(String model, int dimensions, @Nullable String key) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        return new OpenAiEmbedder(
                new EmbeddingSettings.OpenAiCompatible(url, key, model, dimensions),
                silent ? Duration.ofMillis(300) : Duration.ofSeconds(20),
                waits::add);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        requests.add(request);
        keys.add(Objects.requireNonNull(exchange.getRequestHeaders().getFirst("Authorization")));
        Integer refusal = refusals.poll();
        if (silent) {
            awaitEnd();
        }
        ArrayNode data = JSON.createArrayNode();
        for (int i = 0; i < request.get("input").size(); i++) {
            data.addObject().put("index", i).put("object", "embedding").set("embedding", JSON.readTree(vector));
        }
        JsonNode body = refusal == null
                ? JSON.createObjectNode()
                        .put("object", "list")
                        .put("model", "m")
                        .set("data", data)
                : JSON.createObjectNode().put("error", "cannot do: " + request.get("input"));
        byte[] bytes = body.toString().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(refusal == null ? 200 : refusal, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
