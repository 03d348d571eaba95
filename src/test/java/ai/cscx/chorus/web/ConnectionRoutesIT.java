package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.sync.TinyChorus;
import ai.cscx.chorus.upstream.OAuthServer;
import ai.cscx.chorus.web.HttpRig.Reply;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

/** Connecting Chorus through the socket, with a planted secret that must appear nowhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConnectionRoutesIT {
    private static final String CONNECTION = "/api/integrations/chorus";
    private static final String PLANTED = "planted-s3cret";
    private final OAuthServer signIn = new OAuthServer();
    private final TinyChorus chorus = new TinyChorus();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final StringBuilder answers = new StringBuilder();

    @SuppressWarnings("NullAway.Init")
    private HttpRig rig;

    @BeforeAll
    void start() {
        rig = new HttpRig();
    }

    @AfterAll
    void stop() {
        rig.close();
        chorus.close();
        signIn.close();
    }

    @BeforeEach
    void listen() {
        ours().setLevel(Level.DEBUG);
        log.start();
        root().addAppender(log);
        chorus.lets(authorization -> true);
    }

    @AfterEach
    void secrets_appearNowhere() {
        root().detachAppender(log);
        ours().setLevel(Level.INFO);
        signIn.giveTokensAgain();
        send(HttpRig.ADMIN, "DELETE", CONNECTION, null);
        String logged = log.list.stream()
                // The authorization server of the test, which runs in this JVM.
                .filter(event -> !event.getLoggerName().contains("OAuth2")
                        && !event.getLoggerName().contains("okhttp"))
                .map(event -> event.getFormattedMessage() + " " + event.getThrowableProxy())
                .collect(Collectors.joining("\n"));
        assertThat(answers + logged).doesNotContain(PLANTED);
        for (String authorization : chorus.authorizations()) {
            String sent = authorization.substring(authorization.indexOf(' ') + 1);
            if (sent.length() > 20) {
                assertThat(answers + logged).doesNotContain(sent);
            }
        }
    }

    @Test
    void apiKey_connects_andStatusShowsNoSecret() {
        Reply reply = connect(body("api_key").put("apiKey", PLANTED));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("status").asText()).isEqualTo("connected");
        JsonNode status = send(HttpRig.ADMIN, "GET", CONNECTION, null).json();
        assertThat(status.get("authType").asText()).isEqualTo("api_key");
        assertThat(status.get("notice").isNull()).isTrue();
    }

    @Test
    void refusedKey_isA422_namingItsField() {
        chorus.lets(authorization -> false);

        Reply reply = connect(body("api_key").put("apiKey", PLANTED));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo("/apiKey");
        assertThat(reply.json().at("/errors/0/detail").asText()).contains("401", "raw, bearer, zi_access_token, basic");
    }

    @Test
    void clientCredentials_connect_andShowScopeAndExpiry() {
        Reply reply = connect(oauth().put("clientSecret", PLANTED));

        assertThat(reply.status()).isEqualTo(200);
        JsonNode status = send(HttpRig.ADMIN, "GET", CONNECTION, null).json();
        assertThat(status.get("authType").asText()).isEqualTo("oauth2");
        assertThat(status.get("scope").asText()).contains("calls.read");
        assertThat(status.get("tokenExpiresAt").isTextual()).isTrue();
    }

    @Test
    void refusedClient_isA422_thatRepeatsNothing() {
        signIn.refuseTokens(401, "{\"error\": \"invalid_client\", \"error_description\": \"" + PLANTED + "\"}");

        Reply reply = connect(oauth().put("clientSecret", PLANTED));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo("/clientSecret");
    }

    @Test
    void signInPage_isAskedFor_andItsAnswerConnects() {
        Reply begun = connect(oauth().put("clientSecret", PLANTED)
                .put("authorizationUrl", signIn.authorizationUrl().toString()));
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.json().get("status").asText()).isEqualTo("authorizing");

        Reply started = send(HttpRig.ADMIN, "GET", CONNECTION + "/oauth/start", null);
        assertThat(started.status()).isEqualTo(200);
        Reply browser = send(HttpRig.ADMIN, "GET", CONNECTION + "/oauth/start", null, "Accept", "text/html");
        assertThat(browser.status()).isEqualTo(302);
        Map<String, String> back = signIn.consent(URI.create(browser.header("Location")));

        // Only the newest state serves, and only once; nobody is signed in at the callback.
        String outdated = started.json().get("authorizeUrl").asText().replaceFirst(".*[?&]state=([^&]+).*", "$1");
        assertThat(callback("state=" + outdated + "&code=x").status()).isEqualTo(400);
        String query = "state=" + back.get("state") + "&code=" + encoded(back.get("code")) + "&session_state=1&iss=x";
        Reply connected = callback(query);
        assertThat(connected.status()).isEqualTo(200);
        assertThat(connected.json().get("account").asText()).isEqualTo("CS Operations");
        assertThat(callback(query).status()).isEqualTo(400);
        assertThat(send(HttpRig.ADMIN, "GET", CONNECTION, null)
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("connected");
    }

    @Test
    void browserThatComesBack_seesAPage() {
        Reply begun = connect(
                oauth().put("authorizationUrl", signIn.authorizationUrl().toString()));
        Map<String, String> back =
                signIn.consent(URI.create(begun.json().get("authorizeUrl").asText()));

        Reply page = send(
                null,
                "GET",
                CONNECTION + "/oauth/callback?state=" + back.get("state") + "&code=" + encoded(back.get("code")),
                null,
                "Accept",
                "text/html,application/xhtml+xml");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.response().body()).contains("<h1>Chorus is connected</h1>");
    }

    @Test
    void consentRefused_isSaid() {
        Reply begun = connect(
                oauth().put("authorizationUrl", signIn.authorizationUrl().toString()));
        String state = begun.json().get("authorizeUrl").asText().replaceFirst(".*[?&]state=([^&]+).*", "$1");

        Reply reply = callback("error=access_denied&error_description=" + PLANTED + "&state=" + state);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("detail").asText()).contains("access_denied");
        assertThat(send(HttpRig.ADMIN, "GET", CONNECTION + "/oauth/start", null).status())
                .as("what was entered is still known")
                .isEqualTo(200);
    }

    @Test
    void callback_withoutState_orWithAForgedOne_isMalformed() {
        assertThat(callback("code=x").status()).isEqualTo(400);
        assertThat(callback("state=forged&code=x").status()).isEqualTo(400);
        assertThat(callback("state=forged&code=x&unheard=of").status()).isEqualTo(400);
    }

    @Test
    void start_isForAdmins() {
        assertThat(send(HttpRig.MARIA, "GET", CONNECTION + "/oauth/start", null).status())
                .isEqualTo(403);
        assertThat(send(null, "GET", CONNECTION + "/oauth/start", null).status())
                .isEqualTo(401);
    }

    @Test
    void addressesInside_areA422() {
        for (String inside : new String[] {"https://10.1.2.3", "https://169.254.169.254", "http://example.com"}) {
            Reply reply = connect(oauth().put("clientSecret", PLANTED).put("tokenUrl", inside));
            assertThat(reply.status()).as(inside).isEqualTo(422);
            assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo("/tokenUrl");
        }
    }

    private ObjectNode body(String authType) {
        return WireJson.MAPPER.createObjectNode().put("authType", authType).put("baseUrl", chorus.url());
    }

    private ObjectNode oauth() {
        return body("oauth2")
                .put("clientId", "client-1")
                .put("tokenUrl", signIn.tokenUrl().toString())
                .put("scope", "openid calls.read");
    }

    private Reply connect(ObjectNode body) {
        return send(
                HttpRig.ADMIN, "POST", CONNECTION + "/connect", body.toString(), "Content-Type", "application/json");
    }

    private Reply callback(String query) {
        return send(null, "GET", CONNECTION + "/oauth/callback?" + query, null);
    }

    private Reply send(@Nullable String token, String method, String path, @Nullable String body, String... headers) {
        Reply reply = rig.send(token, method, path, body, headers);
        answers.append(reply.response().body())
                .append(reply.response().headers().map())
                .append('\n');
        return reply;
    }

    private static String encoded(@Nullable String text) {
        return URLEncoder.encode(Objects.requireNonNull(text), StandardCharsets.UTF_8);
    }

    private static Logger ours() {
        return (Logger) LoggerFactory.getLogger("ai.cscx.chorus");
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
