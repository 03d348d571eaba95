package ai.cscx.chorus.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Failure;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What we make of answers that a healthy OpenSearch does not give. */
class OpenSearchAnswersTest {
    private static final CallId CALL = new CallId(UUID.randomUUID());

    @Test
    void bulk_itemThatWasTurnedAway_isUnavailable() throws IOException {
        String answer = """
                {"took": 1, "errors": true, "items": [
                  {"delete": {"_index": "i", "_id": "1", "status": 200, "result": "deleted", "_version": 1}},
                  {"delete": {"_index": "i", "_id": "2", "status": 429,
                    "error": {"type": "rejected_execution_exception", "reason": "queue is full of secrets"}}}]}
                """;

        assertThatThrownBy(() -> bulk(200, answer))
                .isInstanceOf(Failure.Unavailable.class)
                .hasMessageContaining("429")
                .hasMessageNotContaining("secrets");
    }

    @Test
    void bulk_itemThatIsWrong_isOurDefectAndTellsNoText() throws IOException {
        String answer = """
                {"took": 1, "errors": true, "items": [
                  {"delete": {"_index": "i", "_id": "2", "status": 400,
                    "error": {"type": "mapper_parsing_exception", "reason": "cannot parse 'what Paula said'"}}}]}
                """;

        assertThatThrownBy(() -> bulk(200, answer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mapper_parsing_exception")
                .hasMessageNotContaining("Paula")
                .hasNoCause();
    }

    @Test
    void bulk_answerOfAProxy_isUnavailable() throws IOException {
        assertThatThrownBy(() -> bulk(502, "<html>Bad gateway</html>")).isInstanceOf(Failure.Unavailable.class);
    }

    @Test
    void userOfTheUrl_isSentAsBasicAuthentication() throws IOException {
        AtomicReference<@Nullable String> sent = new AtomicReference<>();
        HttpServer server = server(401, "{\"error\": {\"type\": \"security_exception\"}, \"status\": 401}", sent);
        try (OpenSearchConnection connection = new OpenSearchConnection(URI.create(
                "http://ada:pass%20word@127.0.0.1:" + server.getAddress().getPort()))) {
            connection.open();

            assertThatThrownBy(() -> new OpenSearchPassages(connection).count())
                    .isInstanceOf(Failure.Unavailable.class)
                    .hasMessageContaining("refuses our user")
                    .hasMessageNotContaining("pass");
            assertThat(sent.get()).isEqualTo("Basic YWRhOnBhc3Mgd29yZA==");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void serverThatNeverAnswers_isUnavailable() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                OpenSearchConnection connection = new OpenSearchConnection(
                        URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(200))) {
            connection.open();

            assertThatThrownBy(() -> new OpenSearchPassages(connection).count())
                    .isInstanceOf(Failure.Unavailable.class)
                    .hasMessageStartingWith("The search index does not answer; ");
        }
    }

    private static void bulk(int status, String answer) throws IOException {
        HttpServer server = server(status, answer, new AtomicReference<>());
        try (OpenSearchConnection connection = new OpenSearchConnection(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()))) {
            connection.open();
            new OpenSearchPassages(connection)
                    .write(List.of(new OpenSearchPassages.CallPassages(CALL, null, List.of(), 2)));
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer server(int status, String answer, AtomicReference<@Nullable String> authorization)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = answer.getBytes(UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders()
                    .add("Content-Type", answer.startsWith("<") ? "text/html" : "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
