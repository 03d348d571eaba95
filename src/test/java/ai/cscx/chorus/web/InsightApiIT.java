package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.HiddenCalls;
import ai.cscx.chorus.call.Momentum;
import ai.cscx.chorus.call.Momentum.DealProgress;
import ai.cscx.chorus.call.Momentum.Origin;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.web.HttpRig.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What calls say of their customers, with the facts read by hand. */
final class InsightApiIT {
    private static final String INSIGHTS = "/api/chorus/insights";

    private HttpRig rig;
    private CallId hard;

    @BeforeEach
    void start() {
        rig = new HttpRig();
        hard = new CallDraft("H-1", "2026-11-21T10:00:00Z")
                .ours("Maria Lopez", "Is our price too high, or what is it that worries you?")
                .theirs("Paula Reyes", "It is too expensive, and the price per seat went up.")
                .tracked("Pricing")
                .theirs("Paula Reyes", "As things stand we will not renew.")
                .tracked("Churn Risk")
                .ours("Maria Lopez", "I'll send you a new quote tomorrow.")
                .promises("Send Paula a new quote", Side.INTERNAL, LocalDate.parse("2026-11-21"))
                .theirs("Paula Reyes", "And I'll ask our finance team.")
                .promises("Paula will ask finance", Side.EXTERNAL, null)
                .save(rig, rig.northwind);
        rig.features.signals().catchUp();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void insights_haveTheContractsShape() {
        JsonNode insights = get(HttpRig.MARIA, INSIGHTS + "/" + rig.northwind);

        assertThat(insights.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "customer",
                        "momentum",
                        "nextSteps",
                        "pricing",
                        "objections",
                        "topics",
                        "actionItems",
                        "coverage");
        assertThat(insights.at("/momentum/score").asDouble()).isBetween(0.0, 49.9);
        assertThat(insights.at("/momentum/direction").asText()).isEqualTo("unknown");
        assertThat(insights.at("/coverage/calls").asInt()).isEqualTo(3);
        assertThat(insights.at("/coverage/withTranscript").asInt()).isEqualTo(2);
        assertThat(insights.at("/actionItems/open").asInt()).isEqualTo(3);
        assertThat(insights.at("/actionItems/overdue").asInt()).isEqualTo(1);
        assertThat(insights.at("/actionItems/doneOnTime").asInt()).isZero();
        for (String list : List.of("nextSteps", "pricing", "objections", "topics")) {
            assertThat(insights.get(list))
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(entry.get("evidence"))
                            .isNotEmpty()
                            .allSatisfy(evidence -> assertThat(evidence.fieldNames())
                                    .toIterable()
                                    .containsExactly("callId", "startSeconds", "speaker", "quote", "url")));
        }
        assertThat(insights.at("/momentum/drivers"))
                .isNotEmpty()
                .allSatisfy(driver -> assertThat(driver.get("why").asText()).isNotBlank());
    }

    @Test
    void objections_areTheCustomersOwnWords_whereTheyWereSaid() {
        JsonNode objections = get(HttpRig.MARIA, INSIGHTS + "/" + rig.northwind).get("objections");

        assertThat(objections)
                .extracting(objection -> objection.get("text").asText())
                .containsExactly(
                        "It is too expensive, and the price per seat went up.", "As things stand we will not renew.");
        JsonNode evidence = objections.at("/0/evidence/0");
        assertThat(evidence.get("callId").asText()).isEqualTo(hard.toString());
        assertThat(evidence.get("startSeconds").asDouble()).isEqualTo(10);
        assertThat(evidence.get("speaker").asText()).isEqualTo("Paula Reyes");
        assertThat(evidence.get("url").asText()).isEqualTo("https://chorus.ai/meeting/H-1?t=10");
        assertThat(objections.at("/0/origin").asText()).isEqualTo("derived");
        assertThat(objections.at("/0/side").asText()).isEqualTo("external");
    }

