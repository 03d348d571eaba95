package ai.cscx.chorus.customer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/** Finds the customers that a company's name may mean, best first. Immutable. */
final class NameIndex {
    static final double SAME = 1.0;
    private static final double SAME_BUT_GENERIC_WORDS = 0.75;
    private static final double ABBREVIATED = 0.9;
    private static final double BEGINS_IT = 0.75;
    private static final double BEGUN_BY_IT = 0.7;
    private static final double ONE_WORD_OF_IT = 0.65;
    private static final double INITIALS = 0.7;
    private static final double ONE_SLIP = 0.92;
    private static final double SLIPS = 0.8;
    private static final double A_SLIP_LESS = 0.05;
    private static final double IS_ITS_DOMAIN = 0.95;
    private static final double LIKE_ITS_DOMAIN = 0.9;
    private static final double PART_OF_ITS_DOMAIN = 0.5;
    /** One wrong letter in fewer makes another name. */
    private static final int LONG_NAME = 10;

    private static final int LONG_PIECE = 6;
    private static final double SHARED_WORDS = 0.6;
    private static final double LEAST = 0.15;
    /** A word of more names than this finds nobody by itself. */
    private static final int COMMON_WORD = 200;

    private static final String LOOKS_LIKE = "an address looks like its domain";
    private static final Pattern DECORATION =
            Pattern.compile("\\s[-–—|/:·]+\\s|[()\\[\\]|<>]|:\\s|,\\s(?=\\p{Lu}{2}$)");
    private static final JaroWinklerSimilarity LIKENESS = new JaroWinklerSimilarity();
    private static final double LIKELY = 0.85;
    private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(3);

    private final Map<String, List<Named>> byCompact = new HashMap<>();
    private final Map<String, List<Named>> byInitials = new HashMap<>();
    private final Map<String, List<Named>> byWord = new HashMap<>();
    private final Map<String, List<Named>> byTrigram = new HashMap<>();
    private final Map<String, Set<Entry>> byLabel = new HashMap<>();
    private final int size;

    /** One of the names of a customer. */
    private record Named(Entry customer, CompanyName name, String compact, String digits) {}

    /**
     * A customer that a name may mean.
     *
     * @param score 1 = the same name
     */
    record Alike(Entry customer, double score, String why) {}

    NameIndex(Collection<Entry> customers) {
        int names = 0;
        for (Entry customer : customers) {
            for (String domain : customer.domains()) {
                String label = label(domain);
                if (label != null) {
                    byLabel.computeIfAbsent(label, none -> new LinkedHashSet<>())
                            .add(customer);
                }
            }
            for (String text : customer.names()) {
                CompanyName name = CompanyName.of(text);
                if (name.isEmpty()) {
                    continue;
                }
                names++;
                Named named = new Named(customer, name, name.compact(), digits(name.compact()));
                add(byCompact, named.compact(), named);
                name.initials().forEach(initials -> add(byInitials, initials, named));
                new HashSet<>(name.words()).forEach(word -> add(byWord, word, named));
                trigrams(named.compact()).forEach(trigram -> add(byTrigram, trigram, named));
            }
        }
        size = names;
    }

    private static void add(Map<String, List<Named>> index, String key, Named named) {
        index.computeIfAbsent(key, none -> new ArrayList<>()).add(named);
    }

    /** What somebody registered of a domain, as names are written together; null if it is nobody's. */
    private static @Nullable String label(String domain) {
        String plain = MailDomains.plain(domain);
        List<String> lineage = plain == null ? List.of() : MailDomains.lineage(plain);
        return lineage.isEmpty()
                ? null
                : String.join("", CompanyName.split(lineage.getLast().replaceFirst("\\..*", "")));
    }

    /** The customers with a domain that looks like this one and is another: a slip, a fraud, or chance. */
    List<Alike> likeDomain(String domain) {
        List<Alike> alike = new ArrayList<>();
        for (String part : domain.split("\\.")) {
            byLabel.getOrDefault(String.join("", CompanyName.split(part)), Set.of())
                    .forEach(customer -> alike.add(new Alike(customer, PART_OF_ITS_DOMAIN, LOOKS_LIKE)));
        }
        String label = label(domain);
        if (label == null) {
            return alike;
        }
        byLabel.forEach((known, customers) -> {
            boolean near = known.length() >= LONG_PIECE && Math.abs(known.length() - label.length()) <= 2;
            int distance = near ? DISTANCE.apply(label, known) : -1;
            boolean slip = distance >= 0 && distance <= 2;
            boolean piece = known.length() >= LONG_PIECE && label.contains(known)
                    || label.length() >= LONG_PIECE && known.contains(label);
            if (slip || piece) {
                double score = slip ? LIKE_ITS_DOMAIN - A_SLIP_LESS * distance : PART_OF_ITS_DOMAIN;
                customers.forEach(customer -> alike.add(new Alike(customer, score, LOOKS_LIKE)));
            }
        });
        return alike;
    }

