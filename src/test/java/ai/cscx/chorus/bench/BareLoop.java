package ai.cscx.chorus.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** Writes what the product has stored once more, as fast as PostgreSQL and OpenSearch take it: COPY and {@code _bulk}. */
final class BareLoop {
    private static final List<String> TABLES =
            List.of("chorus_calls", "chorus_transcripts", "chorus_raw_answers", "chorus_action_items", "tasks");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BULK_BYTES = 5_000_000;

    private final Path data;
    private final HttpClient http = HttpClient.newHttpClient();

    BareLoop(Path data) {
        this.data = data;
    }

    /** How long each part took. */
    record Seconds(double copy, double bulk) {
        double total() {
            return copy + bulk;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "COPY %.2f s + _bulk %.2f s = %.2f s", copy, bulk, total());
        }
    }

    Seconds run() throws Exception {
        return new Seconds(copy(), bulk());
    }

    private double copy() throws SQLException, IOException {
        String port =
                Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3);
        String password =
                Files.readString(data.resolve("postgres/cscx.password")).strip();
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/cscx";
        try (Connection connection = DriverManager.getConnection(url, "cscx", password);
                Statement statement = connection.createStatement()) {
            CopyManager copies = connection.unwrap(BaseConnection.class).getCopyAPI();
            Map<String, byte[]> rows = new LinkedHashMap<>();
            for (String table : TABLES) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                copies.copyOut("COPY " + table + " TO STDOUT (FORMAT binary)", out);
                rows.put(table, out.toByteArray());
                statement.execute("CREATE TABLE bare_" + table + " (LIKE " + table + " INCLUDING ALL)");
            }
            long begin = System.nanoTime();
            for (Map.Entry<String, byte[]> table : rows.entrySet()) {
                copies.copyIn(
                        "COPY bare_" + table.getKey() + " FROM STDIN (FORMAT binary)",
                        new ByteArrayInputStream(table.getValue()));
            }
            return (System.nanoTime() - begin) / 1e9;
        }
    }

    private double bulk() throws Exception {
        String base = "http://127.0.0.1:"
                + Files.readString(data.resolve("opensearch/http.port")).strip();
        JsonNode index = ask(base + "/chorus-passages", "GET", "").elements().next();
        ObjectNode settings = index.at("/settings/index").deepCopy();
        // What OpenSearch gives an index and takes from nobody.
        settings.remove(List.of("uuid", "version", "creation_date", "provided_name", "replication", "routing"));
        ask(
                base + "/bare",
                "PUT",
                JSON.createObjectNode()
                        .setAll(Map.of("mappings", index.get("mappings"), "settings", settings))
                        .toString());
        List<String> bulks = new ArrayList<>();
        StringBuilder next = new StringBuilder();
        JsonNode page =
                ask(base + "/chorus-passages/_search?scroll=5m", "POST", "{\"size\": 1000, \"sort\": [\"_doc\"]}");
        while (!page.at("/hits/hits").isEmpty()) {
            for (JsonNode hit : page.at("/hits/hits")) {
                next.append("{\"index\":{\"_id\":\"")
                        .append(hit.get("_id").asText())
                        .append("\"}}\n");
                next.append(hit.get("_source")).append('\n');
                if (next.length() > BULK_BYTES) {
                    bulks.add(next.toString());
                    next.setLength(0);
                }
            }
            page = ask(
                    base + "/_search/scroll",
                    "POST",
                    "{\"scroll\": \"5m\", \"scroll_id\": " + page.get("_scroll_id") + "}");
        }
        bulks.add(next.toString());
        long begin = System.nanoTime();
        for (String body : bulks) {
            JsonNode answer = ask(base + "/bare/_bulk", "POST", body);
            if (answer.get("errors").asBoolean()) {
                throw new IllegalStateException("_bulk refused something");
            }
        }
        ask(base + "/bare/_refresh", "POST", "");
        return (System.nanoTime() - begin) / 1e9;
    }

    private JsonNode ask(String url, String method, String body) throws Exception {
        var response = http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(method + " answers " + response.statusCode());
        }
        return JSON.readTree(response.body());
    }
}
