package ai.cscx.chorus.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Databases;
import ai.cscx.chorus.sync.Drift.MissingField;
import ai.cscx.chorus.sync.Drift.NewField;
import ai.cscx.chorus.sync.Drift.NewWord;
import ai.cscx.chorus.upstream.Answers;
import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.ChorusClient.ListPage;
import ai.cscx.chorus.upstream.ChorusClient.Listed;
import ai.cscx.chorus.upstream.Dialect;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NullMarked
class DriftIT {
    private static final Instant MONDAY = Instant.parse("2026-11-16T10:00:00Z");

    private final Database database = started();
    private final Asker admin = asker(Role.ADMIN);

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void fieldAndWordThatAreNew_areReportedWithCountAndDates() {
        observe(MONDAY, "{\"data\": {\"attributes\": {\"status\": \"paused\", \"mood\": 1}}}");
        observe(MONDAY.plusSeconds(60), "{\"data\": {\"attributes\": {\"status\": \"Paused Forever\", \"mood\": 2}}}");
        observe(MONDAY.plusSeconds(90), "{\"data\": {\"attributes\": {\"status\": \"done\"}}}");

        Drift.Report report = drift(MONDAY).report(admin);

        assertThat(report.fields())
                .containsExactly(new NewField(
                        "engagements", "detail", "data.attributes.mood", 2, MONDAY, MONDAY.plusSeconds(60)));
        assertThat(report.words())
                .extracting(NewWord::field, NewWord::word, NewWord::count, NewWord::firstAt)
                .containsExactly(
                        tuple("data.attributes.status", null, 1L, MONDAY.plusSeconds(60)),
                        tuple("data.attributes.status", "paused", 1L, MONDAY));
        assertThat(report.missing()).isEmpty();
        assertThat(report.more()).isZero();
    }

    @Test
    void eachPartOfEachDialect_isItsOwn() {
        Drift drift = drift(MONDAY);
        drift.observe(
                Dialect.CALLS,
                new Answers(Map.of(
                        Part.DETAIL, "{\"x\": 1}".getBytes(UTF_8),
                        Part.TRANSCRIPT, "{\"segments\": [{\"x\": 1}]}".getBytes(UTF_8),
                        Part.TRACKERS, "{\"trackers\": [{\"mentions\": [{\"x\": 1}]}]}".getBytes(UTF_8))));
        drift.observe(Dialect.ENGAGEMENTS, page("{\"x\": 1}"));

        assertThat(drift.report(admin).fields())
                .extracting(NewField::dialect, NewField::part, NewField::path)
                .containsExactly(
                        tuple("calls", "detail", "x"),
                        tuple("calls", "trackers", "trackers[].mentions[].x"),
                        tuple("calls", "transcript", "segments[].x"),
                        tuple("engagements", "list", "x"));
    }

    @Test
    void fieldThatUsedToCome_isMissing_sinceTheFirstAnswerWithoutIt() {
        for (int day = 0; day < 30; day++) {
            observe(
                    MONDAY.plus(Duration.ofDays(day)),
                    "{\"data\": {\"attributes\": {\"name\": \"x\", \"summary\": \"y\"}}}");
        }
        Instant change = MONDAY.plus(Duration.ofDays(30));
        for (int day = 0; day < 19; day++) {
            observe(change.plus(Duration.ofDays(day)), "{\"data\": {\"attributes\": {\"name\": \"x\"}}}");
        }
        assertThat(drift(MONDAY).report(admin).missing()).isEmpty();

        observe(change.plus(Duration.ofDays(19)), "{\"data\": {\"attributes\": {\"name\": \"x\"}}}");

        assertThat(drift(MONDAY).report(admin).missing())
                .containsExactly(new MissingField(
                        "engagements", "detail", "data.attributes.summary", change, change.minus(Duration.ofDays(1))));

        observe(change.plus(Duration.ofDays(20)), "{\"data\": {\"attributes\": {\"name\": \"x\", \"summary\": null}}}");
        assertThat(drift(MONDAY).report(admin).missing()).isEmpty();
    }

    @Test
    void fieldThatSeldomComes_isNotMissingSoon() {
        Drift drift = drift(MONDAY);
        for (int answer = 0; answer < 150; answer++) {
            String deal = answer % 30 == 0 ? ", \"deal\": null" : "";
            drift.observe(Dialect.ENGAGEMENTS, detail("{\"data\": {\"attributes\": {\"name\": \"x\"" + deal + "}}}"));
        }

        assertThat(drift.report(admin).missing()).isEmpty();
    }

    @Test
    void listThatHoldsNothingNew_isNoReasonToWrite() {
        Drift drift = drift(MONDAY);
        drift.observe(Dialect.ENGAGEMENTS, page("{\"engagement_id\": \"A1\", \"subject\": \"x\"}"));
        assertThat(drift.writeIfNeeded()).isFalse();

        drift.observe(Dialect.ENGAGEMENTS, page("{\"engagement_id\": \"A1\", \"subject\": \"x\", \"mood\": 1}"));
        assertThat(drift.writeIfNeeded()).isTrue();
        String rows = rows();

        drift.observe(Dialect.ENGAGEMENTS, page("{\"engagement_id\": \"A1\", \"subject\": \"x\", \"mood\": 1}"));
        assertThat(drift.writeIfNeeded()).isFalse();
        Drift restarted = drift(MONDAY.plusSeconds(60));
        restarted.observe(Dialect.ENGAGEMENTS, page("{\"engagement_id\": \"A1\", \"subject\": \"x\", \"mood\": 1}"));
        assertThat(restarted.writeIfNeeded())
                .as("what another run wrote is not new")
                .isFalse();
        assertThat(rows()).isEqualTo(rows);

        restarted.observe(Dialect.ENGAGEMENTS, detail("{\"data\": {}}"));
        assertThat(restarted.writeIfNeeded()).isTrue();
        assertThat(restarted.report(admin).fields()).extracting(NewField::count).containsExactly(2L);
    }

