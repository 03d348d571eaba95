package ai.cscx.chorus.search;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.search.OpenSearchPassages.Found;
import ai.cscx.chorus.search.PassageDocument.Spoken;
import ai.cscx.chorus.search.Place.End;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One search as it runs: the best few hundred passages in one order made of words, calls and meaning; after those the
 * rest in the order of their words. Each page makes the order anew and goes on after the passage that the page before
 * ended with, so that calls which arrive meanwhile repeat nothing.
 */
final class PassageSearch {
    /** Passages whose order takes more than their own words into account. */
    static final int BEST = 300;

    private static final int CALLS = 200;
    /** Scores of the rest are of another kind, and always below. */
    private static final double REST = 1e-4;

    private final OpenSearchPassages passages;
    private final PassageQuery query;
    private final SearchRequest request;
    private final Map<String, Double> meaning;
    private final Predicate<Spoken> asked;

    /**
     * @param meaning cosines of the passages that are nearest in meaning; empty to go by words
     */
    PassageSearch(OpenSearchPassages passages, PassageQuery query, SearchRequest request, Map<String, Double> meaning) {
        this.passages = passages;
        this.query = query;
        this.request = request;
        this.meaning = meaning;
        String speaker = request.speaker() == null ? null : Names.key(Marks.clean(request.speaker()));
        this.asked = spoken -> (request.side() == null || spoken.side() == request.side())
                && (speaker == null || spoken.speakerKeys().contains(speaker));
    }

    private record Ranked(PassageDocument passage, End end, BestUtterance best) {}

    Page<Hit> page(@Nullable End after) {
        int limit = request.limit();
        List<Ranked> kept = new ArrayList<>();
        OpenSearchPassages.Candidates candidates = request.mode() == Mode.SEMANTIC
                ? new OpenSearchPassages.Candidates(List.of(), Map.of())
                : passages.candidates(query, BEST, CALLS);
        if (after == null || !after.isRest()) {
            addBest(kept, candidates, after);
        }
        if (kept.size() <= limit && candidates.words().size() == BEST) {
            addRest(kept, candidates, after != null && after.isRest() ? after.place() : null);
        }
        List<Ranked> page = kept.subList(0, Math.min(limit, kept.size()));
        return new Page<>(
                page.stream().map(PassageSearch::hit).toList(),
                kept.size() > limit ? page.getLast().end().cursor() : null);
    }

    private void addBest(List<Ranked> kept, OpenSearchPassages.Candidates candidates, @Nullable End after) {
        Map<String, Double> words =
                candidates.words().stream().collect(Collectors.toMap(Place::passageId, Place::score, Math::max));
        Map<String, Double> near = new HashMap<>(meaning);
        if (request.need() == SearchRequest.Need.MOST) {
            near.keySet().retainAll(words.keySet());
        }
        List<Place> order = Fusion.order(words, near, candidates.calls());
        int at = start(order, after);
        while (at < order.size() && kept.size() <= request.limit()) {
            int batch = Math.min(order.size() - at, request.limit() + 1 - kept.size() + 2);
            List<Place> next = order.subList(at, at + batch);
            Map<String, Found> read = passages
                    .read(query, next.stream().map(Place::passageId).toList())
                    .stream()
                    .collect(Collectors.toMap(found -> found.passage().passageId(), found -> found));
            for (Place place : next) {
                Found found = read.get(place.passageId());
                // What was found by meaning may be excluded by the question, or gone by now.
                if (found != null) {
                    kept.add(ranked(found, new End(place, at)));
                }
                at++;
            }
        }
    }

    /** Where to go on. The passage may have moved; if it is gone, the next one has its rank. */
    private static int start(List<Place> order, @Nullable End after) {
        if (after == null) {
            return 0;
        }
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i).passageId().equals(after.place().passageId())) {
                return i + 1;
            }
        }
        return after.rank();
    }

    private void addRest(List<Ranked> kept, OpenSearchPassages.Candidates candidates, @Nullable Place after) {
        Set<String> shown = new HashSet<>(meaning.keySet());
        candidates.words().forEach(place -> shown.add(place.passageId()));
        Place last = candidates.words().getLast();
        if (after != null) {
            last = passages.place(query, after.passageId()).orElse(new Place(after.score() / REST, after.passageId()));
        }
        boolean more = true;
        while (more && kept.size() <= request.limit()) {
            List<Found> found = passages.find(query, last, request.limit() + 1);
            for (Found one : found) {
                last = one.place();
                if (!shown.contains(last.passageId())) {
                    kept.add(ranked(one, End.rest(new Place(last.score() * REST, last.passageId()))));
                }
            }
            more = found.size() == request.limit() + 1;
        }
    }

    private Ranked ranked(Found found, End end) {
        return new Ranked(found.passage(), end, BestUtterance.of(found.passage(), found.fragments(), asked));
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
                Call.deepLink(passage.url(), best.startMs()),
                ranked.end().place().score());
    }
}
