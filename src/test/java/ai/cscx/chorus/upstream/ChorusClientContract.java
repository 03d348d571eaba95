package ai.cscx.chorus.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.simulator.Profile;
import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.ChorusClient.Fetched;
import ai.cscx.chorus.upstream.ChorusClient.ListPage;
import ai.cscx.chorus.upstream.ChorusClient.Listed;
import ai.cscx.chorus.upstream.ChorusClient.Unreadable;
import ai.cscx.chorus.upstream.ScriptedChorus.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every dialect keeps to, against the simulated Chorus and against a server that misbehaves on purpose. */
@NullMarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ChorusClientContract {
    static final String KEY = "sesame-9c1";
    static final Instant ANCHOR = Instant.parse("2026-11-22T18:00:00Z");
    static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");
    static final Instant UNTIL = Instant.parse("2026-11-01T00:00:00Z");
    static final Instant INSIDE = Instant.parse("2026-10-14T13:00:00Z");

    final ScriptedChorus chorus = new ScriptedChorus();
    final TestClock clock = new TestClock(ANCHOR);
    private static final HttpTransport TRANSPORT = new HttpTransport(new Destinations(true, false));
    private ChorusClient client = open(chorus.baseUri());

    abstract Dialect dialect();

    abstract HeaderStyle style();

    /** A page; without a key where that is null. */
    abstract String page(List<String> elements, @Nullable String key);

    abstract String element(String id, Instant startedAt);

    /** A detail as small as one can be. */
    abstract String detail(String id, boolean isPrivate);

    /** Under which the key of the page before is sent back. */
    abstract String keyParameter();

    /** All query names that a list request may have, the key's left out. */
    abstract List<String> listParameters();

    /** Each ends a list: pages that hold one call, or none. */
    abstract List<String> lastPages();

    /** Elements that are no calls as we know them. */
    abstract List<String> unreadableElements();

    final ChorusClient open(URI base) {
        return ChorusClients.open(dialect(), TRANSPORT, base, new ApiKeyAuthorization(style(), KEY), clock);
    }

    final ChorusClient client() {
        return client;
    }

    final String oneCall() {
        return element("A1", INSIDE);
    }

    @AfterEach
    void forget() {
        chorus.requests().clear();
        clock.set(ANCHOR);
        client = open(chorus.baseUri());
    }

    // The list

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 101})
    void list_ofAnyTies_isWholeAndInOrderOverAllPages(int tied) throws Exception {
        Profile profile = tied == 1 ? Profile.NATURAL : Profile.NATURAL.tied(tied);
        try (ChorusSimulator simulator =
                new ChorusSimulator(new ChorusSimulator.Settings(430, 11, ANCHOR, 0, KEY).profile(profile))) {
            simulator.start();
            List<Listed> listed =
                    all(open(simulator.baseUri()), ANCHOR.minus(Duration.ofDays(400)), ANCHOR.plusSeconds(1));

            assertThat(listed.stream().filter(call -> !call.isPrivate()).map(Listed::id))
                    .containsExactlyInAnyOrderElementsOf(simulator.world().calls().stream()
                            .filter(call -> call.isListed())
                            .map(call -> call.id())
                            .toList());
            List<Instant> starts = listed.stream().map(Listed::startedAt).toList();
            assertThat(dialect().oldestFirst() ? starts : starts.reversed()).isSorted();
        }
    }

    @Test
    void list_ofEachMonth_endsWhicheverWayChorusEndsIt() throws Exception {
        try (ChorusSimulator simulator = new ChorusSimulator(new ChorusSimulator.Settings(300, 12, ANCHOR, 0, KEY))) {
            simulator.start();
            ChorusClient real = open(simulator.baseUri());
            List<String> listed = new ArrayList<>();
            for (int month = 0; month < 13; month++) {
                Instant until = ANCHOR.plusSeconds(1).minus(Duration.ofDays(30L * month));
                for (Listed call : all(real, until.minus(Duration.ofDays(30)), until)) {
                    if (!call.isPrivate() && !listed.contains(call.id())) {
                        listed.add(call.id());
                    }
                }
            }

            assertThat(listed).hasSize(300);
        }
    }

    @ParameterizedTest
    @MethodSource("lastPages")
    void list_endsInEveryForm(String last) throws Exception {
        chorus.answers(Reply.json(last));

        Listing listing = new Listing(client, FROM, UNTIL);
        listing.page();

        assertThat(listing.isOver()).isTrue();
        assertThatThrownBy(listing::page).isInstanceOf(IllegalStateException.class);
        assertThat(chorus.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1791896400.0 C93B5A60", "b2Zmc2V0OjM=", "a+b&c=d%20#?/ü", "0000123"})
    void key_ofAnyCharacters_comesBackAsItWas(String key) throws Exception {
        String second = element("A2", INSIDE);
        chorus.answers(request -> Reply.json(
                request.query().containsKey(keyParameter())
                        ? page(List.of(second), null)
                        : page(List.of(oneCall()), key)));

        assertThat(all(client, FROM, UNTIL)).extracting(Listed::id).containsExactly("A1", "A2");

        assertThat(chorus.requests().get(1).query()).containsEntry(keyParameter(), key);
    }

    @Test
    void listRequests_nameNothingThatChorusDoesNotKnow_andRepeatTheWindow() throws Exception {
        String second = element("A2", INSIDE);
        chorus.answers(request -> Reply.json(
                request.query().containsKey(keyParameter())
                        ? page(List.of(second), null)
                        : page(List.of(oneCall()), "k")));

        all(client, FROM, UNTIL);

        Map<String, String> first = chorus.requests().get(0).query();
        assertThat(first.keySet()).containsExactlyInAnyOrderElementsOf(listParameters());
        assertThat(chorus.requests().get(1).query()).containsAllEntriesOf(first);
    }

    @Test
    void key_thatRepeats_isBroken() {
        List<String> elements = List.of(element("A1", INSIDE), element("A2", INSIDE), element("A3", INSIDE));
        chorus.answers(request ->
                Reply.json(page(List.of(elements.get((chorus.requests().size() - 1) % 3)), "always the same")));

        assertBroken(() -> all(client, FROM, UNTIL));
        assertThat(chorus.requests()).hasSize(2);
    }

    @Test
    void page_thatRepeats_isBroken() {
        chorus.answers(request ->
                Reply.json(page(List.of(oneCall()), "key " + chorus.requests().size())));

        assertBroken(() -> all(client, FROM, UNTIL));
        assertThat(chorus.requests()).hasSize(2);
    }

    @Test
    void repeatedKey_onAnEmptyPage_isTheEnd() throws Exception {
        chorus.answers(request -> Reply.json(
                request.query().containsKey(keyParameter())
                        ? page(List.of(), "again")
                        : page(List.of(oneCall()), "again")));

        assertThat(all(client, FROM, UNTIL)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2025-10-14T13:00:00Z", "2026-09-29T13:00:00Z", "2026-11-02T00:00:02Z", "2030-01-01T00:00:00Z"})
    void callOutsideTheWindow_isBroken_notTaken(String date) {
        chorus.answers(Reply.json(page(List.of(oneCall(), element("A2", Instant.parse(date))), null)));

        assertBroken(() -> client.page(FROM, UNTIL, null));
    }

    @Test
    void callsAtTheEdges_areInside() throws Exception {
        chorus.answers(Reply.json(page(List.of(element("A1", FROM), element("A2", UNTIL.minusSeconds(1))), null)));

        assertThat(client.page(FROM, UNTIL, null).calls()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("unreadableElements")
    void unreadableElement_isSetAside_andTheRestIsRead(String element) throws Exception {
        chorus.answers(Reply.json(page(List.of(element("A1", INSIDE), element, element("A2", INSIDE)), null)));

        ListPage page = client.page(FROM, UNTIL, null);

        assertThat(page.calls()).extracting(Listed::id).containsExactly("A1", "A2");
        assertThat(page.unreadable()).singleElement().satisfies(aside -> {
            assertThat(aside.raw()).isNotEmpty();
            assertThat(aside.reason()).isNotBlank().doesNotContain("SECRET");
        });
    }

    @Test
    void pageOfUnreadableElementsOnly_isNotTheEnd() throws Exception {
        chorus.answers(request -> Reply.json(
                request.query().containsKey(keyParameter())
                        ? page(List.of(oneCall()), null)
                        : page(List.of("{\"nothing\": 1}"), "k")));

        assertThat(all(client, FROM, UNTIL)).hasSize(1);
    }

    @Test
    void element_keepsItsOwnBytesAndHash() throws Exception {
        chorus.answers(Reply.json(page(List.of(element("A1", INSIDE), element("A2", INSIDE)), null)));
        List<Listed> once = client.page(FROM, UNTIL, null).calls();
        List<Listed> again = client.page(FROM, UNTIL, null).calls();

        assertThat(once).extracting(Listed::hash).doesNotHaveDuplicates();
        assertThat(once.getFirst().hash()).isEqualTo(again.getFirst().hash());
        assertThat(new String(once.getFirst().raw(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"A1\"")
                .doesNotContain("A2");
    }

    // The call

    @Test
    void call_ofTheSimulator_isFoundWithItsAnswers() throws Exception {
        try (ChorusSimulator simulator = new ChorusSimulator(
                new ChorusSimulator.Settings(20, 13, ANCHOR, 0, KEY).profile(Profile.ofMinutes(5)))) {
            simulator.start();
            String id = simulator.world().calls().getFirst().id();

            Fetched fetched = open(simulator.baseUri()).fetch(id);

            assertThat(fetched).isInstanceOfSatisfying(Fetched.Found.class, found -> {
                assertThat(found.requests()).isEqualTo(dialect().requestsPerCall());
                assertThat(found.answers().parts()).hasSize(dialect().requestsPerCall());
                assertThat(found.answers().part(Part.DETAIL)).isNotEmpty();
                assertThat(found.transcriptReady()).isTrue();
                assertThat(found.isPrivate()).isFalse();
            });
            simulator.changes().delete(id);
            assertThat(open(simulator.baseUri()).fetch(id)).isEqualTo(new Fetched.Gone(1));
        }
    }

    @Test
    void call_thatIsNotFound_isGone_notAnError() throws Exception {
        chorus.answers(Reply.of(404, ""));

        assertThat(client.fetch("A1")).isEqualTo(new Fetched.Gone(1));
    }

    @Test
    void call_thatIsPrivate_isAskedForNoFurther() throws Exception {
        chorus.answers(Reply.json(detail("A1", true)));

        assertThat(client.fetch("A1"))
                .isInstanceOfSatisfying(
                        Fetched.Found.class,
                        found -> assertThat(found.isPrivate()).isTrue());
        assertThat(chorus.requests()).hasSize(1);
    }

    @Test
    void detail_ofAnotherCall_isBroken() {
        chorus.answers(Reply.json(detail("B2", false)));

        assertBroken(() -> client.fetch("A1"));
    }

    @Test
    void id_ofAnyCharacters_staysOneStepOfThePath() throws Exception {
        chorus.answers(Reply.of(404, ""));

        client.fetch("../a b?c#d/ü");

        assertThat(chorus.requests().getFirst().path()).endsWith("/..%2Fa%20b%3Fc%23d%2F%C3%BC");
        assertThat(chorus.requests().getFirst().query()).isEmpty();
    }

    // What can be wrong with any answer

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refusal_saysWhichOne(int status) {
        chorus.answers(Reply.of(status, "{\"errors\": [{\"detail\": \"SECRET\"}]}"));

        for (Asking asking : askings()) {
            assertThatThrownBy(asking::ask)
                    .isInstanceOfSatisfying(
                            ChorusException.Refused.class,
                            refused -> assertThat(refused.status()).isEqualTo(status))
                    .hasMessageNotContaining("SECRET")
                    .hasMessageNotContaining(KEY);
        }
    }

    @Test
    void keyRevokedInTheSimulator_isRefused() {
        try (ChorusSimulator simulator = new ChorusSimulator(new ChorusSimulator.Settings(5, 14, ANCHOR, 0, KEY))) {
            simulator.start();
            simulator.changes().revokeKey(true);
            ChorusClient real = open(simulator.baseUri());

            assertThatThrownBy(real::account).isInstanceOf(ChorusException.Refused.class);
            assertThatThrownBy(() -> real.page(FROM, UNTIL, null)).isInstanceOf(ChorusException.Refused.class);
        }
    }

    @Test
    void list_thatIsNotFound_isBroken_notEmpty() {
        chorus.answers(Reply.of(404, "{}"));

        assertBroken(() -> client.page(FROM, UNTIL, null));
        assertBroken(client::account);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 599})
    void serverError_isAway(int status) {
        chorus.answers(Reply.of(status, page(List.of(), null)));

        askings().forEach(asking -> assertThatThrownBy(asking::ask).isInstanceOf(ChorusException.Away.class));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 302, 400, 409, 418})
    void unexpectedStatus_isBroken(int status) {
        chorus.answers(Reply.of(status, "").with("Location", chorus.baseUri() + "/elsewhere"));

        askings().forEach(ChorusClientContract::assertBroken);
        assertThat(chorus.requests()).noneMatch(request -> request.path().contains("elsewhere"));
    }

    @Test
    void reset_isAway() {
        chorus.answers(Reply.RESET);

        askings().forEach(asking -> assertThatThrownBy(asking::ask).isInstanceOf(ChorusException.Away.class));
    }

    @Test
    void answerThatBreaksOff_isAway_evenWhereItIsReadableSoFar() {
        chorus.answers(Reply.json(page(List.of(oneCall()), null)).truncated());

        askings().forEach(asking -> assertThatThrownBy(asking::ask).isInstanceOf(ChorusException.Away.class));
    }

    @Test
    void nobodyThere_isAway() {
        ChorusClient lost = open(URI.create("http://127.0.0.1:1"));

        assertThatThrownBy(() -> lost.page(FROM, UNTIL, null)).isInstanceOf(ChorusException.Away.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "7",
                "\"SECRET\"",
                "{}",
                "{\"engagements\": null, \"calls\": null}",
                "{\"engagements\": [{\"engagement_id\": \"SECRET",
                "{\"calls\": [], \"engagements\": [], } SECRET",
                "{\"calls\": [], \"engagements\": []} {}",
                "{\"errors\": [{\"detail\": \"SECRET\"}]}",
                "{\"error\": {\"code\": \"internal\", \"message\": \"SECRET\"}}",
                "<!doctype html><title>SECRET</title>"
            })
    void answerOfAnotherShape_isBroken_andItsTextIsNotRepeated(String body) {
        chorus.answers(Reply.json(body));

        for (Asking asking : List.<Asking>of(() -> client.page(FROM, UNTIL, null), () -> client.fetch("A1"))) {
            assertThatThrownBy(asking::ask)
                    .isInstanceOf(ChorusException.Broken.class)
                    .hasMessageNotContaining("SECRET");
        }
    }

    @Test
    void contentType_decidesNothing() throws Exception {
        chorus.answers(Reply.json(page(List.of(oneCall()), null)).with("Content-Type", "text/plain"));
        assertThat(client.page(FROM, UNTIL, null).calls()).hasSize(1);

        chorus.answers(Reply.json("<p>sign in</p>").with("Content-Type", "text/html"));
        assertBroken(() -> client.page(FROM, UNTIL, null));
    }

    // The rate limit

    @ParameterizedTest
    @CsvSource({
        "30, 30",
        "' 7 ', 7",
        "0, 1",
        "999999999, 3600",
        "'Sun, 22 Nov 2026 18:00:45 GMT', 45",
        "'Sun, 22 Nov 2026 17:00:00 GMT', 1",
        "soon, 10",
        "-5, 10",
        "1.5, 10",
        ", 10"
    })
    void tooMany_saysHowLong_andNothingIsSentUntilThen(@Nullable String retryAfter, long seconds) throws Exception {
        Reply tooMany = Reply.of(429, "Too Many Requests");
        chorus.answers(retryAfter == null ? tooMany : tooMany.with("Retry-After", retryAfter));
        Duration wait = Duration.ofSeconds(seconds);

        ChorusException.RateLimited told = limited(() -> client.page(FROM, UNTIL, null));
        clock.pass(wait.minusMillis(1));
        ChorusException.RateLimited held = limited(() -> client.fetch("A1"));

        assertThat(told.sent()).isTrue();
        assertThat(told.retryAfter()).isEqualTo(wait);
        assertThat(held.sent()).isFalse();
        assertThat(held.retryAfter()).isEqualTo(Duration.ofMillis(1));
        assertThat(chorus.requests()).hasSize(1);

        clock.pass(Duration.ofMillis(1));
        chorus.answers(Reply.json(page(List.of(oneCall()), null)));
        assertThat(client.page(FROM, UNTIL, null).calls()).hasSize(1);
    }

    @Test
    void limitOfTheSimulator_isAnsweredAsAWait() throws Exception {
        try (ChorusSimulator simulator = new ChorusSimulator(new ChorusSimulator.Settings(5, 15, ANCHOR, 0, KEY))) {
            simulator.start();
            simulator.limit(1);
            ChorusClient real = open(simulator.baseUri());
            real.page(FROM, UNTIL, null);

            ChorusException.RateLimited told = limited(() -> real.page(FROM, UNTIL, null));

            assertThat(told.sent()).isTrue();
            assertThat(told.retryAfter()).isPositive();
        }
    }

    /** Asks for something. */
    interface Asking {
        Object ask() throws ChorusException;
    }

    final List<Asking> askings() {
        return List.of(() -> client.page(FROM, UNTIL, null), () -> client.fetch("A1"), client::account);
    }

    static void assertBroken(Asking asking) {
        assertThatThrownBy(asking::ask).isInstanceOf(ChorusException.Broken.class);
    }

    static List<Listed> all(ChorusClient client, Instant from, Instant until) throws ChorusException {
        List<Listed> calls = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        Listing listing = new Listing(client, from, until);
        while (!listing.isOver()) {
            ListPage page = listing.page();
            calls.addAll(page.calls());
            unreadable.addAll(page.unreadable());
        }
        assertThat(unreadable).hasSizeLessThan(2);
        return calls;
    }

    private static ChorusException.RateLimited limited(Asking asking) {
        return catchThrowableOfType(ChorusException.RateLimited.class, asking::ask);
    }
}
