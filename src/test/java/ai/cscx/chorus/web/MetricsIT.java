package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.TestServers;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Databases;
import ai.cscx.chorus.web.HttpRig.Reply;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a monitor reads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MetricsIT {
    private static final Clock CLOCK = Clock.fixed(HttpRig.NOW, ZoneOffset.UTC);

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
    void metrics_tellOfProcessRequestsAndSync_withoutNamesOrIds() {
        rig.database.transact(handle -> handle.execute("""
                INSERT INTO chorus_fetches (chorus_call_id, reason, priority, due_at) VALUES ('E-3', 'transcript', 1, now());
                INSERT INTO chorus_syncs (state, window_from, window_until, started_at, finished_at, upstream, matched, missing,
                    differing) VALUES ('finished', now(), now(), now(), now(), 4, 3, '{E-9}', '{}')
                """));
        WebServer.Features features =
                RealFeatures.of(rig.database, TestServers.get().openSearch(), CLOCK);
        Reply reply;
        try (WebServer server =
                new WebServer(new WebServer.Settings("127.0.0.1", 0, "another-secret-00"), features, null)) {
            server.start();
            rig.sendTo(server.port(), HttpRig.MARIA, "/api/chorus/meetings/" + rig.northwindCall);
            rig.sendTo(server.port(), HttpRig.MARIA, "/api/nothing/maria@cscx.example");
            rig.sendTo(server.port(), null, "POST", "/api/chorus/webhook?key=wrong", null);

            reply = rig.sendTo(server.port(), null, "GET", "/metrics", null);
        }

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(reply.response().body())
                .contains("jvm_memory_used_bytes{")
                .contains("jvm_threads_live_threads")
                .contains(
                        "http_server_requests_seconds_count{method=\"GET\",route=\"/api/chorus/meetings/{id}\",status=\"200\"} 1")
                .contains("http_server_requests_seconds_count{method=\"unknown\",route=\"unknown\",status=\"404\"} 1")
                .contains("cscx_calls{transcript=\"available\"} 2.0", "cscx_calls{transcript=\"pending\"} 1.0")
                .contains("cscx_fetch_queue{reason=\"transcript\"} 1.0")
                .contains("cscx_sync_accuracy 0.75", "cscx_sync_missing 1.0", "cscx_sync_differing 0.0")
                .contains("cscx_quarantine 0.0", "cscx_jobs_parked 0.0", "cscx_connection 0.0")
                .contains("cscx_index_outbox ", "cscx_chorus_pace 10.0", "cscx_chorus_requests_total 0.0")
                .contains(
                        "cscx_webhooks_total{outcome=\"refused\"} 1.0", "cscx_webhooks_total{outcome=\"accepted\"} 0.0")
                .doesNotContain("cscx.example", "E-9", "Northwind", rig.northwindCall.toString());
    }

    @Test
    void metrics_withoutADatabase_leaveItsNumbersOut_andTellTheOthers() {
        Database gone = new Database(new Database.Settings(Databases.create(), 2));
        gone.start();
        gone.close();
        WebServer.Features features = RealFeatures.of(gone, TestServers.get().openSearch(), CLOCK);
        try (WebServer server = new WebServer(new WebServer.Settings("127.0.0.1", 0, null), features, null)) {
            server.start();

            Reply reply = rig.sendTo(server.port(), null, "GET", "/metrics", null);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.response().body())
                    .contains("jvm_memory_used_bytes{", "cscx_quarantine NaN")
                    .doesNotContain("cscx_fetch_queue{");
        }
    }

    @Test
    void metrics_onAPublicAddress_needAToken() {
        try (WebServer open = new WebServer(new WebServer.Settings("0.0.0.0", 0, null), rig.features, null)) {
            open.start();
            assertThat(rig.sendTo(open.port(), null, "/metrics")).isEqualTo(401);
            assertThat(rig.sendTo(open.port(), HttpRig.MARIA, "/metrics")).isEqualTo(200);
        }
    }
}
