package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.HiddenCalls;
import ai.cscx.chorus.web.HttpRig.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trackers: their trends and every hit, with the facts read by hand. */
final class TrackerApiIT {
    private static final String TRENDS = "/api/chorus/trackers/trends";
    private static final String MENTIONS = "/api/chorus/trackers/mentions";
    /** The 90 days that end now, and so the ones before; the rig's own calls, with the tracker "Pricing", lie in it. */
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

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
    void trend_countsMentionsAndCalls_againstTheTimeBefore() {
        calls("S", rig.northwind, 10, 6, "Vistro", "2026-10-20");
        calls("T", rig.northwind, 20, 1, "Vistro", "2026-07-01");
        rig.features.signals().catchUp();

        JsonNode trend = trend(HttpRig.MARIA, TRENDS, "Vistro");

        assertThat(trend.get("count").asInt()).isEqualTo(6);
        assertThat(trend.get("previous").asInt()).isEqualTo(1);
        assertThat(trend.get("change").asDouble()).isEqualTo(5);
        assertThat(trend.get("callsWith").asInt()).isEqualTo(6);
        assertThat(trend.get("calls").asInt()).isEqualTo(11);
        assertThat(trend.get("previousCalls").asInt()).isEqualTo(20);
        assertThat(trend.get("significant").asBoolean()).isTrue();
        assertThat(trend.get("chance").asDouble()).isLessThan(0.05);
        assertThat(trend(HttpRig.MARIA, TRENDS, "Pricing").get("significant").asBoolean())
                .isFalse();
        assertThat(trend(HttpRig.MARIA, TRENDS, "Pricing").get("change").isNull())
                .isTrue();
    }

    @Test
    void groups_areWeeksMonthsCustomersAndOwners() {
        calls("S", rig.northwind, 3, 3, "Vistro", "2026-11-09");
        calls("G", rig.globex, 2, 2, "Vistro", "2026-10-12");
        rig.features.signals().catchUp();

        assertThat(values(items(HttpRig.ADMIN, TRENDS + "?groupBy=week&tracker=vistro"), "week"))
                .containsExactly("2026-11-16", "2026-11-09", "2026-10-12");
        assertThat(values(items(HttpRig.ADMIN, TRENDS + "?groupBy=month&tracker=vistro"), "month"))
                .containsExactly("2026-11", "2026-10");
        List<JsonNode> customers = items(HttpRig.ADMIN, TRENDS + "?groupBy=customer&tracker=vistro");
        assertThat(customers)
                .extracting(item -> item.at("/customer/name").asText())
                .containsExactly("Northwind Freight", "Globex");
        assertThat(values(items(HttpRig.ADMIN, TRENDS + "?groupBy=owner&tracker=vistro"), "owner"))
                .containsExactly("Maria Lopez", "Tom Baker");
    }

    @Test
    void weekWithoutIt_comparesWithTheWeekBefore() {
        calls("S", rig.northwind, 3, 3, "Vistro", "2026-11-09");
        rig.features.signals().catchUp();

        JsonNode after =
                items(HttpRig.MARIA, TRENDS + "?groupBy=week&tracker=Vistro").getFirst();

        assertThat(after.get("week").asText()).isEqualTo("2026-11-16");
        assertThat(after.get("count").asInt()).isZero();
        assertThat(after.get("previous").asInt()).isEqualTo(3);
        assertThat(after.get("change").asDouble()).isEqualTo(-1);
    }

    @Test
    void pages_holdEveryTrendOnce() {
        calls("S", rig.northwind, 3, 3, "Vistro", "2026-11-09");
        calls("R", rig.northwind, 3, 3, "Roadmap", "2026-10-09");
        rig.features.signals().catchUp();
        String path = TRENDS + "?groupBy=week";
        List<JsonNode> all = items(HttpRig.MARIA, path);

        List<JsonNode> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    rig.get(HttpRig.MARIA, path + "&limit=2&cursor=" + cursor).json();
            page.get("items").forEach(paged::add);
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : page.get("nextCursor").asText();
        } while (!cursor.isEmpty());

        assertThat(all).hasSizeGreaterThan(3);
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void nobody_countsCallsOfOthers() {
        calls("G", rig.globex, 5, 5, "Vistro", "2026-11-02");
        rig.features.signals().catchUp();

        assertThat(items(HttpRig.MARIA, TRENDS + "?tracker=Vistro")).isEmpty();
        assertThat(items(HttpRig.MARIA, MENTIONS + "?tracker=Vistro")).isEmpty();
        Reply foreign = rig.get(HttpRig.MARIA, TRENDS + "?customerId=" + rig.globex);
        Reply unknown = rig.get(HttpRig.MARIA, TRENDS + "?customerId=" + HttpRig.unknownId());
        assertThat(foreign.json()).isEqualTo(unknown.json());
        assertThat(items(HttpRig.TOM, TRENDS + "?tracker=Vistro")).hasSize(1);
    }

