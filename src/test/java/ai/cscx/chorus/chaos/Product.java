package ai.cscx.chorus.chaos;

import ai.cscx.chorus.MainBesideSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The product in a process of its own, which may be killed and started again at another port. */
final class Product implements AutoCloseable {
    static final String TOKEN = "chaos-admin-token-1";
    static final int WORKERS = 8;
    private static final String WEBHOOK_SECRET = "chaos-webhook-secret-0123456789abcdef";
    private static final Pattern READY = Pattern.compile("Ready: (http://\\S+)");
    private static final Duration SYNCED = Duration.ofMinutes(8);

    private final String database;
    private final Program program;
    private final URI address;
    private final Peer api;

    private Product(String database, Program program) {
        this.database = database;
        this.program = program;
        this.address = URI.create(program.ready().group(1));
        this.api = new Peer(address, TOKEN);
    }

    static Product start(Stores stores, String database, Path directory, String name) {
        return new Product(
                database,
                Program.start(
                        MainBesideSimulator.class,
                        List.of("-Xmx512m", "-Dcscx.logRequests=true"),
                        List.of(),
                        Map.ofEntries(
                                Map.entry("DATABASE_URL", stores.url(database)),
                                Map.entry("OPENSEARCH_URL", stores.openSearch().toString()),
                                Map.entry("CSCX_MASTER_KEY", Stores.MASTER_KEY),
                                Map.entry("CSCX_ADMIN_TOKEN", TOKEN),
                                Map.entry("CSCX_HOST", "127.0.0.1"),
                                Map.entry("CSCX_PORT", "0"),
                                Map.entry("CSCX_DATA_DIR", directory.toString()),
                                Map.entry("CSCX_WORKERS", Integer.toString(WORKERS)),
                                Map.entry("CHORUS_WEBHOOK_SECRET", WEBHOOK_SECRET),
                                Map.entry("CSCX_EMBEDDINGS", "off"),
                                Map.entry("CSCX_CHORUS_REQUESTS_PER_MINUTE", "6000")),
                        READY,
                        directory.resolve(name + ".log")));
    }

    String database() {
        return database;
    }

    URI address() {
        return address;
    }

    Peer api() {
        return api;
    }

    /** {@code kill -9}. */
    void kill() {
        program.kill();
    }

    /** Connects it to a Chorus; returns the sync that begins by itself. */
    String connect(URI chorus, String dialect) {
        return api.post(
                        "/api/integrations/chorus/connect",
                        Map.of(
                                "authType",
                                "api_key",
                                "apiKey",
                                ChaosSimulator.API_KEY,
                                "baseUrl",
                                chorus.toString(),
                                "dialect",
                                dialect))
                .ok("connect")
                .path("syncId")
                .asText();
    }

    /** Chorus calls back. Whether anybody hears it is for the seed to say: webhooks may get lost. */
    int hint(String externalId) {
        return api.post(
                        "/api/chorus/webhook?key=" + WEBHOOK_SECRET,
                        Map.of("event", "recording_done", "engagement_id", externalId))
                .status();
    }

    String sync() {
        return api.post("/api/chorus/sync", Map.of()).ok("sync").path("syncId").asText();
    }

    List<JsonNode> syncs() {
        return api.all("/api/chorus/sync?limit=200");
    }

    boolean idle() {
        return syncs().stream().allMatch(sync -> sync.hasNonNull("finishedAt"));
    }

    /** Returns when no sync is running. */
    void awaitIdle() {
        Awaitility.await("no sync is running")
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(100))
                .atMost(SYNCED)
                .until(this::idle);
    }

    /** Our id of every call that is here, by Chorus's. */
    Map<String, String> calls() {
        Map<String, String> calls = new HashMap<>();
        api.all("/api/chorus/meetings?limit=200")
                .forEach(call -> calls.put(
                        call.path("externalId").asText(), call.path("id").asText()));
        return calls;
    }

    /** What it acknowledges now, or nothing if it is too busy to say. */
    List<String> acknowledged() {
        List<String> lines = new ArrayList<>();
        try {
            calls().forEach((external, id) -> lines.add("call " + external + " " + id));
        } catch (UncheckedIOException | IllegalStateException busy) {
            return List.of();
        }
        return lines;
    }

    @Override
    public void close() {
        program.close();
    }
}
