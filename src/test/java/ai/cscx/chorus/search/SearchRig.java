package ai.cscx.chorus.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio.Visible;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.call.IndexedCall;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A search on a real OpenSearch, one for the whole run, and the words to fill it with. */
final class SearchRig {
    static final CustomerId NORTHWIND = new CustomerId(UUID.randomUUID());
    static final CustomerId HARBOR = new CustomerId(UUID.randomUUID());
    static final Instant STARTED = Instant.parse("2026-10-05T15:00:00.123Z");
    static final Asker ASKER =
            new Asker(new UserId(UUID.randomUUID()), "Ada", "ada@cscx.example", Role.ADMIN, null, ZoneOffset.UTC);
    /** Words that nobody looks for; two of these do not fit into one passage. */
    static final String FILLER = "well you know that sort of thing takes a while ".repeat(9);

    private static final int FIRST = 1_000_000;
    private static final Map<CustomerId, Integer> NUMBERS = new ConcurrentHashMap<>();

    private static @Nullable SearchRig shared;

    final Search search;
    Visible visible = new Visible.Everything();
    private final Map<CallId, Integer> indexed = new LinkedHashMap<>();

    private SearchRig(OpenSearchNode node) {
        search = new Search(node.url(), asker -> visible, null);
    }

    static synchronized SearchRig shared() {
        if (shared == null) {
            try {
                OpenSearchNode node = OpenSearchNode.start(Files.createTempDirectory("search-it"));
                shared = new SearchRig(node);
                shared.search.start();
                shared.search.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    void forget() {
        visible = new Visible.Everything();
        indexed.forEach(search::remove);
        indexed.clear();
        search.refresh();
        assertThat(search.passages()).isZero();
    }

    CallId index(@Nullable CustomerId customer, Utterance... utterances) {
        IndexedCall call = call(customer, utterances);
        index(call);
        return call.id();
    }

    int index(IndexedCall call) {
        int passages = search.index(call, indexed.getOrDefault(call.id(), 0));
        indexed.put(call.id(), passages);
        search.refresh();
        return passages;
    }

    List<Hit> hits(String q) {
        return hits(request(q));
    }

    List<Hit> hits(Requests request) {
        return search.search(ASKER, request.build()).hits();
    }

    Hit only(String q) {
        return only(request(q));
    }

    Hit only(Requests request) {
        List<Hit> hits = hits(request);
        assertThat(hits).hasSize(1);
        return hits.getFirst();
    }

    static Requests request(String q) {
        return Requests.of(q);
    }

    static IndexedCall call(@Nullable CustomerId customer, Utterance... utterances) {
        return call(new CallId(UUID.randomUUID()), customer, List.of(utterances));
    }

    /** Utterances get their places: ten seconds each. */
    static IndexedCall call(CallId id, @Nullable CustomerId customer, List<Utterance> utterances) {
        return call("en", id, customer, utterances);
    }

    static IndexedCall call(String language, CallId id, @Nullable CustomerId customer, List<Utterance> utterances) {
        List<Utterance> placed = new ArrayList<>();
        for (Utterance said : utterances) {
            int index = placed.size();
            placed.add(new Utterance(
                    index,
                    said.speaker(),
                    said.email(),
                    said.side(),
                    index * 10_000L + 700,
                    index * 10_000L + 10_000,
                    said.text(),
                    false));
        }
        return new IndexedCall(
                id,
                "7",
                "Northwind QBR",
                null,
                customer == null ? null : new IndexedCall.Whose(customer, number(customer), "Northwind Freight"),
                "Dana Wolf",
                STARTED,
                language,
                "https://chorus.example/meeting/7",
                1,
                new Transcript(language, placed));
    }

    /** What the search index knows the customer by; another one has another, also in a database beside the rig. */
    static int number(CustomerId customer) {
        return NUMBERS.computeIfAbsent(customer, id -> FIRST + NUMBERS.size());
    }

    /** As the only ones that somebody may see. */
    static Visible only(CustomerId... customers) {
        return new Visible.Only(
                Stream.of(customers).collect(Collectors.toMap(customer -> customer, SearchRig::number)));
    }

    static Utterance internal(String text) {
        return utterance("Dana Wolf", Side.INTERNAL, text);
    }

    static Utterance external(String text) {
        return utterance("Paula Reyes", Side.EXTERNAL, text);
    }

    static Utterance utterance(String speaker, Side side, String text) {
        return new Utterance(0, speaker, null, side, 0, 0, text, false);
    }
}
