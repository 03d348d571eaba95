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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One search as it runs: the best few hundred passages in one order made of words, calls and meaning; after those the
 * rest in the order of their words. Each page makes the order anew and goes on after the passage that the page before
 * ended with, so that calls which arrive meanwhile repeat nothing.
 */
final class PassageSearch {
    private static final Logger LOG = LoggerFactory.getLogger(PassageSearch.class);

    /** Passages whose order takes more than their own words into account. */
    static final int BEST = 300;

    private static final int CALLS = 200;
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    /** Where only some people's words count, so many passages are read at once to find those. */
    private static final int READ = 100;
    /** After so many passages a page ends, also a short one, so that no search takes much longer than others. */
    private static final int MOST_READ = 1_000;
    /** Scores of the rest are of another kind, and always below. */
    private static final double REST = 1e-4;

    private final OpenSearchPassages passages;
    private final PassageQuery query;
    private final List<String> phrases;
    private final SearchRequest request;
    private final Map<String, Double> meaning;
    /** Null if everybody's words count. */
    private final @Nullable Predicate<Spoken> asked;

    private final LongAdder took;

    private final List<Ranked> kept = new ArrayList<>();
    private int read;
    private @Nullable End last;

    /**
     * @param meaning cosines of the passages that are nearest in meaning; empty to go by words
     * @param took gains the milliseconds that OpenSearch takes
     */
    PassageSearch(
            OpenSearchPassages passages,
            PassageQuery query,
            Question question,
            SearchRequest request,
            Map<String, Double> meaning,
            LongAdder took) {
        this.passages = passages;
        this.query = query;
        this.phrases = question.phrases().stream().map(PassageSearch::plain).toList();
        this.request = request;
        this.meaning = meaning;
        this.took = took;
        this.asked = asked(request);
    }

    private static @Nullable Predicate<Spoken> asked(SearchRequest request) {
        if (request.side() == null && request.speaker() == null) {
            return null;
        }
        String speaker = request.speaker() == null ? null : Names.key(Marks.clean(request.speaker()));
        return spoken -> (request.side() == null || spoken.side() == request.side())
                && (speaker == null || Names.keys(spoken.speaker()).contains(speaker));
    }

    private record Ranked(PassageDocument passage, End end, BestUtterance best) {}

    /** Called once. */
    Page<Hit> page(@Nullable End after) {
        int limit = request.limit();
        Candidates candidates =
                request.mode() == Mode.SEMANTIC ? Candidates.NONE : passages.candidates(query, BEST, CALLS, took);
        if (after == null || !after.isRest()) {
            addBest(candidates, after);
        }
        boolean more = candidates.words().size() == BEST;
        if (more && isWanted()) {
            more = addRest(candidates, after != null && after.isRest() ? after.place() : null);
        }
        List<Ranked> page = kept.subList(0, Math.min(limit, kept.size()));
        End end = kept.size() > limit ? page.getLast().end() : more ? last : null;
        return new Page<>(page.stream().map(PassageSearch::hit).toList(), end == null ? null : end.cursor());
    }

    private boolean isWanted() {
        return kept.size() <= request.limit() && read < MOST_READ;
    }

    private int batch() {
        return asked == null ? request.limit() + 1 - kept.size() + 2 : READ;
    }

    private void addBest(Candidates candidates, @Nullable End after) {
        Map<String, Double> words =
                candidates.words().stream().collect(Collectors.toMap(Place::passageId, Place::score, Math::max));
        Map<String, Double> near = new HashMap<>(meaning);
        if (request.need() == SearchRequest.Need.MOST) {
            near.keySet().retainAll(words.keySet());
        }
        List<Place> order = Fusion.order(words, near, candidates.calls());
        int at = start(order, after);
        while (at < order.size() && isWanted()) {
            List<Place> next = order.subList(at, Math.min(order.size(), at + batch()));
            Map<String, Found> there = passages
                    .read(query, next.stream().map(Place::passageId).toList(), took)
                    .stream()
                    .collect(Collectors.toMap(found -> found.passage().passageId(), found -> found));
            for (Place place : next) {
                Found found = there.get(place.passageId());
                // What was found by meaning may be excluded by the question, or gone by now.
                if (found != null) {
                    add(found, new End(place, at));
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

    /** True if there may be more. */
    private boolean addRest(Candidates candidates, @Nullable Place after) {
        Set<String> shown = new HashSet<>(meaning.keySet());
        candidates.words().forEach(place -> shown.add(place.passageId()));
        Place at = candidates.words().getLast();
        if (after != null) {
            at = passages.place(query, after.passageId(), took)
                    .orElse(new Place(after.score() / REST, after.passageId()));
        }
        boolean more = true;
        while (more && isWanted()) {
            int batch = Math.max(batch(), request.limit() + 1);
            List<Found> found = passages.find(query, at, batch, took);
            for (Found one : found) {
                at = one.place();
                if (!shown.contains(at.passageId())) {
                    add(one, End.rest(new Place(at.score() * REST, at.passageId())));
                }
            }
            more = found.size() == batch;
        }
        return more;
    }

    private void add(Found found, End end) {
        read++;
        last = end;
        if (!query.isAbout(customer(found.passage()))) {
            LOG.error(
                    "Call {} is indexed with another customer's number; reindex everything",
                    found.passage().callId());
            return;
        }
        Predicate<Spoken> eligible = asked == null ? spoken -> true : asked;
        BestUtterance.of(found.passage(), found.fragments(), eligible)
                .filter(best -> asked == null || isSaidByThem(found.passage(), best, asked))
                .ifPresent(best -> kept.add(new Ranked(found.passage(), end, best)));
    }

    /** In a passage that was found by its words, somebody whom the request allows speaks them, and not just at all. */
    private boolean isSaidByThem(PassageDocument passage, BestUtterance best, Predicate<Spoken> asked) {
        if (!phrases.isEmpty()) {
            return phrases.stream()
                    .allMatch(phrase -> passage.spoken().stream()
                            .anyMatch(spoken ->
                                    asked.test(spoken) && plain(spoken.text()).contains(phrase)));
        }
        // What is near in meaning may say it in other words; an answer rests on words that were spoken.
        return !best.spans().isEmpty()
                || (request.need() == SearchRequest.Need.SOME && meaning.containsKey(passage.passageId()));
    }

    private static String plain(String text) {
        return NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    private static @Nullable CustomerId customer(PassageDocument passage) {
        return passage.customerId() == null ? null : CustomerId.parse(passage.customerId());
    }

    private static Hit hit(Ranked ranked) {
        PassageDocument passage = ranked.passage();
        Spoken best = ranked.best().utterance();
        return new Hit(
                CallId.parse(passage.callId()),
                passage.externalId(),
                passage.title(),
                customer(passage),
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
                String.join("\n", passage.text()),
                ranked.best().html(),
                Call.deepLink(passage.url(), best.startMs()),
                ranked.end().place().score());
    }
}
