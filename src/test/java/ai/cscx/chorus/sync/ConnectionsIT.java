package ai.cscx.chorus.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.access.Vault;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.TestClock;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Databases;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.upstream.ChorusException;
import ai.cscx.chorus.upstream.Destinations;
import ai.cscx.chorus.upstream.HttpTransport;
import ai.cscx.chorus.upstream.OAuthServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connection on a real database, towards a real authorization server and a small Chorus. */
class ConnectionsIT {
    private static final OAuthServer SIGN_IN = new OAuthServer();
    private static final TinyChorus CHORUS = new TinyChorus();
    private static final HttpTransport TRANSPORT = new HttpTransport(new Destinations(true, false));
    private static final Database DATABASE = started();
    private static final String OLD_KEY = key(1);
    private static final String NEW_KEY = key(2);
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final TestClock clock = new TestClock(START);
    private final Connections connections = instance(OLD_KEY);
    private final Asker admin = admin();

    @AfterAll
    static void close() {
        DATABASE.close();
        TRANSPORT.close();
        CHORUS.close();
        SIGN_IN.close();
    }

    @BeforeEach
    void admitEverybody() {
        CHORUS.lets(authorization -> true);
    }

    @AfterEach
    void reset() {
        SIGN_IN.giveTokensAgain();
        connections.disconnect(admin);
    }

    @Test
    void clientCredentials_connect_andNothingIsStoredInTheClear() throws Exception {
        Connections.Connected connected = connected(machine("planted-secret"));

        assertThat(connected.account()).isEqualTo("CS Operations");
        assertThat(connected.headerStyle()).isEqualTo("bearer");
        ConnectionStatus status = connections.status(admin);
        assertThat(status.status()).isEqualTo("connected");
        assertThat(status.authType()).isEqualTo("oauth2");
        assertThat(status.tokenExpiresAt()).isAfter(START);
        assertThat(connections.client().orElseThrow().account()).isEqualTo("CS Operations");
        String token = CHORUS.authorizations().getLast().substring("Bearer ".length());
        assertThat(dump() + status + machine("planted-secret")).doesNotContain("planted-secret", token);
    }

