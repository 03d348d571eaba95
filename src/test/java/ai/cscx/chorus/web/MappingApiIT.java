package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.signal.Indicator;
import ai.cscx.chorus.web.HttpRig.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes a signal: tried, applied, kept in versions and taken back. */
final class MappingApiIT {
    private static final String PATH = "/api/chorus/signal-mappings";
    private static final int RANDOM_MAPPINGS = 15;

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
    void previewOfRandomMappings_isWhatApplyingThenShows() {
        Random random = new Random(194);
        calls(random, rig.northwind, "N", 30);
        calls(random, rig.globex, "G", 12);
        rig.features.signals().catchUp();
        int scored = 0;
        for (int i = 0; i < RANDOM_MAPPINGS; i++) {
            String mapping = randomMapping(random).toString();
            Map<String, JsonNode> expected = new HashMap<>();
            for (CustomerId customer : List.of(rig.northwind, rig.globex)) {
                expected.put(customer.toString(), brief(health(customer)));
            }

            JsonNode preview = ok(rig.send(HttpRig.ADMIN, "POST", PATH + "/preview", mapping));
            preview.get("items").forEach(item -> {
                String customer = item.at("/customer/id").asText();
                assertThat(brief(item.get("before"))).isEqualTo(expected.get(customer));
                expected.put(customer, brief(item.get("after")));
            });
            ok(rig.send(HttpRig.ADMIN, "PUT", PATH, mapping));

            for (CustomerId customer : List.of(rig.northwind, rig.globex)) {
                JsonNode shown = brief(health(customer));
                // Weight and components of an unchanged score may have changed.
                JsonNode wanted = Objects.requireNonNull(expected.get(customer.toString()));
                assertThat(shown.get("score")).as(mapping).isEqualTo(wanted.get("score"));
                assertThat(shown.get("band")).isEqualTo(wanted.get("band"));
                assertThat(shown.get("trend")).isEqualTo(wanted.get("trend"));
                scored += shown.get("score").isNull() ? 0 : 1;
            }
            for (JsonNode item : preview.get("items")) {
                assertThat(brief(health(CustomerId.parse(item.at("/customer/id").asText()))))
                        .isEqualTo(brief(item.get("after")));
            }
            rig.features.signals().catchUp();
            ok(rig.get(HttpRig.ADMIN, "/api/chorus/health"))
                    .get("items")
                    .forEach(item -> assertThat(brief(item))
                            .isEqualTo(brief(health(
                                    CustomerId.parse(item.at("/customer/id").asText())))));
        }
        assertThat(scored).isGreaterThan(RANDOM_MAPPINGS);
    }

    @Test
    void preview_changesNothing_andCountsBands() {
        calls(new Random(1), rig.northwind, "N", 20);
        rig.features.signals().catchUp();
        JsonNode before = health(rig.northwind);

        JsonNode preview = ok(rig.send(HttpRig.ADMIN, "POST", PATH + "/preview", """
                {"weight": 20, "rules": [{"insight": "objections", "signal": "sentiment", "direction": "negative",
                    "weight": 100, "threshold": 0.01}]}
                """));

        assertThat(preview.get("customers").asInt()).isEqualTo(2);
        assertThat(preview.get("changed").asInt()).isEqualTo(1);
        assertThat(preview.at("/items/0/customer/name").asText()).isEqualTo("Northwind Freight");
        assertThat(preview.at("/items/0/after/band").asText()).isEqualTo("red");
        assertThat(preview.at("/items/0/after/weight").asDouble()).isEqualTo(20);
        assertThat(preview.get("after"))
                .filteredOn(count -> count.get("band").asText().equals("red"))
                .singleElement()
                .satisfies(count -> assertThat(count.get("customers").asInt()).isEqualTo(1));
        assertThat(health(rig.northwind)).isEqualTo(before);
        assertThat(ok(rig.get(HttpRig.ADMIN, PATH)).get("version").asInt()).isZero();
    }

