package ai.cscx.chorus.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.SignInProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People who signed in at an OpenID Connect issuer, through the front door. */
final class SignInIT {
    private static final MockOAuth2Server ISSUER = new MockOAuth2Server();
    private static final String AUDIENCE = "https://cscx.example/mcp";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static HttpRig rig;
    private static WebServer server;

    @BeforeAll
    static void start() throws IOException {
        ISSUER.start();
        rig = new HttpRig();
        URI issuer = ISSUER.issuerUrl("cscx").uri();
        WebServer.Features real = rig.features;
        People people = new People(
                rig.database,
                Clock.systemUTC(),
                new SignInProvider(new SignInProvider.Settings(issuer, Set.of(AUDIENCE))));
        server = new WebServer(
                new WebServer.Settings(
                        "127.0.0.1", 0, null, () -> URI.create("https://cscx.example"), Set.of(), issuer),
                with(real, people),
                null);
        server.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        rig.close();
        ISSUER.shutdown();
    }

    @Test
    void token_ofTheIssuer_standsForThePersonWithThatAddress() throws Exception {
        JsonNode meetings =
                json(get(token("cscx", AUDIENCE, Map.of("email", "Maria@cscx.example")), "/api/chorus/meetings"));

        assertThat(meetings.path("items").findValuesAsText("externalId"))
                .isEqualTo(rig.get(HttpRig.MARIA, "/api/chorus/meetings")
                        .json()
                        .path("items")
                        .findValuesAsText("externalId"));
        assertThat(get(HttpRig.MARIA, "/api/chorus/meetings").statusCode()).isEqualTo(200);
    }

    @Test
    void tokens_thatAreNotGood_areRefused() throws Exception {
        Map<String, Object> maria = Map.of("email", "maria@cscx.example");
        String good = token("cscx", AUDIENCE, maria);
        String[] parts = good.split("\\.");
        String unsigned = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8))
                + "." + parts[1] + ".x";
        for (String bad : List.of(
                token("somebody-else", AUDIENCE, maria),
                token("cscx", "https://other.example", maria),
                token("cscx", AUDIENCE, maria, -60 * 60),
                token("cscx", AUDIENCE, Map.of()),
                token("cscx", AUDIENCE, Map.of("email", "maria@cscx.example", "email_verified", false)),
                parts[0] + "." + parts[1] + "." + parts[2].substring(0, parts[2].length() - 8) + "AAAAAAAA",
                unsigned)) {
            HttpResponse<String> refused = get(bad, "/api/chorus/meetings");

            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                    .isEqualTo("Bearer resource_metadata=\"https://cscx.example/.well-known/oauth-protected-resource\","
                            + " error=\"invalid_token\"");
        }
    }

    @Test
    void somebodyWhoIsNobodyHere_isTold() throws Exception {
        HttpResponse<String> refused =
                get(token("cscx", AUDIENCE, Map.of("email", "stranger@cscx.example")), "/api/chorus/meetings");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("POST /api/users");
    }

    @Test
    void service_actsForAPerson_byItsTokenToo() throws Exception {
        String service = token("cscx", AUDIENCE, Map.of("email", "chat@cscx.example"));

        assertThat(get(service, "/api/chorus/meetings").statusCode()).isEqualTo(403);
        assertThat(get(service, "/api/chorus/meetings", "X-On-Behalf-Of", "tom@cscx.example")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void programsFindWhereToSignIn() throws Exception {
        for (String resource : List.of("", "/mcp")) {
            JsonNode metadata = json(get(null, "/.well-known/oauth-protected-resource" + resource));

            assertThat(metadata.path("resource").asText()).isEqualTo("https://cscx.example" + resource);
            assertThat(metadata.path("authorization_servers").get(0).asText())
                    .isEqualTo(ISSUER.issuerUrl("cscx").toString());
        }
        assertThat(rig.get(HttpRig.MARIA, "/.well-known/oauth-protected-resource")
                        .status())
                .as("without an issuer")
                .isEqualTo(404);
    }

    private static String token(String issuer, String audience, Map<String, Object> claims) {
        return token(issuer, audience, claims, 600);
    }

    private static String token(String issuer, String audience, Map<String, Object> claims, long seconds) {
        SignedJWT token = ISSUER.issueToken(
                issuer,
                "client",
                new DefaultOAuth2TokenCallback(issuer, "subject", "JWT", List.of(audience), claims, seconds));
        return token.serialize();
    }

    private static HttpResponse<String> get(@Nullable String token, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return WireJson.MAPPER.readTree(response.body());
    }

    private static WebServer.Features with(WebServer.Features real, People people) {
        return new WebServer.Features(
                people,
                real.calls(),
                real.unmatched(),
                real.customers(),
                real.removal(),
                real.links(),
                real.tasks(),
                real.desk(),
                real.search(),
                real.savedSearches(),
                real.alerts(),
                real.signals(),
                real.hooks(),
                real.assistant(),
                real.connections(),
                real.syncs(),
                real.synchronisation(),
                real.metrics(),
                real.checks(),
                real.clock(),
                real.realTime());
    }
}
