package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.cscx.chorus.customer.MatchingDomains;
import ai.cscx.chorus.search.EmbeddingSettings;
import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.slack.SlackSettings;
import ai.cscx.chorus.store.Databases;
import ai.cscx.chorus.store.PostgresUrl;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The whole application on the test servers, with the demo world of {@value #CALLS} calls synced, as somebody outside
 * sees it: over HTTP. Started once per run.
 */
public final class TestApplication implements AutoCloseable {
    static final int CALLS = 200;
    static final String ADMIN_TOKEN = "integration-test-admin";
    static final String WEBHOOK_SECRET = "integration-test-webhook";
    /** Of pages that may call from a browser. */
    public static final String PAGE_ORIGIN = "https://app.cscx.example";

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TestApplication APPLICATION = shared();

    private final Application application;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestApplication(Application application) {
        this.application = application;
    }

    public static TestApplication get() {
        return APPLICATION;
    }

    public ChorusSimulator simulator() {
        return Objects.requireNonNull(application.demo()).simulator();
    }

    public URI address() {
        return application.address();
    }

    /** An answer as it came. */
    public record Reply(int status, String body, HttpResponse<String> response) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException noJson) {
                throw new AssertionError("No JSON: " + body, noJson);
            }
        }
    }

    public Reply get(@Nullable String token, String path) {
        return send(request(token, path).GET().build());
    }

    public Reply post(@Nullable String token, String path, String body) {
        return send(request(token, path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    public HttpRequest.Builder request(@Nullable String token, String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(application.address() + path));
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    public Reply send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response);
        } catch (IOException failed) {
            throw new AssertionError("No answer", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Stopped", stopped);
        }
    }

    /** Asks the assistant. */
    public JsonNode ask(String token, String message) {
        Reply reply = post(
                token,
                "/api/chat",
                JSON.createObjectNode().put("message", message).toString());
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    /** All items of a list, page by page. */
    public List<JsonNode> all(String token, String path) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            Reply reply = get(token, path + cursor);
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            reply.json().get("items").forEach(items::add);
            JsonNode next = reply.json().get("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asText();
        } while (!cursor.isEmpty());
        return items;
    }

    /** Waits until the sync is over and gives its status. */
    public JsonNode finished(String syncId) {
        return await().pollInSameThread()
                .atMost(Duration.ofSeconds(120))
                .until(
                        () -> get("demo-admin", "/api/chorus/sync/" + syncId).json(),
                        status -> status.hasNonNull("finishedAt"));
    }

    /** Syncs the range (a JSON body) and gives the status at its end. */
    JsonNode sync(String range) {
        Reply reply = post("demo-admin", "/api/chorus/sync", range);
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        return finished(reply.json().get("syncId").asText());
    }

    private static TestApplication shared() {
        TestApplication started = start("it-app", TestServers.get().database(), CALLS);
        Runtime.getRuntime().addShutdownHook(new Thread(started.application::close));
        return started;
    }

    /** An application of the test's own on an empty database, for what would disturb others. The test closes it. */
    static TestApplication own(String name, int calls) {
        return start(name, Databases.create(), calls);
    }

    @Override
    public void close() {
        application.close();
    }

    private static TestApplication start(String name, PostgresUrl database, int calls) {
        Path data = Path.of("target", name).toAbsolutePath();
        TestServers.deleteAll(data);
        try {
            Files.createDirectories(data);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        Config config = new Config(
                "127.0.0.1",
                0,
                data,
                new Config.External(database, TestServers.get().openSearch()),
                true,
                ADMIN_TOKEN,
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                WEBHOOK_SECRET,
                NOW,
                Duration.ofDays(400),
                Duration.ofMinutes(10),
                600,
                4,
                MatchingDomains.NONE,
                Path.of("prompts").toAbsolutePath(),
                null,
                null,
                false,
                new EmbeddingSettings.Off(),
                0.25,
                Set.of(PAGE_ORIGIN),
                null,
                SlackSettings.OFF);
        Application application = new Application(config, Clock.systemUTC(), calls);
        application.start();
        TestApplication started = new TestApplication(application);
        String first = started.get("demo-admin", "/api/chorus/sync")
                .json()
                .get("items")
                .get(0)
                .get("id")
                .asText();
        started.finished(first);
        return started;
    }
}
