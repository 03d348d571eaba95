package ai.cscx.chorus.simulator;

import static ai.cscx.chorus.simulator.SimulatorBrowser.ANCHOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.simulator.SimulatedCall.State;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorChangesTest {
    private static final Instant YEAR_AGO = ANCHOR.minus(Duration.ofDays(365));
    private static final String DAYS = "?start_date=2025-11-22&end_date=2026-12-31";
    private ChorusSimulator simulator;
    private SimulatorBrowser browser;
    private Changes changes;

    @BeforeEach
    void start() {
        simulator = SimulatorBrowser.started(150, 7);
        browser = new SimulatorBrowser(simulator);
        changes = simulator.changes();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void transcript_thatComesLate_isThereOnCommand() {
        String id = first(State.PROCESSING);
        assertThat(browser.bearer("/api/v1/calls/" + id + "/transcript").statusCode())
                .isEqualTo(202);
        assertThat(truth(id).path("transcriptReady").asBoolean()).isFalse();
        changes.transcriptReady(id);

        assertThat(browser.call("/" + id + "/transcript").path("segments")).isNotEmpty();
        assertThat(browser.detail(id).path("status").asText()).isEqualTo("done");
        assertThat(browser.detail(id).path("recording").path("utterances")).isNotEmpty();
        assertThat(row(id).path("processing_state").asText()).isEqualTo("done");
        assertThat(truth(id).path("transcriptReady").asBoolean()).isTrue();
        changes.processing(id);
        assertThat(browser.bearer("/api/v1/calls/" + id + "/transcript").statusCode())
                .isEqualTo(202);
    }

    @Test
    void call_thatBecomesPrivate_isHiddenInOneDialectAndMarkedInTheOther() {
        String id = first(State.DONE);
        changes.makePrivate(id);

        assertThat(row(id).isMissingNode()).isTrue();
        assertThat(browser.get("/api/v1/conversations/" + id).statusCode()).isEqualTo(404);
        assertThat(browser.call("/" + id).path("private").asBoolean()).isTrue();
        assertThat(element(id).path("private").asBoolean()).isTrue();
        assertThat(browser.bearer("/api/v1/calls/" + id + "/transcript").statusCode())
                .isEqualTo(404);
        assertThat(truth(id).path("listed").asBoolean()).isFalse();
        changes.restore(id);
        assertThat(row(id).isMissingNode()).isFalse();
        assertThat(browser.call("/" + id).path("private").asBoolean()).isFalse();
    }

    @Test
    void call_thatIsDeleted_isNotFoundAnywhereUntilRestored() {
        String id = first(State.DONE);
        changes.delete(id);

        assertThat(row(id).isMissingNode()).isTrue();
        assertThat(element(id).isMissingNode()).isTrue();
        assertThat(browser.get("/api/v1/conversations/" + id).statusCode()).isEqualTo(404);
        assertThat(browser.bearer("/api/v1/calls/" + id).statusCode()).isEqualTo(404);
        assertThat(truth(id).path("deleted").asBoolean()).isTrue();
        changes.restore(id);
        assertThat(browser.get("/api/v1/conversations/" + id).statusCode()).isEqualTo(200);
        assertThat(truth(id).path("version").asInt()).isEqualTo(2);
    }

    @Test
    void call_thatIsEdited_showsItInBothDialectsAndWasModifiedLater() {
        String id = first(State.DONE);
        String before = browser.detail(id).path("_modified_at").asText();
        changes.retitle(id, "Closing the year");
        changes.addParticipant(id, "Late Comer", "late@comer.example", Side.EXTERNAL);
        changes.addActionItem(id, "Send the minutes", "Late Comer");
        changes.correctUtterance(id, 3, "This is what was really said.");
        JsonNode detail = browser.detail(id);
        JsonNode call = browser.call("/" + id);

        assertThat(detail.path("name").asText()).isEqualTo("Closing the year");
        assertThat(call.path("title").asText()).isEqualTo("Closing the year");
        assertThat(row(id).path("subject").asText()).isEqualTo("Closing the year");
        assertThat(detail.path("participants").findValuesAsText("email")).contains("late@comer.example");
        assertThat(detail.path("action_items").toString()).contains("Send the minutes");
        JsonNode item = call.path("action_items").get(call.path("action_items").size() - 1);
        assertThat(item.path("owner_email").asText()).isEqualTo("late@comer.example");
        assertThat(item.path("timestamp_seconds").isNull()).isTrue();
        assertThat(browser.call("/" + id + "/transcript").findValuesAsText("text"))
                .contains("This is what was really said.");
        assertThat(detail.findValuesAsText("snippet")).contains("This is what was really said.");
        assertThat(new String(
                        browser.send("GET", "/_simulator/calls/" + id + "/transcript")
                                .body(),
                        StandardCharsets.UTF_8))
                .contains("This is what was really said.");
        assertThat(Instant.parse(detail.path("_modified_at").asText())).isAfter(Instant.parse(before));
        assertThat(truth(id).path("version").asInt()).isEqualTo(4);
    }

    @Test
    void change_ofEveryKind_movesTheModificationDate() {
        String id = first(State.DONE);
        changes.retitle(id, "One");
        String one = browser.detail(id).path("_modified_at").asText();
        changes.retitle(id, "Two");

        assertThat(browser.detail(id).path("_modified_at").asText()).isGreaterThan(one);
    }

    @Test
    void list_whileACallInItIsChanged_keepsItsOrder() {
        List<String> before = ids();
        changes.retitle(before.get(20), "Changed while somebody pages");

        assertThat(ids()).isEqualTo(before);
    }

    @Test
    void list_readWhileOthersChangeTheWorld_holdsEveryCallOnce() throws InterruptedException {
        List<String> before = ids();
        Thread editor = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 400; i++) {
                changes.retitle(before.get(i % before.size()), "Title " + i);
            }
        });
        for (int i = 0; i < 5; i++) {
            assertThat(ids()).isEqualTo(before);
        }
        editor.join();
        assertThat(simulator.world().calls().stream()
                        .mapToInt(SimulatedCall::version)
                        .sum())
                .isEqualTo(400);
    }

    @Test
    void newCall_isListedShownAndSpoken() {
        Instant start = Instant.parse("2026-11-23T09:15:00Z");
        String id = changes.add(new NewCall(start, "acm", 12, State.DONE));
        JsonNode row = browser.walk(YEAR_AGO, Instant.parse("2026-12-01T00:00:00Z"), "")
                .getFirst();

        assertThat(row.path("engagement_id").asText()).isEqualTo(id);
        assertThat(row.path("date_time").asLong()).isEqualTo(start.getEpochSecond());
        assertThat(row.path("duration").asInt()).isEqualTo(720);
        assertThat(browser.detail(id).path("recording").path("utterances")).isNotEmpty();
        assertThat(element(id).path("id").asText()).isEqualTo(id);
        assertThat(Objects.requireNonNull(simulator.world().call(id)).accountKey())
                .isEqualTo("acm");
        assertThat(changes.add(new NewCall(start, null, 12, State.PROCESSING))).isNotEqualTo(id);
    }

    @Test
    void rights_lost_leaveEmptyListsAndNothingFound_untilTheyComeBack() {
        String id = first(State.DONE);
        changes.loseRights(true);

        assertThat(browser.walk(YEAR_AGO, null, "")).isEmpty();
        assertThat(browser.get("/v3/engagements").statusCode()).isEqualTo(200);
        assertThat(browser.call(DAYS).path("calls").isArray()).isTrue();
        assertThat(browser.call(DAYS).path("calls")).isEmpty();
        for (String path : List.of("conversations/" + id, "calls/" + id, "calls/" + id + "/transcript")) {
            assertThat(browser.bearer("/api/v1/" + path).statusCode()).isEqualTo(404);
        }
        assertThat(browser.get("/api/v1/users/me").statusCode()).isEqualTo(200);
        changes.loseRights(false);
        assertThat(browser.walk(YEAR_AGO, null, "")).hasSize(150);
    }

    @Test
    void key_revoked_isRefusedUntilItIsBack() {
        changes.revokeKey(true);
        assertThat(browser.get("/api/v1/users/me").statusCode()).isEqualTo(401);
        assertThat(browser.bearer("/api/v1/calls" + DAYS).statusCode()).isEqualTo(401);
        changes.revokeKey(false);
        assertThat(browser.get("/api/v1/users/me").statusCode()).isEqualTo(200);
    }

    @Test
    void change_thatCannotBe_isRefused() {
        String id = first(State.DONE);
        String noShow = first(State.NO_SHOW);

        assertThatThrownBy(() -> changes.delete("none")).isInstanceOf(Failure.NotFound.class);
        assertThatThrownBy(() -> changes.correctUtterance(id, 9999, "x")).isInstanceOf(Failure.Rejected.class);
        assertThatThrownBy(() -> changes.transcriptReady(noShow)).isInstanceOf(Failure.Rejected.class);
        assertThatThrownBy(() -> changes.addActionItem(id, "x", "Nobody")).isInstanceOf(Failure.Rejected.class);
        assertThatThrownBy(() -> changes.add(new NewCall(ANCHOR, "none", 5, State.DONE)))
                .isInstanceOf(Failure.Rejected.class);
        assertThat(truth(id).path("version").asInt()).isZero();
    }

    private List<String> ids() {
        return browser.walk(YEAR_AGO, null, "").stream()
                .map(row -> row.path("engagement_id").asText())
                .toList();
    }

    private String first(State state) {
        return simulator.world().listed().stream()
                .filter(call -> call.state() == state)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private JsonNode row(String id) {
        return browser.json("/v3/engagements?engagement_id=" + id)
                .path("engagements")
                .path(0);
    }

    private JsonNode element(String id) {
        return browser.walkCalls("2025-11-22", "2026-12-31", 100).stream()
                .filter(e -> e.path("id").asText().equals(id))
                .findFirst()
                .orElse(SimulatorBrowser.parsed("{}".getBytes(StandardCharsets.UTF_8))
                        .path("none"));
    }

    private JsonNode truth(String id) {
        return SimulatorBrowser.parsed(
                browser.send("GET", "/_simulator/calls/" + id).body());
    }
}
