package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.call.HiddenCalls;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.web.HttpRig.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How conversations with customers stand, with the work done by hand. */
final class HealthApiIT {
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
    void health_hasTheContractsShape_withReasonsAndWords() {
        calm(rig.northwind, "C", 20);
        hard(rig.northwind, "H-1", "2026-11-21T10:00:00Z");
        hard(rig.northwind, "H-2", "2026-11-20T10:00:00Z");
        rig.features.signals().catchUp();

        JsonNode health = health(HttpRig.MARIA, rig.northwind);

        assertThat(health.get("score").asDouble()).isBetween(0.0, 100.0);
        assertThat(health.get("band").asText()).isIn("green", "yellow", "red");
        assertThat(health.get("reason").isNull()).isTrue();
        assertThat(health.get("weight").asDouble()).isEqualTo(15);
        assertThat(health.get("trend"))
                .hasSize(13)
                .allSatisfy(
                        week -> assertThat(week.fieldNames()).toIterable().containsExactly("week", "score", "band"));
        assertThat(health.get("components")).hasSize(10);
        JsonNode first = health.at("/components/0");
        assertThat(first.get("name").asText()).isIn("risk", "objections");
        assertThat(first.get("why").asText()).contains("of the last 90 days");
        assertThat(first.at("/evidence/0/quote").asText()).contains("not renew");
        assertThat(first.at("/evidence/0/url").asText()).startsWith("https://chorus.ai/meeting/H-1?t=");
        assertThat(first.at("/evidence")).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void assistant_saysHealthInsightsTrendsAndPortfolio_fromTheSameCode() {
        calm(rig.northwind, "C", 20);
        hard(rig.northwind, "H-1", "2026-11-21T10:00:00Z");
        rig.features.signals().catchUp();

        JsonNode health = asks("How healthy is Northwind Freight?");
        JsonNode reckoned = health(HttpRig.MARIA, rig.northwind);
        assertThat(health.at("/toolCalls/0/name").asText()).isEqualTo("get_health");
        assertThat(health.at("/cards/0/items/0/score")).isEqualTo(reckoned.get("score"));
        assertThat(health.get("reply").asText())
                .startsWith("Conversation health of Northwind Freight is "
                        + Math.round(reckoned.get("score").asDouble()) + " of 100");
        assertThat(health.get("citations")).as("%s", health).isNotEmpty().allSatisfy(this::isSaid);

        JsonNode objections = asks("What objections came up with Northwind Freight?");
        assertThat(objections.at("/toolCalls/0/name").asText()).isEqualTo("get_insights");
        assertThat(objections.at("/toolCalls/0/arguments/category").asText()).isEqualTo("objections");
        assertThat(objections.at("/cards/0/items/0/objections").size())
                .isEqualTo(rig.get(HttpRig.MARIA, "/api/chorus/insights/" + rig.northwind)
                        .json()
                        .get("objections")
                        .size());
        assertThat(objections.get("citations"))
                .as("%s", objections)
                .isNotEmpty()
                .allSatisfy(this::isSaid);

        JsonNode portfolio = asks("Show my portfolio");
        assertThat(portfolio.at("/toolCalls/0/name").asText()).isEqualTo("get_portfolio");
        assertThat(portfolio.at("/cards/0/items"))
                .extracting(item -> item.at("/customer/name").asText())
                .contains("Northwind Freight")
                .doesNotContain("Globex");

        JsonNode trends = asks("Competitor tracker trends for Northwind Freight");
        assertThat(trends.at("/toolCalls/0/name").asText()).isEqualTo("get_tracker_trends");
        assertThat(asks("How healthy is Globex?").get("outcome").asText()).isNotEqualTo("answered");
    }

    private JsonNode asks(String message) {
        return rig.send(HttpRig.MARIA, "POST", "/api/chat", "{\"message\": \"" + message + "\"}")
                .json();
    }

    private void isSaid(JsonNode citation) {
        JsonNode transcript = rig.get(
                        HttpRig.MARIA,
                        "/api/chorus/meetings/" + citation.get("callId").asText() + "/transcript")
                .json();
        assertThat(transcript.get("utterances"))
                .anySatisfy(said -> assertThat(said.get("text").asText())
                        .contains(citation.get("quote").asText()));
    }

    @Test
    void decline_movesHealthDown() {
        calm(rig.northwind, "C", 20);
        rig.features.signals().catchUp();
        JsonNode before = health(HttpRig.MARIA, rig.northwind);

        hard(rig.northwind, "H-1", "2026-11-21T10:00:00Z");
        rig.features.signals().catchUp();

        JsonNode after = health(HttpRig.MARIA, rig.northwind);
        assertThat(after.get("score").asDouble())
                .as("%s%n%s", before.get("components"), after.get("components"))
                .isLessThan(before.get("score").asDouble() - 3);
    }

    @Test
    void fewCalls_haveNoScore_butAReason() {
        JsonNode health = health(HttpRig.TOM, rig.globex);

        assertThat(health.get("score").isNull()).isTrue();
        assertThat(health.get("band").isNull()).isTrue();
        assertThat(health.get("reason").asText()).isEqualTo("There is 1 call of the last year; a score takes 3.");
        assertThat(health.get("weight").asDouble()).isEqualTo(15);
    }

    @Test
    void foreignAndUnknownCustomer_areTheSame404() {
        Reply foreign = rig.get(HttpRig.MARIA, path(rig.globex.toString()));
        Reply unknown = rig.get(HttpRig.MARIA, path(HttpRig.unknownId()));

        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.json().get("detail")).isEqualTo(unknown.json().get("detail"));
        assertThat(rig.get(HttpRig.MARIA, path("nonsense")).status()).isEqualTo(404);
        assertThat(rig.get(HttpRig.ADMIN, path(rig.globex.toString())).status()).isEqualTo(200);
    }

