package ai.cscx.chorus.sync;

import ai.cscx.chorus.call.Utterance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds where in a call an action item was promised: the utterance that shares its telling words, if it stands out. A word
 * tells the more, the fewer utterances have it; one that nobody says counts against all. Made for one transcript. Pure.
 */
final class ItemPlace {
    /** Share of the item's telling words that must stand in the utterance. */
    private static final double ENOUGH = 0.5;

    /** By how much it must be ahead of the next best. */
    private static final double AHEAD = 1.25;

    private static final int FEWEST_WORDS = 2;

    /** Neighbours that say the same, one after the other, are one place. */
    private static final long NEAR_MS = 20_000;

    /** Shorter words tell nothing. */
    private static final int SHORTEST = 4;

    private static final int STEM = 5;

    private final List<Utterance> utterances;
    private final List<Set<String>> said = new ArrayList<>();
    private final Map<String, Integer> frequency = new HashMap<>();

    ItemPlace(List<Utterance> utterances) {
        this.utterances = utterances;
        for (Utterance utterance : utterances) {
            Set<String> words = words(utterance.text());
            said.add(words);
            words.forEach(word -> frequency.merge(word, 1, Integer::sum));
        }
    }

    /**
     * Milliseconds from the start of the recording; null where it is not clear.
     *
     * @param owner who is to do it; what others say counts less then
     */
    @Nullable
    Long of(String item, @Nullable String owner) {
        Set<String> wanted = words(item);
        double all = wanted.stream().mapToDouble(this::weight).sum();
        if (wanted.size() < FEWEST_WORDS || all <= 0) {
            return null;
        }
        int best = -1;
        double first = 0;
        for (int at = 0; at < said.size(); at++) {
            double score = score(at, wanted, owner) / all;
            if (score > first) {
                best = at;
                first = score;
            }
        }
        if (best < 0 || first < ENOUGH || common(best, wanted) < FEWEST_WORDS) {
            return null;
        }
        long start = utterances.get(best).startMs();
        for (int at = 0; at < said.size(); at++) {
            boolean elsewhere = Math.abs(utterances.get(at).startMs() - start) > NEAR_MS;
            if (elsewhere && score(at, wanted, owner) / all * AHEAD > first) {
                return null;
            }
        }
        return start;
    }

    private double score(int at, Set<String> wanted, @Nullable String owner) {
        double sum = 0;
        for (String word : wanted) {
            sum += said.get(at).contains(word) ? weight(word) : 0;
        }
        String speaker = utterances.get(at).speaker();
        boolean other = owner != null && speaker != null && !owner.equalsIgnoreCase(speaker);
        return other ? sum / 2 : sum;
    }

    private int common(int at, Set<String> wanted) {
        return (int) wanted.stream().filter(said.get(at)::contains).count();
    }

    private double weight(String word) {
        return Math.log((1.0 + utterances.size()) / frequency.getOrDefault(word, 1));
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        for (String word : Texts.normalised(text).split(" ")) {
            if (word.length() >= SHORTEST) {
                words.add(word.length() <= STEM ? word : word.substring(0, STEM));
            }
        }
        return words;
    }
}