    /** Whoever the name may mean, each customer once with its best name, best first. What decorates it is left out. */
    List<Alike> find(String text) {
        List<Alike> whole = findWhole(text);
        if (!whole.isEmpty() && whole.getFirst().score() >= IS_ITS_DOMAIN) {
            return whole;
        }
        Map<Entry, Alike> best = new HashMap<>();
        whole.forEach(alike -> best.put(alike.customer(), alike));
        List<String> parts = Arrays.stream(DECORATION.split(text))
                .filter(part -> !part.isBlank() && part.length() < text.length())
                .toList();
        for (String part : parts) {
            findWhole(part).stream()
                    .filter(alike -> alike.score() >= ONE_SLIP)
                    .forEach(alike -> best.merge(
                            alike.customer(), alike, (one, other) -> one.score() >= other.score() ? one : other));
        }
        return sorted(best.values());
    }

    private static List<Alike> sorted(Collection<Alike> found) {
        return found.stream()
                .sorted(Comparator.comparingDouble(Alike::score)
                        .reversed()
                        .thenComparing(alike -> alike.customer().rank()))
                .toList();
    }

    private List<Alike> findWhole(String text) {
        CompanyName given = CompanyName.of(text);
        if (given.isEmpty()) {
            return List.of();
        }
        String compact = given.compact();
        Map<Entry, Alike> best = new HashMap<>();
        for (Named named : reachable(given, compact)) {
            Alike alike = compare(given, compact, named);
            if (alike.score() >= LEAST) {
                best.merge(named.customer(), alike, (one, other) -> one.score() >= other.score() ? one : other);
            }
        }
        Set<Entry> owners = byLabel.getOrDefault(compact, Set.of());
        // The brand of a family is nobody's name.
        boolean shared = best.values().stream()
                .anyMatch(alike -> alike.score() >= ONE_WORD_OF_IT && !owners.contains(alike.customer()));
        for (Entry owner : owners) {
            best.merge(
                    owner,
                    new Alike(owner, shared ? INITIALS : IS_ITS_DOMAIN, "the name is that of its domain"),
                    (one, other) -> one.score() >= other.score() ? one : other);
        }
        return sorted(best.values());
    }

    /** The customers whose names stand in the text, and those that begin with a word of it; best first. */
    List<Alike> mentioned(String text) {
        List<String> words = CompanyName.split(text);
        Map<Entry, Alike> best = new LinkedHashMap<>();
        for (int from = 0; from < words.size(); from++) {
            for (int until = from + 1; until <= Math.min(words.size(), from + 6); until++) {
                CompanyName part = new CompanyName(words.subList(from, until), 0);
                for (Entry customer : byLabel.getOrDefault(part.compact(), Set.of())) {
                    best.put(customer, new Alike(customer, SAME, "words of the call are those of its domain"));
                }
                for (Named named : byCompact.getOrDefault(part.compact(), List.of())) {
                    best.merge(
                            named.customer(),
                            new Alike(named.customer(), SAME, "words of the call name it"),
                            (one, other) -> one.score() >= other.score() ? one : other);
                }
            }
            String word = words.get(from);
            for (Named named : byWord.getOrDefault(word, List.of())) {
                if (from + 1 < words.size()
                        && begins(words.subList(from, from + 2), named.name().words())) {
                    best.merge(
                            named.customer(),
                            new Alike(named.customer(), BEGINS_IT, "words of the call begin its name"),
                            (one, other) -> one.score() >= other.score() ? one : other);
                } else if (named.name().words().getFirst().equals(word) && word.length() > 2) {
                    best.putIfAbsent(
                            named.customer(),
                            new Alike(named.customer(), ONE_WORD_OF_IT, "a word of the call begins its name"));
                }
            }
        }
        return best.values().stream()
                .sorted(Comparator.comparingDouble(Alike::score).reversed())
                .toList();
    }

    private Set<Named> reachable(CompanyName given, String compact) {
        Set<Named> reachable = new HashSet<>(byCompact.getOrDefault(compact, List.of()));
        reachable.addAll(byInitials.getOrDefault(compact, List.of()));
        for (String word : given.words()) {
            List<Named> found = byWord.getOrDefault(word, List.of());
            if (found.size() <= COMMON_WORD) {
                reachable.addAll(found);
            }
        }
        Map<Named, Integer> shared = new HashMap<>();
        Set<String> trigrams = trigrams(compact);
        for (String trigram : trigrams) {
            for (Named named : byTrigram.getOrDefault(trigram, List.of())) {
                shared.merge(named, 1, Integer::sum);
            }
        }
        shared.forEach((named, count) -> {
            if (count * 5 >= trigrams.size() * 2) {
                reachable.add(named);
            }
        });
        return reachable;
    }