    @Test
    void nextSteps_areWhatIsNotDone() {
        assertThat(texts(get(HttpRig.MARIA, INSIGHTS + "/" + rig.northwind), "nextSteps"))
                .containsExactly("Send Paula a new quote", "Paula will ask finance", "Send the quote");
        rig.database.transact(
                handle -> handle.execute("UPDATE tasks SET status = 'done' WHERE title = 'Send Paula a new quote'"));

        JsonNode after = get(HttpRig.MARIA, INSIGHTS + "/" + rig.northwind);

        assertThat(texts(after, "nextSteps")).containsExactly("Paula will ask finance", "Send the quote");
        assertThat(after.at("/actionItems/open").asInt()).isEqualTo(2);
        assertThat(after.at("/actionItems/overdue").asInt()).isZero();
    }

    @Test
    void topics_areTrackersByWeek_withRealZeroes() {
        JsonNode topics = get(HttpRig.MARIA, INSIGHTS + "/" + rig.northwind).get("topics");

        assertThat(topics).extracting(topic -> topic.get("name").asText()).containsExactly("Pricing", "Churn Risk");
        assertThat(topics.at("/0/mentions").asInt()).isEqualTo(3);
        assertThat(topics.at("/1/category").asText()).isEqualTo("risk");
        assertThat(topics.at("/0/trend/0/week").asText()).isEqualTo("2026-11-16");
        assertThat(topics.at("/0/trend/0/count").asInt()).isEqualTo(3);
    }

    @Test
    void range_leavesOutWhatLiesBeyond() {
        JsonNode none = get(HttpRig.MARIA, INSIGHTS + "/" + rig.northwind + "?from=2026-01-01&to=2026-01-31");

        assertThat(none.at("/coverage/calls").asInt()).isZero();
        assertThat(none.at("/momentum/score").isNull()).isTrue();
        assertThat(none.get("objections")).isEmpty();
        assertThat(none.at("/actionItems/open").asInt()).isZero();
        JsonNode early = get(HttpRig.MARIA, INSIGHTS + "/" + rig.northwind + "?to=2026-11-20");
        assertThat(early.at("/coverage/calls").asInt()).isEqualTo(2);
        assertThat(texts(early, "objections")).isEmpty();
    }

    @Test
    void portfolio_isByCustomer_andEachSeesTheirOwn() {
        List<JsonNode> all = items(HttpRig.ADMIN, "");

        assertThat(all)
                .extracting(item -> item.at("/customer/name").asText())
                .containsExactly("Globex", "Northwind Freight");
        assertThat(items(HttpRig.MARIA, ""))
                .extracting(item -> item.at("/customer/name").asText())
                .containsExactly("Northwind Freight");
        List<JsonNode> paged = new ArrayList<>(items(HttpRig.ADMIN, "?limit=1"));
        String cursor =
                get(HttpRig.ADMIN, INSIGHTS + "?limit=1").get("nextCursor").asText();
        paged.addAll(items(HttpRig.ADMIN, "?limit=1&cursor=" + cursor));
        assertThat(paged).isEqualTo(all);
        assertThat(get(HttpRig.ADMIN, INSIGHTS + "?limit=1&cursor=" + cursor)
                        .get("nextCursor")
                        .isNull())
                .isTrue();
    }

    @Test
    void portfolioAndCustomer_sayTheSame() {
        JsonNode one = get(HttpRig.MARIA, INSIGHTS + "/" + rig.northwind);
        JsonNode listed = items(HttpRig.MARIA, "").getFirst();

        assertThat(listed.at("/momentum/score")).isEqualTo(one.at("/momentum/score"));
        assertThat(listed.get("objections")).isEqualTo(one.get("objections"));
        assertThat(listed.get("actionItems")).isEqualTo(one.get("actionItems"));
        assertThat(listed.get("coverage")).isEqualTo(one.get("coverage"));
    }

