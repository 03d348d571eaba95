package ai.cscx.chorus.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.simulator.Fault;
import ai.cscx.chorus.simulator.Profile;
import ai.cscx.chorus.sync.AnswerScan.NewWord;
import ai.cscx.chorus.upstream.Answers;
import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.ApiKeyAuthorization;
import ai.cscx.chorus.upstream.ChorusClient;
import ai.cscx.chorus.upstream.ChorusClient.Fetched;
import ai.cscx.chorus.upstream.ChorusClient.Listed;
import ai.cscx.chorus.upstream.ChorusClients;
import ai.cscx.chorus.upstream.Destinations;
import ai.cscx.chorus.upstream.Dialect;
import ai.cscx.chorus.upstream.HeaderStyle;
import ai.cscx.chorus.upstream.HttpTransport;
import ai.cscx.chorus.upstream.Listing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerScanTest {
    private static final KnownFields.Tree KNOWN = Objects.requireNonNull(KnownFields.parse(List.of(
                    "# comment",
                    "detail data",
                    "detail data.items",
                    "detail data.items[].kind = rep, no show",
                    "detail data.items[].text",
                    "detail data.any.**",
                    "detail data.each[].**"))
            .of(Part.DETAIL));

    @Test
    void fieldThatIsNew_isNamedByItsPath_onceAnAnswer() {
        AnswerScan scan = scan("""
                {"data": {"items": [{"mood": 1, "text": "x"}, {"mood": {"deep": 2}}], "extra": []}, "top": null}
                """);

        assertThat(scan.newFields()).containsExactlyInAnyOrder("data.items[].mood", "data.extra", "top");
    }

    @Test
    void fieldThatBecameAnObject_showsWhatIsInIt() {
        assertThat(scan("{\"data\": {\"items\": [{\"text\": {\"html\": \"x\"}}, {\"text\": [{\"plain\": 1}]}]}}")
                        .newFields())
                .containsExactlyInAnyOrder("data.items[].text.html", "data.items[].text[].plain");
    }

    @Test
    void whateverIsBelowAnOpenField_isKnown() {
        assertThat(scan("{\"data\": {\"any\": {\"a\": {\"b\": 1}}, \"each\": [{\"c\": 1}, 7]}}")
                        .newFields())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"maya@ours.example", "Maya Okafor", "+47 555", "", "0015g00000", "a.b"})
    void nameThatIsData_isNotRepeated(String name) {
        assertThat(scan("{\"data\": {\"" + name + "\": 1}}").newFields()).containsExactly("data.*");
    }

    @ParameterizedTest
    @CsvSource({
        "host, host",
        "no answer, no answer",
        "NO_SHOW_2, NO_SHOW_2",
        "' moderator ', moderator",
        "Maya, ''",
        "Maya Okafor, ''",
        "maya@ours.example, ''",
        "+47 555 01 00, ''",
        "one two three, ''",
        "a-word-that-is-longer-than-any-word-of-a-list, ''"
    })
    void wordThatIsNew_isShownOnlyIfItLooksLikeOne(String value, String shown) {
        assertThat(scan("{\"data\": {\"items\": [{\"kind\": \"%s\"}, {\"kind\": \"%s\"}]}}".formatted(value, value))
                        .newWords())
                .isEqualTo(Map.of(new NewWord("data.items[].kind", shown), 2L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"rep\"", "\"REP\"", "\" No Show \"", "null", "\"\"", "\"  \"", "7", "true"})
    void wordThatIsKnownOrNone_isNotNew(String value) {
        assertThat(scan("{\"data\": {\"items\": [{\"kind\": " + value + "}]}}").newWords())
                .isEmpty();
    }

    @Test
    void presence_isAskedForOnlyWhereTheObjectIsThere() {
        AnswerScan scan = scan("{\"data\": {\"items\": []}}");

        assertThat(paths(scan, true)).containsExactly("data", "data.items");
        assertThat(paths(scan, false)).containsExactly("data", "data.items", "data.any", "data.each");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "7", "[]", "<html>", "{\"data\": {\"items\": [{\"mood\": 1}, {"})
    void answerThatIsNoObject_isScannedAsFarAsItGoes(String body) {
        assertThat(scan(body).newFields().size()).isLessThan(2);
    }

    @Test
    void answerFullOfNews_isBounded() {
        String fields = String.join(
                ",",
                IntStream.range(0, 5_000).mapToObj(i -> "\"f" + i + "\": 1").toList());

        assertThat(scan("{\"data\": {" + fields + "}}").newFields()).hasSize(100);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void samples_holdNothingNew(Dialect dialect) {
        SampleAnswers.texts(dialect).forEach((part, text) -> assertNothingNew(dialect, part, text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void simulatedWorld_holdsNothingNew(Dialect dialect) throws Exception {
        Instant anchor = Instant.parse("2026-11-22T18:00:00Z");
        try (ChorusSimulator simulator =
                        new ChorusSimulator(new ChorusSimulator.Settings(40, 31, anchor, 0, "sesame"));
                HttpTransport transport = new HttpTransport(new Destinations(true, false))) {
            simulator.start();
            ChorusClient client = client(dialect, transport, simulator);
            Listing listing = new Listing(client, anchor.minus(Duration.ofDays(400)), anchor);
            while (!listing.isOver()) {
                for (Listed call : listing.page().calls()) {
                    assertNothingNew(dialect, Part.LIST, call.raw());
                    if (client.fetch(call.id()) instanceof Fetched.Found found) {
                        Answers answers = found.answers();
                        answers.parts().forEach((part, body) -> assertNothingNew(dialect, part, body));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void simulatorThatSaysMore_isNoticedInEveryPart(Dialect dialect) throws Exception {
        Instant anchor = Instant.parse("2026-11-22T18:00:00Z");
        try (ChorusSimulator simulator = new ChorusSimulator(
                        new ChorusSimulator.Settings(3, 32, anchor, 0, "sesame").profile(Profile.ofMinutes(5)));
                HttpTransport transport = new HttpTransport(new Destinations(true, false))) {
            simulator.start();
            ChorusClient client = client(dialect, transport, simulator);
            String id = simulator.world().calls().getFirst().id();
            for (Fault.Kind kind : List.of(Fault.Kind.UNKNOWN_FIELDS, Fault.Kind.UNKNOWN_WORDS)) {
                simulator.faults().add(Fault.once(kind, Fault.Target.ANY).times(10));
                List<AnswerScan> scans = new ArrayList<>();
                client.page(anchor.minus(Duration.ofDays(400)), anchor, null)
                        .calls()
                        .forEach(call -> scans.add(scan(dialect, Part.LIST, call.raw())));
                Fetched.Found found = (Fetched.Found) client.fetch(id);
                found.answers().parts().forEach((part, body) -> {
                    boolean hasWords = kind == Fault.Kind.UNKNOWN_FIELDS || part == Part.LIST || part == Part.DETAIL;
                    if (hasWords) {
                        scans.add(scan(dialect, part, body));
                    }
                });
                simulator.faults().clear();

                assertThat(scans).isNotEmpty().allSatisfy(scan -> {
                    if (kind == Fault.Kind.UNKNOWN_FIELDS) {
                        assertThat(scan.newFields()).anyMatch(path -> path.endsWith("x_added_later"));
                    } else {
                        assertThat(scan.newWords()).isNotEmpty();
                    }
                });
            }
        }
    }

    private static ChorusClient client(Dialect dialect, HttpTransport transport, ChorusSimulator simulator) {
        HeaderStyle style = dialect == Dialect.CALLS ? HeaderStyle.BEARER : HeaderStyle.RAW;
        return ChorusClients.open(
                dialect, transport, simulator.baseUri(), new ApiKeyAuthorization(style, "sesame"), Clock.systemUTC());
    }

    private static AnswerScan scan(Dialect dialect, Part part, byte[] body) {
        return AnswerScan.of(
                body, Objects.requireNonNull(KnownFields.of(dialect).of(part)));
    }

    private static void assertNothingNew(Dialect dialect, Part part, byte[] body) {
        AnswerScan scan = AnswerScan.of(
                body, Objects.requireNonNull(KnownFields.of(dialect).of(part)));
        assertThat(scan.newFields()).as("%s %s", dialect, part).isEmpty();
        assertThat(scan.newWords()).as("%s %s", dialect, part).isEmpty();
        assertThat(scan.present().cardinality()).isPositive();
    }

    private static List<String> paths(AnswerScan scan, boolean present) {
        return KNOWN.fields().stream()
                .filter(field -> (present ? scan.present() : scan.possible()).get(field.number()))
                .map(KnownFields.Field::path)
                .toList();
    }

    private static AnswerScan scan(String body) {
        return AnswerScan.of(body.getBytes(UTF_8), KNOWN);
    }
}
