package ai.cscx.chorus.sync;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallContent.State;
import ai.cscx.chorus.call.NewActionItem;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.upstream.ApiKeyAuthorization;
import ai.cscx.chorus.upstream.ChorusClient;
import ai.cscx.chorus.upstream.ChorusClient.Fetched;
import ai.cscx.chorus.upstream.ChorusClient.Listed;
import ai.cscx.chorus.upstream.ChorusClients;
import ai.cscx.chorus.upstream.ChorusException;
import ai.cscx.chorus.upstream.Destinations;
import ai.cscx.chorus.upstream.Dialect;
import ai.cscx.chorus.upstream.HeaderStyle;
import ai.cscx.chorus.upstream.HttpTransport;
import ai.cscx.chorus.upstream.Listing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same world read in both dialects: whatever both know is the same. */
@NullMarked
class DialectsAgreeTest {
    private static final Instant ANCHOR = Instant.parse("2026-11-22T18:00:00Z");
    private static final int CALLS = 60;
    private static final ChorusSimulator SIMULATOR =
            new ChorusSimulator(new ChorusSimulator.Settings(CALLS, 21, ANCHOR, 0, "sesame"));
    private static final Map<String, CallContent> ENGAGEMENTS = new TreeMap<>();
    private static final Map<String, CallContent> CALLS_API = new TreeMap<>();

    @BeforeAll
    static void read() throws ChorusException {
        SIMULATOR.start();
        ENGAGEMENTS.putAll(world(Dialect.ENGAGEMENTS, HeaderStyle.RAW));
        CALLS_API.putAll(world(Dialect.CALLS, HeaderStyle.BEARER));
        assertThat(ENGAGEMENTS).hasSize(CALLS);
        assertThat(ENGAGEMENTS.values()).extracting(CallContent::state).contains(State.DONE, State.NO_SHOW);
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    void calls_areTheSameOnesAtTheSameTimesInTheSameState() {
        assertThat(read(
                        CALLS_API,
                        call -> List.of(
                                call.externalId(),
                                call.startedAt(),
                                call.listedDate(),
                                call.durationMs(),
                                String.valueOf(call.title()),
                                String.valueOf(call.summary()),
                                call.state(),
                                call.transcriptState(),
                                String.valueOf(call.url()))))
                .isEqualTo(read(
                        ENGAGEMENTS,
                        call -> List.of(
                                call.externalId(),
                                call.startedAt(),
                                call.listedDate(),
                                call.durationMs(),
                                String.valueOf(call.title()),
                                String.valueOf(call.summary()),
                                call.state(),
                                call.transcriptState(),
                                String.valueOf(call.url()))));
    }

    @Test
    void participants_areTheSameOnTheSameSides() {
        // Of a call that nobody came to the list of one dialect keeps silent.
        Function<CallContent, Object> people = call -> call.participants().stream()
                .map(person -> new Participant(person.name(), person.email(), person.company(), null, person.side()))
                .toList();

        assertThat(read(CALLS_API, people)).isEqualTo(read(ENGAGEMENTS, people));
    }

    @Test
    void utterances_haveTheSameWordsAtTheSameTimes() {
        Function<CallContent, Object> said = call -> call.transcript().utterances().stream()
                .map(utterance -> utterance.startMs() + " " + utterance.text())
                .toList();

        assertThat(read(CALLS_API, said)).isEqualTo(read(ENGAGEMENTS, said));
        assertThat(ENGAGEMENTS.values().stream()
                        .mapToInt(call -> call.transcript().utterances().size())
                        .sum())
                .isGreaterThan(CALLS * 10);
    }

    @Test
    void trackers_matchedAsOftenAtTheSameTimes() {
        Function<CallContent, Object> trackers = call -> call.trackers().stream()
                .map(hits -> List.of(
                        hits.trackerId(),
                        hits.name(),
                        hits.count(),
                        hits.hits().stream()
                                .filter(hit -> hit.text() != null)
                                .map(hit -> hit.startMs() + " " + hit.text())
                                .toList()))
                .toList();

        assertThat(read(CALLS_API, trackers)).isEqualTo(read(ENGAGEMENTS, trackers));
    }

    @Test
    void actionItems_haveTheSameWords() {
        Function<CallContent, Object> items = call ->
                call.actionItems().stream().map(NewActionItem::text).distinct().toList();

        assertThat(read(CALLS_API, items)).isEqualTo(read(ENGAGEMENTS, items));
    }

    @Test
    void crmIds_areTheSame() {
        Function<CallContent, @Nullable Object> crm = call -> String.valueOf(call.accountCrmId());

        assertThat(read(CALLS_API, crm)).isEqualTo(read(ENGAGEMENTS, crm));
    }

    private static Map<String, @Nullable Object> read(
            Map<String, CallContent> world, Function<CallContent, ? extends @Nullable Object> what) {
        Map<String, @Nullable Object> read = new TreeMap<>();
        world.forEach((id, call) -> read.put(id, what.apply(call)));
        return read;
    }

    /** Private calls, which one dialect lists and the other does not, are left out. */
    private static Map<String, CallContent> world(Dialect dialect, HeaderStyle style) throws ChorusException {
        Map<String, CallContent> world = new TreeMap<>();
        try (HttpTransport transport = new HttpTransport(new Destinations(true, false))) {
            ChorusClient client = ChorusClients.open(
                    dialect,
                    transport,
                    SIMULATOR.baseUri(),
                    new ApiKeyAuthorization(style, "sesame"),
                    Clock.systemUTC());
            Listing listing = new Listing(client, ANCHOR.minus(Duration.ofDays(400)), ANCHOR.plusSeconds(1));
            while (!listing.isOver()) {
                for (Listed call : listing.page().calls()) {
                    if (!call.isPrivate()) {
                        Fetched.Found found = (Fetched.Found) client.fetch(call.id());
                        world.put(
                                call.id(),
                                Translator.of(dialect)
                                        .translate(call.id(), found.answers().withList(call.raw())));
                    }
                }
            }
        }
        return Objects.requireNonNull(world);
    }
}
