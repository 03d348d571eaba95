package ai.cscx.chorus.access;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Fingerprint;
import ai.cscx.chorus.base.TeamId;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.store.Database;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The people of the workspace and their tokens. Thread-safe. */
public final class People {
    private static final String TOKEN_PREFIX = "cscx_";
    private static final int TOKEN_BYTES = 32;
    static final String COLUMNS = "u.id, u.email, u.name, u.role, u.team_id, u.time_zone";

    private final Database database;
    private final Clock clock;
    private final @Nullable SignInProvider provider;
    private final SecureRandom random = new SecureRandom();

    public People(Database database, Clock clock) {
        this(database, clock, null);
    }

    /**
     * @param provider whose tokens are taken beside ours; null = none
     */
    public People(Database database, Clock clock, @Nullable SignInProvider provider) {
        this.database = database;
        this.clock = clock;
        this.provider = provider;
    }

    public record Person(
            UserId id,
            String email,
            String name,
            Role role,
            @Nullable TeamId team,
            @Nullable ZoneId zone) {}

    /**
     * A person to be.
     *
     * @throws Failure.Rejected if the e-mail address or the name is none
     */
    public record NewPerson(
            String email, String name, Role role, @Nullable TeamId team) {
        public NewPerson {
            email = email.strip().toLowerCase(Locale.ROOT);
            name = name.strip();
            if (!email.matches("[^@\\s]+@[^@\\s]+") || email.length() > 254) {
                throw new Failure.Rejected(
                        "The person cannot be added.",
                        List.of(new Failure.Rejected.Problem("/email", "is no e-mail address")));
            }
            if (name.isEmpty() || name.length() > 200) {
                throw new Failure.Rejected(
                        "The person cannot be added.",
                        List.of(new Failure.Rejected.Problem("/name", "has 1 to 200 characters")));
            }
        }
    }

    /**
     * A new token.
     *
     * @param token shown this once; only its hash is kept
     */
    public record NewToken(UUID id, String token) {}

    /**
     * Who a bearer token stands for.
     *
     * @param onBehalfOf for a service: the e-mail address of the person it acts for
     * @throws Failure.Unauthenticated if the token is unknown or expired
     * @throws Failure.Forbidden if a service names nobody, or somebody unknown, or if who signed in elsewhere is nobody here
     */
    public Asker authenticate(String token, @Nullable String onBehalfOf) {
        Person person = provider != null && SignInProvider.looksLikeOurs(token)
                ? byEmail(provider.email(token))
                        .orElseThrow(
                                () -> new Failure.Forbidden(
                                        "Whom this token names may not use CSCX Chorus; an admin adds people with POST /api/users."))
                : byToken(token);
        if (person.role() != Role.SERVICE) {
            return asker(person);
        }
        if (onBehalfOf == null || onBehalfOf.isBlank()) {
            throw new Failure.Forbidden("A service acts for a person: name them in X-On-Behalf-Of by e-mail address.");
        }
        return byEmail(onBehalfOf)
                .filter(found -> found.role() != Role.SERVICE)
                .map(People::asker)
                .orElseThrow(
                        () -> new Failure.Forbidden(
                                "X-On-Behalf-Of names nobody who may use CSCX Chorus; an admin adds people with POST /api/users."));
    }

    private Person byToken(String token) {
        return database.read(handle -> handle.createQuery("SELECT " + COLUMNS + """
                                 FROM chorus_tokens t JOIN chorus_users u ON u.id = t.user_id
                                WHERE t.hash = :hash AND NOT u.disabled AND (t.expires_at IS NULL OR t.expires_at > :now)
                                """)
                        .bind("hash", Fingerprint.of(token))
                        .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .map((row, context) -> person(row))
                        .findOne())
                .orElseThrow(() ->
                        new Failure.Unauthenticated("The token is unknown or expired; ask an admin for a new one."));
    }

    public static Asker asker(Person person) {
        ZoneId zone = person.zone() == null ? ZoneOffset.UTC : person.zone();
        return new Asker(person.id(), person.name(), person.email(), person.role(), person.team(), zone);
    }

    public Optional<Person> byEmail(String email) {
        return database.read(handle -> handle.createQuery(
                        "SELECT " + COLUMNS + " FROM chorus_users u WHERE u.email = :email AND NOT u.disabled")
                .bind("email", email.strip().toLowerCase(Locale.ROOT))
                .map((row, context) -> person(row))
                .findOne());
    }

    /** Everybody, by name. */
    public List<Person> all() {
        return database.read(handle -> handle.createQuery(
                        "SELECT " + COLUMNS + " FROM chorus_users u WHERE NOT u.disabled ORDER BY u.name, u.id")
                .map((row, context) -> person(row))
                .list());
    }