    private Alike compare(CompanyName given, String compact, Named named) {
        CompanyName name = named.name();
        Entry customer = named.customer();
        if (compact.equals(named.compact())) {
            return new Alike(customer, SAME, "the name is the same");
        }
        List<String> ours = name.distinctive();
        if (String.join("", given.distinctive()).equals(String.join("", ours))) {
            return new Alike(customer, SAME_BUT_GENERIC_WORDS, "the name is the same but for words like group");
        }
        if (abbreviates(given.words(), name.words()) || abbreviates(name.words(), given.words())) {
            return new Alike(customer, ABBREVIATED, "the name is the same with abbreviations");
        }
        int typos = typos(compact, named.compact(), named.digits());
        if (typos >= 0) {
            boolean sure =
                    typos == 1 && Math.min(compact.length(), named.compact().length()) >= LONG_NAME;
            return new Alike(
                    customer, sure ? ONE_SLIP : SLIPS - A_SLIP_LESS * typos, "the name is the same but for a slip");
        }
        if (begins(given.words(), name.words())) {
            boolean one = given.words().size() == 1;
            return new Alike(customer, one ? ONE_WORD_OF_IT : BEGINS_IT, "the name begins like its name");
        }
        if (begins(name.words(), given.words())) {
            boolean one = name.words().size() == 1;
            return new Alike(customer, one ? ONE_WORD_OF_IT : BEGUN_BY_IT, "the name begins with its name");
        }
        if (name.initials().contains(compact)) {
            return new Alike(customer, compact.length() > 2 ? INITIALS : INITIALS / 2, "the name is its initials");
        }
        double alike = LIKENESS.apply(compact, named.compact());
        return alike < LIKELY
                ? new Alike(customer, SHARED_WORDS * shared(given, name), "the names share words")
                : new Alike(
                        customer,
                        Math.max(SHARED_WORDS * shared(given, name), SHARED_WORDS * alike),
                        "the names are alike");
    }

    /** Word by word the same or the short for it, and as many words. */
    private static boolean abbreviates(List<String> shorter, List<String> longer) {
        if (shorter.size() != longer.size()) {
            return false;
        }
        int same = 0;
        for (int i = 0; i < shorter.size(); i++) {
            String brief = shorter.get(i);
            String whole = longer.get(i);
            if (brief.equals(whole)) {
                same++;
            } else if (brief.length() < 2 || brief.length() > whole.length() - 2 || !standsFor(brief, whole)) {
                return false;
            }
        }
        return same > 0;
    }

    /** The beginning, or consonants in their order, as in {@code mfg}. */
    private static boolean standsFor(String brief, String whole) {
        if (whole.startsWith(brief)) {
            return brief.length() >= 3;
        }
        if (brief.charAt(0) != whole.charAt(0)
                || brief.length() > 5
                || brief.chars().anyMatch(c -> "aeiou".indexOf(c) > 0)) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < brief.length(); i++) {
            at = whole.indexOf(brief.charAt(i), at) + 1;
            if (at == 0) {
                return false;
            }
        }
        return true;
    }

    /** How many letters to mend, or −1 if that is too many for the length, or a digit. */
    private static int typos(String given, String name, String digits) {
        int length = Math.min(given.length(), name.length());
        int allowed = length < 5 ? 0 : length < 9 ? 1 : length < 16 ? 2 : 3;
        if (allowed == 0
                || Math.abs(given.length() - name.length()) > allowed
                || !digits(given).equals(digits)) {
            return -1;
        }
        int distance = DISTANCE.apply(given, name);
        if (distance == 2 && letters(given).equals(letters(name))) {
            return 1;
        }
        return distance <= allowed ? distance : -1;
    }

    private static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        text.chars().filter(Character::isDigit).forEach(digits::appendCodePoint);
        return digits.toString();
    }

    private static String letters(String text) {
        char[] letters = text.toCharArray();
        Arrays.sort(letters);
        return new String(letters);
    }

    private static boolean begins(List<String> beginning, List<String> whole) {
        return beginning.size() < whole.size()
                && whole.subList(0, beginning.size()).equals(beginning);
    }

    /** The share of the two names' words that both have, rare words counting more. */
    private double shared(CompanyName one, CompanyName other) {
        Set<String> all = new HashSet<>(one.words());
        all.addAll(other.words());
        double common = 0;
        double total = 0;
        for (String word : all) {
            double weight = weight(word);
            total += weight;
            if (one.words().contains(word) && other.words().contains(word)) {
                common += weight;
            }
        }
        return total == 0 ? 0 : common / total;
    }

    private double weight(String word) {
        int names = byWord.getOrDefault(word, List.of()).size();
        return word.equals("and") ? 0 : Math.log((size + 1.0) / (names + 0.5));
    }

    private static Set<String> trigrams(String text) {
        Set<String> trigrams = new HashSet<>();
        for (int i = 0; i + 3 <= text.length(); i++) {
            trigrams.add(text.substring(i, i + 3));
        }
        return trigrams;
    }
}
