package ai.cscx.chorus.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A client that reads the simulator as a careful stranger would. */
@NullMarked
final class SimulatorBrowser {
    static final String KEY = "sesame";
    static final Instant ANCHOR = Instant.parse("2026-11-22T18:00:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient http = HttpClient.newHttpClient();

    SimulatorBrowser(ChorusSimulator simulator) {
        this.base = simulator.baseUri();
    }

    static ChorusSimulator started(int calls, long seed) {
        return started(settings(calls, seed));
    }

    static ChorusSimulator.Settings settings(int calls, long seed) {
        return new ChorusSimulator.Settings(calls, seed, ANCHOR, 0, KEY);
    }

    static ChorusSimulator started(ChorusSimulator.Settings settings) {
        var simulator = new ChorusSimulator(settings);
        simulator.start();
        return simulator;
    }

    HttpResponse<byte[]> send(String method, String path, String... headers) {
        return send(method, URI.create(base + path), "", headers);
    }

    /** Sends a body as well, to any address. */
    HttpResponse<byte[]> send(String method, URI uri, String body, String... headers) {
        var request = HttpRequest.newBuilder(uri)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    HttpResponse<byte[]> get(String path) {
        return send("GET", path, "Authorization", KEY);
    }

    JsonNode json(String path) {
        return parsed(get(path).body());
    }

    /** As the dialect {@code calls} wants to be asked. */
    HttpResponse<byte[]> bearer(String path) {
        return send("GET", path, "Authorization", "Bearer " + KEY);
    }

    JsonNode call(String rest) {
        return parsed(bearer("/api/v1/calls" + rest).body());
    }

    static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    JsonNode detail(String id) {
        return json("/api/v1/conversations/" + id).path("data").path("attributes");
    }

    /** All rows of a window, page by page. */
    List<JsonNode> walk(@Nullable Instant min, @Nullable Instant max, String more) {
        var rows = new ArrayList<JsonNode>();
        String key = "";
        for (int page = 0; page < 2000; page++) {
            String query = "?x=1" + (min == null ? "" : "&min_date=" + min) + (max == null ? "" : "&max_date=" + max)
                    + more
                    + (key.isBlank() ? "" : "&continuation_key=" + URLEncoder.encode(key, StandardCharsets.UTF_8));
            JsonNode answer = json("/v3/engagements" + query);
            answer.path("engagements").forEach(rows::add);
            key = answer.path("continuation_key").asText("");
            if (key.isBlank()
                    || key.equals("null")
                    || answer.path("engagements").isEmpty()) {
                return rows;
            }
        }
        throw new AssertionError("The list does not end.");
    }

    /** All elements of the dialect {@code calls} between two days, page by page. */
    List<JsonNode> walkCalls(String start, String end, int limit) {
        var elements = new ArrayList<JsonNode>();
        String cursor = "";
        for (int page = 0; page < 2000; page++) {
            JsonNode answer = call("?start_date=" + start + "&end_date=" + end + "&limit=" + limit
                    + (cursor.isBlank() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
            answer.path("calls").forEach(elements::add);
            JsonNode pagination = answer.path("pagination");
            cursor = pagination.path("next_cursor").isTextual()
                    ? pagination.path("next_cursor").asText()
                    : "";
            if (cursor.isBlank()
                    || !pagination.path("has_more").asBoolean()
                    || answer.path("calls").isEmpty()) {
                return elements;
            }
        }
        throw new AssertionError("The list does not end.");
    }
}
