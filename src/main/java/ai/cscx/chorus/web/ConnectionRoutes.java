package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.sync.ConnectRequest;
import ai.cscx.chorus.sync.ConnectionStatus;
import ai.cscx.chorus.sync.Connections;
import ai.cscx.chorus.sync.RateLimiter.Budget;
import ai.cscx.chorus.sync.SyncStatus;
import ai.cscx.chorus.sync.Synchronisation;
import ai.cscx.chorus.sync.Syncs;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The connection to Chorus. */
final class ConnectionRoutes {
    /** Of these, state, code and error are read; sign-in pages add the others. */
    private static final QueryParameter[] CALLBACK_QUERY = Stream.of(
                    "state",
                    "code",
                    "error",
                    "error_description",
                    "error_uri",
                    "iss",
                    "session_state",
                    "scope",
                    "prompt")
            .map(name -> QueryParameter.text(name, "As the sign-in page sends it"))
            .toArray(QueryParameter[]::new);

    private static final String CONNECTED_PAGE = """
            <!doctype html><html lang="en"><title>Chorus is connected</title>
            <h1>Chorus is connected</h1><p>The first sync has begun. You may close this page.</p></html>
            """;

    private static final int LONGEST_CODE = 8_000;

    private final Connections connections;
    private final Synchronisation synchronisation;
    private final Syncs syncs;
    private final Clock clock;

    ConnectionRoutes(Connections connections, Synchronisation synchronisation, Syncs syncs, Clock clock) {
        this.connections = connections;
        this.synchronisation = synchronisation;
        this.syncs = syncs;
        this.clock = clock;
    }

    /** Credentials as an admin sends them; {@link #toString} leaves the secrets out. */
    record ConnectBody(
            @Nullable String authType,
            @Nullable String dialect,
            @Nullable String baseUrl,
            @Nullable String apiKey,
            @Nullable String headerStyle,
            @Nullable String clientId,
            @Nullable String clientSecret,
            @Nullable String tokenUrl,
            @Nullable String authorizationUrl,
            @Nullable String scope) {
        ConnectRequest request() {
            return new ConnectRequest(
                    authType,
                    dialect,
                    baseUrl,
                    apiKey,
                    headerStyle,
                    clientId,
                    clientSecret,
                    tokenUrl,
                    authorizationUrl,
                    scope);
        }

        @Override
        public String toString() {
            return "ConnectBody[" + authType + "]";
        }
    }

    record ConnectedView(
            String status, String dialect, String headerStyle, String account, Instant connectedAt, UUID syncId) {
        static ConnectedView of(Connections.Connected connected) {
            return new ConnectedView(
                    "connected",
                    connected.dialect(),
                    connected.headerStyle(),
                    connected.account(),
                    connected.connectedAt(),
                    connected.syncId().value());
        }
    }

    /**
     * The admin has to say yes in the browser.
     *
     * @param status authorizing
     */
    record AuthorizingView(String status, String authorizeUrl) {
        static AuthorizingView of(Connections.Authorizing authorizing) {
            return new AuthorizingView("authorizing", authorizing.authorizeUrl().toString());
        }

        @Override
        public String toString() {
            return "AuthorizingView[]";
        }
    }

    /**
     * @param status connected, degraded or disconnected
     * @param authType api_key or oauth2
     * @param strikes refusals in a row
     * @param pace how fast Chorus is asked, as learned
     * @param requests sent to Chorus so far
     * @param refusals of them answered with 429
     * @param etaSeconds how long the running sync will take; null if none runs, or while unknown
     * @param notice what an admin has to do about it
     */
    record ConnectionView(
            String status,
            @Nullable String dialect,
            @Nullable String authType,
            @Nullable String headerStyle,
            @Nullable String baseUrl,
            @Nullable String account,
            @Nullable String scope,
            @Nullable Instant connectedAt,
            @Nullable Instant tokenExpiresAt,
            @Nullable String lastError,
            int strikes,
            @Nullable String notice,
            @Nullable Instant noticeAt,
            PaceView pace,
            long requests,
            long refusals,
            @Nullable Long etaSeconds) {
        static ConnectionView of(ConnectionStatus status, Budget budget, Clock clock, @Nullable Long etaSeconds) {
            return new ConnectionView(
                    status.status(),
                    status.dialect(),
                    status.authType(),
                    status.headerStyle(),
                    status.baseUrl(),
                    status.account(),
                    status.scope(),
                    status.connectedAt(),
                    status.tokenExpiresAt(),
                    status.lastError(),
                    status.strikes(),
                    status.notice(),
                    status.noticeAt(),
                    PaceView.of(budget, clock),
                    budget.requests(),
                    budget.refusals(),
                    etaSeconds);
        }
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/api/integrations/chorus/connect",
                                "Tries a credential on Chorus, keeps it sealed, starts the first sync; 202 = say yes at authorizeUrl first")
                        .access(Access.ADMIN)
                        .takes(ConnectBody.class)
                        .answers(200, ConnectedView.class)
                        .answers(202, AuthorizingView.class)
                        .handledBy(this::connect),
                Route.get(
                                "/api/integrations/chorus/oauth/start",
                                "Begins the browser's sign-in again; 302 to a browser")
                        .access(Access.ADMIN)
                        .answers(200, AuthorizingView.class)
                        .answersNothing(302)
                        .handledBy(this::start),
                Route.get(Connections.CALLBACK, "Where the browser comes back to from Chorus's sign-in")
                        .access(Access.OPEN)
                        .query(CALLBACK_QUERY)
                        .answers(200, ConnectedView.class)
                        .handledBy(this::callback),
                Route.get("/api/integrations/chorus", "How the connection to Chorus is")
                        .access(Access.ADMIN)
                        .answers(200, ConnectionView.class)
                        .handledBy(exchange -> exchange.answer(200, view(exchange.asker()))),
                Route.delete("/api/integrations/chorus", "Forgets the credential; what was synced stays")
                        .access(Access.ADMIN)
                        .answersNothing(204)
                        .handledBy(exchange -> {
                            connections.disconnect(exchange.asker());
                            exchange.nothing();
                        }));
    }

    private void connect(Exchange exchange) {
        ConnectBody body = exchange.body(ConnectBody.class);
        switch (connections.connect(exchange.asker(), body.request())) {
            case Connections.Connected connected -> exchange.answer(200, ConnectedView.of(connected));
            case Connections.Authorizing authorizing -> exchange.answer(202, AuthorizingView.of(authorizing));
        }
    }

    private void start(Exchange exchange) {
        Connections.Authorizing authorizing = connections.authorizing(exchange.asker());
        if (exchange.accepts("text/html")) {
            exchange.redirect(authorizing.authorizeUrl());
            return;
        }
        exchange.answer(200, AuthorizingView.of(authorizing));
    }

    private void callback(Exchange exchange) {
        Parameters query = exchange.query();
        Connections.Connected connected =
                connections.authorized(query.required("state"), query.text("code", LONGEST_CODE), query.text("error"));
        if (exchange.accepts("text/html")) {
            exchange.text("text/html", CONNECTED_PAGE);
            return;
        }
        exchange.answer(200, ConnectedView.of(connected));
    }

    private ConnectionView view(Asker asker) {
        ConnectionStatus status = connections.status(asker);
        SyncStatus newest = syncs.newest();
        return ConnectionView.of(status, synchronisation.budget(), clock, newest == null ? null : newest.etaSeconds());
    }
}
