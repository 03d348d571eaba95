package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.web.HttpRig.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What one dialect says and another does not, and how answers differ from what is known of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DialectApiIT {
    private static final String DRIFT = "/api/integrations/chorus/drift";

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
    void momentum_isShownWithPlacesToListenTo() {
        rig.database.transact(handle ->
                handle.createUpdate("""
                        UPDATE chorus_calls SET momentum = '{"dealProgress": "STALLED", "pricingDiscussed": true, "origin": "SOURCE",
                            "nextSteps": [{"text": "Send it.", "startMs": 18200, "speaker": "Paula"}], "pricing": [],
                            "objections": [{"text": "Too dear", "startMs": null, "speaker": null}]}'::jsonb WHERE id = :id
                        """).bind("id", rig.globexCall.value()).execute());

        JsonNode momentum = meeting(rig.globexCall.toString()).path("momentum");

        assertThat(momentum.path("dealProgress").asText()).isEqualTo("stalled");
        assertThat(momentum.path("origin").asText()).isEqualTo("source");
        assertThat(momentum.path("pricingDiscussed").asBoolean()).isTrue();
        assertThat(momentum.at("/nextSteps/0/startSeconds").asDouble()).isEqualTo(18.2);
        assertThat(momentum.at("/nextSteps/0/url").asText()).endsWith("?t=18");
        assertThat(momentum.at("/objections/0/startSeconds").isNull()).isTrue();
        assertThat(momentum.at("/objections/0/speaker").isNull()).isTrue();
    }

    @Test
    void tracker_showsCategoryAndWordsWhereTheSourceHasThem() {
        rig.database.transact(handle ->
                handle.createUpdate("""
                        UPDATE chorus_calls SET trackers = '[{"trackerId": "t1", "name": "Pricing", "category": "pricing", "count": 3,
                            "hits": [{"utterance": 1, "startMs": 6500, "text": "a discount"}, {"utterance": null}]},
                            {"trackerId": "t2", "name": "Old", "count": 1, "hits": [{"utterance": 0, "startMs": 1000}]}]'::jsonb
                        WHERE id = :id
                        """).bind("id", rig.northwindCall.value()).execute());

        JsonNode trackers = meeting(rig.northwindCall.toString()).path("trackers");

        assertThat(trackers.at("/0/category").asText()).isEqualTo("pricing");
        assertThat(trackers.at("/0/mentions/0/text").asText()).isEqualTo("a discount");
        assertThat(trackers.at("/0/mentions/1/startSeconds").isNull()).isTrue();
        assertThat(trackers.at("/1/category").isNull()).isTrue();
        assertThat(trackers.at("/1/mentions/0/startSeconds").asDouble()).isEqualTo(1);
    }

    @Test
    void drift_isReportedToAdmins() {
        rig.database.transact(handle -> handle.execute("""
                INSERT INTO chorus_drift_news (dialect, part, path, word, count, first_at, last_at) VALUES
                    ('engagements', 'detail', 'data.attributes.recording.utterances[].mood', NULL, 7,
                        '2026-11-20T10:00:00Z', '2026-11-21T10:00:00Z'),
                    ('calls', 'list', 'status', 'paused', 2, '2026-11-20T10:00:00Z', '2026-11-21T10:00:00Z')
                """));
        rig.database.transact(handle -> handle.execute("""
                INSERT INTO chorus_drift_fields (dialect, part, path, chances, seen, absent, absent_since, last_at) VALUES
                    ('calls', 'detail', 'summary', 100, 60, 40, '2026-11-20T10:00:00Z', '2026-11-19T10:00:00Z')
                """));

        Reply reply = rig.get(HttpRig.ADMIN, DRIFT);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/fields/0").toString())
                .isEqualTo("{\"dialect\":\"engagements\",\"part\":\"detail\","
                        + "\"path\":\"data.attributes.recording.utterances[].mood\",\"count\":7,"
                        + "\"firstAt\":\"2026-11-20T10:00:00Z\",\"lastAt\":\"2026-11-21T10:00:00Z\"}");
        assertThat(reply.json().at("/words/0/word").asText()).isEqualTo("paused");
        assertThat(reply.json().at("/missing/0/path").asText()).isEqualTo("summary");
        assertThat(reply.json().at("/missing/0/since").asText()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(reply.json().path("more").asLong()).isZero();
    }

    @Test
    void drift_isForAdminsOnly() {
        assertThat(rig.get(HttpRig.MARIA, DRIFT).status()).isEqualTo(403);
        assertThat(rig.send(null, "GET", DRIFT, null).status()).isEqualTo(401);
    }

    private JsonNode meeting(String id) {
        return rig.get(HttpRig.ADMIN, "/api/chorus/meetings/" + id).json();
    }
}
