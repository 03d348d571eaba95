package ai.cscx.chorus.sync;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Vault;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.upstream.ChorusClient;
import ai.cscx.chorus.upstream.ChorusClients;
import ai.cscx.chorus.upstream.ChorusException;
import ai.cscx.chorus.upstream.Dialect;
import ai.cscx.chorus.upstream.HeaderStyle;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to Chorus: tried before it is kept, its key sealed. After {@value #STRIKES} refusals in a row it is
 * degraded until somebody connects again. Thread-safe.
 */
public final class Connections implements AutoCloseable {
    static final int STRIKES = 3;
    private static final URI CHORUS = URI.create("https://chorus.ai");
    private static final String PURPOSE = "chorus-connection-1";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Database database;
    private final Vault vault;
    private final Syncs syncs;
    private final Clock clock;
    private final Clock realTime;
    private final boolean loopbackAllowed;
    private @Nullable Open open;

    /**
     * @param realTime for waits that Chorus asks for
     * @param loopbackAllowed whether the base URL may be http on this machine, as the simulator's is
     */
    public Connections(
            Database database, Vault vault, Syncs syncs, Clock clock, Clock realTime, boolean loopbackAllowed) {
        this.database = database;
        this.vault = vault;
        this.syncs = syncs;
        this.clock = clock;
        this.realTime = realTime;
        this.loopbackAllowed = loopbackAllowed;
    }

    /** What an admin sends; null = left out, and probed or defaulted. {@link #toString} leaves the key out. */
    public record ConnectRequest(
            @Nullable String authType,
            @Nullable String dialect,
            @Nullable String baseUrl,
            @Nullable String apiKey,
            @Nullable String headerStyle) {
        @Override
        public String toString() {
            return "ConnectRequest[" + authType + ", " + dialect + ", " + headerStyle + "]";
        }
    }

    public record Connected(String dialect, String headerStyle, String account, Instant connectedAt, SyncId syncId) {}

    /**
     * @param status connected, degraded or disconnected
     */
    public record ConnectionStatus(
            String status,
            @Nullable String dialect,
            @Nullable String headerStyle,
            @Nullable String baseUrl,
            @Nullable String account,
            @Nullable Instant connectedAt,
            @Nullable String lastError,
            int strikes) {}

    /**
     * Tries the credential on Chorus, keeps it if it serves, and starts the first sync.
     *
     * @throws Failure.Rejected naming the field that failed and how
     * @throws Failure.Unavailable if Chorus does not answer
     */
    public Connected connect(Asker asker, ConnectRequest request) {
        asker.requireAdmin();
        String key = checked(request);
        URI baseUrl = baseUrl(request.baseUrl());
        List<HeaderStyle> styles = request.headerStyle() == null
                ? List.of(HeaderStyle.values())
                : List.of(HeaderStyle.parse(request.headerStyle()));
        Probe probe = probe(
                request.dialect() == null ? Dialect.ENGAGEMENTS : dialect(request.dialect()), baseUrl, key, styles);
        Instant now = clock.instant();
        database.transact(handle -> handle.createUpdate("""
                        INSERT INTO chorus_connections (id, dialect, header_style, base_url, secret_sealed, account, status, connected_at)
                        VALUES (1, :dialect, :style, :baseUrl, :sealed, :account, 'connected', :now)
                        ON CONFLICT (id) DO UPDATE SET dialect = excluded.dialect, header_style = excluded.header_style,
                            base_url = excluded.base_url, secret_sealed = excluded.secret_sealed, account = excluded.account,
                            status = 'connected', strikes = 0, last_error = NULL, connected_at = excluded.connected_at
                        """)
                .bind("dialect", probe.dialect().word())
                .bind("style", probe.style().word())
                .bind("baseUrl", baseUrl.toString())
                .bind("sealed", vault.seal(key, PURPOSE))
                .bind("account", probe.account())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute());
        SyncId sync = syncs.requestBackfill();
        return new Connected(probe.dialect().word(), probe.style().word(), probe.account(), now, sync);
    }

    /**
     * @throws Failure.Forbidden unless an admin asks
     */
    public ConnectionStatus status(Asker asker) {
        asker.requireAdmin();
        return row().map(row -> new ConnectionStatus(
                        row.status(),
                        row.dialect(),
                        row.headerStyle(),
                        row.baseUrl(),
                        row.account(),
                        row.connectedAt(),
                        row.lastError(),
                        row.strikes()))
                .orElseGet(() -> new ConnectionStatus("disconnected", null, null, null, null, null, null, 0));
    }

    /** The same Chorus now answers at another address, as the simulator does after a restart; false if none is connected. */
    public boolean relocate(URI baseUrl) {
        return database.inTransaction(handle -> handle.createUpdate(
                                "UPDATE chorus_connections SET base_url = :baseUrl, connected_at = :now WHERE base_url <> :baseUrl")
                        .bind("baseUrl", baseUrl.toString())
                        .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .execute())
                > 0;
    }

    /** Forgets the credential; what was synced stays. Again changes nothing. */
    public void disconnect(Asker asker) {
        asker.requireAdmin();
        database.transact(
                handle -> handle.createUpdate("DELETE FROM chorus_connections").execute());
    }

    /** A client for the connection as it is now; empty if there is none or it is degraded. */
    synchronized Optional<ChorusClient> client() {
        Row row = row().filter(found -> found.status().equals("connected")).orElse(null);
        if (row == null) {
            return Optional.empty();
        }
        if (open != null && open.connectedAt().equals(row.connectedAt())) {
            return Optional.of(open.client());
        }
        String key = vault.open(row.sealed(), PURPOSE);
        if (key == null) {
            refused("The stored credential does not open with this master key; connect again");
            return Optional.empty();
        }
        if (open != null) {
            open.client().close();
        }
        ChorusClient client = ChorusClients.open(
                dialect(row.dialect()),
                new ChorusClients.Credentials(URI.create(row.baseUrl()), HeaderStyle.parse(row.headerStyle()), key),
                realTime);
        open = new Open(row.connectedAt(), client);
        return Optional.of(client);
    }

    /** One more refusal. */
    void refused(String error) {
        database.transact(handle -> handle.createUpdate("""
                        UPDATE chorus_connections SET strikes = strikes + 1, last_error = :error,
                            status = CASE WHEN strikes + 1 >= :most THEN 'degraded' ELSE status END
                        """)
                .bind("error", error)
                .bind("most", STRIKES)
                .execute());
    }

    /** It serves no more, though Chorus does not refuse it; in the caller's transaction. */
    void degraded(org.jdbi.v3.core.Handle handle, String error) {
        handle.createUpdate("UPDATE chorus_connections SET status = 'degraded', last_error = :error")
                .bind("error", error)
                .execute();
    }

    /** It served: refusals before it no longer count. */
    void served() {
        database.transact(handle -> handle.createUpdate(
                        "UPDATE chorus_connections SET strikes = 0, last_error = NULL WHERE strikes > 0")
                .execute());
    }

    @Override
    public synchronized void close() {
        if (open != null) {
            open.client().close();
        }
    }

    private Probe probe(Dialect dialect, URI baseUrl, String key, List<HeaderStyle> styles) {
        ChorusException.Refused last = null;
        for (HeaderStyle style : styles) {
            try (ChorusClient client =
                    ChorusClients.open(dialect, new ChorusClients.Credentials(baseUrl, style, key), realTime)) {
                return new Probe(dialect, style, client.account());
            } catch (ChorusException failed) {
                last = refusal(failed);
            }
        }
        String tried = String.join(", ", styles.stream().map(HeaderStyle::word).toList());
        throw rejected(
                "/apiKey",
                (last == null ? "Chorus does not accept the token" : last.getMessage()) + ", sent as " + tried);
    }

    /** The refusal, after which another header style may do; everything else ends the probe. */
    private static ChorusException.Refused refusal(ChorusException failed) {
        return switch (failed) {
            case ChorusException.Refused refused -> {
                if (refused.status() == 403) {
                    throw rejected("/apiKey", refused.getMessage() + "; use the key of somebody who may");
                }
                yield refused;
            }
            case ChorusException.RateLimited limited ->
                throw new Failure.RateLimited("Chorus asks to wait; try again later.", limited.retryAfter());
            case ChorusException.Away away ->
                throw new Failure.Unavailable(away.getMessage() + "; check the baseUrl and try again.", away);
            case ChorusException.Broken broken -> throw rejected("/baseUrl", broken.getMessage());
        };
    }

    private static String checked(ConnectRequest request) {
        if (!"api_key".equals(request.authType())) {
            throw rejected("/authType", "only api_key is available yet");
        }
        if (request.apiKey() == null || request.apiKey().isBlank()) {
            throw rejected("/apiKey", "is missing");
        }
        if (!request.apiKey().matches("[\\x21-\\x7e]{1,4096}")) {
            throw rejected("/apiKey", "holds characters that no API key has");
        }
        return request.apiKey();
    }

    private static Dialect dialect(String word) {
        Dialect dialect = Dialect.of(word);
        if (dialect == null) {
            throw rejected("/dialect", "is engagements or calls");
        }
        return dialect;
    }

    private URI baseUrl(@Nullable String text) {
        if (text == null) {
            return CHORUS;
        }
        URI uri;
        try {
            uri = new URI(text.strip().replaceAll("/+$", ""));
        } catch (URISyntaxException unreadable) {
            throw rejected("/baseUrl", "is no URL");
        }
        boolean loopback = "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
        boolean wellFormed = uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        if (!wellFormed || !("https".equals(uri.getScheme()) || (loopback && loopbackAllowed))) {
            throw rejected("/baseUrl", "is https://host, without user, query or fragment");
        }
        return uri;
    }

    private static Failure.Rejected rejected(String pointer, @Nullable String detail) {
        return new Failure.Rejected(
                "Chorus is not connected.", List.of(new Problem(pointer, detail == null ? "failed" : detail)));
    }

    private Optional<Row> row() {
        return database.read(handle -> handle.createQuery("SELECT * FROM chorus_connections")
                .map((row, context) -> new Row(
                        row.getString("dialect"),
                        row.getString("header_style"),
                        row.getString("base_url"),
                        row.getBytes("secret_sealed"),
                        row.getString("account"),
                        row.getString("status"),
                        row.getInt("strikes"),
                        row.getString("last_error"),
                        row.getTimestamp("connected_at").toInstant()))
                .findOne());
    }

    private record Probe(Dialect dialect, HeaderStyle style, String account) {}

    private record Open(Instant connectedAt, ChorusClient client) {}

    private record Row(
            String dialect,
            String headerStyle,
            String baseUrl,
            byte[] sealed,
            String account,
            String status,
            int strikes,
            @Nullable String lastError,
            Instant connectedAt) {}
}
