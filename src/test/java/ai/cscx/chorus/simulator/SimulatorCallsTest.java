package ai.cscx.chorus.simulator;

import static ai.cscx.chorus.simulator.SimulatorBrowser.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.simulator.Script.Utterance;
import ai.cscx.chorus.simulator.SimulatedCall.State;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulatorCallsTest {
    private static final String FIRST_DAY = "2025-11-22";
    private static final String LAST_DAY = "2026-11-22";
    private static ChorusSimulator simulator;
    private static SimulatorBrowser browser;

    @BeforeAll
    static void start() {
        simulator = SimulatorBrowser.started(400, 7);
        browser = new SimulatorBrowser(simulator);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void list_overTheWholeYear_holdsEachCallOnceOldestFirst() {
        List<JsonNode> elements = browser.walkCalls(FIRST_DAY, LAST_DAY, 100);

        assertThat(elements).hasSize(404).extracting(e -> e.path("id").asText()).doesNotHaveDuplicates();
        assertThat(elements)
                .extracting(
                        e -> OffsetDateTime.parse(e.path("start_time").asText()).toEpochSecond())
                .isSorted();
        assertThat(elements.stream().filter(e -> e.path("private").asBoolean())).hasSize(4);
    }

    @Test
    void list_ofOneDay_endsWithThatDay() {
        LocalDate day = LocalDate.parse("2026-11-18");
        List<JsonNode> elements = browser.walkCalls(day.toString(), day.toString(), 1);

        long expected = simulator.world().calls().stream()
                .filter(call -> call.startedAt().toString().startsWith("2026-11-18"))
                .count();
        assertThat(elements).hasSize((int) expected).isNotEmpty();
    }

    @Test
    void list_withoutALimit_isFiftyLong_andOddRequestsAreRefused() {
        String days = "?start_date=" + FIRST_DAY + "&end_date=" + LAST_DAY;

        assertThat(browser.call(days).path("calls")).hasSize(50);
        for (String wrong : List.of("", "?start_date=" + FIRST_DAY, days + "&limit=101", days + "&limit=0")) {
            assertThat(browser.bearer("/api/v1/calls" + wrong).statusCode()).isEqualTo(400);
        }
        var cursor = browser.bearer("/api/v1/calls" + days + "&cursor=b2Zmc2V0OjM%3D");
        assertThat(cursor.statusCode()).isEqualTo(400);
        assertThat(error(cursor.body()).path("code").asText()).isEqualTo("invalid_request");
    }

    @Test
    void lastPage_ofDifferentDays_comesInAllForms() {
        Set<String> forms = new HashSet<>();
        LocalDate end = LocalDate.parse(LAST_DAY);
        for (int days = 0; days < 40; days++) {
            LocalDate last = end.minusDays(days);
            JsonNode pagination = browser.call("?limit=100&start_date=" + last.minusDays(6) + "&end_date=" + last)
                    .path("pagination");
            JsonNode cursor = pagination.path("next_cursor");
            String form = cursor.isMissingNode()
                    ? "absent"
                    : cursor.isNull() ? "null" : cursor.asText().isBlank() ? "blank" : "cursor";
            forms.add(form + " " + pagination.path("has_more").asBoolean());
        }
        assertThat(forms)
                .containsExactlyInAnyOrder("absent false", "null true", "blank true", "cursor true", "cursor false");
    }

    @Test
    void element_ofTheList_isThePartOfTheDetailThatItShows() {
        int items = 0;
        int momenta = 0;
        for (JsonNode element : browser.walkCalls("2026-10-01", LAST_DAY, 100)) {
            JsonNode detail = browser.call("/" + element.path("id").asText());
            element.properties()
                    .forEach(field -> assertThat(detail.path(field.getKey())).isEqualTo(field.getValue()));
            items += element.has("action_items") ? 1 : 0;
            momenta += element.path("momentum").isObject() ? 1 : 0;
            assertThat(detail.has("action_items") && detail.has("momentum")).isTrue();
        }
        assertThat(momenta).isPositive().isLessThan(items);
    }

    @Test
    void transcript_ofADoneCall_saysWordForWordWhatTheOtherDialectSays() {
        for (SimulatedCall call : inState(State.DONE).subList(0, 10)) {
            JsonNode segments = browser.call("/" + call.id() + "/transcript").path("segments");
            List<String> here = sorted(segments, "start_seconds", "text");
            JsonNode there = browser.detail(call.id()).path("recording").path("utterances");
            List<String> spoken = sorted(there, "snippet_time", "snippet").stream()
                    .filter(text -> !text.isBlank())
                    .toList();

            assertThat(here)
                    .isEqualTo(spoken)
                    .isEqualTo(call.script().utterances().stream()
                            .filter(u -> !u.expired())
                            .map(Utterance::text)
                            .toList());
            assertThat(segments.findValues("start_seconds"))
                    .extracting(JsonNode::asDouble)
                    .isNotEqualTo(segments.findValues("start_seconds").stream()
                            .map(JsonNode::asDouble)
                            .sorted()
                            .toList());
        }
    }

    @Test
    void transcript_notReady_is202_andOfANoShowEmpty() {
        String processing = inState(State.PROCESSING).getFirst().id();
        String noShow = inState(State.NO_SHOW).getFirst().id();
        var waiting = browser.bearer("/api/v1/calls/" + processing + "/transcript");

        assertThat(waiting.statusCode()).isEqualTo(202);
        assertThat(waiting.body()).isEmpty();
        assertThat(browser.call("/" + processing).path("status").asText()).isEqualTo("processing");
        JsonNode silent = browser.call("/" + noShow + "/transcript");
        assertThat(silent.path("segments").isArray()).isTrue();
        assertThat(silent.path("segments")).isEmpty();
    }

    @Test
    void trackers_ofADoneCall_pointAtWhatWasSaid() {
        SimulatedCall call = inState(State.DONE).getFirst();
        JsonNode trackers = browser.call("/" + call.id() + "/trackers").path("trackers");
        Set<String> said = new HashSet<>();
        browser.call("/" + call.id() + "/transcript")
                .path("segments")
                .forEach(s -> said.add(s.path("start_seconds") + s.path("text").asText()));

        assertThat(trackers).isNotEmpty();
        trackers.forEach(tracker -> tracker.path("mentions")
                .forEach(m -> assertThat(said)
                        .contains(m.path("timestamp_seconds") + m.path("text").asText())));
    }

    @Test
    void momentum_ofDoneCalls_followsFromTheScript() {
        Set<String> progress = new HashSet<>();
        int bare = 0;
        for (SimulatedCall call : inState(State.DONE).subList(0, 60)) {
            JsonNode momentum = browser.call("/" + call.id()).path("momentum");
            progress.add(momentum.path("deal_progress").asText());
            assertThat(momentum.path("objections")).hasSameSizeAs(call.script().objections());
            assertThat(momentum.path("next_steps")).hasSameSizeAs(call.script().actionItems());
            for (JsonNode step : momentum.path("next_steps")) {
                bare += step.isTextual() ? 1 : 0;
            }
        }
        assertThat(progress)
                .contains("advancing", "stalled")
                .isSubsetOf("advancing", "stalled", "declining", "unknown");
        assertThat(bare).isPositive();
    }

    @Test
    void actionItems_withAClearDay_haveADueDate() {
        int dated = 0;
        for (SimulatedCall call : inState(State.DONE).subList(0, 40)) {
            LocalDate day = LocalDate.parse(call.startedAt().toString().substring(0, 10));
            for (JsonNode item : browser.call("/" + call.id()).path("action_items")) {
                if (item.path("due_date").isTextual()) {
                    dated++;
                    assertThat(LocalDate.parse(item.path("due_date").asText())).isAfterOrEqualTo(day);
                }
            }
        }
        assertThat(dated).isPositive();
        LocalDate wednesday = LocalDate.parse("2026-10-14");
        assertThat(DueDate.of("by Friday", wednesday)).isEqualTo("2026-10-16");
        assertThat(DueDate.of("by January 5", wednesday)).isEqualTo("2027-01-05");
        assertThat(DueDate.of("before our next call", wednesday)).isNull();
    }

    @Test
    void key_inAnythingButABearerHeader_isRefusedInThisDialectsWords() {
        String path = "/api/v1/calls/" + inState(State.DONE).getFirst().id();
        for (String[] header : new String[][] {{"Authorization", KEY}, {"x-ziaccesstoken", KEY}}) {
            var answer = browser.send("GET", path, header);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(error(answer.body()).path("code").asText()).isEqualTo("invalid_token");
        }
        var forbidden = browser.send("GET", path, "Authorization", "Bearer " + KEY + "-forbidden");
        assertThat(error(forbidden.body()).path("code").asText()).isEqualTo("forbidden");
        assertThat(error(browser.bearer("/api/v1/calls/none/trackers").body())
                        .path("code")
                        .asText())
                .isEqualTo("not_found");
    }

    @Test
    void dialect_switchedOff_isNotFound() {
        String days = "/api/v1/calls?start_date=" + FIRST_DAY + "&end_date=" + LAST_DAY;
        var settings = SimulatorBrowser.settings(20, 1);
        try (var published = SimulatorBrowser.started(settings.dialects(EnumSet.of(Dialect.ENGAGEMENTS)));
                var assumed = SimulatorBrowser.started(settings.dialects(EnumSet.of(Dialect.CALLS)))) {
            var first = new SimulatorBrowser(published);
            var second = new SimulatorBrowser(assumed);

            assertThat(first.bearer(days).statusCode()).isEqualTo(404);
            assertThat(first.bearer("/v3/engagements").statusCode()).isEqualTo(200);
            assertThat(second.bearer(days).statusCode()).isEqualTo(200);
            for (String path : List.of("/v3/engagements", "/api/v1/users/me", "/v3/webhook")) {
                assertThat(second.bearer(path).statusCode()).isEqualTo(404);
            }
            assertThat(assumed.requestsByKind())
                    .containsEntry(RequestKind.CALLS_LIST, 1L)
                    .containsEntry(RequestKind.OTHER, 3L);
        }
    }

    private static JsonNode error(byte[] body) {
        assertThat(new String(body, StandardCharsets.UTF_8)).contains("request_id");
        return SimulatorBrowser.parsed(body).path("error");
    }

    private static List<String> sorted(JsonNode items, String by, String field) {
        return StreamSupport.stream(items.spliterator(), false)
                .sorted(Comparator.comparingDouble(i -> i.path(by).asDouble()))
                .map(i -> i.path(field).asText())
                .toList();
    }

    private static List<SimulatedCall> inState(State state) {
        return simulator.world().calls().stream()
                .filter(call -> call.state() == state && !call.isPrivate())
                .toList();
    }
}
