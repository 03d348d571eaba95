package ai.cscx.chorus.sync;

import ai.cscx.chorus.access.Vault;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.upstream.Dialect;
import ai.cscx.chorus.upstream.HeaderStyle;
import ai.cscx.chorus.upstream.Tokens;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection as it is stored: one row, its tokens, and what an admin has to be told about it. */
final class ConnectionRows {
    private static final String PURPOSE = "chorus-connection-1";
    private static final String SUBJECT = "chorus-connection";
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionRows.class);

    private final Database database;
    private final Vault vault;
    private final Clock clock;

    ConnectionRows(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * @param revision another one with every change of what to connect to and with
     * @param scope null with an API key
     * @param tokenExpiresAt null where there is no token, or it does not expire
     * @param notice what an admin has to be told; null = nothing
     */
    record Row(
            long revision,
            String dialect,
            String authType,
            String headerStyle,
            String baseUrl,
            byte[] sealed,
            String account,
            @Nullable String scope,
            String status,
            int strikes,
            @Nullable String lastError,
            Instant connectedAt,
            @Nullable Instant tokenExpiresAt,
            @Nullable String notice,
            @Nullable Instant noticeAt) {

        boolean isConnected() {
            return status.equals("connected");
        }

        @Override
        public String toString() {
            return "Row[" + revision + ", " + authType + ", " + status + "]";
        }
    }

    /** What was tried and serves. */
    record Proven(
            Dialect dialect,
            URI baseUrl,
            Credential credential,
            String account,
            @Nullable Tokens tokens) {}

    Optional<Row> find() {
        return database.read(handle -> handle.createQuery("""
                        SELECT c.*, t.expires_at, n.message AS notice, n.created_at AS notice_at
                        FROM chorus_connections c
                        LEFT JOIN chorus_connection_tokens t ON t.connection_id = c.id
                        LEFT JOIN chorus_notices n ON n.subject = :subject AND n.resolved_at IS NULL
                        """)
                .bind("subject", SUBJECT)
                .map((row, context) -> row(row))
                .findOne());
    }

    /** Null if the secret does not open. */
    @Nullable
    Credential credential(Row row) {
        String secret = vault.open(row.sealed(), PURPOSE);
        return secret == null ? null : Credential.of(row.authType(), HeaderStyle.parse(row.headerStyle()), secret);
    }

    /** Keeps what serves in place of what was there, and takes back what an admin was told. */
    void save(Proven proven, Instant now) {
        Tokens tokens = proven.tokens();
        database.transact(handle -> {
            handle.execute("DELETE FROM chorus_connection_tokens");
            long revision = handle.createQuery("""
                            INSERT INTO chorus_connections (id, dialect, auth_type, header_style, base_url, secret_sealed,
                                account, scope, status, connected_at)
                            VALUES (1, :dialect, :authType, :style, :baseUrl, :sealed, :account, :scope, 'connected', :now)
                            ON CONFLICT (id) DO UPDATE SET dialect = excluded.dialect, auth_type = excluded.auth_type,
                                header_style = excluded.header_style, base_url = excluded.base_url,
                                secret_sealed = excluded.secret_sealed, account = excluded.account, scope = excluded.scope,
                                status = 'connected', strikes = 0, last_error = NULL, connected_at = excluded.connected_at,
                                revision = nextval('chorus_connection_revisions')
                            RETURNING revision
                            """)
                    .bind("dialect", proven.dialect().word())
                    .bind("authType", proven.credential().authType())
                    .bind("style", proven.credential().headerStyle().word())
                    .bind("baseUrl", proven.baseUrl().toString())
                    .bind("sealed", vault.seal(proven.credential().secret(), PURPOSE))
                    .bind("account", proven.account())
                    .bind("scope", scope(proven))
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .mapTo(Long.class)
                    .one();
            if (tokens != null) {
                StoredTokens.save(handle, vault, revision, tokens);
            }
            resolve(handle);
        });
    }

    void forget() {
        database.transact(handle -> {
            handle.execute("DELETE FROM chorus_connections");
            handle.execute("DELETE FROM chorus_oauth_logins");
            resolve(handle);
        });
    }

    /** Whether there was a connection to another address. */
    boolean relocate(URI baseUrl, Instant now) {
        return database.inTransaction(handle -> handle.createUpdate("""
                                UPDATE chorus_connections SET base_url = :baseUrl, connected_at = :now,
                                    revision = nextval('chorus_connection_revisions')
                                WHERE base_url <> :baseUrl AND auth_type = 'api_key'
                                """)
                        .bind("baseUrl", baseUrl.toString())
                        .bind("now", now.atOffset(ZoneOffset.UTC))
                        .execute())
                > 0;
    }

    /** One more refusal; with the last of {@code most} the connection is degraded. */
    void strike(String error, int most) {
        database.transact(handle -> handle.createQuery("""
                        UPDATE chorus_connections SET strikes = strikes + 1, last_error = :error,
                            status = CASE WHEN strikes + 1 >= :most THEN 'degraded' ELSE status END
                        WHERE status = 'connected' RETURNING status
                        """)
                .bind("error", error)
                .bind("most", most)
                .mapTo(String.class)
                .findOne()
                .filter("degraded"::equals)
                .ifPresent(degraded -> tell(handle, error)));
    }

    /** Nothing but connecting again helps. */
    void degrade(long revision, String error) {
        database.transact(handle -> degrade(handle, revision, error));
    }

    /**
     * In the caller's transaction.
     *
     * @param revision null = whichever it is now
     */
    void degrade(Handle handle, @Nullable Long revision, String error) {
        int changed = handle.createUpdate("""
                        UPDATE chorus_connections SET status = 'degraded', last_error = :error
                        WHERE status = 'connected' AND (:revision::bigint IS NULL OR revision = :revision)
                        """)
                .bind("error", error)
                .bind("revision", revision)
                .execute();
        if (changed > 0) {
            tell(handle, error);
        }
    }

    void served() {
        database.transact(
                handle -> handle.execute(
                        "UPDATE chorus_connections SET strikes = 0, last_error = NULL WHERE strikes > 0 AND status = 'connected'"));
    }

    /** Seals with the first master key what an older one sealed; how many secrets that were. */
    int reseal() {
        return database.inTransaction(handle -> reseal(handle, "chorus_connections", "secret_sealed", PURPOSE)
                + reseal(handle, "chorus_connection_tokens", "tokens_sealed", StoredTokens.PURPOSE));
    }

    private int reseal(Handle handle, String table, String column, String purpose) {
        byte[] sealed = handle.createQuery("SELECT " + column + " FROM " + table + " FOR UPDATE")
                .mapTo(byte[].class)
                .findOne()
                .orElse(null);
        byte[] resealed = sealed == null ? null : vault.resealed(sealed, purpose);
        if (resealed == null) {
            return 0;
        }
        return handle.createUpdate("UPDATE " + table + " SET " + column + " = :sealed")
                .bind("sealed", resealed)
                .execute();
    }

    private void tell(Handle handle, String message) {
        int told = handle.createUpdate("""
                        INSERT INTO chorus_notices (subject, message, created_at) VALUES (:subject, :message, :now)
                        ON CONFLICT (subject) WHERE resolved_at IS NULL DO NOTHING
                        """)
                .bind("subject", SUBJECT)
                .bind("message", message)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
        if (told > 0) {
            LOG.warn(
                    "The connection to Chorus is degraded, an admin has to connect again; syncing waits, nothing is lost: {}",
                    message);
        }
    }

    private void resolve(Handle handle) {
        handle.createUpdate(
                        "UPDATE chorus_notices SET resolved_at = :now WHERE subject = :subject AND resolved_at IS NULL")
                .bind("subject", SUBJECT)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
    }

    private static @Nullable String scope(Proven proven) {
        if (proven.tokens() != null && proven.tokens().scope() != null) {
            return proven.tokens().scope();
        }
        return proven.credential() instanceof Credential.OAuth oauth
                ? oauth.registration().scope()
                : null;
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("revision"),
                row.getString("dialect"),
                row.getString("auth_type"),
                row.getString("header_style"),
                row.getString("base_url"),
                row.getBytes("secret_sealed"),
                row.getString("account"),
                row.getString("scope"),
                row.getString("status"),
                row.getInt("strikes"),
                row.getString("last_error"),
                row.getTimestamp("connected_at").toInstant(),
                instant(row.getTimestamp("expires_at")),
                row.getString("notice"),
                instant(row.getTimestamp("notice_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
