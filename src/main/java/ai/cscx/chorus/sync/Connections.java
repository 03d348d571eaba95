package ai.cscx.chorus.sync;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Vault;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.sync.ConnectRequest.Checked;
import ai.cscx.chorus.sync.ConnectionRows.Proven;
import ai.cscx.chorus.sync.ConnectionRows.Row;
import ai.cscx.chorus.upstream.ApiKeyAuthorization;
import ai.cscx.chorus.upstream.Authorization;
import ai.cscx.chorus.upstream.ChorusClient;
import ai.cscx.chorus.upstream.ChorusClients;
import ai.cscx.chorus.upstream.ChorusException;
import ai.cscx.chorus.upstream.Dialect;
import ai.cscx.chorus.upstream.HttpTransport;
import ai.cscx.chorus.upstream.OAuthAuthorization;
import ai.cscx.chorus.upstream.OAuthClient;
import ai.cscx.chorus.upstream.OAuthClient.Registration;
import ai.cscx.chorus.upstream.Tokens;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to Chorus: tried before it is kept, its secrets sealed. After {@value #STRIKES} refusals in a row,
 * or when its sign-in has ended, it is degraded until somebody connects again; what waits then goes on. Thread-safe.
 */
public final class Connections {
    static final int STRIKES = 3;
    static final String WRONG_KEY =
            "The stored credential does not open with this master key; start with the key it was"
                    + " sealed with (CSCX_MASTER_KEY), or connect again";
    /** Where the browser comes back to, below the public URL. */
    public static final String CALLBACK = "/api/integrations/chorus/oauth/callback";

    private static final Set<String> CONSENT_ERRORS =
            Set.of("access_denied", "invalid_request", "invalid_scope", "unauthorized_client", "server_error");
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Database database;
    private final Vault vault;
    private final Syncs syncs;
    private final HttpTransport transport;
    private final Supplier<URI> publicUrl;
    private final WebhookRegistration webhooks;
    private final Clock clock;
    private final Clock realTime;
    private final ConnectionRows rows;
    private final OAuthLogins logins;
    private @Nullable Open open;
    private long unopenedRevision;

    /**
     * @param publicUrl where browsers reach this server
     * @param realTime for waits that Chorus asks for, and for how long tokens last
     */
    public Connections(
            Database database,
            Vault vault,
            Syncs syncs,
            HttpTransport transport,
            Supplier<URI> publicUrl,
            WebhookRegistration webhooks,
            Clock clock,
            Clock realTime) {
        this.database = database;
        this.vault = vault;
        this.syncs = syncs;
        this.transport = transport;
        this.publicUrl = publicUrl;
        this.webhooks = webhooks;
        this.clock = clock;
        this.realTime = realTime;
        this.rows = new ConnectionRows(database, vault, clock);
        this.logins = new OAuthLogins(database, vault, realTime);
    }

    /** What connecting led to. */
    public sealed interface Outcome {}

    public record Connected(String dialect, String headerStyle, String account, Instant connectedAt, SyncId syncId)
            implements Outcome {}

    /** An admin has to say yes there, in the browser, within {@value OAuthLogins#MINUTES} minutes. */
    public record Authorizing(URI authorizeUrl) implements Outcome {
        @Override
        public String toString() {
            return "Authorizing[" + authorizeUrl.getHost() + "]";
        }
    }

    /**
     * Tries the credential on Chorus, keeps it if it serves, and starts the first sync; or says where an admin has to
     * consent first.
     *
     * @throws Failure.Rejected naming the field that failed and how
     * @throws Failure.Unavailable if Chorus does not answer
     */
    public Outcome connect(Asker asker, ConnectRequest request) {
        asker.requireAdmin();
        return switch (request.checked(transport)) {
            case Checked.ApiKey key -> connect(key);
            case Checked.OAuth oauth ->
                oauth.registration().authorizationUrl() == null
                        ? connect(oauth)
                        : authorizing(asker.id(), oauth.registration(), oauth.baseUrl(), request.dialect());
        };
    }

    /**
     * Begins the browser's sign-in again: the one that this admin has begun, or else that of the connection there is.
     *
     * @throws Failure.Conflict if there is neither
     */
    public Authorizing authorizing(Asker asker) {
        asker.requireAdmin();
        OAuthLogins.Login begun = logins.begun(asker.id()).orElse(null);
        if (begun != null) {
            return authorizing(
                    asker.id(), begun.registration().registration(), URI.create(begun.baseUrl()), begun.dialect());
        }
        Row row = rows.find().orElse(null);
        if (row != null
                && rows.credential(row) instanceof Credential.OAuth oauth
                && oauth.registration().authorizationUrl() != null) {
            return authorizing(asker.id(), oauth.registration(), URI.create(row.baseUrl()), row.dialect());
        }
        throw new Failure.Conflict(
                "no-sign-in",
                "There is no sign-in to begin; send authType oauth2 with authorizationUrl to"
                        + " /api/integrations/chorus/connect first.",
                null);
    }

    /**
     * The browser is back: exchanges the code for tokens, tries them and keeps them. The state proves who began it.
     *
     * @param error what the sign-in page says instead of giving a code
     * @throws Failure.Malformed if nobody began this, or it was used already
     */
    public Connected authorized(String state, @Nullable String code, @Nullable String error) {
        OAuthLogins.Login login = logins.take(state);
        if (code == null) {
            String word = error != null && CONSENT_ERRORS.contains(error) ? error : "an error";
            throw new Failure.Rejected(
                    "The sign-in page answered " + word + "; begin again, or ask who administers it.");
        }
        Registration registration = login.registration().registration();
        URI baseUrl = URI.create(login.baseUrl());
        try {
            Tokens tokens = client(registration).byCode(code, URI.create(login.redirect()), login.verifier());
            Connected connected = keep(baseUrl, Dialect.named(login.dialect()), registration, tokens);
            logins.over(state);
            return connected;
        } catch (ChorusException failed) {
            throw signInFailed(failed);
        }
    }

    /**
     * @throws Failure.Forbidden unless an admin asks
     */
    public ConnectionStatus status(Asker asker) {
        asker.requireAdmin();
        Row row = rows.find().orElse(null);
        if (row == null) {
            return ConnectionStatus.DISCONNECTED;
        }
        boolean opens = rows.credential(row) != null;
        return new ConnectionStatus(
                opens ? row.status() : "degraded",
                row.dialect(),
                row.authType(),
                row.headerStyle(),
                row.baseUrl(),
                row.account(),
                row.scope(),
                row.connectedAt(),
                row.tokenExpiresAt(),
                opens ? row.lastError() : WRONG_KEY,
                row.strikes(),
                opens ? row.notice() : WRONG_KEY,
                row.noticeAt());
    }

    /** The same Chorus now answers at another address, as the simulator does after a restart; false if none is connected. */
    public boolean relocate(URI baseUrl) {
        return rows.relocate(baseUrl, clock.instant());
    }

    /** Forgets the credential; what was synced stays. Again changes nothing. */
    public void disconnect(Asker asker) {
        asker.requireAdmin();
        client().ifPresent(webhooks::remove);
        rows.forget();
    }

    /** Seals with the first master key what an older one sealed, so that the older one can go. Again changes nothing. */
    public void reseal() {
        int secrets;
        try {
            secrets = rows.reseal();
        } catch (Failure.Unavailable away) {
            LOG.warn("Secrets stay sealed with an older master key until the next start: {}", away.getMessage());
            return;
        }
        if (secrets > 0) {
            LOG.info("{} secrets are sealed with the first of CSCX_MASTER_KEY now; older keys can go", secrets);
        }
    }

    /** A client for the connection as it is now; empty if there is none, it is degraded or does not open. */
    synchronized Optional<ChorusClient> client() {
        Row row = rows.find().filter(Row::isConnected).orElse(null);
        if (row == null) {
            return Optional.empty();
        }
        if (open != null && open.revision() == row.revision()) {
            return Optional.of(open.client());
        }
        Credential credential = rows.credential(row);
        if (credential == null) {
            // Only here: another instance may have the right key.
            if (unopenedRevision != row.revision()) {
                unopenedRevision = row.revision();
                LOG.warn("{}; syncing waits, nothing is lost", WRONG_KEY);
            }
            return Optional.empty();
        }
        Dialect dialect = Dialect.of(row.dialect());
        if (dialect == null) {
            throw new IllegalStateException("The connection speaks a dialect of a newer version: " + row.dialect());
        }
        ChorusClient client = open(dialect, URI.create(row.baseUrl()), authorization(row, credential));
        open = new Open(row.revision(), client);
        return Optional.of(client);
    }

    /** One more refusal. */
    void refused(String error) {
        rows.strike(error, STRIKES);
    }

    /** It serves no more, though Chorus does not refuse it; in the caller's transaction. */
    void degraded(Handle handle, String error) {
        rows.degrade(handle, null, error);
    }

    /** It served: refusals before it no longer count. */
    void served() {
        rows.served();
    }

    private Connected connect(Checked.ApiKey request) {
        List<Probe.Candidate> candidates = request.styles().stream()
                .map(style -> new Probe.Candidate(style, new ApiKeyAuthorization(style, request.key())))
                .toList();
        Probe.Found found =
                probe(request.baseUrl(), request.dialects(), "/apiKey").first(candidates);
        return keep(new Proven(
                found.dialect(),
                request.baseUrl(),
                new Credential.ApiKey(found.style(), request.key()),
                found.account(),
                null));
    }

    private Connected connect(Checked.OAuth request) {
        try {
            Tokens tokens = client(request.registration()).first();
            return keep(request.baseUrl(), request.dialects(), request.registration(), tokens);
        } catch (ChorusException failed) {
            throw signInFailed(failed);
        }
    }

    private Connected keep(URI baseUrl, List<Dialect> dialects, Registration registration, Tokens tokens) {
        Credential.OAuth credential = new Credential.OAuth(registration);
        Authorization once = new ApiKeyAuthorization(credential.headerStyle(), tokens.accessToken());
        Probe.Found found = probe(baseUrl, dialects, "/clientId")
                .first(List.of(new Probe.Candidate(credential.headerStyle(), once)));
        return keep(new Proven(found.dialect(), baseUrl, credential, found.account(), tokens));
    }

    private Connected keep(Proven proven) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        rows.save(proven, now);
        client().ifPresent(webhooks::keep);
        SyncId sync = syncs.requestBackfill();
        return new Connected(
                proven.dialect().word(), proven.credential().headerStyle().word(), proven.account(), now, sync);
    }

    private Authorizing authorizing(UserId admin, Registration registration, URI baseUrl, @Nullable String dialect) {
        String state = OAuthClient.newState();
        String verifier = OAuthClient.newVerifier();
        URI redirect = URI.create(publicUrl.get() + CALLBACK);
        logins.begin(
                admin,
                state,
                new OAuthLogins.Login(
                        Credential.RegistrationJson.of(registration),
                        baseUrl.toString(),
                        dialect,
                        redirect.toString(),
                        verifier));
        return new Authorizing(client(registration).authorizeUrl(redirect, state, verifier));
    }

    private Authorization authorization(Row row, Credential credential) {
        return switch (credential) {
            case Credential.ApiKey key -> new ApiKeyAuthorization(key.headerStyle(), key.key());
            case Credential.OAuth oauth ->
                new OAuthAuthorization(
                        new StoredTokens(
                                database,
                                vault,
                                row.revision(),
                                refused -> rows.degrade(row.revision(), String.valueOf(refused.getMessage()))),
                        client(oauth.registration()),
                        realTime);
        };
    }

    private static Failure signInFailed(ChorusException failed) {
        return switch (failed) {
            case ChorusException.SignInRefused refused ->
                Probe.rejected(
                        switch (refused.code()) {
                            case "invalid_client" -> "/clientSecret";
                            case "invalid_scope" -> "/scope";
                            case "unauthorized_client" -> "/clientId";
                            default -> "/tokenUrl";
                        },
                        refused.getMessage());
            case ChorusException.Refused refused ->
                Probe.rejected("/tokenUrl", "refuses without a reason (" + refused.status() + ")");
            case ChorusException.Broken broken -> Probe.rejected("/tokenUrl", broken.getMessage());
            case ChorusException.RateLimited limited -> Probe.later(limited);
            case ChorusException.Away away -> Probe.later(away);
        };
    }

    private OAuthClient client(Registration registration) {
        return new OAuthClient(transport, realTime, registration);
    }

    private Probe probe(URI baseUrl, List<Dialect> dialects, String field) {
        return new Probe((dialect, authorization) -> open(dialect, baseUrl, authorization), dialects, field);
    }

    /** The one place where clients are made. */
    private ChorusClient open(Dialect dialect, URI baseUrl, Authorization authorization) {
        return ChorusClients.open(dialect, transport, baseUrl, authorization, realTime);
    }

    private record Open(long revision, ChorusClient client) {}
}
