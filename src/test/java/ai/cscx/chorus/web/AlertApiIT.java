package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.alert.AlertChecks;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.HiddenCalls;
import ai.cscx.chorus.call.IndexOutbox;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.web.HttpRig.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Saved searches and their alerts, with the checks run by hand. */
final class AlertApiIT {
    private static final String DISCOUNT = "{\"name\": \"Discounts\", \"q\": \"discount renewal\"}";

    private HttpRig rig;
    private AlertChecks checks;

    @BeforeEach
    void start() {
        rig = new HttpRig();
        checks = checks(rig.features.search());
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void savedSearch_isListedAsItWasSaved_untilItIsDeleted() {
        JsonNode saved = save(
                HttpRig.MARIA,
                "{\"name\": \" Discounts \", \"q\": \"discount\", \"customerId\": \"" + rig.northwind
                        + "\", \"speaker\": \"Paula\", \"side\": \"external\"}");

        assertThat(saved.get("name").asText()).isEqualTo("Discounts");
        assertThat(saved.get("alert").asBoolean()).isTrue();
        assertThat(saved.get("side").asText()).isEqualTo("external");
        assertThat(items(HttpRig.MARIA, "/api/searches")).containsExactly(saved);
        assertThat(items(HttpRig.TOM, "/api/searches")).isEmpty();
        assertThat(delete(HttpRig.TOM, saved)).isEqualTo(404);
        assertThat(delete(HttpRig.MARIA, saved)).isEqualTo(204);
        assertThat(delete(HttpRig.MARIA, saved)).isEqualTo(404);
        assertThat(items(HttpRig.MARIA, "/api/searches")).isEmpty();
    }

    @Test
    void savedSearch_isRenamed_byItsOwnerAlone() {
        JsonNode saved = save(HttpRig.MARIA, DISCOUNT);
        String path = "/api/searches/" + saved.get("id").asText();

        assertThat(rig.send(HttpRig.TOM, "PATCH", path, "{\"name\": \"Mine\"}").status())
                .isEqualTo(404);
        assertThat(rig.send(HttpRig.MARIA, "PATCH", path, "{\"q\": \"other\"}").status())
                .isEqualTo(422);
        assertThat(rig.send(HttpRig.MARIA, "PATCH", path, "{\"name\": \" \"}").status())
                .isEqualTo(422);
        JsonNode changed = rig.send(HttpRig.MARIA, "PATCH", path, "{\"name\": \"Prices\", \"alert\": false}")
                .json();

        assertThat(changed.get("name").asText()).isEqualTo("Prices");
        assertThat(changed.get("alert").asBoolean()).isFalse();
        assertThat(changed.get("q")).isEqualTo(saved.get("q"));
    }

    @Test
    void searchThatNamesNothing_isRefused_byPlace() {
        assertThat(refused("{\"name\": \"a\", \"q\": \" \"}")).containsExactly("/q");
        assertThat(refused("{\"name\": \"a\", \"q\": \"-discount\"}")).containsExactly("/q");
        assertThat(refused("{\"name\": \"a\", \"q\": \"" + "a".repeat(1001) + "\"}"))
                .containsExactly("/q");
        assertThat(refused("{\"speaker\": \" \"}")).containsExactly("/name", "/q", "/speaker");
        assertThat(refused("{\"name\": \"a\", \"q\": \"discount\", \"side\": \"left\"}"))
                .containsExactly("/side");
        assertThat(rig.get(HttpRig.MARIA, "/api/searches?q=a").status()).isEqualTo(400);
        assertThat(rig.get(HttpRig.MARIA, "/api/alerts?seen=a").status()).isEqualTo(400);
    }

    @Test
    void customerOfSomebodyElse_isRefusedLikeOneThatDoesNotExist() {
        String body = "{\"name\": \"a\", \"q\": \"discount\", \"customerId\": \"%s\"}";

        Reply foreign = rig.send(HttpRig.MARIA, "POST", "/api/searches", body.formatted(rig.globex));
        Reply unknown = rig.send(HttpRig.MARIA, "POST", "/api/searches", body.formatted(UUID.randomUUID()));

        assertThat(foreign.status()).isEqualTo(422);
        assertThat(foreign.json().get("errors")).isEqualTo(unknown.json().get("errors"));
        assertThat(foreign.json().get("detail")).isEqualTo(unknown.json().get("detail"));
    }

    @Test
    void hundredFirstSearch_isRefused_andPagesHoldAllTheOthersOnce() {
        for (int i = 0; i < 100; i++) {
            save(HttpRig.MARIA, DISCOUNT);
        }

        Reply tooMany = rig.send(HttpRig.MARIA, "POST", "/api/searches", DISCOUNT);

        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.json().get("detail").asText()).contains("delete one first");
        save(HttpRig.TOM, DISCOUNT);
        List<JsonNode> all = new ArrayList<>();
        JsonNode page = rig.get(HttpRig.MARIA, "/api/searches?limit=30").json();
        page.get("items").forEach(all::add);
        while (!page.get("nextCursor").isNull()) {
            page = rig.get(
                            HttpRig.MARIA,
                            "/api/searches?limit=30&cursor="
                                    + page.get("nextCursor").asText())
                    .json();
            page.get("items").forEach(all::add);
        }
        assertThat(all).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void newCallThatMatches_alertsOnce_andCheckedAgainChangesNothing() {
        JsonNode saved = save(HttpRig.MARIA, DISCOUNT);

        arrives(rig.northwindCall);

        JsonNode alert = alerts(HttpRig.MARIA).getFirst();
        assertThat(alert.get("searchId")).isEqualTo(saved.get("id"));
        assertThat(alert.get("searchName").asText()).isEqualTo("Discounts");
        assertThat(alert.get("callId").asText()).isEqualTo(rig.northwindCall.toString());
        assertThat(alert.at("/customer/name").asText()).isEqualTo("Northwind Freight");
        assertThat(alert.get("quote").asText()).isEqualTo("We want a discount on the renewal.");
        assertThat(alert.get("speaker").asText()).isEqualTo("Paula Reyes");
        assertThat(alert.get("startSeconds").asDouble()).isEqualTo(6.5);
        assertThat(alert.get("url").asText()).endsWith("?t=6");
        assertThat(alert.get("seenAt").isNull()).isTrue();
        arrives(rig.northwindCall);
        assertThat(alerts(HttpRig.MARIA)).containsExactly(alert);
        assertThat(waiting()).isZero();
    }

    @Test
    void twoInstancesAtOnce_alertOnce() {
        save(HttpRig.MARIA, DISCOUNT);
        indexed(rig.northwindCall);
        AlertChecks other = checks(rig.features.search());

        CompletableFuture.allOf(CompletableFuture.runAsync(checks::run), CompletableFuture.runAsync(other::run))
                .join();

        assertThat(alerts(HttpRig.MARIA)).hasSize(1);
        assertThat(waiting()).isZero();
    }

    @Test
    void alert_isForThoseWhoMaySeeTheCall() {
        save(HttpRig.MARIA, DISCOUNT);
        save(HttpRig.TOM, DISCOUNT);
        save(HttpRig.ADMIN, DISCOUNT);

        arrives(rig.northwindCall);

        assertThat(alerts(HttpRig.MARIA)).hasSize(1);
        assertThat(alerts(HttpRig.TOM)).isEmpty();
        assertThat(alerts(HttpRig.ADMIN)).hasSize(1);
        arrives(rig.globexCall);
        assertThat(alerts(HttpRig.MARIA)).hasSize(1);
        assertThat(alerts(HttpRig.TOM)).hasSize(1);
        assertThat(alerts(HttpRig.ADMIN)).hasSize(2);
    }

    @Test
    void searchOfOneCustomerAndSpeaker_isDeafToOthers() {
        save(
                HttpRig.ADMIN,
                "{\"name\": \"a\", \"q\": \"discount\", \"customerId\": \"" + rig.globex
                        + "\", \"speaker\": \"Paula\"}");
        save(HttpRig.ADMIN, "{\"name\": \"b\", \"q\": \"discount\", \"side\": \"internal\"}");
        save(HttpRig.ADMIN, "{\"name\": \"c\", \"q\": \"kubernetes\"}");

        arrives(rig.northwindCall);
        assertThat(alerts(HttpRig.ADMIN)).isEmpty();
        arrives(rig.globexCall);

        assertThat(alerts(HttpRig.ADMIN))
                .extracting(alert -> alert.get("searchName").asText())
                .containsExactly("a");
    }

    @Test
    void callThatWasHereWhenTheSearchWasSaved_neverAlerts() {
        arrives(rig.northwindCall);
        save(HttpRig.MARIA, DISCOUNT);

        arrives(rig.northwindCall);

        assertThat(alerts(HttpRig.MARIA)).isEmpty();
        assertThat(waiting()).isZero();
    }

    @Test
    void callOfABackfill_alertsOnlyIfItTookPlaceAfterTheSearchWasSaved() {
        save(HttpRig.MARIA, DISCOUNT);
        save(HttpRig.TOM, DISCOUNT);
        execute("INSERT INTO chorus_syncs (state, cause, window_from, window_until, started_at, begun) VALUES"
                + " ('running', 'backfill', '2025-11-01', '2026-11-22', '2026-11-22', '-infinity')");
        execute("INSERT INTO chorus_sync_items (sync_id, chorus_call_id, outcome)"
                + " SELECT id, unnest(ARRAY['E-1', 'E-2']), 'stored' FROM chorus_syncs");
        execute("UPDATE chorus_calls SET call_date = '2026-11-22T12:00:01Z' WHERE chorus_call_id = 'E-2'");

        arrives(rig.northwindCall);
        arrives(rig.globexCall);

        assertThat(alerts(HttpRig.MARIA)).isEmpty();
        assertThat(alerts(HttpRig.TOM)).hasSize(1);
    }

    @Test
    void lateTranscriptOfACallThatABackfillFinds_alerts() {
        save(HttpRig.MARIA, DISCOUNT);
        execute("INSERT INTO chorus_syncs (state, cause, window_from, window_until, started_at) VALUES"
                + " ('running', 'backfill', '2025-11-01', '2026-11-22', '2026-11-22')");
        execute("INSERT INTO chorus_sync_items (sync_id, chorus_call_id, outcome)"
                + " SELECT id, 'E-1', 'stored' FROM chorus_syncs");

        arrives(rig.northwindCall);

        assertThat(alerts(HttpRig.MARIA)).hasSize(1);
    }

    @Test
    void openSearchAway_isNoAnswer_andTheCallIsCheckedLater() {
        save(HttpRig.MARIA, DISCOUNT);
        indexed(rig.northwindCall);

        try (Search away = new Search(URI.create("http://127.0.0.1:1"), new Portfolio(rig.database), null)) {
            checks(away).run();
        }
        assertThat(alerts(HttpRig.MARIA)).isEmpty();
        assertThat(waiting()).isEqualTo(1);
        checks.run();

        assertThat(alerts(HttpRig.MARIA)).hasSize(1);
        assertThat(waiting()).isZero();
    }

    @Test
    void indexBeingFilledAnew_putsChecksOff() {
        save(HttpRig.MARIA, DISCOUNT);
        indexed(rig.northwindCall);
        execute("UPDATE chorus_calls SET indexed_version = 0 WHERE chorus_call_id = 'E-1'");

        checks.run();

        assertThat(alerts(HttpRig.MARIA)).isEmpty();
        assertThat(waiting()).isEqualTo(1);
        assertThat(rig.database.<Boolean>read(
                        handle -> handle.createQuery("SELECT due_at > clock_timestamp() FROM chorus_alert_checks")
                                .mapTo(Boolean.class)
                                .one()))
                .isTrue();
    }

    @Test
    void searchThatCannotBeRunAnyMore_waits_andHoldsUpNobody() {
        save(HttpRig.MARIA, DISCOUNT);
        save(HttpRig.MARIA, DISCOUNT.replace("Discounts", "Broken"));
        execute("UPDATE chorus_saved_searches SET q = '-' WHERE name = 'Broken'");

        arrives(rig.northwindCall);

        assertThat(alerts(HttpRig.MARIA)).hasSize(1);
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void alert_isUnseenUntilItsOwnerSawIt() {
        save(HttpRig.MARIA, DISCOUNT);
        arrives(rig.northwindCall);
        String path =
                "/api/alerts/" + alerts(HttpRig.MARIA).getFirst().get("id").asText() + "/seen";

        assertThat(items(HttpRig.MARIA, "/api/alerts?unseen=true")).hasSize(1);
        assertThat(rig.send(HttpRig.TOM, "POST", path, null).status()).isEqualTo(404);
        assertThat(rig.send(HttpRig.MARIA, "POST", path, null).status()).isEqualTo(204);
        assertThat(rig.send(HttpRig.MARIA, "POST", path, null).status()).isEqualTo(204);

        assertThat(items(HttpRig.MARIA, "/api/alerts?unseen=true")).isEmpty();
        assertThat(alerts(HttpRig.MARIA).getFirst().get("seenAt").asText()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(rig.send(HttpRig.MARIA, "POST", "/api/alerts/" + HttpRig.unknownId() + "/seen", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void service_readsTheSearchesAndAlertsOfThePerson() {
        save(HttpRig.MARIA, DISCOUNT);
        arrives(rig.northwindCall);

        Reply alerts = rig.send(HttpRig.SERVICE, "GET", "/api/alerts", null, "X-On-Behalf-Of", "maria@cscx.example");
        Reply searches =
                rig.send(HttpRig.SERVICE, "GET", "/api/searches", null, "X-On-Behalf-Of", "maria@cscx.example");

        assertThat(alerts.json().get("items")).hasSize(1);
        assertThat(searches.json().get("items")).hasSize(1);
    }

    @Test
    void callThatMovesToAnotherCustomer_takesItsAlertAlong() {
        save(HttpRig.MARIA, DISCOUNT);
        arrives(rig.northwindCall);
        String alert = alerts(HttpRig.MARIA).getFirst().get("id").asText();

        execute("UPDATE chorus_calls SET customer_id = '" + rig.globex + "' WHERE chorus_call_id = 'E-1'");

        assertThat(alerts(HttpRig.MARIA)).isEmpty();
        assertThat(rig.send(HttpRig.MARIA, "POST", "/api/alerts/" + alert + "/seen", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void hiddenCall_hidesItsAlert_andPurgedItIsDeleted() {
        save(HttpRig.MARIA, DISCOUNT);
        arrives(rig.northwindCall);

        rig.database.transact(handle -> HiddenCalls.hide(handle, "E-1", null, HttpRig.NOW));
        assertThat(alerts(HttpRig.MARIA)).isEmpty();
        assertThat(count("chorus_alerts")).isEqualTo(1);
        rig.database.transact(handle -> HiddenCalls.purge(handle, "E-1"));

        assertThat(count("chorus_alerts")).isZero();
    }

    @Test
    void wordsThatAreGone_areNotQuoted() {
        save(HttpRig.MARIA, DISCOUNT);
        arrives(rig.northwindCall);

        execute("DELETE FROM chorus_transcripts");

        JsonNode alert = alerts(HttpRig.MARIA).getFirst();
        assertThat(alert.get("quote").isNull()).isTrue();
        assertThat(alert.get("speaker").isNull()).isTrue();
        assertThat(alert.toString()).doesNotContain("want a discount");
    }

    @Test
    void searchWithoutAlerts_tellsNothing_alsoNotLater() {
        JsonNode saved = save(HttpRig.MARIA, "{\"name\": \"a\", \"q\": \"discount\", \"alert\": false}");
        arrives(rig.northwindCall);

        rig.send(HttpRig.MARIA, "PATCH", "/api/searches/" + saved.get("id").asText(), "{\"alert\": true}");
        arrives(rig.northwindCall);

        assertThat(alerts(HttpRig.MARIA)).isEmpty();
    }

    @Test
    void deletedSearch_takesItsAlertsAlong() {
        JsonNode saved = save(HttpRig.MARIA, DISCOUNT);
        arrives(rig.northwindCall);

        assertThat(delete(HttpRig.MARIA, saved)).isEqualTo(204);

        assertThat(count("chorus_alerts")).isZero();
    }

    /** The indexer has written it, and the checks that wait are made. */
    private void arrives(CallId call) {
        indexed(call);
        checks.run();
    }

    private void indexed(CallId call) {
        rig.database.transact(handle -> {
            long version = handle.createQuery("SELECT version FROM chorus_calls WHERE id = :id")
                    .bind("id", call.value())
                    .mapTo(Long.class)
                    .one();
            IndexOutbox.indexed(handle, List.of(new IndexOutbox.Indexed(call, version, 1)));
        });
    }

    private AlertChecks checks(Search search) {
        return new AlertChecks(rig.database, search, rig.features.people(), rig.features.clock());
    }

    private JsonNode save(String token, String body) {
        Reply reply = rig.send(token, "POST", "/api/searches", body);
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
        return reply.json();
    }

    private List<String> refused(String body) {
        Reply reply = rig.send(HttpRig.MARIA, "POST", "/api/searches", body);
        assertThat(reply.status()).isEqualTo(422);
        return reply.json().get("errors").findValuesAsText("pointer");
    }

    private int delete(String token, JsonNode search) {
        return rig.send(token, "DELETE", "/api/searches/" + search.get("id").asText(), null)
                .status();
    }

    private List<JsonNode> alerts(String token) {
        return items(token, "/api/alerts");
    }

    private List<JsonNode> items(String token, String path) {
        List<JsonNode> items = new ArrayList<>();
        Reply reply = rig.get(token, path);
        assertThat(reply.status()).isEqualTo(200);
        reply.json().get("items").forEach(items::add);
        return items;
    }

    private long waiting() {
        return count("chorus_alert_checks");
    }

    private long count(String table) {
        return rig.database.read(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Long.class)
                .one());
    }

    private void execute(String sql) {
        rig.database.transact(handle -> handle.execute(sql));
    }
}
