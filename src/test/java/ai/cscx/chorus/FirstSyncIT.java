package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What was synced against what the simulated Chorus holds, by its own ledger. */
class FirstSyncIT {
    private static final TestApplication APP = TestApplication.get();

    @Test
    void everyListedCall_isHereOnce() throws Exception {
        Set<String> expected = new HashSet<>();
        for (JsonNode call : ledger("/_simulator/calls")) {
            if (!call.get("private").asBoolean()) {
                expected.add(call.get("id").asText());
            }
        }

        List<String> here = APP.all("demo-admin", "/api/chorus/meetings?limit=50").stream()
                .map(call -> call.get("externalId").asText())
                .toList();

        assertThat(expected).hasSize(TestApplication.CALLS);
        assertThat(here).doesNotHaveDuplicates();
        assertThat(new HashSet<>(here)).isEqualTo(expected);
    }

    @Test
    void everyCall_belongsToTheCustomerThatItIsOf() throws Exception {
        TreeMap<String, String> expected = new TreeMap<>();
        for (JsonNode call : ledger("/_simulator/calls")) {
            if (!call.get("private").asBoolean()) {
                expected.put(call.get("id").asText(), call.path("account").asText("-"));
            }
        }

        TreeMap<String, String> here = new TreeMap<>();
        for (JsonNode call : APP.all("demo-admin", "/api/chorus/meetings?limit=200")) {
            JsonNode customer = call.get("customer");
            here.put(
                    call.get("externalId").asText(),
                    customer.isNull() ? "-" : customer.get("name").asText());
        }

        assertThat(here).isEqualTo(expected);
    }

    @Test
    void everyTranscript_isTheSameWordForWord() throws Exception {
        int compared = 0;
        for (JsonNode call : APP.all("demo-admin", "/api/chorus/meetings?limit=200")) {
            if (!call.get("transcript").asText().equals("available") || compared >= 25) {
                continue;
            }
            List<String> expected = new ArrayList<>();
            for (JsonNode said :
                    ledger("/_simulator/calls/" + call.get("externalId").asText() + "/transcript")) {
                expected.add(said.get("startSeconds").asDouble() + " "
                        + said.get("text").asText());
            }
            List<String> here = new ArrayList<>();
            for (JsonNode said : APP.get(
                            "demo-admin",
                            "/api/chorus/meetings/" + call.get("id").asText() + "/transcript")
                    .json()
                    .get("utterances")) {
                here.add(said.get("startSeconds").asDouble() + " "
                        + said.get("text").asText());
            }
            assertThat(here).isEqualTo(expected);
            compared++;
        }
        assertThat(compared).isEqualTo(25);
    }

    @Test
    void secondSync_sendsOnlyListRequestsAndWritesNothing() throws Exception {
        // Calls that are still being processed are asked for again; before the last three days there are none.
        String range = "{\"from\": \"2025-12-01\", \"to\": \"2026-11-18\"}";
        String rowsBefore = rowVersions();
        long detailsBefore = requests().get("detail").asLong();

        String id = APP.post("demo-admin", "/api/chorus/sync", range)
                .json()
                .get("syncId")
                .asText();
        JsonNode sync = APP.finished(id);

        assertThat(sync.get("state").asText()).isEqualTo("finished");
        assertThat(sync.get("stored").asLong()).isZero();
        assertThat(sync.get("unchanged").asLong())
                .isEqualTo(sync.get("seen").asLong())
                .isPositive();
        assertThat(requests().get("detail").asLong()).isEqualTo(detailsBefore);
        assertThat(rowVersions()).isEqualTo(rowsBefore);
    }

    @Test
    void everyActionItemOfOurs_isATaskOfTheCustomersOwner() {
        JsonNode tasks = APP.get("demo-csm", "/api/tasks?limit=200").json().get("items");

        Set<String> items = new HashSet<>();
        tasks.forEach(task -> {
            if (task.get("sourceCallId").isNull() && task.get("actionItemId").isNull()) {
                // Made by hand, in another test.
                return;
            }
            assertThat(task.get("assigneeId").isNull()).isFalse();
            assertThat(task.get("sourceCallId").isNull()).isFalse();
            assertThat(items.add(task.get("actionItemId").asText())).isTrue();
        });
        assertThat(items).isNotEmpty();
    }

    @Test
    void answersOfTheSimulatedChorus_holdNothingUnexpected() {
        JsonNode drift = APP.get("demo-admin", "/api/integrations/chorus/drift").json();

        assertThat(drift.toString()).isEqualTo("{\"fields\":[],\"words\":[],\"missing\":[],\"more\":0}");
    }

    private static JsonNode requests() throws Exception {
        return ledger("/_simulator/requests");
    }

    /** The version of every row that a sync could write, as PostgreSQL counts it. */
    private static String rowVersions() throws SQLException {
        var url = TestServers.get().database();
        StringBuilder versions = new StringBuilder();
        try (Connection connection = url.user() == null
                        ? DriverManager.getConnection(url.jdbcUrl())
                        : DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
                Statement statement = connection.createStatement()) {
            for (String table : List.of(
                    "chorus_calls", "chorus_transcripts", "chorus_action_items", "chorus_raw_answers", "tasks")) {
                try (ResultSet row = statement.executeQuery(
                        "SELECT count(*), md5(string_agg(xmin::text, ',' ORDER BY ctid)) FROM " + table)) {
                    row.next();
                    versions.append(table)
                            .append(' ')
                            .append(row.getLong(1))
                            .append(' ')
                            .append(row.getString(2));
                }
            }
        }
        return versions.toString();
    }

    private static JsonNode ledger(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String body = http.send(
                            HttpRequest.newBuilder(URI.create(APP.simulator().baseUri() + path))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return new ObjectMapper().readTree(body);
        }
    }
}
