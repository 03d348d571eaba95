package ai.cscx.chorus.bench;

import ai.cscx.chorus.simulator.Roster;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The product as a process of its own, with embedded servers in a folder and without the demo world. */
public final class Product implements AutoCloseable {
    public static final String TOKEN = "benchmark-admin-token";
    static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final int heapMegabytes;
    private final List<String> options;
    private final Map<String, String> settings = new HashMap<>(Map.of("CSCX_EMBEDDINGS", "off"));
    private final HttpClient http = HttpClient.newHttpClient();
    private int port;
    private @Nullable Process process;

    /**
     * @param options further ones of its JVM
     */
    public Product(Path data, int heapMegabytes, String... options) {
        this.data = data;
        this.heapMegabytes = heapMegabytes;
        this.options = List.of(options);
    }

    /** Sets one more environment variable, before the start. Vectors are off unless this turns them on. */
    public Product with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    public void start() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "ai.cscx.chorus.Main"));
        command.addAll(1, options);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CSCX_DATA_DIR", data.toString());
        builder.environment().put("CSCX_DEMO", "false");
        builder.environment().put("CSCX_PORT", String.valueOf(port));
        builder.environment().put("CSCX_ADMIN_TOKEN", TOKEN);
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true)
                .redirectOutput(data.resolveSibling(data.getFileName() + ".log").toFile());
        Process started = builder.start();
        process = started;
        while (true) {
            if (!started.isAlive()) {
                throw new IllegalStateException("The product ended; see " + data + ".log");
            }
            try {
                if (send(request("/readyz").GET().build()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                started.waitFor(200, TimeUnit.MILLISECONDS);
            }
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /**
     * Connects it to a simulated Chorus, in the dialect {@code engagements}.
     *
     * @return the id of the sync that begins by itself
     */
    public String connect(URI chorus, String apiKey) throws Exception {
        return post(
                        "/api/integrations/chorus/connect",
                        "{\"authType\": \"api_key\", \"apiKey\": \"%s\", \"baseUrl\": \"%s\", \"dialect\": \"engagements\","
                                        .formatted(apiKey, chorus)
                                + " \"headerStyle\": \"bearer\"}")
                .get("syncId")
                .asText();
    }

    /** @param owner whose a customer is, by its place in the roster: an e-mail address, or "" for nobody's */
    void importCustomers(Roster roster, IntFunction<String> owner) throws Exception {
        StringBuilder csv = new StringBuilder("name,aliases,domains,crm_id,owner_email,segment,renewal_date\n");
        for (int i = 0; i < roster.customers().size(); i++) {
            Roster.Account account = roster.customers().get(i);
            csv.append("\"%s\",,%s,%s,%s,,\n"
                    .formatted(account.name(), String.join(";", account.domains()), account.crmId(), owner.apply(i)));
        }
        JsonNode answer = post("/api/customers/import", "text/csv", csv.toString());
        SyncBenchmark.print("%d customers", answer.get("created").asInt());
    }

    public JsonNode get(String path) throws Exception {
        return json(send(request(path).GET().build()));
    }

    /** The body as it comes, compressed if asked for. */
    byte[] bytes(String path, boolean gzip) throws Exception {
        HttpRequest.Builder request = request(path).GET();
        HttpResponse<byte[]> response = http.send(
                (gzip ? request.header("Accept-Encoding", "gzip") : request).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(path + " answers " + response.statusCode());
        }
        return response.body();
    }

    public JsonNode post(String path, String body) throws Exception {
        return post(path, "application/json", body);
    }

    public JsonNode post(String path, String type, String body) throws Exception {
        return json(send(request(path)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build()));
    }

    /** As somebody else than the first admin. */
    public JsonNode postAs(String token, String path, String body) throws Exception {
        return json(send(request(path)
                .setHeader("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build()));
    }

    /** Resident memory, all of it, heap and the rest. */
    long memoryMegabytes() throws IOException {
        Process running = process;
        if (running == null) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(running.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    @Override
    public void close() throws Exception {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(60, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        }
    }

    public static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).header("Authorization", "Bearer " + TOKEN);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