    @Test
    void standardMapping_isVersionZero_andNamesWhatThereIs() {
        JsonNode mapping = ok(rig.get(HttpRig.ADMIN, PATH));

        assertThat(mapping.get("version").asInt()).isZero();
        assertThat(mapping.get("weight").asDouble()).isEqualTo(15);
        assertThat(mapping.get("rules")).isEqualTo(mapping.get("insights"));
        assertThat(mapping.get("rules")).hasSize(Indicator.values().length);
        assertThat(mapping.get("changedBy").isNull()).isTrue();
    }

    @Test
    void versions_areKept_withWhoAndWhen_andTakenUpAgain() {
        String one = mapping(10);
        String two = mapping(20);
        assertThat(ok(put(one)).get("version").asInt()).isEqualTo(1);
        assertThat(ok(put(one)).get("version").asInt()).isEqualTo(1);
        assertThat(ok(put(two)).get("version").asInt()).isEqualTo(2);

        JsonNode restored = ok(rig.send(HttpRig.ADMIN, "POST", PATH + "/rollback", "{\"version\": 1}"));

        assertThat(restored.get("version").asInt()).isEqualTo(3);
        assertThat(restored.get("restored").asInt()).isEqualTo(1);
        assertThat(restored.get("weight").asDouble()).isEqualTo(10);
        assertThat(restored.get("changedBy").asText()).isEqualTo("Ada Admin");
        assertThat(restored.get("changedAt").asText()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(ok(rig.get(HttpRig.ADMIN, PATH)).get("version").asInt()).isEqualTo(3);
        JsonNode page = ok(rig.get(HttpRig.ADMIN, PATH + "/history?limit=2"));
        assertThat(page.get("items"))
                .extracting(version -> version.get("version").asInt())
                .containsExactly(3, 2);
        assertThat(ok(rig.get(
                                HttpRig.ADMIN,
                                PATH + "/history?limit=2&cursor="
                                        + page.get("nextCursor").asText()))
                        .get("items"))
                .extracting(version -> version.get("version").asInt())
                .containsExactly(1);
        JsonNode standard = ok(rig.send(HttpRig.ADMIN, "POST", PATH + "/rollback", "{\"version\": 0}"));
        assertThat(standard.get("rules")).isEqualTo(standard.get("insights"));
        assertThat(rig.send(HttpRig.ADMIN, "POST", PATH + "/rollback", "{\"version\": 99}")
                        .status())
                .isEqualTo(404);
        assertThat(rig.send(HttpRig.ADMIN, "POST", PATH + "/rollback", "{}").status())
                .isEqualTo(422);
    }

    @Test
    void changeOfAnOlderVersion_isRefused() {
        ok(put(mapping(10)));

        Reply late = put(mapping(20).replaceFirst("\\{", "{\"version\": 0, "));

        assertThat(late.status()).isEqualTo(409);
        assertThat(ok(put(mapping(20).replaceFirst("\\{", "{\"version\": 1, ")))
                        .get("version")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void mappingThatMakesNoSense_isRefusedByPlace() {
        Reply refused = put("""
                {"weight": -1, "rules": [{"insight": "weather", "signal": "x", "direction": "up", "weight": 1, "threshold": 1},
                    null, {"insight": "risk", "signal": "x", "direction": "negative"}]}
                """);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("errors"))
                .extracting(error -> error.get("pointer").asText())
                .contains("/weight", "/rules/0/insight", "/rules/0/direction", "/rules/1/insight", "/rules/2/weight");
        assertThat(put("{}").status()).isEqualTo(422);
        assertThat(rig.send(HttpRig.ADMIN, "POST", PATH + "/preview", "{}").status())
                .isEqualTo(422);
        assertThat(ok(rig.get(HttpRig.ADMIN, PATH)).get("version").asInt()).isZero();
    }

    @Test
    void mappings_areForAdmins() {
        assertThat(rig.get(HttpRig.MARIA, PATH).status()).isEqualTo(403);
        assertThat(rig.send(HttpRig.MARIA, "PUT", PATH, mapping(10)).status()).isEqualTo(403);
        assertThat(rig.send(HttpRig.MARIA, "POST", PATH + "/preview", mapping(10))
                        .status())
                .isEqualTo(403);
        assertThat(rig.send(HttpRig.MARIA, "POST", PATH + "/rollback", "{\"version\": 0}")
                        .status())
                .isEqualTo(403);
        assertThat(rig.get(HttpRig.MARIA, PATH + "/history").status()).isEqualTo(403);
    }

    /** Calls with a bit of everything. */
    private void calls(Random random, CustomerId customer, String prefix, int calls) {
        for (int i = 0; i < calls; i++) {
            LocalDate day = LocalDate.parse("2026-11-21").minusDays(5L * i + random.nextInt(4));
            CallDraft draft = new CallDraft(prefix + "-" + i, day + "T10:00:00Z")
                    .ours("Maria Lopez", "Good morning, shall we begin?")
                    .theirs(random.nextBoolean() ? "Paula Reyes" : "Tim Saldana", "We have a long list today.");
            if (random.nextInt(3) == 0) {
                draft.theirs("Paula Reyes", "It is too expensive.").tracked("Pricing");
            }
            if (random.nextInt(4) == 0) {
                draft.theirs("Paula Reyes", "We may as well cancel the contract.")
                        .tracked("Churn Risk");
            }
            if (random.nextInt(4) == 0) {
                draft.theirs("Tim Saldana", "Vistro showed us a demo.").tracked("Competitors");
            }
            if (random.nextInt(3) == 0) {
                draft.ours("Maria Lopez", "I'll send you the plan.")
                        .promises("Send the plan " + i, Side.INTERNAL, random.nextBoolean() ? day.plusDays(3) : null);
            }
            draft.save(rig, customer);
        }
    }

    private static ObjectNode randomMapping(Random random) {
        ObjectNode mapping = WireJson.MAPPER.createObjectNode();
        mapping.put("weight", random.nextInt(101));
        ArrayNode rules = mapping.putArray("rules");
        List<String> insights = new ArrayList<>(List.of("category:feature", "tracker:Pricing"));
        Map<String, Double> most = new HashMap<>(Map.of("category:feature", 1.0, "tracker:Pricing", 1.0));
        for (Indicator indicator : Indicator.values()) {
            insights.add(indicator.word());
            most.put(
                    indicator.word(),
                    Math.min(indicator.most(), 4 * indicator.standard().threshold()));
        }
        Collections.shuffle(insights, random);
        for (String insight : insights.subList(0, 1 + random.nextInt(insights.size()))) {
            rules.addObject()
                    .put("insight", insight)
                    .put("signal", "signal_" + random.nextInt(3))
                    .put("direction", random.nextBoolean() ? "positive" : "negative")
                    .put("weight", 1 + random.nextInt(100))
                    .put("threshold", Objects.requireNonNull(most.get(insight)) * (0.05 + 0.95 * random.nextDouble()));
        }
        return mapping;
    }

    private static String mapping(int weight) {
        return "{\"weight\": " + weight
                + ", \"rules\": [{\"insight\": \"risk\", \"signal\": \"churn_risk\", \"direction\":"
                + " \"negative\", \"weight\": 10, \"threshold\": 0.5}]}";
    }

    /** Without reasons in words, which previews and lists leave out. */
    private static JsonNode brief(JsonNode health) {
        ObjectNode brief = health.deepCopy();
        brief.get("components").forEach(component -> ((ObjectNode) component).remove(List.of("why", "evidence")));
        return brief;
    }

    private JsonNode health(CustomerId customer) {
        return ok(rig.get(HttpRig.ADMIN, "/api/customers/" + customer + "/health"));
    }

    private Reply put(String body) {
        return rig.send(HttpRig.ADMIN, "PUT", PATH, body);
    }

    private static JsonNode ok(Reply reply) {
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.json();
    }
}
