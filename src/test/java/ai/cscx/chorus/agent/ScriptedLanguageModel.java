package ai.cscx.chorus.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.store.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An OpenAI-compatible server that says what a test wrote down, in order; the last line again and again. */
final class ScriptedLanguageModel implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Deque<Line> script = new ArrayDeque<>();
    private final List<JsonNode> requests = new ArrayList<>();

    private record Line(int status, String body, boolean silent) {}

    ScriptedLanguageModel() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/v1/chat/completions", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    ScriptedLanguageModel says(String text) {
        return raw(200, completion(Map.of("role", "assistant", "content", text), "stop"));
    }

    ScriptedLanguageModel calls(String tool, String arguments) {
        Map<String, Object> function = Map.of("name", tool, "arguments", arguments);
        Map<String, Object> call = Map.of("id", "call_" + script.size(), "type", "function", "function", function);
        return raw(200, completion(Map.of("role", "assistant", "tool_calls", List.of(call)), "tool_calls"));
    }

    ScriptedLanguageModel raw(int status, String body) {
        script.add(new Line(status, body, false));
        return this;
    }

    /** Takes the request and never answers. */
    ScriptedLanguageModel fallsSilent() {
        script.add(new Line(200, "", true));
        return this;
    }

    synchronized List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Line line;
        synchronized (this) {
            requests.add(Json.MAPPER.readTree(exchange.getRequestBody()));
            line = script.size() > 1 ? script.remove() : script.element();
        }
        if (line.silent()) {
            try {
                closed.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        byte[] body = line.body().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(line.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String completion(Map<String, Object> message, String reason) {
        return Json.write(Map.of(
                "id",
                "c1",
                "object",
                "chat.completion",
                "created",
                1,
                "model",
                "scripted",
                "choices",
                List.of(Map.of("index", 0, "message", message, "finish_reason", reason)),
                "usage",
                Map.of("prompt_tokens", 11, "completion_tokens", 3, "total_tokens", 14)));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
