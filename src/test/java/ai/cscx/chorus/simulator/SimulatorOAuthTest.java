package ai.cscx.chorus.simulator;

import static ai.cscx.chorus.simulator.SimulatorBrowser.ANCHOR;
import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.base.TestClock;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatorOAuthTest {
    private static final String CLIENT = "client_id=simulated-client&client_secret=simulated-secret&";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    /** RFC 7636, appendix B. */
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final String BACK = "http%3A%2F%2Flocalhost%2Fback";
    private final TestClock clock = new TestClock(ANCHOR);
    private ChorusSimulator simulator;
    private SimulatorBrowser browser;

    @BeforeEach
    void start() {
        simulator = SimulatorBrowser.started(SimulatorBrowser.settings(20, 7).clock(clock));
        browser = new SimulatorBrowser(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void clientCredentials_earnATokenForBothDialects() {
        String access = json(token(CLIENT + "grant_type=client_credentials"))
                .path("access_token")
                .asText();

        assertThat(status("/api/v1/users/me", access)).isEqualTo(200);
        assertThat(status("/api/v1/calls?start_date=2026-11-01&end_date=2026-11-22", access))
                .isEqualTo(200);
        assertThat(browser.send("GET", "/api/v1/users/me", "Authorization", access)
                        .statusCode())
                .isEqualTo(401);
        assertThat(simulator.oauthTokenRequests()).isEqualTo(1);
        assertThat(browser.json("/_simulator/requests").path("token").asInt()).isEqualTo(1);
    }

    @Test
    void client_thatIsWrong_isRefused() {
        var wrong = token("client_id=simulated-client&client_secret=guess&grant_type=client_credentials");

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(json(wrong).path("error").asText()).isEqualTo("invalid_client");
        String basic = Base64.getEncoder()
                .encodeToString("simulated-client:simulated-secret".getBytes(StandardCharsets.UTF_8));
        assertThat(token("grant_type=client_credentials", "Authorization", "Basic " + basic)
                        .statusCode())
                .isEqualTo(200);
        assertThat(json(token(CLIENT + "grant_type=password")).path("error").asText())
                .isEqualTo("unsupported_grant_type");
    }

    @Test
    void code_withItsVerifier_isGoodOnce() {
        String code = code();
        String redemption = CLIENT + "grant_type=authorization_code&redirect_uri=" + BACK + "&code=" + code
                + "&code_verifier=" + VERIFIER;
        JsonNode tokens = json(token(redemption));

        assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(tokens.path("expires_in").asInt()).isEqualTo(3600);
        assertThat(status("/api/v1/users/me", tokens.path("access_token").asText()))
                .isEqualTo(200);
        assertThat(json(token(redemption)).path("error").asText()).isEqualTo("invalid_grant");
        String guessed = CLIENT + "grant_type=authorization_code&redirect_uri=" + BACK + "&code=" + code()
                + "&code_verifier=guess";
        assertThat(json(token(guessed)).path("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void authorization_withoutPkce_isSentBackWithAnError() {
        var plain = authorize("&code_challenge=" + CHALLENGE + "&code_challenge_method=plain");

        assertThat(plain.headers().firstValue("Location").orElseThrow())
                .isEqualTo("http://localhost/back?error=invalid_request&state=s%201".replace("%20", "+"));
    }

    @Test
    void refreshToken_isGoodOnceAndReplaced() {
        String first = refreshToken();
        JsonNode second = json(refresh(first));

        assertThat(second.path("access_token").asText()).isNotBlank();
        assertThat(second.path("refresh_token").asText()).isNotEqualTo(first);
        assertThat(json(refresh(first)).path("error").asText()).isEqualTo("invalid_grant");
        assertThat(refresh(second.path("refresh_token").asText()).statusCode()).isEqualTo(200);
    }

    @Test
    void accessToken_expiresAndCanBeRevoked() {
        admin("{\"expiresInSeconds\":5}");
        JsonNode tokens = json(token(CLIENT + "grant_type=client_credentials"));
        String access = tokens.path("access_token").asText();
        assertThat(tokens.path("expires_in").asInt()).isEqualTo(5);
        assertThat(status("/api/v1/users/me", access)).isEqualTo(200);
        clock.pass(Duration.ofSeconds(5));
        assertThat(status("/api/v1/users/me", access)).isEqualTo(401);

        String refresh = refreshToken();
        String next = json(refresh(refresh)).path("access_token").asText();
        admin("{\"revokeAll\":true}");
        assertThat(status("/api/v1/users/me", next)).isEqualTo(401);
        admin("{\"invalidGrant\":true}");
        assertThat(json(token(CLIENT + "grant_type=client_credentials"))
                        .path("error")
                        .asText())
                .isEqualTo("invalid_grant");
        admin("{\"invalidGrant\":false}");
        assertThat(token(CLIENT + "grant_type=client_credentials").statusCode()).isEqualTo(200);
    }

    @Test
    void tokenRequest_canFailOnDemand() {
        simulator.faults().add(Fault.once(Fault.Kind.STATUS_503, Fault.Target.TOKEN));

        assertThat(token(CLIENT + "grant_type=client_credentials").statusCode()).isEqualTo(503);
        assertThat(token(CLIENT + "grant_type=client_credentials").statusCode()).isEqualTo(200);
    }

    private String refreshToken() {
        return json(token(CLIENT + "grant_type=authorization_code&redirect_uri=" + BACK + "&code=" + code()
                        + "&code_verifier=" + VERIFIER))
                .path("refresh_token")
                .asText();
    }

    private HttpResponse<byte[]> refresh(String refreshToken) {
        return token(CLIENT + "grant_type=refresh_token&refresh_token=" + refreshToken);
    }

    private String code() {
        var sentBack = authorize("&code_challenge=" + CHALLENGE + "&code_challenge_method=S256");
        assertThat(sentBack.statusCode()).isEqualTo(302);
        String location = sentBack.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith("http://localhost/back?code=").endsWith("&state=s+1");
        return location.substring(location.indexOf("code=") + 5, location.indexOf('&'));
    }

    private HttpResponse<byte[]> authorize(String more) {
        return browser.send(
                "GET",
                "/oauth/authorize?response_type=code&client_id=simulated-client&state=s%201&redirect_uri=" + BACK
                        + more);
    }

    private void admin(String body) {
        assertThat(browser.send("POST", URI.create(simulator.adminUri() + "/oauth"), body)
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<byte[]> token(String form, String... headers) {
        return browser.send("POST", URI.create(simulator.baseUri() + "/oauth/token"), form, headers);
    }

    private int status(String path, String access) {
        return browser.send("GET", path, "Authorization", "Bearer " + access).statusCode();
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return SimulatorBrowser.parsed(answer.body());
    }
}
