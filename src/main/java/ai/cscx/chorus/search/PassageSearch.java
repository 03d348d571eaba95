package ai.cscx.chorus.search;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.search.OpenSearchPassages.Found;
import ai.cscx.chorus.search.PassageDocument.Spoken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One search as it runs. Neighbouring passages share an utterance, and if that is the best of both, only the better
 * passage is a hit. Whether a passage gives way is decided by looking at its neighbour and not at the page, so pages
 * agree about it.
 */
final class PassageSearch {
    private final OpenSearchPassages passages;
    private final PassageQuery query;
    private final SearchRequest request;
    private final Predicate<Spoken> asked;
    private final Map<String, Ranked> known = new HashMap<>();

    PassageSearch(OpenSearchPassages passages, PassageQuery query, SearchRequest request) {
        this.passages = passages;
        this.query = query;
        this.request = request;
        String speaker = request.speaker() == null ? null : Names.key(Marks.clean(request.speaker()));
        this.asked = spoken -> (request.side() == null || spoken.side() == request.side())
                && (speaker == null || spoken.speakerKeys().contains(speaker));
    }

    private record Ranked(PassageDocument passage, Place place, BestUtterance best) {}

    Page<Hit> page(@Nullable Place after) {
        int limit = request.limit();
        int batch = limit + limit / 4 + 2;
        List<Ranked> kept = new ArrayList<>();
        Place last = after == null ? null : now(after);
        boolean more = true;
        while (more && kept.size() <= limit) {
            List<Ranked> ranked = rank(passages.find(query, last, batch));
            learnNeighbours(ranked);
            ranked.stream().filter(passage -> !givesWay(passage)).forEach(kept::add);
            more = ranked.size() == batch;
            last = ranked.isEmpty() ? last : ranked.getLast().place();
        }
        List<Ranked> page = kept.subList(0, Math.min(limit, kept.size()));
        return new Page<>(
                page.stream().map(PassageSearch::hit).toList(),
                kept.size() > limit ? page.getLast().place().cursor() : null);
    }

    /**
     * The same place after calls came or went: they change how rare a word is and so every score, but hardly the order.
     * If the passage itself is gone, its old score has to do.
     */
    private Place now(Place after) {
        List<Found> last = passages.findAmong(query, List.of(after.passageId()));
        return last.isEmpty() ? after : last.getFirst().place();
    }

    private List<Ranked> rank(List<Found> found) {
        List<Ranked> ranked = found.stream()
                .map(passage -> new Ranked(
                        passage.passage(),
                        passage.place(),
                        BestUtterance.of(passage.passage(), passage.fragments(), asked)))
                .toList();
        ranked.forEach(passage -> known.put(passage.place().passageId(), passage));
        return ranked;
    }

    /** A neighbour that the question does not find stays unknown, and nothing gives way to it. */
    private void learnNeighbours(List<Ranked> ranked) {
        List<String> unknown = ranked.stream()
                .map(PassageSearch::sharer)
                .filter(Objects::nonNull)
                .filter(id -> !known.containsKey(id))
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            rank(passages.findAmong(query, unknown));
        }
    }

    private boolean givesWay(Ranked passage) {
        String id = sharer(passage);
        Ranked other = id == null ? null : known.get(id);
        return other != null
                && other.best().utterance().index()
                        == passage.best().utterance().index()
                && other.place().isBefore(passage.place());
    }

    /** The passage that may hold the same best utterance; null if it is in the middle of this one. */
    private static @Nullable String sharer(Ranked ranked) {
        PassageDocument passage = ranked.passage();
        int best = ranked.best().utterance().index();
        if (best == passage.from() && passage.number() > 0) {
            return PassageDocument.id(passage.callId(), passage.number() - 1);
        }
        return best == passage.to() ? PassageDocument.id(passage.callId(), passage.number() + 1) : null;
    }

    private static Hit hit(Ranked ranked) {
        PassageDocument passage = ranked.passage();
        Spoken best = ranked.best().utterance();
        return new Hit(
                CallId.parse(passage.callId()),
                passage.externalId(),
                passage.title(),
                passage.customerId() == null ? null : CustomerId.parse(passage.customerId()),
                passage.customerName(),
                Instant.parse(passage.startedAt()),
                best.speaker(),
                best.side(),
                best.index(),
                best.startMs(),
                best.text(),
                passage.from(),
                passage.to(),
                passage.startMs(),
                passage.endMs(),
                passage.utterances().stream().map(Spoken::text).collect(Collectors.joining("\n")),
                ranked.best().html(),
                deepLink(passage.url(), best.startMs()),
                ranked.place().score());
    }

    /** Chorus's pages take the second to begin at as {@code t}. */
    private static @Nullable String deepLink(@Nullable String url, long startMs) {
        return url == null ? null : url + (url.contains("?") ? "&" : "?") + "t=" + startMs / 1_000;
    }
}