    @Test
    void foreignAndUnknownCustomer_areTheSame404() {
        Reply foreign = rig.get(HttpRig.MARIA, INSIGHTS + "/" + rig.globex);
        Reply unknown = rig.get(HttpRig.MARIA, INSIGHTS + "/" + HttpRig.unknownId());

        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.json().get("detail")).isEqualTo(unknown.json().get("detail"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(rig.get(HttpRig.MARIA, INSIGHTS + "/nonsense").status()).isEqualTo(404);
        assertThat(rig.get(HttpRig.MARIA, INSIGHTS + "?from=yesterday").status())
                .isEqualTo(400);
    }

    @Test
    void hiddenCall_takesItsWordsAlong() {
        rig.database.transact(handle -> HiddenCalls.hide(handle, "H-1", null, HttpRig.NOW));

        Reply reply = rig.get(HttpRig.MARIA, INSIGHTS + "/" + rig.northwind);

        assertThat(reply.response().body()).doesNotContain("expensive");
        assertThat(reply.json().at("/coverage/calls").asInt()).isEqualTo(2);
    }

    @Test
    void meeting_showsDerivedMomentum_whereChorusHasNone() {
        JsonNode meeting = get(HttpRig.MARIA, "/api/chorus/meetings/" + hard);

        assertThat(meeting.at("/momentum/origin").asText()).isEqualTo("derived");
        assertThat(meeting.at("/momentum/dealProgress").asText()).isEqualTo("declining");
        assertThat(meeting.at("/momentum/pricingDiscussed").asBoolean()).isTrue();
        assertThat(meeting.at("/momentum/objections/0/speaker").asText()).isEqualTo("Paula Reyes");
        assertThat(meeting.at("/momentum/objections/0/startSeconds").asDouble()).isEqualTo(10);
        assertThat(meeting.get("trackers"))
                .filteredOn(tracker -> tracker.get("name").asText().equals("Pricing"))
                .singleElement()
                .satisfies(tracker -> {
                    assertThat(tracker.get("category").asText()).isEqualTo("pricing");
                    assertThat(tracker.at("/mentions/0/speaker").asText()).isEqualTo("Paula Reyes");
                    assertThat(tracker.at("/mentions/0/side").asText()).isEqualTo("external");
                });
    }

    @Test
    void meeting_showsChorussOwnMomentum_whereThereIsOne() {
        CallId call = new CallDraft("S-1", "2026-11-20T10:00:00Z")
                .theirs("Paula Reyes", "It is too expensive.")
                .momentum(new Momentum(
                        DealProgress.ADVANCING,
                        false,
                        List.of(),
                        List.of(),
                        List.of(new Momentum.Evidence("It is too expensive.", null, null)),
                        Origin.SOURCE))
                .save(rig, rig.northwind);
        rig.features.signals().catchUp();

        JsonNode meeting = get(HttpRig.MARIA, "/api/chorus/meetings/" + call);

        assertThat(meeting.at("/momentum/origin").asText()).isEqualTo("source");
        assertThat(meeting.at("/momentum/dealProgress").asText()).isEqualTo("advancing");
        JsonNode insights = get(HttpRig.MARIA, INSIGHTS + "/" + rig.northwind + "?from=2026-11-20&to=2026-11-20");
        assertThat(insights.at("/objections/0/origin").asText()).isEqualTo("source");
        assertThat(insights.at("/objections/0/evidence/0/startSeconds").asDouble())
                .isZero();
    }

    @Test
    void callThatNobodyReadYet_hasNoMomentum_ratherThanAnOldOne() {
        new CallDraft("H-1", "2026-11-21T10:00:00Z")
                .theirs("Paula Reyes", "All is well.")
                .save(rig, rig.northwind);

        assertThat(get(HttpRig.MARIA, "/api/chorus/meetings/" + hard)
                        .get("momentum")
                        .isNull())
                .isTrue();
        rig.features.signals().catchUp();
        assertThat(get(HttpRig.MARIA, "/api/chorus/meetings/" + hard)
                        .at("/momentum/dealProgress")
                        .asText())
                .isEqualTo("unknown");
    }

    @Test
    void customerAtAGlance_hasTheSameTopics() {
        assertThat(get(HttpRig.MARIA, "/api/chorus/customer/" + rig.northwind).get("topics"))
                .isEqualTo(get(HttpRig.MARIA, INSIGHTS + "/" + rig.northwind).get("topics"));
    }

    private JsonNode get(String token, String path) {
        Reply reply = rig.get(token, path);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        return reply.json();
    }

    private List<JsonNode> items(String token, String query) {
        List<JsonNode> items = new ArrayList<>();
        get(token, INSIGHTS + query).get("items").forEach(items::add);
        return items;
    }

    private static List<String> texts(JsonNode insights, String list) {
        List<String> texts = new ArrayList<>();
        insights.get(list).forEach(entry -> texts.add(entry.get("text").asText()));
        return texts;
    }
}
