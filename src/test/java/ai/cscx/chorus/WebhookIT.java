package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.cscx.chorus.simulator.NewCall;
import ai.cscx.chorus.simulator.SimulatedCall.State;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A hint brings what it names. */
class WebhookIT {
    private static TestApplication app;
    private static final String WEBHOOK = "/api/chorus/webhook?key=" + TestApplication.WEBHOOK_SECRET;

    @BeforeAll
    static void start() {
        app = TestApplication.own("webhooks", 5);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void newCall_hinted_isReadableSoon() {
        String id = newCall();

        assertThat(app.post(null, WEBHOOK, "{\"engagement_id\": \"" + id + "\"}")
                        .status())
                .isEqualTo(202);

        comes(id, Duration.ofSeconds(45));
        app.simulator().changes().delete(id);
        assertThat(app.post(null, WEBHOOK, "{\"call_id\": \"" + id + "\"}").status())
                .isEqualTo(202);
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(45))
                .untilAsserted(() -> assertThat(here(id)).isEmpty());
    }

    @Test
    void newCall_hintedWithoutAnyId_isReadableSoon() {
        String id = newCall();

        assertThat(app.post(null, WEBHOOK, "{\"event\": \"something new\"}").status())
                .isEqualTo(202);

        // If the product has just looked by itself, as it may at its start, the next look is a minute later.
        comes(id, Duration.ofSeconds(90));
        app.simulator().changes().delete(id);
        app.post(null, WEBHOOK, "{\"call_id\": \"" + id + "\"}");
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(45))
                .untilAsserted(() -> assertThat(here(id)).isEmpty());
    }

    private static String newCall() {
        Instant startedAt = TestApplication.NOW.minus(Duration.ofHours(3));
        return app.simulator().changes().add(new NewCall(startedAt, null, 20, State.DONE));
    }

    private static void comes(String id, Duration within) {
        await().pollInSameThread()
                .atMost(within)
                .untilAsserted(() -> assertThat(here(id)).hasSize(1));
    }

    private static JsonNode here(String id) {
        return app.get("demo-admin", "/api/chorus/meetings?externalId=" + id)
                .json()
                .get("items");
    }
}
