package ai.cscx.chorus.simulator;

import static ai.cscx.chorus.simulator.SimulatorBrowser.ANCHOR;
import static ai.cscx.chorus.simulator.SimulatorBrowser.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.simulator.ChorusSimulator.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorDoorTest {
    private static final String ME = "/api/v1/users/me";
    private ChorusSimulator simulator;
    private SimulatorBrowser browser;

    @BeforeEach
    void start() {
        simulator = SimulatorBrowser.started(20, 1);
        browser = new SimulatorBrowser(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void key_inEachKnownStyle_opensTheDoor() {
        assertThat(status("Authorization", KEY)).isEqualTo(200);
        assertThat(status("Authorization", "Bearer " + KEY)).isEqualTo(200);
        assertThat(status("Authorization", "Basic " + base64(KEY))).isEqualTo(200);
        assertThat(status("Authorization", "Basic " + base64(KEY + ":"))).isEqualTo(200);
        assertThat(status("x-ziaccesstoken", KEY)).isEqualTo(200);
    }

    @Test
    void key_missingOrWrong_isRefusedWithACode() {
        assertThat(browser.send("GET", ME).statusCode()).isEqualTo(401);
        assertThat(status("Authorization", "Bearer wrong")).isEqualTo(401);
        assertThat(status("Authorization", "Basic !!")).isEqualTo(401);
        assertThat(text(browser.send("GET", ME).body())).contains("ZI0001");
    }

    @Test
    void key_withoutRights_isForbidden() {
        var answer = browser.send("GET", ME, "Authorization", KEY + "-forbidden");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(text(answer.body())).contains("API may not be called using this token.");
    }

    @Test
    void requests_beyondTheLimit_areToldToWait() {
        simulator.limit(2);
        browser.get(ME);
        browser.get(ME);
        var third = browser.get(ME);

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(text(third.body())).isEqualTo("Too Many Requests");
        assertThat(third.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 31L);
        simulator.limit(null);
        assertThat(browser.get(ME).statusCode()).isEqualTo(200);
    }

    @Test
    void requests_ofEachKind_areCounted() {
        browser.get(ME);
        browser.get("/v3/engagements");
        browser.get("/v3/engagements");
        browser.send("GET", "/_simulator/requests");

        assertThat(simulator.requests()).isEqualTo(3);
        assertThat(simulator.requestsByKind())
                .containsEntry(RequestKind.LIST, 2L)
                .containsEntry(RequestKind.DETAIL, 0L);
    }

    @Test
    void path_unknown_isNotFound_andMethod_wrong_isNotAllowed() {
        assertThat(browser.get("/api/v1/nothing").statusCode()).isEqualTo(404);
        assertThat(browser.get("/api/v1/conversations/none").statusCode()).isEqualTo(404);
        assertThat(browser.send("POST", ME, "Authorization", KEY).statusCode()).isEqualTo(405);
    }

    @Test
    void me_isTheTokensOwner() {
        var answer = browser.get(ME);

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/vnd.api+json");
        assertThat(SimulatorBrowser.parsed(answer.body()).findValue("name").asText())
                .isEqualTo("Ines Duarte");
    }

    @Test
    void answer_forAClientThatTakesGzip_isZipped() throws IOException {
        var zipped = browser.send("GET", "/v3/engagements", "Authorization", KEY, "Accept-Encoding", "gzip");

        assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
            assertThat(unzipped.readAllBytes())
                    .isEqualTo(browser.get("/v3/engagements").body());
        }
    }

    @Test
    void port_alreadyTaken_isUnavailable() {
        int port = simulator.baseUri().getPort();
        try (var second = new ChorusSimulator(new Settings(20, 1, ANCHOR, port, KEY))) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(Failure.Unavailable.class)
                    .hasMessageContaining(String.valueOf(port));
        }
    }

    @Test
    void settings_thatMakeNoSense_areRefused() {
        assertThatThrownBy(() -> new Settings(0, 1, ANCHOR, 0, KEY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Settings(1, 1, ANCHOR, 70_000, KEY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Settings(1, 1, ANCHOR, 0, " ")).isInstanceOf(IllegalArgumentException.class);
    }

    private int status(String header, String value) {
        return browser.send("GET", ME, header, value).statusCode();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
