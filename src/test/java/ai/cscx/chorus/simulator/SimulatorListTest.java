package ai.cscx.chorus.simulator;

import static ai.cscx.chorus.simulator.SimulatorBrowser.ANCHOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimulatorListTest {
    private static final Instant YEAR_AGO = ANCHOR.minus(Duration.ofDays(365));
    private static ChorusSimulator simulator;
    private static SimulatorBrowser browser;

    @BeforeAll
    static void start() {
        simulator = SimulatorBrowser.started(600, 7);
        browser = new SimulatorBrowser(simulator);
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void list_overTheWholeYear_holdsEachCallOnceNewestFirst() {
        List<JsonNode> rows = browser.walk(YEAR_AGO, null, "");

        assertThat(rows).hasSize(600);
        assertThat(ids(rows)).hasSize(600);
        assertThat(rows).extracting(row -> -row.path("date_time").asLong()).isSorted();
    }

    @Test
    void list_inNinetyDayWindows_holdsTheSameCalls() {
        Set<String> found = new HashSet<>();
        for (Instant from = YEAR_AGO; from.isBefore(ANCHOR); from = from.plus(Duration.ofDays(90))) {
            Instant to = from.plus(Duration.ofDays(90));
            List<JsonNode> rows = browser.walk(from, to, "");
            assertThat(rows).allMatch(row -> row.path("date_time").asLong() <= to.getEpochSecond());
            found.addAll(ids(rows));
        }

        assertThat(found).isEqualTo(ids(browser.walk(YEAR_AGO, null, "")));
    }

    @Test
    void list_withoutDates_isTheLastThirtyDays() {
        List<JsonNode> rows = browser.walk(null, null, "&min_dat=2020-01-01T00:00:00Z");

        long earliest = ANCHOR.minus(Duration.ofDays(30)).getEpochSecond();
        assertThat(rows).isNotEmpty().allMatch(row -> row.path("date_time").asLong() >= earliest);
    }

    @Test
    void list_ofManyCalls_keepsTiesAcrossPageEdges() {
        try (var crowded = SimulatorBrowser.started(4000, 3)) {
            Instant from = ANCHOR.minus(Duration.ofDays(20));
            List<JsonNode> rows = new SimulatorBrowser(crowded).walk(from, null, "");

            Set<String> expected = crowded.world().calls().stream()
                    .filter(call -> !call.isPrivate() && !call.startedAt().isBefore(from))
                    .map(SimulatedCall::id)
                    .collect(Collectors.toSet());
            assertThat(ids(rows)).isEqualTo(expected).hasSameSizeAs(rows);
            assertThat(rows.get(99).path("date_time").asLong()
                            - rows.get(100).path("date_time").asLong())
                    .isGreaterThanOrEqualTo(0);
            assertThat(rows.stream()
                            .map(row -> row.path("date_time").asLong())
                            .distinct()
                            .count())
                    .isLessThan(rows.size());
        }
    }

    @Test
    void lastPage_ofDifferentWindows_comesInAllForms() {
        Set<String> forms = new HashSet<>();
        for (int days = 1; days <= 40; days++) {
            Instant max = ANCHOR.minus(Duration.ofDays(days));
            JsonNode page =
                    browser.json("/v3/engagements?min_date=" + max.minus(Duration.ofDays(9)) + "&max_date=" + max);
            JsonNode key = page.path("continuation_key");
            forms.add(
                    key.isMissingNode()
                            ? "absent"
                            : key.isNull() ? "null" : key.asText().isBlank() ? "blank" : "key");
        }

        assertThat(forms).containsExactlyInAnyOrder("absent", "null", "blank", "key");
    }

    @Test
    void trackerMatches_onlyWhenAskedFor_arePresent() {
        assertThat(browser.json("/v3/engagements").findValues("tracker_matches"))
                .isEmpty();
        assertThat(browser.json("/v3/engagements?with_trackers=true").findValues("tracker_matches"))
                .isNotEmpty();
    }

    @Test
    void row_ofACustomersCall_namesTheCustomerByCrmIdOrDomain() {
        var byId = browser.walk(YEAR_AGO, null, "").stream()
                .collect(Collectors.toMap(row -> row.path("engagement_id").asText(), row -> row));
        for (SimulatedCall call : simulator.world().calls()) {
            var account = call.account();
            if (account != null && !call.isPrivate()) {
                JsonNode row = Objects.requireNonNull(byId.get(call.id()));
                boolean crm = row.path("account_id").asText().equals(account.crmId());
                boolean domain = row.findValuesAsText("email").stream()
                        .anyMatch(email -> account.domains().contains(email.substring(email.indexOf('@') + 1)));
                assertThat(crm || domain).as(call.id()).isTrue();
            }
        }
    }

    @Test
    void badDate_andBadKey_areRefusedWithTheParametersName() {
        var answer = browser.get("/v3/engagements?min_date=yesterday");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("min_date");
        assertThat(browser.get("/v3/engagements?continuation_key=x%20y").statusCode())
                .isEqualTo(400);
    }

    private static Set<String> ids(List<JsonNode> rows) {
        return rows.stream().map(row -> row.path("engagement_id").asText()).collect(Collectors.toSet());
    }
}