    @Test
    void mention_saysWhoWhatAndWhen() {
        CallId call = new CallDraft("M-1", "2026-11-21T10:00:00Z")
                .ours("Maria Lopez", "How is it going?")
                .theirs("Paula Reyes", "Vistro made us an offer.")
                .tracked("Vistro")
                .save(rig, rig.northwind);
        rig.features.signals().catchUp();

        JsonNode mention = items(HttpRig.MARIA, MENTIONS + "?tracker=VISTRO").getFirst();

        assertThat(mention.get("callId").asText()).isEqualTo(call.toString());
        assertThat(mention.get("speaker").asText()).isEqualTo("Paula Reyes");
        assertThat(mention.get("side").asText()).isEqualTo("external");
        assertThat(mention.get("startSeconds").asDouble()).isEqualTo(10);
        assertThat(mention.get("quote").asText()).isEqualTo("Vistro made us an offer.");
        assertThat(mention.get("url").asText()).isEqualTo("https://chorus.ai/meeting/M-1?t=10");
        assertThat(items(HttpRig.MARIA, MENTIONS + "?tracker=Vistro&side=internal"))
                .isEmpty();
    }

    @Test
    void mentions_comeOncePerHit_overPages() {
        calls("S", rig.northwind, 3, 3, "Vistro", "2026-11-09");
        new CallDraft("M-1", "2026-11-21T10:00:00Z")
                .theirs("Paula Reyes", "Vistro one.")
                .tracked("Vistro")
                .theirs("Paula Reyes", "Vistro two.")
                .tracked("Vistro")
                .theirs("Paula Reyes", "Vistro three.")
                .tracked("Vistro")
                .save(rig, rig.northwind);
        rig.features.signals().catchUp();

        List<String> quotes = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = rig.get(HttpRig.MARIA, MENTIONS + "?tracker=Vistro&limit=2&cursor=" + cursor)
                    .json();
            page.get("items").forEach(item -> quotes.add(item.get("quote").asText()));
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : page.get("nextCursor").asText();
        } while (!cursor.isEmpty());

        assertThat(quotes).hasSize(6).startsWith("Vistro one.", "Vistro two.", "Vistro three.");
    }

    @Test
    void changedWords_replaceTheOldOnes_andHiddenCallsTakeTheirsAlong() {
        CallDraft first = new CallDraft("M-1", "2026-11-21T10:00:00Z")
                .theirs("Paula Reyes", "Vistro made us an offer.")
                .tracked("Vistro");
        first.save(rig, rig.northwind);
        rig.features.signals().catchUp();
        new CallDraft("M-1", "2026-11-21T10:00:00Z")
                .theirs("Paula Reyes", "Nothing of the kind.")
                .save(rig, rig.northwind);

        // What was read off the old words is gone at once, before anybody reads the new ones.
        assertThat(items(HttpRig.MARIA, MENTIONS + "?tracker=Vistro")).isEmpty();
        assertThat(items(HttpRig.MARIA, TRENDS + "?tracker=Vistro")).isEmpty();
        first.save(rig, rig.northwind);
        rig.features.signals().catchUp();
        assertThat(items(HttpRig.MARIA, MENTIONS + "?tracker=Vistro")).hasSize(1);
        rig.database.transact(handle -> HiddenCalls.hide(handle, "M-1", null, HttpRig.NOW));
        assertThat(items(HttpRig.MARIA, MENTIONS + "?tracker=Vistro")).isEmpty();
        first.save(rig, rig.northwind);
        rig.features.signals().catchUp();
        assertThat(items(HttpRig.MARIA, MENTIONS + "?tracker=Vistro")).hasSize(1);
    }

    @Test
    void badParameters_areRefused() {
        assertThat(rig.get(HttpRig.MARIA, TRENDS + "?groupBy=year").status()).isEqualTo(400);
        assertThat(rig.get(HttpRig.MARIA, TRENDS + "?cursor=abc").status()).isEqualTo(400);
        assertThat(rig.get(HttpRig.MARIA, TRENDS + "?from=1990-01-01").status()).isEqualTo(422);
        assertThat(rig.get(HttpRig.MARIA, MENTIONS + "?cursor=abc").status()).isEqualTo(400);
    }

    /** So many calls a day apart, of which some speak of it. */
    private void calls(String prefix, CustomerId customer, int calls, int with, String tracker, String from) {
        LocalDate first = LocalDate.parse(from);
        assertThat(first.plusDays(calls)).isBefore(TODAY.plusDays(1));
        for (int i = 0; i < calls; i++) {
            CallDraft draft = new CallDraft(prefix + "-" + i, first.plusDays(i) + "T10:00:00Z")
                    .ours("Maria Lopez", "Good morning.")
                    .theirs("Paula Reyes", "Let us speak of " + tracker + ".");
            (i < with ? draft.tracked(tracker) : draft).save(rig, customer);
        }
    }

    private JsonNode trend(String token, String path, String tracker) {
        return Objects.requireNonNull(items(token, path).stream()
                .filter(item -> item.get("tracker").asText().equals(tracker))
                .findFirst()
                .orElse(null));
    }

    private List<JsonNode> items(String token, String path) {
        Reply reply = rig.get(token, path);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        List<JsonNode> items = new ArrayList<>();
        reply.json().get("items").forEach(items::add);
        return items;
    }

    private static List<String> values(List<JsonNode> items, String field) {
        return items.stream().map(item -> item.get(field).asText()).toList();
    }
}
