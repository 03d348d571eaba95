package ai.cscx.chorus.simulator;

import static ai.cscx.chorus.simulator.SimulatorBrowser.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.simulator.Fault.Kind;
import ai.cscx.chorus.simulator.Fault.Target;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorFaultsTest {
    private static final String LIST = "/v3/engagements?min_date=2025-11-23T00:00:00Z";
    private static final String CALLS = "/api/v1/calls?start_date=2025-11-22&end_date=2026-11-22";
    private ChorusSimulator simulator;
    private SimulatorBrowser browser;
    private Faults faults;

    @BeforeEach
    void start() {
        simulator = SimulatorBrowser.started(150, 7);
        browser = new SimulatorBrowser(simulator);
        faults = simulator.faults();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void fault_ofTwoTimes_hitsTwoRequestsAndIsGone() {
        faults.add(Fault.once(Kind.STATUS_503, Target.LIST).times(2));

        assertThat(browser.get("/api/v1/users/me").statusCode()).isEqualTo(200);
        assertThat(browser.get(LIST).statusCode()).isEqualTo(503);
        assertThat(browser.bearer(CALLS).statusCode()).isEqualTo(503);
        assertThat(browser.get(LIST).statusCode()).isEqualTo(200);
        assertThat(faults.active()).isEmpty();
    }

    @Test
    void fault_byChance_hitsTheSameRequestsEveryTime() {
        List<List<Integer>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            faults.clear();
            faults.add(Fault.once(Kind.STATUS_500, Target.ME).chance(0.3, 11));
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                statuses.add(browser.get("/api/v1/users/me").statusCode());
            }
            runs.add(statuses);
        }
        assertThat(runs.getFirst()).isEqualTo(runs.getLast());
        assertThat(runs.getFirst().stream().filter(status -> status == 500).count())
                .isBetween(8L, 30L);
    }

    @Test
    void fault_ofOneCall_leavesOthersAlone() {
        List<SimulatedCall> calls = simulator.world().listed();
        faults.add(
                Fault.once(Kind.STATUS_502, Target.DETAIL).forCall(calls.get(3).id()));

        assertThat(status("/api/v1/conversations/" + calls.get(2).id())).isEqualTo(200);
        assertThat(status("/api/v1/conversations/" + calls.get(3).id())).isEqualTo(502);
    }

    @Test
    void severalFaults_takeTurnsInTheOrderTheyWereAdded() {
        faults.add(Fault.once(Kind.STATUS_500, Target.LIST));
        faults.add(Fault.once(Kind.STATUS_502, Target.ANY));

        assertThat(List.of(status(LIST), status(LIST), status(LIST))).containsExactly(500, 502, 200);
    }

    @Test
    void tooManyRequests_tellTheWaitInThreeWays() {
        faults.add(Fault.once(Kind.RATE_LIMIT_SECONDS, Target.ANY).ofSeconds(7));
        faults.add(Fault.once(Kind.RATE_LIMIT_DATE, Target.ANY).ofSeconds(30));
        faults.add(Fault.once(Kind.RATE_LIMIT_BARE, Target.ANY));
        var inSeconds = browser.get(LIST);
        var asDate = browser.bearer(CALLS);
        var bare = browser.get(LIST);

        assertThat(List.of(inSeconds.statusCode(), asDate.statusCode(), bare.statusCode()))
                .containsOnly(429);
        assertThat(inSeconds.headers().firstValue("Retry-After")).contains("7");
        String date = asDate.headers().firstValue("Retry-After").orElseThrow();
        assertThat(date).matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT");
        assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
                .isBetween(
                        ZonedDateTime.now().plusSeconds(10), ZonedDateTime.now().plusSeconds(32));
        assertThat(SimulatorBrowser.parsed(asDate.body())
                        .path("error")
                        .path("code")
                        .asText())
                .isEqualTo("rate_limited");
        assertThat(bare.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void connection_thatBreaks_isAnIoError() {
        for (Kind kind : List.of(Kind.RESET_BEFORE_HEADERS, Kind.RESET_IN_BODY, Kind.SHORT_BODY)) {
            // The JDK's client asks a second time by itself when no byte came back.
            faults.add(Fault.once(kind, Target.LIST).times(kind == Kind.RESET_BEFORE_HEADERS ? 5 : 1));
            assertThatThrownBy(() -> browser.get(LIST)).as(kind.word()).isInstanceOf(UncheckedIOException.class);
            faults.clear();
        }
        assertThat(status(LIST)).isEqualTo(200);
    }

    @Test
    void body_thatIsNotJson_comesWithAStatusThatSaysOk() {
        byte[] whole = browser.get(LIST).body();
        faults.add(Fault.once(Kind.TRUNCATED_JSON, Target.LIST));
        faults.add(Fault.once(Kind.MALFORMED_JSON, Target.LIST));
        faults.add(Fault.once(Kind.LOGIN_PAGE, Target.LIST));
        var truncated = browser.get(LIST);
        var malformed = browser.get(LIST);
        var login = browser.get(LIST);

        assertThat(truncated.body()).hasSize(whole.length / 2);
        assertThatThrownBy(() -> SimulatorBrowser.parsed(truncated.body())).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> SimulatorBrowser.parsed(malformed.body())).isInstanceOf(UncheckedIOException.class);
        assertThat(login.statusCode()).isEqualTo(200);
        assertThat(login.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }

    @Test
    void errorBody_withA200_hasTheShapeOfItsDialect() {
        faults.add(Fault.once(Kind.ERROR_BODY, Target.LIST).times(2));
        var first = browser.get(LIST);
        var second = browser.bearer(CALLS);

        assertThat(List.of(first.statusCode(), second.statusCode())).containsOnly(200);
        assertThat(SimulatorBrowser.parsed(first.body()).path("errors").isArray())
                .isTrue();
        assertThat(SimulatorBrowser.parsed(second.body()).path("error").isObject())
                .isTrue();
    }

    @Test
    void dribble_sendsABytePerSecondThenTheRest() {
        byte[] whole = browser.get("/api/v1/users/me").body();
        faults.add(Fault.once(Kind.DRIBBLE, Target.ME).ofSeconds(1));
        long before = System.nanoTime();

        assertThat(browser.get("/api/v1/users/me").body()).isEqualTo(whole);
        assertThat(System.nanoTime() - before).isGreaterThan(900_000_000L);
    }

    @Test
    void close_whileAnAnswerDribbles_doesNotWaitForIt() throws IOException, InterruptedException {
        faults.add(Fault.once(Kind.DRIBBLE, Target.ME));
        try (var http = HttpClient.newHttpClient();
                InputStream body = http.send(request("/api/v1/users/me"), HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
            assertThat(body.read()).isEqualTo('{');
            long before = System.nanoTime();
            simulator.close();
            assertThat(System.nanoTime() - before).isLessThan(10_000_000_000L);
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void hugeBody_isValidJsonBehindManyBlanks() {
        faults.add(Fault.once(Kind.HUGE_BODY, Target.ME));
        byte[] body = browser.get("/api/v1/users/me").body();

        assertThat(body).hasSizeGreaterThan(50 << 20);
        assertThat(SimulatorBrowser.parsed(body).path("data").path("type").asText())
                .isEqualTo("user");
    }

    @Test
    void gzipBomb_isSmallOnTheWireAndLargeUnpacked() throws IOException {
        faults.add(Fault.once(Kind.GZIP_BOMB, Target.DETAIL));
        var bomb = browser.get(
                "/api/v1/conversations/" + simulator.world().listed().getFirst().id());

        assertThat(bomb.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(bomb.body()).hasSizeLessThan(2 << 20);
        long unpacked = 0;
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(bomb.body()))) {
            byte[] buffer = new byte[1 << 20];
            for (int read = unzipped.read(buffer); read > 0; read = unzipped.read(buffer)) {
                unpacked += read;
            }
        }
        assertThat(unpacked).isEqualTo(512L << 20);
    }

    @Test
    void repeatedPage_isTheFirstOneAgain() {
        JsonNode first = browser.json(LIST);
        faults.add(Fault.once(Kind.REPEATED_PAGE, Target.LIST));

        assertThat(browser.json(LIST)).isEqualTo(first);
        assertThat(browser.json(LIST + "&continuation_key=" + key(first))).isEqualTo(first);
        assertThat(browser.json(LIST + "&continuation_key=" + key(first))).isNotEqualTo(first);
        JsonNode calls = SimulatorBrowser.parsed(browser.bearer(CALLS).body());
        faults.add(Fault.once(Kind.REPEATED_PAGE, Target.LIST));
        assertThat(SimulatorBrowser.parsed(
                        browser.bearer(CALLS + "&cursor=" + cursor(calls)).body()))
                .isEqualTo(calls);
    }

    @Test
    void endlessKey_goesOnWithNewKeysForever() {
        faults.add(Fault.once(Kind.ENDLESS_KEY, Target.LIST).times(12));
        Set<String> keys = new HashSet<>();
        JsonNode page = browser.json(LIST);
        JsonNode calls = SimulatorBrowser.parsed(browser.bearer(CALLS).body());
        for (int i = 0; i < 5; i++) {
            keys.add(key(page));
            keys.add(cursor(calls));
            page = browser.json(LIST + "&continuation_key=" + key(page));
            calls = SimulatorBrowser.parsed(
                    browser.bearer(CALLS + "&cursor=" + cursor(calls)).body());
            assertThat(page.path("engagements")).isNotEmpty();
            assertThat(calls.path("calls")).isNotEmpty();
        }
        assertThat(keys).hasSize(10);
    }

    @Test
    void expiredCursor_isRefusedOnTheKeyOnly() {
        JsonNode first = browser.json(LIST);
        faults.add(Fault.once(Kind.EXPIRED_CURSOR, Target.LIST));

        assertThat(status(LIST)).isEqualTo(200);
        assertThat(status(LIST + "&continuation_key=" + key(first))).isEqualTo(400);
        assertThat(status(LIST + "&continuation_key=" + key(first))).isEqualTo(200);
    }

    @Test
    void malformedRecords_areOneElementOfAList() {
        faults.add(Fault.once(Kind.OUTSIDE_WINDOW, Target.LIST).times(2));
        faults.add(Fault.once(Kind.WITHOUT_ID, Target.LIST).times(2));
        faults.add(Fault.once(Kind.WRONG_TYPES, Target.LIST).times(2));
        JsonNode outside = browser.json(LIST).path("engagements");
        JsonNode outsideCalls =
                SimulatorBrowser.parsed(browser.bearer(CALLS).body()).path("calls");
        assertThat(outside.get(outside.size() - 1).path("date_time").asLong()).isLessThan(1_600_000_000L);
        assertThat(outsideCalls.get(outsideCalls.size() - 1).path("start_time").asText())
                .startsWith("2019");
        assertThat(browser.json(LIST).path("engagements").path(0).has("engagement_id"))
                .isFalse();
        assertThat(SimulatorBrowser.parsed(browser.bearer(CALLS).body())
                        .path("calls")
                        .path(0)
                        .has("id"))
                .isFalse();
        assertThat(browser.json(LIST)
                        .path("engagements")
                        .path(0)
                        .path("date_time")
                        .isTextual())
                .isTrue();
        assertThat(SimulatorBrowser.parsed(browser.bearer(CALLS).body())
                        .path("calls")
                        .path(0)
                        .path("participants")
                        .isNumber())
                .isTrue();
    }

    @Test
    void detail_ofAnotherId_andUnknownWordsAndFields_areServed() {
        String id = simulator.world().listed().getFirst().id();
        faults.add(Fault.once(Kind.ANOTHER_ID, Target.ANY).times(2));
        assertThat(browser.json("/api/v1/conversations/" + id)
                        .path("data")
                        .path("id")
                        .asText())
                .hasSize(32)
                .isNotEqualTo(id);
        assertThat(browser.call("/" + id + "/trackers").path("call_id").asText())
                .isNotEqualTo(id);
        faults.add(Fault.once(Kind.UNKNOWN_WORDS, Target.ANY).times(2));
        assertThat(browser.detail(id).path("status").asText()).isEqualTo("marinating");
        assertThat(browser.call("/" + id).path("status").asText()).isEqualTo("marinating");
        faults.add(Fault.once(Kind.UNKNOWN_FIELDS, Target.ANY).times(2));
        assertThat(browser.detail(id).has("x_added_later")).isTrue();
        assertThat(browser.json(LIST).path("engagements").path(0).has("x_added_later"))
                .isTrue();
        faults.add(Fault.once(Kind.WRONG_TYPES, Target.DETAIL));
        assertThat(browser.detail(id).path("recording").isTextual()).isTrue();
    }

    @Test
    void log_holdsEveryRequestInOrder() {
        String id = simulator.world().listed().getLast().id();
        faults.add(Fault.once(Kind.RATE_LIMIT_SECONDS, Target.DETAIL));
        browser.get(LIST);
        browser.get("/api/v1/conversations/" + id);
        browser.bearer("/api/v1/calls/" + id + "/transcript");
        browser.send("GET", "/api/v1/users/me");
        List<JsonNode> lines = log("");

        assertThat(lines)
                .extracting(line -> line.path("kind").asText())
                .containsExactly("list", "detail", "calls_transcript", "me");
        assertThat(lines).extracting(line -> line.path("status").asInt()).containsExactly(200, 429, 200, 401);
        assertThat(lines.get(1).path("retryAfterSeconds").asInt()).isEqualTo(2);
        assertThat(lines.get(1).path("fault").asText()).isEqualTo("rate-limit-seconds");
        assertThat(lines.get(1).path("callId").asText()).isEqualTo(id);
        assertThat(lines.get(0).path("callId").isNull()).isTrue();
        assertThat(log("?since=3"))
                .singleElement()
                .satisfies(line -> assertThat(line.path("index").asInt()).isEqualTo(3));
        assertThat(log("?since=4")).isEmpty();
    }

    @Test
    void fault_thatCanHitNothing_isRefused() {
        assertThatThrownBy(() -> Fault.once(Kind.ENDLESS_KEY, Target.DETAIL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.once(Kind.STATUS_500, Target.ANY).times(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.once(Kind.STATUS_500, Target.ANY).chance(1.5, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<JsonNode> log(String query) {
        String text = new String(browser.send("GET", "/_simulator/log" + query).body(), StandardCharsets.UTF_8);
        return text.lines()
                .map(line -> SimulatorBrowser.parsed(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.baseUri() + path))
                .header("Authorization", KEY)
                .build();
    }

    private int status(String path) {
        return browser.get(path).statusCode();
    }

    private static String key(JsonNode page) {
        return page.path("continuation_key").asText().replace(" ", "%20");
    }

    private static String cursor(JsonNode page) {
        return page.path("pagination")
                .path("next_cursor")
                .asText()
                .replace("=", "%3D")
                .replace("+", "%2B");
    }
}
