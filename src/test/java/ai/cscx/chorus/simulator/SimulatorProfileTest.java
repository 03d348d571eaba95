package ai.cscx.chorus.simulator;

import static ai.cscx.chorus.simulator.SimulatorBrowser.ANCHOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.simulator.SimulatedCall.State;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimulatorProfileTest {
    @Test
    void profile_ofThreeMinutes_makesAllCallsDoneAndThatLong() {
        World world = World.create(SimulatorBrowser.settings(300, 7).profile(Profile.ofMinutes(3)));

        for (SimulatedCall call : world.calls()) {
            assertThat(call.state()).isEqualTo(State.DONE);
            assertThat(call.durationSeconds()).isEqualTo(180);
            Script script = call.script();
            assertThat(script.utterances()).isNotEmpty();
            assertThat(script.utterances().getLast().endSeconds()).isLessThanOrEqualTo(180.05);
            assertThat(script.summary()).isNotBlank();
        }
    }

    @Test
    void profile_ofFortyFiveMinutes_fillsThem() {
        World world = World.create(SimulatorBrowser.settings(10, 7).profile(Profile.ofMinutes(45)));

        assertThat(world.calls())
                .allMatch(call -> call.script().utterances().getLast().endSeconds() > 2500);
    }

    @Test
    void ties_acrossPageEdges_loseNobodyInEitherDialect() {
        var settings =
                SimulatorBrowser.settings(1000, 7).profile(Profile.ofMinutes(3).tied(250));
        try (var simulator = SimulatorBrowser.started(settings)) {
            var browser = new SimulatorBrowser(simulator);
            List<JsonNode> rows = browser.walk(ANCHOR.minus(Duration.ofDays(365)), null, "");
            List<JsonNode> elements = browser.walkCalls("2025-11-22", "2026-11-22", 50);

            assertThat(rows)
                    .hasSize(1000)
                    .extracting(r -> r.path("engagement_id").asText())
                    .doesNotHaveDuplicates();
            assertThat(elements)
                    .hasSize(1010)
                    .extracting(e -> e.path("id").asText())
                    .doesNotHaveDuplicates();
            assertThat(rows.stream()
                            .collect(Collectors.groupingBy(
                                    r -> r.path("date_time").asLong(), Collectors.counting()))
                            .values())
                    .contains(250L)
                    .hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void prerendered_world_servesTheSameBytes_beforeAndAfterAChange() {
        var settings = SimulatorBrowser.settings(40, 7);
        try (var plain = SimulatorBrowser.started(settings);
                var ready = SimulatorBrowser.started(settings.prerender(true))) {
            var first = new SimulatorBrowser(plain);
            var second = new SimulatorBrowser(ready);
            String id = plain.world().listed().getFirst().id();
            List<String> paths = List.of(
                    "/v3/engagements",
                    "/v3/engagements?with_trackers=true",
                    "/api/v1/conversations/" + id,
                    "/api/v1/calls?start_date=2025-11-22&end_date=2026-11-22",
                    "/api/v1/calls/" + id,
                    "/api/v1/calls/" + id + "/transcript",
                    "/api/v1/calls/" + id + "/trackers");

            assertThat(paths)
                    .allSatisfy(path -> assertThat(second.bearer(path).body())
                            .isEqualTo(first.bearer(path).body()));
            byte[] before = second.get("/v3/engagements").body();
            plain.changes().retitle(id, "Another name");
            ready.changes().retitle(id, "Another name");
            assertThat(paths)
                    .allSatisfy(path -> assertThat(second.bearer(path).body())
                            .isEqualTo(first.bearer(path).body()));
            assertThat(second.get("/v3/engagements").body()).isNotEqualTo(before);
        }
    }

    @Test
    void profile_thatMakesNoSense_isRefused() {
        assertThatThrownBy(() -> Profile.ofMinutes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Profile.NATURAL.tied(1)).isInstanceOf(IllegalArgumentException.class);
    }
}
