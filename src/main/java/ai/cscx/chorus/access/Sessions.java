package ai.cscx.chorus.access;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Fingerprint;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.store.Database;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in with a browser. A session ends {@link #LONGEST} after it began, {@link #IDLE} after it was last used,
 * when its person is disabled, and with the token that opened it. Its key changes at every sign-in and every
 * {@link #ROTATION}; the key before stays good for {@link #GRACE}, for requests that were under way. Thread-safe.
 */
public final class Sessions {
    public static final Duration LONGEST = Duration.ofDays(7);
    static final Duration IDLE = Duration.ofHours(12);
    static final Duration ROTATION = Duration.ofHours(1);
    static final Duration GRACE = Duration.ofMinutes(1);
    /** How exactly it is known when a session was last used: not every request writes. */
    private static final Duration SEEN_WITHIN = Duration.ofMinutes(1);

    private static final int KEY_BYTES = 32;

    private final Database database;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Sessions(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A session that goes on.
     *
     * @param asker in their own time zone, or else their browser's
     * @param formKey what forms send along to prove that they are ours
     * @param newKey what the browser is to send from now on; null = what it has
     */
    public record Session(
            UUID id, Asker asker, String formKey, @Nullable String newKey) {
        @Override
        public String toString() {
            return "Session[" + id + "]";
        }
    }

    /**
     * Signs in with a token.
     *
     * @throws Failure.Unauthenticated if the token is unknown or expired
     * @throws Failure.Forbidden if it is a service's, which has no eyes
     */
    public Session open(String token, @Nullable ZoneId browserZone) {
        Holder holder = database.read(handle -> handle.createQuery("""
                                SELECT t.id, t.user_id, t.expires_at, u.role
                                FROM chorus_tokens t JOIN chorus_users u ON u.id = t.user_id
                                WHERE t.hash = :hash AND NOT u.disabled AND (t.expires_at IS NULL OR t.expires_at > :now)
                                """)
                        .bind("hash", Fingerprint.of(token))
                        .bind("now", utc(clock.instant()))
                        .map((row, context) -> holder(row))
                        .findOne())
                .orElseThrow(() ->
                        new Failure.Unauthenticated("The token is unknown or expired; ask an admin for a new one."));
        if (holder.role() == Role.SERVICE) {
            throw new Failure.Forbidden("This token is a service's; sign in with one of your own.");
        }
        return open(holder, browserZone);
    }

    /**
     * Signs a person in without a token, as demo mode does.
     *
     * @throws Failure.NotFound if there is nobody with this id who may sign in
     */
    public Session open(UserId person, @Nullable ZoneId browserZone) {
        return open(new Holder(person.value(), null, null, Role.CSM), browserZone);
    }

    /** The session of a key, if it goes on. */
    public Optional<Session> find(String key, @Nullable ZoneId browserZone) {
        Instant now = clock.instant();
        return database.read(handle -> row(handle, Fingerprint.of(key), now)).map(row -> {
            String newKey = null;
            if (row.current() && row.rotatedAt().isBefore(now.minus(ROTATION))) {
                newKey = rotate(row, now);
            } else if (row.seenAt().isBefore(now.minus(SEEN_WITHIN))) {
                database.transact(handle -> handle.createUpdate(
                                "UPDATE chorus_sessions SET seen_at = greatest(seen_at, :now) WHERE id = :id")
                        .bind("now", utc(now))
                        .bind("id", row.id())
                        .execute());
            }
            return row.session(newKey, browserZone);
        });
    }

    /** Ends a session. Again changes nothing. */
    public void close(UUID id) {
        database.transact(handle -> handle.createUpdate("DELETE FROM chorus_sessions WHERE id = :id")
                .bind("id", id)
                .execute());
    }

    private Session open(Holder holder, @Nullable ZoneId browserZone) {
        Instant now = clock.instant();
        Instant latest = now.plus(LONGEST);
        Instant end = holder.expiresAt() == null || holder.expiresAt().isAfter(latest) ? latest : holder.expiresAt();
        String key = randomKey();
        return database.inTransaction(handle -> {
                    handle.createUpdate("DELETE FROM chorus_sessions WHERE expires_at <= :now OR seen_at <= :idle")
                            .bind("now", utc(now))
                            .bind("idle", utc(now.minus(IDLE)))
                            .execute();
                    handle.createUpdate("""
                            INSERT INTO chorus_sessions (user_id, token_id, key_hash, rotated_at, form_key, seen_at, expires_at)
                            SELECT id, :token, :hash, :now, :formKey, :now, :end FROM chorus_users
                            WHERE id = :person AND NOT disabled
                            """)
                            .bind("token", holder.token())
                            .bind("hash", Fingerprint.of(key))
                            .bind("now", utc(now))
                            .bind("formKey", randomKey())
                            .bind("end", utc(end))
                            .bind("person", holder.person())
                            .execute();
                    return row(handle, Fingerprint.of(key), now);
                })
                .map(row -> row.session(key, browserZone))
                .orElseThrow(() -> new Failure.NotFound("There is nobody with this id who may sign in."));
    }

    /** Null if another request has just done it. */
    private @Nullable String rotate(Row row, Instant now) {
        String key = randomKey();
        int rotated = database.inTransaction(handle -> handle.createUpdate("""
                        UPDATE chorus_sessions SET previous_hash = key_hash, key_hash = :hash, rotated_at = :now, seen_at = :now
                        WHERE id = :id AND rotated_at = :before
                        """)
                .bind("hash", Fingerprint.of(key))
                .bind("now", utc(now))
                .bind("id", row.id())
                .bind("before", utc(row.rotatedAt()))
                .execute());
        return rotated == 0 ? null : key;
    }

    private static Optional<Row> row(Handle handle, String hash, Instant now) {
        return handle.createQuery("SELECT " + People.COLUMNS + """
                        , s.id AS session_id, s.form_key, s.seen_at, s.rotated_at,
                            s.key_hash = :hash AS current
                        FROM chorus_sessions s JOIN chorus_users u ON u.id = s.user_id
                        WHERE (s.key_hash = :hash OR s.previous_hash = :hash AND s.rotated_at > :grace)
                          AND s.expires_at > :now AND s.seen_at > :idle AND NOT u.disabled AND u.role <> 'service'
                        """)
                .bind("hash", hash)
                .bind("now", utc(now))
                .bind("idle", utc(now.minus(IDLE)))
                .bind("grace", utc(now.minus(GRACE)))
                .map((row, context) -> new Row(
                        row.getObject("session_id", UUID.class),
                        People.person(row),
                        row.getString("form_key"),
                        row.getTimestamp("seen_at").toInstant(),
                        row.getTimestamp("rotated_at").toInstant(),
                        row.getBoolean("current")))
                .findOne();
    }

    /**
     * Who signs in.
     *
     * @param token null = without one
     * @param expiresAt the token's end
     */
    private record Holder(
            UUID person, @Nullable UUID token, @Nullable Instant expiresAt, Role role) {}

    private static Holder holder(ResultSet row) throws SQLException {
        OffsetDateTime expires = row.getObject("expires_at", OffsetDateTime.class);
        return new Holder(
                row.getObject("user_id", UUID.class),
                row.getObject("id", UUID.class),
                expires == null ? null : expires.toInstant(),
                Role.parse(row.getString("role")));
    }

    /**
     * @param current whether the key is the newest
     */
    private record Row(
            UUID id, People.Person person, String formKey, Instant seenAt, Instant rotatedAt, boolean current) {
        Session session(@Nullable String newKey, @Nullable ZoneId browserZone) {
            Asker asker = People.asker(person);
            Asker there = person.zone() == null && browserZone != null ? asker.in(browserZone) : asker;
            return new Session(id, there, formKey, newKey);
        }
    }

    private String randomKey() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
