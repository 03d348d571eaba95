package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Names.Form;
import ai.cscx.chorus.agent.Names.Person;
import ai.cscx.chorus.agent.Roster.KnownCustomer;
import ai.cscx.chorus.base.Spelling;
import ai.cscx.chorus.date.DatePhrases;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Names with slips of the finger. The longer a name, the more of them; ordinary words are never taken for one. */
final class Misspelled {
    private static final int MAX_WORDS = 4;
    private static final int SHORTEST = 5;

    private final Mentions mentions;
    private final Sentence sentence;
    private final Names names;

    Misspelled(Mentions mentions, Names names) {
        this.mentions = mentions;
        this.sentence = mentions.sentence();
        this.names = names;
    }

    void find() {
        for (int length = Math.min(MAX_WORDS, sentence.size()); length >= 1; length--) {
            for (int first = 0; first + length <= sentence.size(); first++) {
                int after = first + length;
                if (mentions.free(first, after) && mayBeName(first, after)) {
                    match(first, after);
                }
            }
        }
    }

    private void match(int first, int after) {
        String key = mentions.key(first, after);
        int tolerance = tolerance(key, mentions.evidence(first, after));
        if (tolerance == 0 || mentions.onlyTopic(first)) {
            return;
        }
        Set<KnownCustomer> customers = customers(key, tolerance, after - first);
        if (!customers.isEmpty()) {
            mentions.claim(first, after, customers);
            return;
        }
        Set<Person> people = nearest(names.people, key, tolerance);
        if (people.isEmpty() && after == first + 1 && mentions.evidence(first, after)) {
            people = nearest(names.firstNames, key, 1);
        }
        if (!people.isEmpty()) {
            mentions.take(first, after, people);
        }
    }

    private boolean mayBeName(int first, int after) {
        boolean own = false;
        for (int i = first; i < after; i++) {
            String word = sentence.folded(i);
            boolean ordinary = Vocabulary.ordinary(word)
                    || DatePhrases.dateWord(word)
                    || !Vocabulary.corrected(word).equals(word);
            if (ordinary && (after == first + 1 || Vocabulary.function(word) && !word.equals("and"))) {
                return false;
            }
            if (word.chars().anyMatch(Character::isDigit) && after == first + 1) {
                return false;
            }
            own |= !ordinary;
        }
        return own;
    }

    private static int tolerance(String key, boolean evidence) {
        if (key.length() < SHORTEST) {
            return 0;
        }
        if (key.length() < 8) {
            return 1;
        }
        return evidence || key.length() >= 11 ? 2 : 1;
    }

    private Set<KnownCustomer> customers(String key, int tolerance, int words) {
        Set<KnownCustomer> best = new LinkedHashSet<>();
        int nearest = tolerance;
        for (Form form : names.forms) {
            for (int count = 1; count <= form.words().size(); count++) {
                String part = Names.key(form.words().subList(0, count));
                boolean whole = count == form.words().size();
                if (part.length() < (whole ? SHORTEST : SHORTEST + 1) || Math.abs(count - words) > 1) {
                    continue;
                }
                int distance = near(key, part, nearest);
                if (distance < 0) {
                    continue;
                }
                if (distance < nearest) {
                    best.clear();
                    nearest = distance;
                }
                best.add(form.customer());
            }
        }
        return best;
    }

    private static Set<Person> nearest(Map<String, Set<Person>> people, String key, int tolerance) {
        Set<Person> best = new LinkedHashSet<>();
        int nearest = tolerance;
        for (Map.Entry<String, Set<Person>> entry : people.entrySet()) {
            int distance = entry.getKey().length() < SHORTEST ? -1 : near(key, entry.getKey(), nearest);
            if (distance < 0) {
                continue;
            }
            if (distance < nearest) {
                best.clear();
                nearest = distance;
            }
            best.addAll(entry.getValue());
        }
        return best;
    }

    /** The distance, or -1 beyond the tolerance or where the beginning differs: people rarely miss the first letter. */
    private static int near(String typed, String name, int tolerance) {
        if (Math.abs(typed.length() - name.length()) > tolerance) {
            return -1;
        }
        boolean swapped = typed.charAt(0) == name.charAt(1) && typed.charAt(1) == name.charAt(0);
        if (typed.charAt(0) != name.charAt(0) && !swapped) {
            return -1;
        }
        int distance = Spelling.distance(typed, name);
        return distance <= Math.min(tolerance, tolerance(name, true)) ? distance : -1;
    }

    /** All who share the one name that fits; null if no name does or two do. */
    static @Nullable Set<Person> unique(Map<String, Set<Person>> people, Predicate<String> fits) {
        Set<Person> found = null;
        for (Map.Entry<String, Set<Person>> entry : people.entrySet()) {
            if (!fits.test(entry.getKey())) {
                continue;
            }
            if (found != null && !found.containsAll(entry.getValue())) {
                return null;
            }
            found = entry.getValue();
        }
        return found;
    }
}
