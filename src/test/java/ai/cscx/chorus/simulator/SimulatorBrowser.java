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
        var simulator = new ChorusSimulator(new ChorusSimulator.Settings(calls, seed, ANCHOR, 0, KEY));
        simulator.start();
        return simulator;
    }

    HttpResponse<byte[]> send(String method, String path, String... headers) {
        var request =
                HttpRequest.newBuilder(URI.create(base + path)).method(method, HttpRequest.BodyPublishers.noBody());
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
}
