package ai.cscx.chorus.web;

import ai.cscx.chorus.sync.Connections;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The connection to Chorus. */
final class ConnectionRoutes {
    private final Connections connections;

    ConnectionRoutes(Connections connections) {
        this.connections = connections;
    }

    /** Credentials as an admin sends them; {@link #toString} leaves the secrets out. */
    record ConnectBody(
            @Nullable String authType,
            @Nullable String dialect,
            @Nullable String baseUrl,
            @Nullable String apiKey,
            @Nullable String headerStyle) {
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
     * @param status connected, degraded or disconnected
     * @param strikes refusals in a row
     */
    record ConnectionView(
            String status,
            @Nullable String dialect,
            @Nullable String headerStyle,
            @Nullable String baseUrl,
            @Nullable String account,
            @Nullable Instant connectedAt,
            @Nullable String lastError,
            int strikes) {
        static ConnectionView of(Connections.ConnectionStatus status) {
            return new ConnectionView(
                    status.status(),
                    status.dialect(),
                    status.headerStyle(),
                    status.baseUrl(),
                    status.account(),
                    status.connectedAt(),
                    status.lastError(),
                    status.strikes());
        }
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/api/integrations/chorus/connect",
                                "Tries a credential on Chorus, keeps it sealed, starts the first sync")
                        .access(Access.ADMIN)
                        .takes(ConnectBody.class)
                        .answers(200, ConnectedView.class)
                        .handledBy(this::connect),
                Route.get("/api/integrations/chorus", "How the connection to Chorus is")
                        .access(Access.ADMIN)
                        .answers(200, ConnectionView.class)
                        .handledBy(exchange ->
                                exchange.answer(200, ConnectionView.of(connections.status(exchange.asker())))),
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
        exchange.answer(
                200,
                ConnectedView.of(connections.connect(
                        exchange.asker(),
                        new Connections.ConnectRequest(
                                body.authType(), body.dialect(), body.baseUrl(), body.apiKey(), body.headerStyle()))));
    }
}