    /** Everybody who has a token of this name, by name. */
    public List<Person> holders(String tokenName) {
        return database.read(handle -> handle.createQuery("SELECT " + COLUMNS + """
                         FROM chorus_users u
                        WHERE NOT u.disabled AND EXISTS (SELECT 1 FROM chorus_tokens t WHERE t.user_id = u.id AND t.name = :name)
                        ORDER BY u.name, u.id
                        """)
                .bind("name", tokenName)
                .map((row, context) -> person(row))
                .list());
    }

    /**
     * @throws Failure.Conflict if the e-mail address is taken
     * @throws Failure.Rejected if there is no such team
     */
    public Person add(NewPerson person) {
        return database.inTransaction(handle -> {
            requireTeam(handle, person.team());
            return insert(handle, person)
                    .orElseThrow(() -> new Failure.Conflict(
                            "email-taken", "Somebody has this e-mail address already; see GET /api/users.", null));
        });
    }

    /** Adds the person, or changes name, role and team of the one with this e-mail address. */
    public Person ensure(NewPerson person) {
        return database.inTransaction(handle -> handle.createQuery("""
                        INSERT INTO chorus_users AS u (email, name, role, team_id) VALUES (:email, :name, :role, :team)
                        ON CONFLICT (email) DO UPDATE SET name = excluded.name, role = excluded.role, team_id = excluded.team_id
                        RETURNING
                        """ + COLUMNS)
                .bind("email", person.email())
                .bind("name", person.name())
                .bind("role", person.role().word())
                .bind("team", person.team() == null ? null : person.team().value())
                .map((row, context) -> person(row))
                .one());
    }

    /** Makes the token of this name stand for the person, and no other token of theirs by that name. */
    public void ensureToken(UserId person, String name, String token) {
        database.transact(handle -> {
            handle.createUpdate("DELETE FROM chorus_tokens WHERE user_id = :person AND name = :name AND hash <> :hash")
                    .bind("person", person.value())
                    .bind("name", name)
                    .bind("hash", Fingerprint.of(token))
                    .execute();
            handle.createUpdate("""
                            INSERT INTO chorus_tokens (user_id, name, hash) VALUES (:person, :name, :hash)
                            ON CONFLICT (hash) DO NOTHING
                            """)
                    .bind("person", person.value())
                    .bind("name", name)
                    .bind("hash", Fingerprint.of(token))
                    .execute();
        });
    }

    /** Takes all tokens of this name away, whoever has them. */
    public void forgetTokens(String name) {
        database.transact(handle -> handle.createUpdate("DELETE FROM chorus_tokens WHERE name = :name")
                .bind("name", name)
                .execute());
    }

    /**
     * @throws Failure.NotFound if there is no such person
     */
    public NewToken addToken(UserId person, String name, @Nullable Instant expiresAt) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = TOKEN_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        UUID id = database.inTransaction(handle -> handle.createQuery("""
                                INSERT INTO chorus_tokens (user_id, name, hash, expires_at)
                                SELECT id, :name, :hash, :expiresAt FROM chorus_users WHERE id = :person AND NOT disabled
                                RETURNING id
                                """)
                        .bind("person", person.value())
                        .bind("name", name)
                        .bind("hash", Fingerprint.of(token))
                        .bind("expiresAt", expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC))
                        .mapTo(UUID.class)
                        .findOne())
                .orElseThrow(() -> new Failure.NotFound("There is nobody with this id."));
        return new NewToken(id, token);
    }

    private static void requireTeam(Handle handle, @Nullable TeamId team) {
        if (team == null) {
            return;
        }
        boolean exists = handle.createQuery("SELECT EXISTS (SELECT 1 FROM chorus_teams WHERE id = :id)")
                .bind("id", team.value())
                .mapTo(Boolean.class)
                .one();
        if (!exists) {
            throw new Failure.Rejected(
                    "The person cannot be added.",
                    List.of(new Failure.Rejected.Problem("/teamId", "is no team; leave it out for none")));
        }
    }

    private static Optional<Person> insert(Handle handle, NewPerson person) {
        return handle.createQuery("""
                        INSERT INTO chorus_users AS u (email, name, role, team_id) VALUES (:email, :name, :role, :team)
                        ON CONFLICT (email) DO NOTHING RETURNING
                        """ + COLUMNS)
                .bind("email", person.email())
                .bind("name", person.name())
                .bind("role", person.role().word())
                .bind("team", person.team() == null ? null : person.team().value())
                .map((row, context) -> person(row))
                .findOne();
    }

    static Person person(ResultSet row) throws SQLException {
        UUID team = row.getObject("team_id", UUID.class);
        String zone = row.getString("time_zone");
        return new Person(
                new UserId(row.getObject("id", UUID.class)),
                row.getString("email"),
                row.getString("name"),
                Role.parse(row.getString("role")),
                team == null ? null : new TeamId(team),
                zone == null ? null : zone(zone));
    }

    /**
     * @throws Failure.Rejected if there is no such time zone
     */
    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new Failure.Rejected("There is no such time zone; write it like Europe/Berlin.", unknown);
        }
    }
}