    @Test
    void expiredToken_amongTwentyThreadsOfTwoInstances_isRenewedOnce() throws Exception {
        connected(machine("secret"));
        Connections other = instance(OLD_KEY);
        connections.client().orElseThrow().account();
        clock.pass(Duration.ofHours(3));
        int before = SIGN_IN.tokenRequests().size();
        CyclicBarrier together = new CyclicBarrier(20);
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Connections mine = i % 2 == 0 ? connections : other;
            calls.add(() -> {
                together.await();
                return mine.client().orElseThrow().account();
            });
        }

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var call : threads.invokeAll(calls)) {
                assertThat(call.get()).isEqualTo("CS Operations");
            }
        }

        assertThat(SIGN_IN.tokenRequests()).hasSize(before + 1);
        List<String> sent = CHORUS.authorizations();
        assertThat(sent.subList(sent.size() - 20, sent.size())).containsOnly(sent.getLast());
    }

    @Test
    void renewedToken_thatCannotBeSaved_isNotUsed_andSavedWithTheNextTry() throws Exception {
        connected(machine("secret"));
        var client = connections.client().orElseThrow();
        client.account();
        clock.pass(Duration.ofHours(3));
        int asked = SIGN_IN.tokenRequests().size();
        int sent = CHORUS.authorizations().size();
        sql("ALTER TABLE chorus_connection_tokens ADD CONSTRAINT full_disk CHECK (false) NOT VALID");

        assertThatThrownBy(client::account).isInstanceOf(RuntimeException.class);
        assertThat(CHORUS.authorizations()).hasSize(sent);
        sql("ALTER TABLE chorus_connection_tokens DROP CONSTRAINT full_disk");

        assertThat(client.account()).isEqualTo("CS Operations");
        assertThat(SIGN_IN.tokenRequests()).hasSize(asked + 1);
    }

    @Test
    void tokenThatChorusRefuses_isRenewed_andTheRequestSentOnceMore() throws Exception {
        connected(machine("secret"));
        var client = connections.client().orElseThrow();
        client.account();
        String revoked = CHORUS.authorizations().getLast();
        clock.pass(Duration.ofSeconds(60));
        CHORUS.lets(authorization -> !authorization.equals(revoked));

        assertThat(client.account()).isEqualTo("CS Operations");

        CHORUS.lets(authorization -> false);
        int before = CHORUS.authorizations().size();
        assertThatThrownBy(client::account).isInstanceOf(ChorusException.Refused.class);
        assertThat(CHORUS.authorizations().size() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void authorizationCode_connects_refreshesWithRotation_andItsEndIsToldOnce() throws Exception {
        Connections.Authorizing authorizing = authorizing(person());
        Map<String, String> back = SIGN_IN.consent(authorizing.authorizeUrl());
        connections.authorized(state(back), back.get("code"), null);
        assertThat(connections.client().orElseThrow().account()).isEqualTo("CS Operations");

        clock.pass(Duration.ofHours(2));
        connections.client().orElseThrow().account();
        String first = SIGN_IN.tokenRequests().getLast();
        clock.pass(Duration.ofHours(2));
        connections.client().orElseThrow().account();
        assertThat(first).contains("grant_type=refresh_token");
        assertThat(SIGN_IN.tokenRequests().getLast())
                .contains("grant_type=refresh_token")
                .isNotEqualTo(first);

        SIGN_IN.refuseTokens(400, "{\"error\": \"invalid_grant\"}");
        clock.pass(Duration.ofHours(2));
        var client = connections.client().orElseThrow();
        assertThatThrownBy(client::account).isInstanceOf(ChorusException.SignInRefused.class);
        assertThatThrownBy(client::account).isInstanceOf(ChorusException.SignInRefused.class);
        connections.refused("another message");

        ConnectionStatus ended = connections.status(admin);
        assertThat(ended.status()).isEqualTo("degraded");
        assertThat(ended.lastError()).contains("connect again", "invalid_grant");
        assertThat(ended.notice()).isEqualTo(ended.lastError());
        assertThat(notices()).isEqualTo(1);
        assertThat(connections.client()).isEmpty();

        SIGN_IN.giveTokensAgain();
        Map<String, String> again =
                SIGN_IN.consent(connections.authorizing(admin).authorizeUrl());
        connections.authorized(state(again), again.get("code"), null);
        assertThat(connections.status(admin).status()).isEqualTo("connected");
        assertThat(connections.status(admin).notice()).isNull();
        assertThat(notices()).isZero();
        assertThat(connections.client().orElseThrow().account()).isEqualTo("CS Operations");
    }

    @Test
    void state_servesOnce_forTenMinutes_andOnlyWhileItsOwnerIsAdmin() {
        Map<String, String> used = SIGN_IN.consent(authorizing(person()).authorizeUrl());
        connections.authorized(state(used), used.get("code"), null);
        assertUnknown(state(used));

        String late = state(SIGN_IN.consent(authorizing(person()).authorizeUrl()));
        clock.pass(Duration.ofMinutes(10));
        assertUnknown(late);

        String replaced = state(SIGN_IN.consent(authorizing(person()).authorizeUrl()));
        String demoted = state(SIGN_IN.consent(connections.authorizing(admin).authorizeUrl()));
        assertUnknown(replaced);
        role("csm");
        assertUnknown(demoted);
        role("admin");
        assertUnknown("guessed");
    }

    @Test
    void consentRefused_saysSo_andRepeatsNothingUnknown() {
        assertThatThrownBy(() ->
                        connections.authorized(state(authorizing(person()).authorizeUrl()), null, "access_denied"))
                .isInstanceOf(Failure.Rejected.class)
                .hasMessageContaining("access_denied");
        assertThatThrownBy(
                        () -> connections.authorized(state(authorizing(person()).authorizeUrl()), null, "<planted>"))
                .isInstanceOf(Failure.Rejected.class)
                .hasMessageNotContaining("planted");
        assertThat(connections.status(admin).status()).isEqualTo("disconnected");
    }

    @Test
    void noSignInBegun_isAConflict() {
        assertThatThrownBy(() -> connections.authorizing(admin)).isInstanceOf(Failure.Conflict.class);
        connected(machine("secret"));
        assertThatThrownBy(() -> connections.authorizing(admin)).isInstanceOf(Failure.Conflict.class);
    }

    @Test
    void wrongClient_namesItsField() {
        SIGN_IN.refuseTokens(401, "{\"error\": \"invalid_client\"}");
        assertThat(pointers(machine("planted"))).containsExactly("/clientSecret");
        SIGN_IN.refuseTokens(400, "{\"error\": \"invalid_scope\"}");
        assertThat(pointers(machine("planted"))).containsExactly("/scope");
        SIGN_IN.refuseTokens(404, "{}");
        assertThat(pointers(machine("planted"))).containsExactly("/tokenUrl");
        SIGN_IN.giveTokensAgain();
        CHORUS.lets(authorization -> false);
        assertThat(pointers(machine("planted"))).containsExactly("/clientId");
        assertThat(pointers(ConnectRequest.apiKey(CHORUS.url(), "planted"))).containsExactly("/apiKey");
    }

    @Test
    void everyWrongField_isNamedAtOnce() {
        assertThat(pointers(oauth("http://example.com", "http://10.0.0.1/token", null, " ", null, "a\"b")))
                .containsExactlyInAnyOrder("/baseUrl", "/tokenUrl", "/clientId", "/clientSecret", "/scope");
        assertThat(pointers(ConnectRequest.apiKey("https://169.254.169.254", "pl an ted")))
                .containsExactlyInAnyOrder("/baseUrl", "/apiKey");
        assertThat(pointers(new ConnectRequest(null, null, null, null, null, null, null, null, null, null)))
                .contains("/authType");
    }

    @Test
    void threeRefusals_degrade_tellOnce_andConnectingAgainResumes() {
        connected(ConnectRequest.apiKey(CHORUS.url(), "key-1"));
        connections.refused("Chorus does not accept the token (401)");
        connections.refused("Chorus does not accept the token (401)");
        assertThat(connections.client()).isPresent();
        connections.served();
        for (int i = 0; i < 5; i++) {
            connections.refused("Chorus does not accept the token (401)");
        }

        ConnectionStatus status = connections.status(admin);
        assertThat(status.status()).isEqualTo("degraded");
        assertThat(status.strikes()).isEqualTo(3);
        assertThat(status.notice()).contains("401");
        assertThat(status.noticeAt()).isEqualTo(START);
        assertThat(notices()).isEqualTo(1);
        assertThat(connections.client()).isEmpty();
        connections.served();
        assertThat(connections.status(admin).lastError()).contains("401");

        connected(ConnectRequest.apiKey(CHORUS.url(), "key-2"));
        assertThat(connections.client()).isPresent();
        assertThat(connections.status(admin).notice()).isNull();
        assertThat(connections.status(admin).strikes()).isZero();
    }

    @Test
    void connectionThatServesNoMore_isDegraded_withTheTransactionThatFoundOut() {
        connected(ConnectRequest.apiKey(CHORUS.url(), "key-1"));

        DATABASE.transact(handle -> connections.degraded(handle, "Every call vanished at once"));

        assertThat(connections.status(admin).status()).isEqualTo("degraded");
        assertThat(connections.status(admin).notice()).isEqualTo("Every call vanished at once");
        assertThat(connections.client()).isEmpty();
    }

    @Test
    void anotherInstance_noticesTheNewConnection_evenAtTheSameInstant() throws Exception {
        Connections other = instance(OLD_KEY);
        connected(ConnectRequest.apiKey(CHORUS.url(), "key-1"));
        other.client().orElseThrow().account();
        connected(machine("secret"));

        other.client().orElseThrow().account();

        assertThat(CHORUS.authorizations().getLast()).startsWith("Bearer ey");
    }

    @Test
    void wrongMasterKey_failsClosed_hereAndNotElsewhere() {
        connected(machine("secret"));
        Connections wrong = instance(NEW_KEY);

        assertThat(wrong.client()).isEmpty();
        assertThat(wrong.status(admin).status()).isEqualTo("degraded");
        assertThat(wrong.status(admin).lastError())
                .startsWith("The stored credential does not open with this master key;");
        wrong.reseal();
        assertThat(connections.client()).isPresent();
        assertThat(connections.status(admin).status()).isEqualTo("connected");
    }

    @Test
    void masterKey_isExchanged_withoutConnectingAgain() throws Exception {
        Map<String, String> back = SIGN_IN.consent(authorizing(person()).authorizeUrl());
        connections.authorized(state(back), back.get("code"), null);

        Connections both = instance(NEW_KEY + ", " + OLD_KEY);
        assertThat(both.client().orElseThrow().account()).isEqualTo("CS Operations");
        both.reseal();
        String sealed = dump();
        both.reseal();
        assertThat(dump()).isEqualTo(sealed);

        Connections onlyNew = instance(NEW_KEY);
        assertThat(onlyNew.client().orElseThrow().account()).isEqualTo("CS Operations");
        clock.pass(Duration.ofHours(2));
        assertThat(onlyNew.client().orElseThrow().account()).isEqualTo("CS Operations");
        assertThat(instance(OLD_KEY).client()).isEmpty();
    }

    private void assertUnknown(String state) {
        assertThatThrownBy(() -> connections.authorized(state, "code", null)).isInstanceOf(Failure.Malformed.class);
    }

    private Connections.Connected connected(ConnectRequest request) {
        return (Connections.Connected) connections.connect(admin, request);
    }

    private Connections.Authorizing authorizing(ConnectRequest request) {
        return (Connections.Authorizing) connections.connect(admin, request);
    }

    private List<String> pointers(ConnectRequest request) {
        Failure.Rejected wrong =
                catchThrowableOfType(Failure.Rejected.class, () -> connections.connect(admin, request));
        assertThat(wrong.problems().toString() + wrong.getMessage()).doesNotContain("planted", "pl an ted");
        return wrong.problems().stream().map(Failure.Rejected.Problem::pointer).toList();
    }

    private static ConnectRequest machine(String secret) {
        return oauth(CHORUS.url(), SIGN_IN.tokenUrl().toString(), null, "client-1", secret, "calls.read");
    }

    private static ConnectRequest person() {
        return oauth(
                CHORUS.url(),
                SIGN_IN.tokenUrl().toString(),
                SIGN_IN.authorizationUrl().toString(),
                "client-1",
                "secret",
                "openid offline_access");
    }

    private static ConnectRequest oauth(
            String baseUrl,
            String tokenUrl,
            @Nullable String authorizationUrl,
            String clientId,
            @Nullable String clientSecret,
            String scope) {
        return new ConnectRequest(
                "oauth2", null, baseUrl, null, null, clientId, clientSecret, tokenUrl, authorizationUrl, scope);
    }

    private static String state(Map<String, String> back) {
        return Objects.requireNonNull(back.get("state"));
    }

    private static String state(URI authorizeUrl) {
        return authorizeUrl.getQuery().replaceFirst(".*\\bstate=([^&]+).*", "$1");
    }

    private Connections instance(String masterKeys) {
        return new Connections(
                DATABASE,
                Vault.of(masterKeys),
                new Syncs(
                        DATABASE,
                        new Jobs(DATABASE, clock, 0),
                        new RateLimiter(DATABASE, clock, 10),
                        clock,
                        Duration.ofDays(30)),
                TRANSPORT,
                () -> URI.create("https://cscx.example"),
                new WebhookRegistration(() -> null),
                clock,
                clock);
    }

    private static Database started() {
        Database database = new Database(new Database.Settings(Databases.create(), 24));
        database.start();
        return database;
    }

    private Asker admin() {

        People people = new People(DATABASE, clock);
        return People.asker(people.ensure(new People.NewPerson("ada@cscx.example", "Ada", Role.ADMIN, null)));
    }

    private static void sql(String statement) {
        DATABASE.transact(handle -> handle.execute(statement));
    }

    private void role(String role) {
        DATABASE.transact(handle -> handle.execute("UPDATE chorus_users SET role = ?", role));
    }

    private static long notices() {
        return DATABASE.read(
                handle -> handle.createQuery("SELECT count(*) FROM chorus_notices WHERE resolved_at IS NULL")
                        .mapTo(Long.class)
                        .one());
    }

    /** Everything that is kept about the connection, as text. */
    private static String dump() {
        return DATABASE.read(
                handle -> handle.createQuery("""
                        SELECT string_agg(line, ' ') FROM (
                            SELECT c::text || encode(secret_sealed, 'escape') AS line FROM chorus_connections c
                            UNION ALL SELECT t::text || encode(tokens_sealed, 'escape') FROM chorus_connection_tokens t
                            UNION ALL SELECT l::text || encode(login_sealed, 'escape') FROM chorus_oauth_logins l) lines
                        """).mapTo(String.class).one());
    }

    private static String key(int content) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) content;
        return Base64.getEncoder().encodeToString(bytes);
    }
}
