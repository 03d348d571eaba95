package ai.cscx.chorus.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.HiddenCalls;
import ai.cscx.chorus.call.IndexOutbox;
import ai.cscx.chorus.customer.Links;
import ai.cscx.chorus.customer.Matcher;
import ai.cscx.chorus.customer.MatchingDomains;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Databases;
import ai.cscx.chorus.task.Tasks;
import ai.cscx.chorus.upstream.Answers;
import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.Dialect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of a call: every answer byte for byte, and everything that was read in it. */
class RawAnswersIT {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final Database database = started();
    private final CallStore store = new CallStore();
    private final Tasks tasks = new Tasks(database);
    private final CallWriter writer = new CallWriter(
            store,
            new Links(
                    database,
                    new Matcher(new MatchingDomains(Set.of(), Set.of())),
                    store,
                    new LinkFollowUp(tasks),
                    CLOCK),
            tasks);

    @AfterEach
    void stop() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void everyAnswer_isKeptByteForByte(Dialect dialect) throws Exception {
        Map<Part, String> texts = SampleAnswers.texts(dialect);

        save(dialect, texts, NOW);

        Map<String, String> expected = new TreeMap<>();
        texts.forEach((part, text) -> expected.put(part.word(), text));
        assertThat(kept()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void changedAnswer_takesThePlaceOfTheOneBefore(Dialect dialect) throws Exception {
        Map<Part, String> texts = new EnumMap<>(SampleAnswers.texts(dialect));
        save(dialect, texts, NOW);
        texts.put(Part.DETAIL, String.valueOf(texts.get(Part.DETAIL)).replace("Rollout", "Renamed"));

        save(dialect, texts, NOW.plusSeconds(1));

        assertThat(kept().get("detail")).contains("Renamed");
        assertThat(kept()).hasSize(texts.size());
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void sameAnswersAgain_changeNothing(Dialect dialect) throws Exception {
        assertThat(save(dialect, SampleAnswers.texts(dialect), NOW)).isTrue();

        assertThat(save(dialect, SampleAnswers.texts(dialect), NOW.plusSeconds(1)))
                .isFalse();
    }

    @Test
    void hiddenCallThatIsFoundAgain_isToBeIndexed_andNoLongerToBeRemoved() throws Exception {
        Map<Part, String> texts = SampleAnswers.texts(Dialect.ENGAGEMENTS);
        save(Dialect.ENGAGEMENTS, texts, NOW);
        database.transact(handle -> {
            assertThat(HiddenCalls.hide(handle, SampleAnswers.ID, null, NOW)).isPresent();
            assertThat(IndexOutbox.takeRemovals(handle, 10)).hasSize(1);
        });

        save(Dialect.ENGAGEMENTS, texts, NOW.plusSeconds(1));

        database.transact(handle -> {
            assertThat(IndexOutbox.takeRemovals(handle, 10)).isEmpty();
            assertThat(IndexOutbox.take(handle, 10)).hasSize(1);
        });
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void callThatIsOnlyListed_keepsItsElement(Dialect dialect) throws Exception {
        String element = String.valueOf(SampleAnswers.texts(dialect).get(Part.LIST));
        CallContent content =
                Translator.of(dialect).translate(SampleAnswers.ID, Answers.listed(element.getBytes(UTF_8)));

        database.transact(handle ->
                writer.listed(handle, List.of(content), Map.of(SampleAnswers.ID, element.getBytes(UTF_8)), NOW));

        assertThat(kept()).isEqualTo(Map.of("list", element));
    }

    @Test
    void momentumAndTrackers_areReadBackAsTheyWere() throws Exception {
        save(Dialect.CALLS, SampleAnswers.texts(Dialect.CALLS), NOW);
        CallContent content = Translator.of(Dialect.CALLS)
                .translate(SampleAnswers.ID, SampleAnswers.answers(SampleAnswers.texts(Dialect.CALLS)));

        CallDetails here = new Calls(database).get(admin(), id());

        assertThat(content.momentum()).isNotNull();
        assertThat(here.momentum()).isEqualTo(content.momentum());
        assertThat(here.trackers()).isEqualTo(content.trackers());
        assertThat(here.trackers().getFirst().category()).isEqualTo("pricing");
    }

    @Test
    void momentumAlone_isAChange_andMayGoAgain() throws Exception {
        Map<Part, String> texts = new EnumMap<>(SampleAnswers.texts(Dialect.CALLS));
        save(Dialect.CALLS, texts, NOW);
        texts.put(Part.DETAIL, String.valueOf(texts.get(Part.DETAIL)).replace("advancing", "declining"));
        assertThat(save(Dialect.CALLS, texts, NOW.plusSeconds(1))).isTrue();

        texts.put(Part.DETAIL, String.valueOf(texts.get(Part.DETAIL)).replace("\"momentum\"", "\"momentum_was\""));
        texts.put(Part.LIST, String.valueOf(texts.get(Part.LIST)).replace("\"momentum\"", "\"momentum_was\""));
        assertThat(save(Dialect.CALLS, texts, NOW.plusSeconds(2))).isTrue();

        assertThat(new Calls(database).get(admin(), id()).momentum()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void textWithNul_isKeptWithoutIt(Dialect dialect) throws Exception {
        Map<Part, String> texts = new EnumMap<>(SampleAnswers.texts(dialect));
        texts.replaceAll(
                (part, text) -> text.replace("What does", "What\\u0000 does").replace("Send it.", "Send\\u0000 it."));

        assertThat(save(dialect, texts, NOW)).isTrue();

        assertThat(new Calls(database)
                        .transcript(admin(), id())
                        .utterances()
                        .getFirst()
                        .text())
                .isEqualTo("What does it cost?");
    }

    private boolean save(Dialect dialect, Map<Part, String> texts, Instant sentAt) throws Exception {
        Answers answers = SampleAnswers.answers(texts);
        CallContent content = Translator.of(dialect).translate(SampleAnswers.ID, answers);
        return database.inTransaction(handle -> writer.fetched(handle, content, answers, "hash", sentAt));
    }

    private Map<String, String> kept() {
        Map<String, String> kept = new TreeMap<>();
        database.read(handle -> handle.createQuery("SELECT kind, body_gzip FROM chorus_raw_answers")
                .map((row, context) -> kept.put(row.getString("kind"), unpacked(row.getBytes("body_gzip"))))
                .list());
        return kept;
    }

    private CallId id() {
        return new CallId(database.read(handle -> handle.createQuery("SELECT id FROM chorus_calls")
                .mapTo(UUID.class)
                .one()));
    }

    private Asker admin() {
        return People.asker(
                new People(database, CLOCK).ensure(new People.NewPerson("a@x.example", "A", Role.ADMIN, null)));
    }

    private static String unpacked(byte[] gzip) {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static Database started() {
        Database database = new Database(new Database.Settings(Databases.create(), 3));
        database.start();
        return database;
    }
}
