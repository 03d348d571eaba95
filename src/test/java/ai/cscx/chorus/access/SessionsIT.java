package ai.cscx.chorus.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.access.Sessions.Session;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.TestClock;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Databases;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SessionsIT {
    private static final String TOKEN = "a-token-of-sixteen";

    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final Database database = started();
    private final People people = new People(database, clock);
    private final Sessions sessions = new Sessions(database, clock);
    private final People.Person maria =
            people.ensure(new People.NewPerson("maria@cscx.example", "Maria Lopez", Role.CSM, null));

    private static Database started() {
        Database database = new Database(new Database.Settings(Databases.create(), 3));
        database.start();
        return database;
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String key(Session session) {
        return Objects.requireNonNull(session.newKey());
    }

    private Session opened() {
        people.ensureToken(maria.id(), "test", TOKEN);
        return sessions.open(TOKEN, ZoneId.of("Europe/Berlin"));
    }

    @Test
    void session_isItsPersonInTheBrowsersTimeZone() {
        Session found = sessions.find(key(opened()), ZoneId.of("Europe/Berlin")).orElseThrow();

        assertThat(found.asker().name()).isEqualTo("Maria Lopez");
        assertThat(found.asker().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(found.newKey()).isNull();
        assertThat(sessions.find("another", null)).isEmpty();
    }

    @Test
    void key_afterAnHour_isChangedAndTheOldOneSoonWorthless() {
        String first = key(opened());
        clock.pass(Duration.ofMinutes(61));
        String second = key(sessions.find(first, null).orElseThrow());

        assertThat(second).isNotEqualTo(first);
        assertThat(sessions.find(first, null))
                .as("a request that was under way")
                .isPresent();
        clock.pass(Duration.ofSeconds(61));
        assertThat(sessions.find(first, null)).isEmpty();
        assertThat(sessions.find(second, null)).isPresent();
    }

    @Test
    void session_thatIsNotUsedOrOld_ends() {
        String idle = key(opened());
        clock.pass(Duration.ofHours(12).plusSeconds(1));
        assertThat(sessions.find(idle, null)).isEmpty();

        String used = key(opened());
        for (int hours = 0; hours < 7 * 24; hours += 6) {
            Session session = sessions.find(used, null).orElseThrow();
            used = session.newKey() == null ? used : session.newKey();
            clock.pass(Duration.ofHours(6));
        }
        assertThat(sessions.find(used, null)).isEmpty();
    }

    @Test
    void session_endsWithItsTokenItsPersonAndSigningOut() {
        String byToken = key(opened());
        database.transact(handle -> handle.execute("DELETE FROM chorus_tokens"));
        assertThat(sessions.find(byToken, null)).isEmpty();

        String left = key(opened());
        sessions.close(sessions.find(left, null).orElseThrow().id());
        assertThat(sessions.find(left, null)).isEmpty();

        String disabled = key(opened());
        database.transact(handle -> handle.execute("UPDATE chorus_users SET disabled = TRUE"));
        assertThat(sessions.find(disabled, null)).isEmpty();
    }

    @Test
    void token_thatIsUnknownOrAServices_opensNothing() {
        people.ensureToken(
                people.ensure(new People.NewPerson("chat@cscx.example", "Chat", Role.SERVICE, null))
                        .id(),
                "test",
                "a-service-s-token");

        assertThatThrownBy(() -> sessions.open("unknown", null)).isInstanceOf(Failure.Unauthenticated.class);
        assertThatThrownBy(() -> sessions.open("a-service-s-token", null)).isInstanceOf(Failure.Forbidden.class);
    }
}
