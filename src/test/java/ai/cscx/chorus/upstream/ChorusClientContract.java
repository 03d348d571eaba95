package ai.cscx.chorus.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.simulator.Profile;
import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.ChorusClient.Fetched;
import ai.cscx.chorus.upstream.ChorusClient.ListPage;
import ai.cscx.chorus.upstream.ChorusClient.Listed;
import ai.cscx.chorus.upstream.ChorusClient.Unreadable;
import ai.cscx.chorus.upstream.ScriptedChorus.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every dialect keeps to, in lists and about calls. */
@NullMarked
abstract class ChorusClientContract extends ChorusErrorsContract {
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
}
