package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.call.NewActionItem;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.customer.Relinking;
import ai.cscx.chorus.web.HttpRig.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which customer a call belongs to, from its arrival to a person's word, through the front door. */
final class LinksIT {
    private static final Instant DAY = Instant.parse("2026-11-10T10:00:00Z");

    @SuppressWarnings("NullAway.Init")
    private HttpRig rig;

    @SuppressWarnings("NullAway.Init")
    private Relinking relinking;

    @BeforeEach
    void start() {
        rig = new HttpRig();
        relinking = new Relinking(rig.database, rig.features.links());
        patch(rig.northwind, "{\"domains\": [\"northwind.example\"], \"crmId\": \"0015g00000NWF00AAA\"}");
        patch(rig.globex, "{\"domains\": [\"globex.example\"], \"aliases\": [\"Globex Chemicals\"]}");
        relinking.run();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void match_takesTheStrongestEvidence() {
        assertThat(customer(arrived("M-1").crm("0015g00000NWF00").save())).isEqualTo("Northwind Freight");
        assertThat(customer(arrived("M-2").people("x@eu.globex.example").save()))
                .isEqualTo("Globex");
        assertThat(customer(
                        arrived("M-3").account("7", "GLOBEX Chemicals, Inc.").save()))
                .isEqualTo("Globex");
        assertThat(customer(arrived("M-4")
                        .people("x@gmail.com", "helper@partner.example")
                        .save()))
                .isEmpty();
        assertThat(customer(arrived("M-5").account("0", "Globex Meetings").save()))
                .isEmpty();
    }

    @Test
    void match_contradictions_areQueuedWithBoth() {
        CallId call = arrived("C-1")
                .crm("0015g00000NWF00AAA")
                .people("x@globex.example")
                .save();
        CallId mixed =
                arrived("C-2").people("x@globex.example", "y@northwind.example").save();

        JsonNode match =
                rig.get(HttpRig.ADMIN, "/api/chorus/meetings/" + call).json().path("match");
        assertThat(customer(call)).isEmpty();
        assertThat(match.path("candidates").findValuesAsText("name")).containsExactly("Northwind Freight", "Globex");
        assertThat(match.at("/candidates/0/confidence").asDouble()).isBetween(0.5, 1.0);
        assertThat(queue()).contains(call.toString(), mixed.toString());
    }

    @Test
    void match_peopleAndAccountsKnownByCrm_decide_butNotThoseSeenAtTwo() {
        arrived("P-1")
                .crm("0015g00000NWF00AAA")
                .account("77", "NWF")
                .people("p@gmail.com", "both@gmail.com")
                .save();
        CallId person = arrived("P-2").people("p@gmail.com").save();
        CallId account = arrived("P-3").account("77", "Something Else").save();
        CallId ambiguous = arrived("P-4").people("both@gmail.com").save();
        link(HttpRig.ADMIN, ambiguous, rig.globex, "null");
        CallId seenAtTwo = arrived("P-5").people("both@gmail.com").save();

        assertThat(customer(person)).isEqualTo("Northwind Freight");
        assertThat(customer(account)).isEqualTo("Northwind Freight");
        assertThat(customer(seenAtTwo)).isEmpty();
    }

    @Test
    void twoRecordingsOfOneMeeting_shareTheCustomer_andStayTwo() {
        CallId first = arrived("T-1")
                .series("weekly@x/1")
                .people("nobody@unknown.example")
                .save();
        CallId second =
                arrived("T-2").series("weekly@x/1").crm("0015g00000NWF00AAA").save();
        relinking.run();

        assertThat(customer(first)).isEqualTo("Northwind Freight");
        assertThat(customer(second)).isEqualTo("Northwind Freight");
        assertThat(rig.get(HttpRig.ADMIN, "/api/chorus/meetings/" + first)
                        .json()
                        .at("/match/reason")
                        .asText())
                .contains("another recording");
    }

    @Test
    void link_byHand_stays_andRelinksThePast() {
        CallId past = arrived("H-1").people("ann@newco.example").save();
        CallId call = arrived("H-2").people("ann@newco.example").save();
        CallId colleague = arrived("H-3").people("bob@newco.example").save();

        Reply reply = link(HttpRig.ADMIN, call, rig.globex, "true");
        relinking.run();

        assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
        assertThat(reply.json().at("/customer/name").asText()).isEqualTo("Globex");
        assertThat(customer(past)).isEqualTo("Globex");
        assertThat(customer(colleague)).isEqualTo("Globex");
        assertThat(queue()).doesNotContain(past.toString(), call.toString());
        arrived("H-2").crm("0015g00000NWF00AAA").people("ann@northwind.example").save();
        relinking.run();
        assertThat(customer(call)).isEqualTo("Globex");
    }

    @Test
    void link_toNobody_takesItOutOfTheQueueForGood() {
        CallId call = arrived("N-1").people("x@gmail.com").save();

        assertThat(rig.send(HttpRig.ADMIN, "POST", path(call), "{\"customerId\": null}")
                        .status())
                .isEqualTo(200);
        relinking.run();

        assertThat(queue()).doesNotContain(call.toString());
        assertThat(customer(call)).isEmpty();
    }

    @Test
    void link_byCsm_staysWithinTheirPortfolio() {
        CallId mine = arrived("A-1").crm("0015g00000NWF00AAA").save();
        CallId foreign = arrived("A-2").people("x@globex.example").save();

        Reply unknown = link(HttpRig.MARIA, mine, new CustomerId(java.util.UUID.randomUUID()), "null");
        Reply notHers = link(HttpRig.MARIA, mine, rig.globex, "null");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(body(notHers)).isEqualTo(body(unknown));
        assertThat(link(HttpRig.MARIA, foreign, rig.northwind, "null").status()).isEqualTo(404);
        assertThat(rig.send(HttpRig.MARIA, "POST", path(mine), "{\"customerId\": null}")
                        .status())
                .isEqualTo(403);
        assertThat(rig.send(HttpRig.MARIA, "POST", path(mine), "{}").status()).isEqualTo(422);
        assertThat(link(HttpRig.MARIA, mine, rig.northwind, "null").status()).isEqualTo(200);
        assertThat(rig.get(HttpRig.MARIA, "/api/chorus/unmatched").status()).isEqualTo(403);
    }

    @Test
    void link_learningADomainThatSaysNothing_isRefused() {
        CallId call = arrived("D-1")
                .people("x@gmail.com", "y@one.example", "z@two.example")
                .save();

        assertThat(link(HttpRig.ADMIN, call, rig.globex, "true").status()).isEqualTo(422);
        assertThat(link(HttpRig.ADMIN, call, rig.globex, "\"gmail.com\"").status())
                .isEqualTo(422);
        assertThat(link(HttpRig.ADMIN, call, rig.globex, "7").status()).isEqualTo(422);
        assertThat(link(HttpRig.ADMIN, call, rig.globex, "\"two.example\"").status())
                .isEqualTo(200);
        assertThat(customer(arrived("D-2").people("w@two.example").save())).isEqualTo("Globex");
        assertThat(customer(arrived("D-3").people("w@one.example").save())).isEmpty();
    }

    @Test
    void customer_changed_relinksTheQueue() {
        CallId call = arrived("R-1").people("x@renamed.example").save();

        Reply changed = patch(rig.globex, "{\"domains\": [\"renamed.example\"], \"segment\": \"SMB\"}");
        relinking.run();

        assertThat(changed.json().path("segment").asText()).isEqualTo("SMB");
        assertThat(changed.json().path("name").asText()).isEqualTo("Globex");
        assertThat(customer(call)).isEqualTo("Globex");
        assertThat(patch(rig.globex, "{\"segment\": null}")
                        .json()
                        .path("segment")
                        .isNull())
                .isTrue();
        assertThat(patch(rig.globex, "{\"name\": null}").status()).isEqualTo(422);
        assertThat(patch(rig.globex, "[]").status()).isEqualTo(422);
        assertThat(rig.send(HttpRig.TOM, "PATCH", "/api/customers/" + rig.globex, "{}")
                        .status())
                .isEqualTo(403);
        assertThat(rig.send(HttpRig.ADMIN, "PATCH", "/api/customers/" + HttpRig.unknownId(), "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void customer_deleted_saysWhereItsCallsGo() {
        CallId call =
                arrived("X-1").people("x@globex.example").item("Send the quote").save();
        String customer = "/api/customers/" + rig.globex;

        assertThat(rig.send(HttpRig.TOM, "DELETE", customer, null).status()).isEqualTo(403);
        Reply inUse = rig.send(HttpRig.ADMIN, "DELETE", customer, null);
        assertThat(inUse.status()).isEqualTo(409);
        assertThat(inUse.json().path("detail").asText()).contains("reassign");
        assertThat(rig.send(HttpRig.ADMIN, "DELETE", customer + "?reassign=" + rig.globex, null)
                        .status())
                .isEqualTo(422);
        Reply deleted = rig.send(HttpRig.ADMIN, "DELETE", customer + "?reassign=" + rig.northwind, null);
        relinking.run();

        assertThat(deleted.json().path("calls").asInt()).isPositive();
        assertThat(customer(call)).isEqualTo("Northwind Freight");
        assertThat(rig.get(HttpRig.ADMIN, customer).status()).isEqualTo(404);
        Reply anew = rig.send(HttpRig.ADMIN, "DELETE", "/api/customers/" + rig.northwind + "?reassign=none", null);
        assertThat(anew.status()).as(anew.response().body()).isEqualTo(200);
        assertThat(customer(call)).isEmpty();
    }

    @Test
    void queue_pageByPage_namesEachCallOnce() {
        for (int i = 0; i < 5; i++) {
            arrived("Q-" + i).people("x@unknown" + i + ".example").save();
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = rig.get(
                            HttpRig.ADMIN, "/api/chorus/unmatched?limit=2&from=2026-11-10&to=2026-11-10" + cursor)
                    .json();
            page.path("items").forEach(call -> seen.add(call.path("externalId").asText()));
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("nextCursor").asText();
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactlyInAnyOrder("Q-0", "Q-1", "Q-2", "Q-3", "Q-4");
    }

    @Test
    void leader_doesNotSeeTheQueue() {
        People.Person leader =
                rig.features.people().ensure(new People.NewPerson("lea@cscx.example", "Lea", Role.LEADER, null));
        rig.features.people().ensureToken(leader.id(), "test", "leader-s-token-00");

        assertThat(rig.get("leader-s-token-00", "/api/chorus/unmatched").status())
                .isEqualTo(403);
    }

    private Reply patch(CustomerId customer, String body) {
        return rig.send(HttpRig.ADMIN, "PATCH", "/api/customers/" + customer, body);
    }

    private Reply link(String token, CallId call, CustomerId customer, String learnDomain) {
        return rig.send(
                token,
                "POST",
                path(call),
                "{\"customerId\": \"" + customer + "\", \"learnDomain\": " + learnDomain + "}");
    }

    private static String path(CallId call) {
        return "/api/chorus/meetings/" + call + "/customer";
    }

    private static String body(Reply reply) {
        return reply.response()
                .body()
                .replaceAll("\"instance\":\"[^\"]*\"", "")
                .replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    private List<String> queue() {
        List<String> ids = new ArrayList<>();
        rig.get(HttpRig.ADMIN, "/api/chorus/unmatched?limit=200")
                .json()
                .path("items")
                .forEach(call -> ids.add(call.path("id").asText()));
        return ids;
    }

    private String customer(CallId call) {
        return rig.get(HttpRig.ADMIN, "/api/chorus/meetings/" + call)
                .json()
                .at("/customer/name")
                .asText();
    }

    private Arrival arrived(String externalId) {
        return new Arrival(externalId);
    }

    /** A call that Chorus lists, saved and matched as the sync does it. */
    private final class Arrival {
        private final String externalId;
        private final List<Participant> people = new ArrayList<>(
                List.of(new Participant("Maria Lopez", "maria@cscx.example", null, null, Side.UNKNOWN)));
        private final List<NewActionItem> items = new ArrayList<>();
        private @Nullable String crmId;
        private @Nullable String accountId;
        private @Nullable String accountName;
        private @Nullable String series;

        private Arrival(String externalId) {
            this.externalId = externalId;
        }

        Arrival crm(String id) {
            crmId = id;
            return this;
        }

        Arrival account(String id, String name) {
            accountId = id;
            accountName = name;
            return this;
        }

        Arrival series(String key) {
            series = key;
            return this;
        }

        Arrival people(String... emails) {
            Arrays.stream(emails).forEach(email -> people.add(new Participant(null, email, null, null, Side.EXTERNAL)));
            return this;
        }

        Arrival item(String text) {
            items.add(new NewActionItem(externalId + "-a", text, null, Side.INTERNAL, null, null));
            return this;
        }

        CallId save() {
            CallStore store = new CallStore();
            CallContent content = new CallContent(
                    externalId,
                    "engagements",
                    "Call " + externalId,
                    DAY,
                    DAY,
                    1_000,
                    "meeting",
                    CallContent.State.DONE,
                    CallContent.TranscriptState.EMPTY,
                    null,
                    "en",
                    null,
                    null,
                    "maria@cscx.example",
                    "Maria Lopez",
                    crmId,
                    accountId,
                    accountName,
                    null,
                    null,
                    series,
                    null,
                    people,
                    List.of(),
                    items,
                    null,
                    new Transcript("en", List.of()));
            return rig.database.inTransaction(handle -> {
                CallId id = store.save(handle, content, Map.of("detail", new byte[0]), "h", DAY)
                        .id();
                rig.features.links().match(handle, id);
                rig.features.tasks().createFromActionItems(handle, id);
                return id;
            });
        }
    }
}