    @Test
    void portfolio_isSortedByScore_andSaysTheSameAsEachCustomer() {
        calm(rig.northwind, "C", 12);
        hard(rig.globex, "H-1", "2026-11-21T10:00:00Z");
        hard(rig.globex, "H-2", "2026-11-20T10:00:00Z");
        hard(rig.globex, "H-3", "2026-11-12T10:00:00Z");
        rig.features.signals().catchUp();

        List<JsonNode> all = items(HttpRig.ADMIN, "");

        assertThat(all)
                .extracting(item -> item.at("/customer/name").asText())
                .containsExactly("Globex", "Northwind Freight");
        assertSame(all.get(0), health(HttpRig.ADMIN, rig.globex));
        assertSame(all.get(1), health(HttpRig.ADMIN, rig.northwind));
        assertThat(items(HttpRig.MARIA, "")).containsExactly(all.get(1));
        assertThat(items(HttpRig.ADMIN, "?sort=name")).containsExactlyElementsOf(all);
        assertThat(items(HttpRig.ADMIN, "?band=" + all.get(0).get("band").asText()))
                .contains(all.get(0));
        String cursor = rig.get(HttpRig.ADMIN, "/api/chorus/health?limit=1")
                .json()
                .get("nextCursor")
                .asText();
        assertThat(items(HttpRig.ADMIN, "?limit=1&cursor=" + cursor)).containsExactly(all.get(1));
        assertThat(rig.get(HttpRig.ADMIN, "/api/chorus/health?sort=name&cursor=" + cursor)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whatChangedSince_isReckonedWhenAsked_alsoInThePortfolio() {
        calm(rig.northwind, "C", 12);
        rig.features.signals().catchUp();
        CallId call = hard(rig.northwind, "H-1", "2026-11-21T10:00:00Z");
        rig.features.signals().catchUp();
        JsonNode hard = health(HttpRig.MARIA, rig.northwind);
        // Nobody reckons anything from here on.
        rig.database.transact(handle -> new CallStore()
                .assign(handle, call, rig.globex, new CallDetails.Match("moved for a test", 1.0, List.of())));

        JsonNode moved = health(HttpRig.MARIA, rig.northwind);

        assertThat(moved.get("score").asDouble())
                .isGreaterThan(hard.get("score").asDouble());
        assertThat(moved.toString()).doesNotContain("not renew");
        assertSame(items(HttpRig.MARIA, "").getFirst(), moved);
    }

    @Test
    void hiddenCall_takesItsWordsAndItsWeightAlong() {
        calm(rig.northwind, "C", 12);
        rig.features.signals().catchUp();
        JsonNode before = health(HttpRig.MARIA, rig.northwind);
        hard(rig.northwind, "H-1", "2026-11-21T10:00:00Z");
        rig.features.signals().catchUp();

        rig.database.transact(handle -> HiddenCalls.hide(handle, "H-1", null, HttpRig.NOW));

        assertThat(health(HttpRig.MARIA, rig.northwind)).isEqualTo(before);
        assertSame(items(HttpRig.MARIA, "").getFirst(), before);
    }

    @Test
    void promiseKept_movesHealthUp() {
        calm(rig.northwind, "C", 12);
        new CallDraft("P-1", "2026-11-18T10:00:00Z")
                .ours("Maria Lopez", "I'll send the report and the quote.")
                .promises("Send the report", Side.INTERNAL, LocalDate.parse("2026-11-19"))
                .save(rig, rig.northwind);
        rig.features.signals().catchUp();
        JsonNode late = component(health(HttpRig.MARIA, rig.northwind), "promises");
        assertThat(late.get("why").asText()).contains("1 is overdue");
        assertThat(late.at("/evidence/0/quote").asText()).isEqualTo("I'll send the report and the quote.");

        rig.database.transact(handle -> handle.execute(
                "UPDATE tasks SET status = 'done', completed_at = ? WHERE title = 'Send the report'",
                HttpRig.NOW.atOffset(java.time.ZoneOffset.UTC)));

        assertThat(component(health(HttpRig.MARIA, rig.northwind), "promises")
                        .get("value")
                        .asDouble())
                .isGreaterThan(late.get("value").asDouble());
        assertSame(items(HttpRig.MARIA, "").getFirst(), health(HttpRig.MARIA, rig.northwind));
    }

    @Test
    void customerAtAGlance_hasTheSameHealth() {
        calm(rig.northwind, "C", 12);
        rig.features.signals().catchUp();

        assertThat(rig.get(HttpRig.MARIA, "/api/chorus/customer/" + rig.northwind)
                        .json()
                        .get("health"))
                .isEqualTo(health(HttpRig.MARIA, rig.northwind));
    }

    /** But for reasons and words, which a list leaves out. */
    private static void assertSame(JsonNode listed, JsonNode one) {
        for (String field : List.of("customer", "score", "band", "reason", "weight", "day", "trend")) {
            assertThat(listed.get(field)).as(field).isEqualTo(one.get(field));
        }
        assertThat(listed.get("components")).hasSameSizeAs(one.get("components"));
        for (int i = 0; i < listed.get("components").size(); i++) {
            for (String field : List.of("name", "signal", "value", "weight", "amount", "unit")) {
                assertThat(listed.at("/components/" + i).get(field))
                        .as(field)
                        .isEqualTo(one.at("/components/" + i).get(field));
            }
        }
    }

    /** A harmless call a week. */
    private void calm(CustomerId customer, String prefix, int weeks) {
        LocalDate day = LocalDate.parse("2026-11-19");
        for (int week = 0; week < weeks; week++) {
            new CallDraft(prefix + "-" + week, day.minusWeeks(week) + "T10:00:00Z")
                    .ours("Maria Lopez", "How did the rollout go in the second plant?")
                    .theirs("Paula Reyes", "It went really well, and the team in Lyon loves it.")
                    .theirs("Tim Saldana", "We'd like to go ahead with the next site.")
                    .save(rig, customer);
        }
    }

    private CallId hard(CustomerId customer, String id, String at) {
        return new CallDraft(id, at)
                .ours("Maria Lopez", "What worries you?")
                .theirs("Paula Reyes", "As things stand we will not renew, it is too expensive.")
                .tracked("Churn Risk")
                .theirs("Paula Reyes", "We have lost patience, and support is unacceptable.")
                .save(rig, customer);
    }

    private static JsonNode component(JsonNode health, String name) {
        List<JsonNode> components = new ArrayList<>();
        health.get("components").forEach(components::add);
        return components.stream()
                .filter(component -> component.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String path(String customer) {
        return "/api/customers/" + customer + "/health";
    }

    private JsonNode health(String token, CustomerId customer) {
        Reply reply = rig.get(token, path(customer.toString()));
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.json();
    }

    private List<JsonNode> items(String token, String query) {
        Reply reply = rig.get(token, "/api/chorus/health" + query);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        List<JsonNode> items = new ArrayList<>();
        reply.json().get("items").forEach(items::add);
        return items;
    }
}