    @Test
    void activityBesideCalls_isLeftOut() {
        Drift drift = drift(MONDAY);
        byte[] email = "{\"opened\": true}".getBytes(UTF_8);
        drift.observe(
                Dialect.ENGAGEMENTS,
                new ListPage(List.of(new Listed("E1", false, MONDAY, false, email)), List.of(), null));

        assertThat(drift.report(admin).fields()).isEmpty();
    }

    @Test
    void findings_areBounded_andWhatHasNoRoomIsCounted() {
        for (int block = 0; block < 13; block++) {
            StringBuilder fields = new StringBuilder();
            for (int i = 0; i < 90; i++) {
                fields.append(", \"f").append(block * 90 + i).append("\": 1");
            }
            observe(MONDAY, "{\"data\": {\"id\": \"A\"" + fields + "}}");
        }

        Drift.Report report = drift(MONDAY).report(admin);

        assertThat(report.fields()).hasSize(1_000);
        assertThat(report.more()).isEqualTo(13 * 90 - 1_000);
    }

    @Test
    void fieldFullOfWords_isNotShownBeyondFifty() {
        Drift drift = drift(MONDAY);
        for (int i = 0; i < 80; i++) {
            drift.observe(
                    Dialect.ENGAGEMENTS, detail("{\"data\": {\"attributes\": {\"status\": \"word-" + i + "\"}}}"));
        }

        assertThat(drift.report(admin).words())
                .hasSize(51)
                .filteredOn(word -> word.word() == null)
                .singleElement()
                .satisfies(rest -> assertThat(rest.count()).isEqualTo(30));
        assertThat(drift.unknownWords()).isEqualTo(80);
    }

    @Test
    void databaseAway_losesNothing() {
        Drift drift = drift(MONDAY);
        drift.observe(Dialect.ENGAGEMENTS, detail("{\"mood\": 1}"));
        database.transact(handle -> handle.execute("ALTER TABLE chorus_drift_fields RENAME TO elsewhere"));
        assertThatThrownBy(drift::writeIfNeeded).isInstanceOf(RuntimeException.class);
        drift.observe(Dialect.ENGAGEMENTS, detail("{\"mood\": 1}"));
        database.transact(handle -> handle.execute("ALTER TABLE elsewhere RENAME TO chorus_drift_fields"));

        assertThat(drift.writeIfNeeded()).isTrue();
        assertThat(drift.report(admin).fields()).extracting(NewField::count).containsExactly(2L);
    }

    @Test
    void whatALaterVersionKnows_isReportedNoMore() {
        database.transact(handle -> handle.execute("""
                INSERT INTO chorus_drift_news (dialect, part, path, word, count, first_at, last_at) VALUES
                    ('calls', 'list', 'title', NULL, 1, now(), now()),
                    ('calls', 'list', 'status', 'completed', 1, now(), now()),
                    ('calls', 'list', 'status', 'paused', 1, now(), now())
                """));

        Drift.Report report = drift(MONDAY).report(admin);

        assertThat(report.fields()).isEmpty();
        assertThat(report.words()).extracting(NewWord::word).containsExactly("paused");
    }

    @Test
    void report_isForAdmins() {
        assertThatThrownBy(() -> drift(MONDAY).report(asker(Role.CSM))).isInstanceOf(Failure.Forbidden.class);
    }

    private void observe(Instant now, String body) {
        Drift drift = drift(now);
        drift.observe(Dialect.ENGAGEMENTS, detail(body));
        assertThat(drift.writeIfNeeded()).isTrue();
    }

    private Drift drift(Instant now) {
        return new Drift(database, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Answers detail(String body) {
        return new Answers(Map.of(Part.DETAIL, body.getBytes(UTF_8)));
    }

    private static ListPage page(String element) {
        return new ListPage(List.of(new Listed("A1", true, MONDAY, false, element.getBytes(UTF_8))), List.of(), null);
    }

    private String rows() {
        return database.read(
                handle -> handle.createQuery("""
                        SELECT (SELECT string_agg(xmin::text, ',' ORDER BY ctid) FROM chorus_drift_news) || '/'
                            || (SELECT string_agg(xmin::text, ',' ORDER BY ctid) FROM chorus_drift_fields)
                        """).mapTo(String.class).one());
    }

    private Asker asker(Role role) {
        People people = new People(database, Clock.fixed(MONDAY, ZoneOffset.UTC));
        return People.asker(people.ensure(
                new People.NewPerson(role.name().toLowerCase(java.util.Locale.ROOT) + "@x.example", "X", role, null)));
    }

    private static Database started() {
        Database database = new Database(new Database.Settings(Databases.create(), 3));
        database.start();
        return database;
    }
}
