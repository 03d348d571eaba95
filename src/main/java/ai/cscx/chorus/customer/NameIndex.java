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
    private static final double SAME_BUT_AND = 0.97;
    private static final double MAY_BE_ANOTHERS = 0.85;
    private static final double ABBREVIATED = 0.9;
    private static final double BEGINS_IT = 0.75;
    private static final double BEGUN_BY_IT = 0.7;
    private static final double ONE_WORD_OF_IT = 0.65;
    private static final double INITIALS = 0.7;
    private static final double ONE_SLIP = 0.92;
    private static final double SLIPS = 0.8;
    private static final double A_SLIP_LESS = 0.05;
    private static final double A_WRONG_LETTER_LESS = 0.01;
    private static final double IS_ITS_DOMAIN = 0.95;
    private static final double LIKE_ITS_DOMAIN = 0.9;
    private static final double PART_OF_ITS_DOMAIN = 0.5;
    /** One wrong letter in fewer makes another name. */
    private static final int LONG_NAME = 10;

    private static final int LONG_PIECE = 6;
    private static final double SHARED_WORDS = 0.6;
    /** Names change at their end: the same first word says more than letters that happen to be alike. */
    private static final double SAME_FIRST_WORD = 0.58;

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
    private final List<Named> all = new ArrayList<>();

    /**
     * One of the names of a customer.
     *
     * @param number its place among all, by which it is told from others: to hash all letters of all names again and
     *     again took most of the time of a comparison
     */
    private record Named(int number, Entry customer, CompanyName name, String compact, String digits) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Named named && named.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    /**
     * A customer that a name may mean.
     *
     * @param score 1 = the same name
     */
    record Alike(Entry customer, double score, String why) {}

    NameIndex(Collection<Entry> customers) {
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
                Named named = new Named(all.size(), customer, name, name.compact(), Spelling.digits(name.compact()));
                all.add(named);
                add(byCompact, named.compact(), named);
                name.initials().forEach(initials -> add(byInitials, initials, named));
                new HashSet<>(name.words()).forEach(word -> add(byWord, word, named));
                Spelling.trigrams(named.compact()).forEach(trigram -> add(byTrigram, trigram, named));
            }
        }
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
        // Whoever names a company writes its domain alike, with hyphens for blanks.
        mentioned(MailDomains.lineage(domain).getLast().replaceFirst("\\..*", ""))
                .forEach(named -> alike.add(
                        new Alike(named.customer(), PART_OF_ITS_DOMAIN * named.score(), "an address holds its name")));
        byLabel.forEach((known, customers) -> {
            boolean near = known.length() >= LONG_PIECE && Math.abs(known.length() - label.length()) <= 2;
            int distance = near ? DISTANCE.apply(label, known) : -1;
            boolean slip = distance >= 0 && distance <= 2;
            boolean piece = known.length() >= LONG_PIECE && label.contains(known)
                    || label.length() >= LONG_PIECE && known.contains(label);
            if (slip || piece) {
                // Hands leave letters out more often than they hit wrong ones.
                double wrong = known.length() == label.length() ? A_WRONG_LETTER_LESS : 0;
                double score = slip ? LIKE_ITS_DOMAIN - A_SLIP_LESS * distance - wrong : PART_OF_ITS_DOMAIN;
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
        withoutAnd(best);
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

    /** Who leaves out "and" writes carelessly, and may have left out the rest of a longer name as well. */
    private static void withoutAnd(Map<Entry, Alike> best) {
        boolean same = best.values().stream().anyMatch(alike -> alike.score() == SAME);
        boolean begun = best.values().stream().anyMatch(alike -> alike.score() == BEGINS_IT);
        if (!same && begun) {
            best.replaceAll((customer, alike) -> alike.score() == SAME_BUT_AND
                    ? new Alike(customer, MAY_BE_ANOTHERS, alike.why() + ", and begins another's")
                    : alike);
        }
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
                        && Spelling.begins(
                                words.subList(from, from + 2), named.name().words())) {
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
        int[] shared = new int[all.size()];
        Set<String> trigrams = Spelling.trigrams(compact);
        for (String trigram : trigrams) {
            for (Named named : byTrigram.getOrDefault(trigram, List.of())) {
                shared[named.number()]++;
            }
        }
        for (Named named : all) {
            if (shared[named.number()] > 0 && shared[named.number()] * 5 >= trigrams.size() * 2) {
                reachable.add(named);
            }
        }
        return reachable;
    }

    private Alike compare(CompanyName given, String compact, Named named) {
        CompanyName name = named.name();
        Entry customer = named.customer();
        if (compact.equals(named.compact())) {
            return given.words().contains("and") == name.words().contains("and")
                    ? new Alike(customer, SAME, "the name is the same")
                    : new Alike(customer, SAME_BUT_AND, "the name is the same but for \"and\"");
        }
        List<String> ours = name.distinctive();
        if (String.join("", given.distinctive()).equals(String.join("", ours))) {
            return new Alike(customer, SAME_BUT_GENERIC_WORDS, "the name is the same but for words like group");
        }
        if (Spelling.abbreviates(given.words(), name.words()) || Spelling.abbreviates(name.words(), given.words())) {
            return new Alike(customer, ABBREVIATED, "the name is the same with abbreviations");
        }
        int typos = Spelling.typos(compact, named.compact(), named.digits());
        if (typos >= 0) {
            boolean sure =
                    typos == 1 && Math.min(compact.length(), named.compact().length()) >= LONG_NAME;
            return new Alike(
                    customer, sure ? ONE_SLIP : SLIPS - A_SLIP_LESS * typos, "the name is the same but for a slip");
        }
        if (Spelling.begins(given.words(), name.words())) {
            boolean one = given.words().size() == 1;
            return new Alike(customer, one ? ONE_WORD_OF_IT : BEGINS_IT, "the name begins like its name");
        }
        if (Spelling.begins(name.words(), given.words())) {
            boolean one = name.words().size() == 1;
            return new Alike(customer, one ? ONE_WORD_OF_IT : BEGUN_BY_IT, "the name begins with its name");
        }
        if (name.initials().contains(compact)) {
            return new Alike(customer, compact.length() > 2 ? INITIALS : INITIALS / 2, "the name is its initials");
        }
        double shared = shared(given, name);
        double alike = LIKENESS.apply(compact, named.compact());
        if (given.words().getFirst().equals(name.words().getFirst())) {
            return new Alike(
                    customer, SAME_FIRST_WORD + (SHARED_WORDS - SAME_FIRST_WORD) * shared, "the names begin alike");
        }
        return alike < LIKELY
                ? new Alike(customer, SHARED_WORDS * shared, "the names share words")
                : new Alike(customer, Math.max(SHARED_WORDS * shared, SHARED_WORDS * alike), "the names are alike");
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
        return word.equals("and") ? 0 : Math.log((all.size() + 1.0) / (names + 0.5));
    }
}
