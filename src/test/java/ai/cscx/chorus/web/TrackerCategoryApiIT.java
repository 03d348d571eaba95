package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.web.HttpRig.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tracker belongs to which category, with the facts read by hand. */
final class TrackerCategoryApiIT {
    private static final String TRENDS = "/api/chorus/trackers/trends";
    private static final String CATEGORIES = "/api/chorus/tracker-categories";

    private HttpRig rig;

    @BeforeEach
    void start() {
        rig = new HttpRig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void categories_areSuggested_untilAnAdminSaysOtherwise() {
        call("S-1", "Competitor - Vistro");
        call("S-2", "Competitor - Vistro");
        call("R-1", "Onboarding");
        rig.features.signals().catchUp();

        JsonNode before = rig.get(HttpRig.ADMIN, CATEGORIES).json();

        assertThat(before.get("version").asInt()).isZero();
        // What nobody says a category of comes first.
        assertThat(before.at("/trackers/0/tracker").asText()).isEqualTo("Onboarding");
        assertThat(before.at("/trackers/0/by").isNull()).isTrue();
        assertThat(before.at("/trackers/1/category").asText()).isEqualTo("competitor");
        assertThat(before.at("/trackers/1/by").asText()).isEqualTo("name");
        assertThat(before.at("/trackers/1/calls").asInt()).isEqualTo(2);
        assertThat(before.at("/trackers/1/isNew").asBoolean()).isTrue();

        JsonNode after = put("""
                {"version": 0, "mappings": [{"tracker": "onboarding", "category": "Feature"},
                    {"tracker": "Competitor - Vistro", "category": null}, {"tracker": "Later", "category": "risk"}]}
                """).json();

        assertThat(after.get("version").asInt()).isEqualTo(1);
        assertThat(after.get("changedBy").asText()).isEqualTo("Ada Admin");
        assertThat(after.get("trackers"))
                .extracting(tracker -> tracker.get("category").asText())
                .containsExactly("null", "risk", "feature", "pricing");
        assertThat(items(TRENDS + "?category=feature"))
                .extracting(trend -> trend.get("tracker").asText())
                .containsExactly("Onboarding");
        assertThat(items(TRENDS + "?category=competitor")).isEmpty();
    }

    @Test
    void sameCategoriesAgain_changeNothing_andAnOlderVersionIsRefused() {
        String body = "{\"mappings\": [{\"tracker\": \"Pricing\", \"category\": \"pricing\"}]}";

        assertThat(put(body).json().get("version").asInt()).isEqualTo(1);
        assertThat(put(body).json().get("version").asInt()).isEqualTo(1);
        Reply late = put("{\"version\": 0, \"mappings\": []}");

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().get("detail").asText()).contains("Version 1 is the newest");
    }

    @Test
    void categoriesThatMakeNoSense_areRefusedByPlace() {
        Reply refused = put("""
                {"mappings": [{"tracker": " ", "category": "risk"}, {"tracker": "A", "category": "!"},
                    {"tracker": "a", "category": "risk"}, null]}
                """);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("errors"))
                .extracting(error -> error.get("pointer").asText())
                .contains("/mappings/0/tracker", "/mappings/1/category", "/mappings/2/tracker", "/mappings/3/tracker");
        assertThat(put("{}").status()).isEqualTo(422);
    }

    @Test
    void settings_areForAdmins() {
        assertThat(rig.get(HttpRig.MARIA, CATEGORIES).status()).isEqualTo(403);
        assertThat(rig.send(HttpRig.MARIA, "PUT", CATEGORIES, "{\"mappings\": []}")
                        .status())
                .isEqualTo(403);
    }

    private void call(String id, String tracker) {
        new CallDraft(id, "2026-11-09T10:00:00Z")
                .theirs("Paula Reyes", "Let us speak of " + tracker + ".")
                .tracked(tracker)
                .save(rig, rig.northwind);
    }

    private Reply put(String body) {
        return rig.send(HttpRig.ADMIN, "PUT", CATEGORIES, body);
    }

    private JsonNode items(String path) {
        Reply reply = rig.get(HttpRig.MARIA, path);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.json().get("items");
    }
}
