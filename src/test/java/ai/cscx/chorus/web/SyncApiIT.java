package ai.cscx.chorus.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.web.HttpRig.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What admins see of the sync, on a database where none has run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SyncApiIT {
    @SuppressWarnings("NullAway.Init")
    private HttpRig rig;

    @BeforeAll
    void start() {
        rig = new HttpRig();
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    @Test
    void accuracy_beforeAnySyncFinished_isNotFoundAndSaysWhy() {
        Reply reply = rig.get(HttpRig.ADMIN, "/api/chorus/sync/accuracy");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("detail").asText()).contains("No sync has finished yet");
    }

    @Test
    void accuracyAndQuarantine_forCsm_areForbidden() {
        assertThat(rig.get(HttpRig.MARIA, "/api/chorus/sync/accuracy").status()).isEqualTo(403);
        assertThat(rig.get(HttpRig.MARIA, "/api/chorus/quarantine").status()).isEqualTo(403);
        assertThat(rig.send(HttpRig.MARIA, "POST", "/api/chorus/quarantine", null)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void quarantine_isListedInPages_andReplayedWholeOrInPart() {
        rig.database.transact(handle -> handle.execute("""
                INSERT INTO chorus_quarantine (fingerprint, chorus_call_id, stage, reason, first_at, last_at) VALUES
                    ('q1', 'Q-1', 'detail', 'No start', '2026-11-20T10:00:00Z', '2026-11-20T10:00:00Z'),
                    ('q2', 'Q-2', 'detail', 'No start', '2026-11-21T10:00:00Z', '2026-11-21T10:00:00Z'),
                    ('q3', NULL, 'list', 'No id', '2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z')
                """));

        JsonNode first =
                rig.get(HttpRig.ADMIN, "/api/chorus/quarantine?limit=2").json();
        JsonNode second = rig.get(
                        HttpRig.ADMIN,
                        "/api/chorus/quarantine?limit=2&cursor="
                                + first.path("nextCursor").asText())
                .json();
        String older = second.at("/items/0/id").asText();

        assertThat(first.path("items").findValuesAsText("reason")).containsExactly("No id", "No start");
        assertThat(first.at("/items/0/externalId").isNull()).isTrue();
        assertThat(second.path("items").findValuesAsText("externalId")).containsExactly("Q-1");
        assertThat(replay("{\"ids\": [\"" + older + "\", \"" + HttpRig.unknownId() + "\"]}")
                        .status())
                .isEqualTo(404);
        assertThat(waiting()).isEmpty();
        assertThat(replay("{\"ids\": [\"" + older + "\"]}")
                        .json()
                        .path("replayed")
                        .asInt())
                .isEqualTo(1);
        assertThat(waiting()).containsExactly("Q-1");
        assertThat(rig.send(HttpRig.ADMIN, "POST", "/api/chorus/quarantine", null)
                        .json()
                        .path("replayed")
                        .asInt())
                .isEqualTo(1);
        assertThat(waiting()).containsExactly("Q-1", "Q-2");
        assertThat(rig.get(HttpRig.ADMIN, "/api/chorus/quarantine").json().path("items"))
                .hasSize(1);
        assertThat(replay("{\"ids\": [\"42\"]}").status()).isEqualTo(422);
        assertThat(replay("{\"ids\": [null]}").status()).isEqualTo(422);
    }

    @Test
    void retryOfATranscript_isTheNextPlannedTry() {
        String path = "/api/chorus/meetings/" + rig.unmatchedCall + "/transcript";
        rig.database.transact(handle -> handle.execute("""
                INSERT INTO chorus_fetches (chorus_call_id, reason, priority, due_at)
                VALUES ('E-3', 'transcript', 1, '2026-11-22T12:03:21.5Z')
                """));

        Reply reply = rig.get(HttpRig.ADMIN, path);

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().path("retryAt").asText()).isEqualTo("2026-11-22T12:03:22Z");
        rig.database.transact(handle -> handle.execute("DELETE FROM chorus_fetches WHERE chorus_call_id = 'E-3'"));
    }

    @Test
    void runningSync_saysItsCauseAndPace_andTheTimeLeftAtTheLearnedPace() {
        String id = runningSync();
        rig.database.transact(handle -> handle.execute("""
                INSERT INTO chorus_pace (per_minute, tokens, refilled_at, not_before, slowed_at, step_per_minute,
                    served_since_slowed, lists_first_until, requests, refusals)
                VALUES (12, 0, '2026-11-22T12:00:00Z', '2026-11-22T12:00:30Z', '2026-11-22T12:00:00Z', 0, 0,
                    '2026-11-22T12:00:00Z', 40, 1)
                """));

        JsonNode sync = rig.get(HttpRig.ADMIN, "/api/chorus/sync/" + id).json();

        assertThat(sync.path("cause").asText()).isEqualTo("backfill");
        assertThat(sync.at("/pace/requestsPerMinute").asDouble()).isEqualTo(12);
        assertThat(sync.at("/pace/waitingUntil").asText()).isEqualTo("2026-11-22T12:00:30Z");
        assertThat(sync.path("remaining").asInt()).isEqualTo(2);
        // 30 s until it may be asked again, then two calls of three requests at twelve a minute.
        assertThat(sync.path("etaSeconds").asInt()).isEqualTo(60);
        rig.database.transact(handle -> handle.execute("DELETE FROM chorus_pace"));
        finish(id);
    }

    @Test
    void progress_asEvents_isSentWhenItChanged_andEndsWithDone() throws Exception {
        String id = runningSync();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rig.port() + "/api/chorus/sync/" + id))
                            .header("Authorization", "Bearer " + HttpRig.ADMIN)
                            .header("Accept", "text/event-stream")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8));

            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            assertThat(lines.readLine()).isEqualTo("event: progress");
            assertThat(lines.readLine()).contains("\"remaining\":2");
            rig.database.transact(handle ->
                    handle.execute("UPDATE chorus_sync_items SET outcome = 'stored' WHERE chorus_call_id = 'S-2'"));
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isEqualTo("event: progress");
            assertThat(lines.readLine()).contains("\"remaining\":1");
            finish(id);
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isEqualTo("event: done");
            assertThat(lines.readLine()).startsWith("data: {").contains("\"state\":\"finished\"");
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void progress_asEvents_isForAdmins_andOfSyncsThatExist() {
        String path = "/api/chorus/sync/" + HttpRig.unknownId();

        assertThat(rig.send(HttpRig.MARIA, "GET", path, null, "Accept", "text/event-stream")
                        .status())
                .isEqualTo(403);
        assertThat(rig.send(HttpRig.ADMIN, "GET", path, null, "Accept", "text/event-stream")
                        .header("Content-Type"))
                .startsWith("application/problem+json");
    }

    @Test
    void progress_whileTheServerStops_endsAtOnce() throws Exception {
        String id = runningSync();
        WebServer server = new WebServer(new WebServer.Settings("127.0.0.1", 0, null), rig.features, null);
        server.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/chorus/sync/" + id))
                            .header("Authorization", "Bearer " + HttpRig.ADMIN)
                            .header("Accept", "text/event-stream")
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            long began = System.nanoTime();

            server.close();

            assertThat(new String(response.body().readAllBytes(), UTF_8)).doesNotContain("event: done");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        }
        finish(id);
    }

    /** One call of three requests is done, two are not. */
    private String runningSync() {
        return rig.database.inTransaction(handle -> {
            String id = handle.createQuery("""
                            INSERT INTO chorus_syncs (state, window_from, window_until, started_at, cause) VALUES
                                ('running', '2026-11-01T00:00:00Z', '2026-11-22T12:00:00Z', '2026-11-22T11:59:00Z', 'backfill')
                            RETURNING id::text
                            """).mapTo(String.class).one();
            handle.execute("""
                    INSERT INTO chorus_sync_items (sync_id, chorus_call_id, outcome, requests) VALUES
                        (?::uuid, 'S-1', 'stored', 3), (?::uuid, 'S-2', 'pending', 0), (?::uuid, 'S-3', 'pending', 0)
                    """, id, id, id);
            return id;
        });
    }

    private void finish(String id) {
        rig.database.transact(handle -> handle.execute(
                "UPDATE chorus_syncs SET state = 'finished', finished_at = now(), seen = 3 WHERE id = ?::uuid", id));
    }

    private Reply replay(String body) {
        return rig.send(HttpRig.ADMIN, "POST", "/api/chorus/quarantine", body);
    }

    private List<String> waiting() {
        return rig.database.read(
                handle -> handle.createQuery("SELECT chorus_call_id FROM chorus_fetches ORDER BY chorus_call_id")
                        .mapTo(String.class)
                        .list());
    }
}
