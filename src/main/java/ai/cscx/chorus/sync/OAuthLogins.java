package ai.cscx.chorus.sync;

import ai.cscx.chorus.access.Vault;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Fingerprint;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sign-ins that an admin has begun in the browser: sealed, good once, for {@value #MINUTES} minutes, and only while the
 * one who began them is an admin. An admin has one at a time.
 */
final class OAuthLogins {
    static final int MINUTES = 10;

    private final Database database;
    private final Vault vault;
    private final Clock clock;

    /**
     * @param clock real time, as people wait
     */
    OAuthLogins(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /**
     * What is to be known again when the browser comes back. {@link #toString} leaves secrets out.
     *
     * @param dialect null = probe
     */
    record Login(
            Credential.RegistrationJson registration,
            String baseUrl,
            @Nullable String dialect,
            String redirect,
            String verifier) {
        @Override
        public String toString() {
            return "Login[]";
        }
    }

    /** Begins a sign-in; an earlier one of the same admin is over. */
    void begin(UserId admin, String state, Login login) {
        String hash = Fingerprint.of(state);
        database.transact(handle -> {
            handle.createUpdate("DELETE FROM chorus_oauth_logins WHERE user_id = :user OR expires_at <= :now")
                    .bind("user", admin.value())
                    .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .execute();
            handle.createUpdate("""
                            INSERT INTO chorus_oauth_logins (state_hash, user_id, login_sealed, expires_at)
                            VALUES (:hash, :user, :sealed, :expiresAt)
                            """)
                    .bind("hash", hash)
                    .bind("user", admin.value())
                    .bind("sealed", vault.seal(Json.write(login), purpose(hash)))
                    .bind(
                            "expiresAt",
                            clock.instant().plus(Duration.ofMinutes(MINUTES)).atOffset(ZoneOffset.UTC))
                    .execute();
        });
    }

    /** The sign-in that this admin has begun and not finished. */
    Optional<Login> begun(UserId admin) {
        return database.read(handle -> handle.createQuery(
                                "SELECT state_hash, login_sealed FROM chorus_oauth_logins WHERE user_id = :user AND expires_at > :now")
                        .bind("user", admin.value())
                        .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .map((row, context) -> new Sealed(row.getString(1), row.getBytes(2)))
                        .findOne())
                .flatMap(this::opened);
    }

    /**
     * The sign-in of this state, which is used up by that. Until it is {@link #over}, its admin can begin again with
     * what they entered.
     *
     * @throws Failure.Malformed if there is none
     */
    Login take(String state) {
        return database.inTransaction(handle -> handle.createQuery("""
                                UPDATE chorus_oauth_logins l SET used = true FROM chorus_users u
                                WHERE l.state_hash = :hash AND NOT l.used AND l.expires_at > :now
                                    AND u.id = l.user_id AND u.role = 'admin' AND NOT u.disabled
                                RETURNING l.state_hash, l.login_sealed
                                """)
                        .bind("hash", Fingerprint.of(state))
                        .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .map((row, context) -> new Sealed(row.getString(1), row.getBytes(2)))
                        .findOne())
                .flatMap(this::opened)
                .orElseThrow(() -> new Failure.Malformed("This sign-in is unknown, used already or older than "
                        + MINUTES + " minutes; begin again in CSCX Chorus."));
    }

    void over(String state) {
        database.transact(handle ->
                handle.execute("DELETE FROM chorus_oauth_logins WHERE state_hash = ?", Fingerprint.of(state)));
    }

    private record Sealed(String hash, byte[] login) {}

    private Optional<Login> opened(Sealed sealed) {
        return Optional.ofNullable(vault.open(sealed.login(), purpose(sealed.hash())))
                .map(text -> Json.read(text, Login.class));
    }

    private static String purpose(String hash) {
        return "chorus-oauth-login-" + hash;
    }
}
