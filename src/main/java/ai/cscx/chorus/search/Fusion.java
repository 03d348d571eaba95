package ai.cscx.chorus.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one order of three: passages by their words, passages by their meaning, calls by all that was said in them. Each
 * kind of score is first brought to 0–1 by the best of its own; a passage gains from its neighbours in the call, since
 * people answer over several sentences, and from its call. Scores are added and not ranks: measured on questions to real
 * meetings that was better than reciprocal ranks (docs/benchmarks.md). A pure function.
 */
final class Fusion {
    /** Share of a neighbour's score, by how far away it is. */
    private static final double[] NEIGHBOURS = {0.3, 0.1};

    private static final double MEANING = 0.5;
    private static final double CALL_BY_WORDS = 0.5;
    private static final double CALL_BY_BOTH = 0.8;
    /** What the worst candidate by meaning keeps: it is still one of the nearest. */
    private static final double FLOOR = 0.8;

    private Fusion() {}

    /**
     * @param words scores of passages by id, above 0
     * @param meaning cosines of passages by id, above 0; empty if the search goes by words alone
     * @param calls scores of calls by id, above 0
     * @return every passage of {@code words} and {@code meaning}, best first, equal ones by id
     */
    static List<Place> order(Map<String, Double> words, Map<String, Double> meaning, Map<String, Double> calls) {
        Map<String, Double> byWords = best(withNeighbours(words));
        Map<String, Double> byMeaning = best(withNeighbours(spread(meaning)));
        Map<String, Double> byCall = best(calls);
        double callWeight = meaning.isEmpty() ? CALL_BY_WORDS : CALL_BY_BOTH;
        Set<String> ids = new HashSet<>(words.keySet());
        ids.addAll(meaning.keySet());
        List<Place> order = new ArrayList<>();
        for (String id : ids) {
            double score = byWords.getOrDefault(id, 0.0)
                    + MEANING * byMeaning.getOrDefault(id, 0.0)
                    + callWeight * byCall.getOrDefault(PassageDocument.callOf(id), 0.0);
            order.add(new Place(score, id));
        }
        order.sort(Comparator.comparingDouble((Place place) -> -place.score()).thenComparing(Place::passageId));
        return order;
    }

    private static Map<String, Double> withNeighbours(Map<String, Double> scores) {
        Map<String, Double> all = new HashMap<>();
        scores.forEach((id, score) -> {
            String call = PassageDocument.callOf(id);
            int number = PassageDocument.numberOf(id);
            double sum = score;
            for (int away = 1; away <= NEIGHBOURS.length; away++) {
                sum += NEIGHBOURS[away - 1] * (of(scores, call, number - away) + of(scores, call, number + away));
            }
            all.put(id, sum);
        });
        return all;
    }

    private static double of(Map<String, Double> scores, String call, int number) {
        @Nullable Double score = number < 0 ? null : scores.get(PassageDocument.id(call, number));
        return score == null ? 0 : score;
    }

    /** Cosines lie close together: what tells them apart is how far above the last they are. */
    private static Map<String, Double> spread(Map<String, Double> cosines) {
        if (cosines.isEmpty()) {
            return cosines;
        }
        double least =
                cosines.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow() * FLOOR;
        Map<String, Double> spread = new HashMap<>();
        cosines.forEach((id, cosine) -> spread.put(id, cosine - least));
        return spread;
    }

    private static Map<String, Double> best(Map<String, Double> scores) {
        double most =
                scores.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        if (most <= 0) {
            return Map.of();
        }
        Map<String, Double> shares = new HashMap<>();
        scores.forEach((id, score) -> shares.put(id, score / most));
        return shares;
    }
}
