package ai.cscx.chorus.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.cscx.chorus.base.TestClock;
import ai.cscx.chorus.upstream.Authorization.Header;
import ai.cscx.chorus.upstream.OAuthClient.Registration;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OAuthTest {
    private static final OAuthServer SERVER = new OAuthServer();
    private static final HttpTransport TRANSPORT = new HttpTransport(new Destinations(true, false));
    private static final URI REDIRECT = URI.create("https://cscx.example/api/integrations/chorus/oauth/callback");
    private static final Registration MACHINE =
            new Registration(SERVER.tokenUrl(), null, "client:1", "s3cret%&", "calls.read");
    private static final Registration PERSON =
            new Registration(SERVER.tokenUrl(), SERVER.authorizationUrl(), "client:1", "s3cret%&", "openid calls.read");

    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:00Z"));

    @AfterAll
    static void close() {
        TRANSPORT.close();
        SERVER.close();
    }

    @AfterEach
    void reset() {
        SERVER.giveTokensAgain();
    }

    @Test
    void clientCredentials_giveATokenThatExpires() throws Exception {
        Tokens tokens = client(MACHINE).first();

        assertThat(tokens.accessToken()).isNotBlank();
        assertThat(tokens.expiresAt()).isAfter(clock.instant());
        assertThat(SERVER.tokenRequests().getLast())
                .contains("grant_type=client_credentials", "scope=calls.read")
                .doesNotContain("s3cret");
    }

    @Test
    void authorizationCode_withPkce_givesTokens_andRefreshRotatesThem() throws Exception {
        String verifier = OAuthClient.newVerifier();
        String state = OAuthClient.newState();
        URI url = client(PERSON).authorizeUrl(REDIRECT, state, verifier);
        assertThat(url.getQuery())
                .contains("response_type=code", "code_challenge_method=S256", "state=" + state, "calls.read")
                .doesNotContain(verifier);

        Map<String, String> back = SERVER.consent(url);
        assertThat(back).containsEntry("state", state);
        Tokens tokens = client(PERSON).byCode(Objects.requireNonNull(back.get("code")), REDIRECT, verifier);
        assertThat(SERVER.tokenRequests().getLast()).contains("code_verifier=" + verifier);

        Tokens next = client(PERSON).after(tokens);
        assertThat(next.refreshToken()).isNotNull().isNotEqualTo(tokens.refreshToken());
        assertThat(SERVER.tokenRequests().getLast()).contains("grant_type=refresh_token");
    }

    @Test
    void codeWithAnotherVerifier_isRefused() {
        Map<String, String> back =
                SERVER.consent(client(PERSON).authorizeUrl(REDIRECT, "state-1", OAuthClient.newVerifier()));

        assertThatThrownBy(() -> client(PERSON)
                        .byCode(Objects.requireNonNull(back.get("code")), REDIRECT, OAuthClient.newVerifier()))
                .isInstanceOf(ChorusException.SignInRefused.class);
    }

    @Test
    void publicClient_sendsItsIdAndNoSecret() throws Exception {
        Registration open = new Registration(SERVER.tokenUrl(), SERVER.authorizationUrl(), "app-2", null, "openid");
        String verifier = OAuthClient.newVerifier();
        Map<String, String> back = SERVER.consent(client(open).authorizeUrl(REDIRECT, "state-2", verifier));

        client(open).byCode(Objects.requireNonNull(back.get("code")), REDIRECT, verifier);

        assertThat(SERVER.tokenRequests().getLast()).contains("client_id=app-2");
    }

    @Test
    void twentyThreads_askForOneToken() throws Exception {
        Tokens old = client(MACHINE).first();
        MemoryStore store = new MemoryStore(old);
        clock.pass(Duration.ofHours(2));
        OAuthAuthorization authorization = new OAuthAuthorization(store, client(MACHINE), clock);
        int before = SERVER.tokenRequests().size();
        CyclicBarrier together = new CyclicBarrier(20);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var headers = threads.invokeAll(Stream.generate(() -> (Callable<String>) () -> {
                        together.await();
                        return authorization.header().value();
                    })
                    .limit(20)
                    .toList());
            for (var header : headers) {
                assertThat(header.get()).isEqualTo("Bearer " + store.tokens.accessToken());
            }
        }
        assertThat(SERVER.tokenRequests()).hasSize(before + 1);
        assertThat(store.tokens).isNotEqualTo(old);
    }

    @Test
    void refusedToken_isRenewedOnce_andAFreshOneIsNot() throws Exception {
        MemoryStore store = new MemoryStore(client(MACHINE).first());
        OAuthAuthorization authorization = new OAuthAuthorization(store, client(MACHINE), clock);
        Header used = authorization.header();
        clock.pass(Duration.ofSeconds(30));
        int before = SERVER.tokenRequests().size();

        assertThat(authorization.refused(used)).isTrue();
        Header fresh = authorization.header();
        assertThat(fresh.value()).isNotEqualTo(used.value());
        assertThat(authorization.refused(used)).isTrue();
        assertThat(authorization.refused(fresh)).isFalse();
        assertThat(SERVER.tokenRequests()).hasSize(before + 1);
    }

    @Test
    void tokenEndpointAway_withATokenThatStillServes_keepsIt() throws Exception {
        Tokens tokens = client(MACHINE).first();
        OAuthAuthorization authorization = new OAuthAuthorization(new MemoryStore(tokens), client(MACHINE), clock);
        SERVER.refuseTokens(503, "{}");

        clock.set(Objects.requireNonNull(tokens.expiresAt()).minusSeconds(5));
        assertThat(authorization.header().value()).endsWith(tokens.accessToken());
        clock.set(Objects.requireNonNull(tokens.expiresAt()));
        assertThatThrownBy(authorization::header).isInstanceOf(ChorusException.Away.class);
    }

    @Test
    void refusals_areTyped_andRepeatNothingOfTheAnswer() {
        SERVER.refuseTokens(400, "{\"error\": \"invalid_grant\", \"error_description\": \"planted\"}");
        ChorusException.SignInRefused ended = catchThrowableOfType(
                ChorusException.SignInRefused.class, () -> client(MACHINE).first());
        assertThat(ended.code()).isEqualTo("invalid_grant");
        assertThat(ended).hasMessageNotContaining("planted").hasNoCause();

        SERVER.refuseTokens(401, "{\"error\": \"invalid_client\"}");
        assertThatThrownBy(() -> client(MACHINE).first()).hasMessageContaining("client id or secret");
        SERVER.refuseTokens(400, "{\"error\": \"planted\"}");
        assertThatThrownBy(() -> client(MACHINE).first())
                .isInstanceOf(ChorusException.Broken.class)
                .hasMessageNotContaining("planted");
        SERVER.refuseTokens(200, "{\"planted\": 1}");
        assertThatThrownBy(() -> client(MACHINE).first())
                .isInstanceOf(ChorusException.Broken.class)
                .hasMessageNotContaining("planted");
        SERVER.refuseTokens(200, "{\"access_token\": \"pla\\nnted\", \"token_type\": \"Bearer\"}");
        assertThatThrownBy(() -> client(MACHINE).first())
                .isInstanceOf(ChorusException.Broken.class)
                .hasMessageNotContaining("nted");
        SERVER.refuseTokens(429, "{}");
        assertThatThrownBy(() -> client(MACHINE).first()).isInstanceOf(ChorusException.RateLimited.class);
    }

    @Test
    void nothingPrinted_holdsSecrets() {
        Tokens tokens = new Tokens("planted", "planted", clock.instant(), null, null);
        assertThat(tokens + " " + new Registration(SERVER.tokenUrl(), null, "id", "planted", null)
                        + new OAuthAuthorization(new MemoryStore(tokens), client(MACHINE), clock))
                .doesNotContain("planted");
    }

    private OAuthClient client(Registration registration) {
        return new OAuthClient(TRANSPORT, clock, registration);
    }

    private static final class MemoryStore implements TokenStore {
        private volatile Tokens tokens;

        MemoryStore(Tokens tokens) {
            this.tokens = tokens;
        }

        @Override
        public Tokens current() {
            return tokens;
        }

        @Override
        public Tokens renewed(Tokens stale, Renewal renewal) throws ChorusException {
            tokens = renewal.after(stale);
            return tokens;
        }
    }
}
