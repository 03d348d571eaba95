package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Names.Person;
import ai.cscx.chorus.agent.Roster.KnownCustomer;
import ai.cscx.chorus.date.DatePhrases;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who is named in a sentence, and where. */
final class Mentions {
    private static final int MAX_WORDS = 7;
    private static final Set<String> BEFORE_NAMES = Vocabulary.words("""
            with w for at from by to and did does has have on of only in about is are what vs or just call calls
            meeting meetings items summary transcript show
            """);
    private static final Set<String> TOPIC_LEADS = Vocabulary.words("""
            about mention mentions mentioned mentioning regarding concerning discuss discussed discussing
            describe described describing raise raised bring brought
            """);
    private static final Set<String> INTO_NAMES =
            Set.of("with", "w", "for", "at", "from", "by", "to", "did", "does", "has", "have", "in");

    /** First and last names that are words of their own. */
    private static final Set<String> COMMON_NAMES = Vocabulary.words("""
            mark grant will bill june may april august art hope faith grace joy rose ray kit park stone hale
            cole marsh crane porter pierce page chase drew pat rob sue dale long young short price case banks
            brown green white black gray king field wood woods hill lane cook baker carter hunter fisher miller
            taylor love best major frank guy jack jay lee max miles nick rich summer violet beck lin wu ek ng so
            an do day jan mae van de adler tanner
            """);

    private final Sentence sentence;
    private final Names names;
    private final boolean[] taken;
    private final List<Customer> customers = new ArrayList<>();
    private final List<Named> people = new ArrayList<>();
    private final List<String> strangers = new ArrayList<>();

    /**
     * Customers that a stretch of words fits.
     *
     * @param first its first word
     * @param after the word after it
     * @param fits one if it is clear, several if it isn't
     */
    record Customer(int first, int after, List<KnownCustomer> fits) {}

    /** People that a stretch of words fits; several if it isn't clear. */
    record Named(int first, int after, List<Person> fits) {}

    private Mentions(Sentence sentence, Names names) {
        this.sentence = sentence;
        this.names = names;
        this.taken = new boolean[sentence.size()];
    }

    static Mentions find(Sentence sentence, Names names) {
        Mentions mentions = new Mentions(sentence, names);
        mentions.exactly();
        mentions.customersBy(mentions.names.leading, mentions::leadingHolds);
        mentions.peopleByPart();
        new Misspelled(mentions, names).find();
        mentions.customers.sort(Comparator.comparingInt(Customer::first));
        mentions.people.sort(Comparator.comparingInt(Named::first));
        return mentions;
    }

    List<Customer> customers() {
        return customers;
    }

    /** Names, as typed, that begin like somebody's and go on like nobody's. */
    List<String> strangers() {
        return strangers;
    }

    List<Named> people() {
        return people;
    }

    boolean taken(int word) {
        return taken[word];
    }

    Sentence sentence() {
        return sentence;
    }

    private void exactly() {
        for (int length = Math.min(MAX_WORDS, sentence.size()); length >= 1; length--) {
            for (int first = 0; first + length <= sentence.size(); first++) {
                if (free(first, first + length)) {
                    exactly(first, first + length);
                }
            }
        }
    }

    private void exactly(int first, int after) {
        String key = key(first, after);
        Set<Person> email = names.emails.get(sentence.folded(first));
        if (after == first + 1 && email != null) {
            take(first, after, email);
            return;
        }
        Set<KnownCustomer> customer = names.names.get(key);
        customer = customer != null ? customer : names.aliases.get(key);
        customer = customer != null ? customer : names.initials.get(key);
        if (customer != null && exactHolds(first, after)) {
            claim(first, after, customer);
            return;
        }
        Set<Person> person = after - first > 1 || sentence.folded(first).length() > 5 ? names.people.get(key) : null;
        if (person != null
                && (after - first > 1
                        || person.stream().noneMatch(one -> one.known().name().equals(key)))) {
            take(first, after, person);
        }
    }

    /** Whether a word that is a whole name is meant as one: ordinary words need a sign, two letters need capitals. */
    private boolean exactHolds(int first, int after) {
        if (after - first > 1) {
            return !onlyFunctionWords(first, after);
        }
        Sentence.Word word = sentence.word(first);
        if (DatePhrases.dateWord(word.folded()) || Vocabulary.function(word.folded())) {
            return word.quoted()
                    || sentence.capitalsMean(first)
                            && sentence.folded(first - 1).matches("with|w|for|at");
        }
        if (word.folded().length() <= 2 && !word.folded().chars().anyMatch(Character::isDigit)) {
            return word.shouting();
        }
        return !Vocabulary.ordinary(word.folded()) || evidence(first, after);
    }

    private boolean leadingHolds(int first, int after) {
        if (after - first > 1) {
            return !onlyFunctionWords(first, after);
        }
        Sentence.Word word = sentence.word(first);
        if (word.folded().length() < 3 || DatePhrases.dateWord(word.folded()) || Vocabulary.commanding(word.folded())) {
            return false;
        }
        if (onlyTopic(first)) {
            return false;
        }
        return !Vocabulary.ordinary(word.folded()) || sentence.capitalsMean(first);
    }

    private void customersBy(
            Map<String, Set<KnownCustomer>> keys, java.util.function.BiPredicate<Integer, Integer> holds) {
        for (int length = Math.min(MAX_WORDS, sentence.size()); length >= 1; length--) {
            for (int first = 0; first + length <= sentence.size(); first++) {
                Set<KnownCustomer> fits = free(first, first + length) ? keys.get(key(first, first + length)) : null;
                if (fits != null && holds.test(first, first + length)) {
                    claim(first, first + length, fits);
                }
            }
        }
    }

    /** Takes the words, unless the name goes on in a way that makes it another's. */
    void claim(int first, int after, Set<KnownCustomer> fits) {
        int end = after;
        while (end < sentence.size()
                && !taken[end]
                && Vocabulary.legalForm(sentence.folded(end))
                && !sentence.folded(end).equals("as")) {
            end++;
        }
        if (end < sentence.size() && !taken[end] && end == after && goesOn(first, end, fits)) {
            int last = end + 1;
            while (last < sentence.size()
                    && !taken[last]
                    && sentence.capitalsMean(last)
                    && !Vocabulary.commanding(sentence.folded(last))
                    && !DatePhrases.dateWord(sentence.folded(last))) {
                last++;
            }
            mark(first, last);
            strangers.add(sentence.typed(first, last));
            customers.add(new Customer(first, last, List.of()));
            return;
        }
        if (end < sentence.size() && !taken[end] && continues(end, fits)) {
            end++;
        }
        mark(first, end);
        customers.add(new Customer(first, end, List.copyOf(fits)));
    }

    /** "Granite Peak Bank" is not Granite Peak: the next word belongs to the name, and no candidate has it. */
    private boolean goesOn(int first, int next, Set<KnownCustomer> fits) {
        Sentence.Word word = sentence.word(next);
        boolean apart = sentence.word(next - 1).possessive()
                || sentence.text()
                        .substring(sentence.word(next - 1).end(), word.start())
                        .matches(".*[^\\s-].*");
        boolean wholeName = names.names.containsKey(key(first, next))
                || names.aliases.containsKey(key(first, next))
                || names.initials.containsKey(key(first, next));
        boolean capital = sentence.capitalsMean(next)
                && !word.shouting()
                && sentence.word(first).capital();
        if (apart || DatePhrases.dateWord(word.folded()) || continues(next, fits)) {
            return false;
        }
        if (capital && !wholeName && !Vocabulary.function(word.folded()) && partOfName(next + 1)) {
            return true;
        }
        if (Vocabulary.commanding(word.folded())
                || names.firstNames.containsKey(word.folded())
                || Character.isDigit(word.folded().charAt(0))
                || word.quoted() != sentence.word(first).quoted()) {
            return false;
        }
        if (Vocabulary.trade(word.folded()) && !inTopic(next)) {
            return true;
        }
        if (!Vocabulary.corrected(word.folded()).equals(word.folded())) {
            return false;
        }
        if (capital) {
            return !Vocabulary.ordinary(word.folded());
        }
        boolean led = Set.of("with", "w", "for").contains(sentence.folded(first - 1)) && !inTopic(first);
        return !wholeName && led && !Vocabulary.ordinary(word.folded());
    }

    /** "Northwind Health Partners" is not Northwind Freight: an ordinary word within a name is followed by more of it. */
    private boolean partOfName(int next) {
        return next < sentence.size()
                && !taken[next]
                && sentence.capitalsMean(next)
                && sentence.word(next).capital()
                && !sentence.word(next).shouting()
                && !Vocabulary.commanding(sentence.folded(next))
                && !DatePhrases.dateWord(sentence.folded(next));
    }

    private boolean continues(int next, Set<KnownCustomer> fits) {
        String word = sentence.folded(next);
        return word.length() >= 4
                && !Vocabulary.commanding(word)
                && fits.stream()
                        .flatMap(fit -> Names.words(fit.name()).stream())
                        .anyMatch(part -> part.length() >= 4 && part.startsWith(word.substring(0, 4)));
    }

    private void peopleByPart() {
        for (int first = 0; first < sentence.size(); first++) {
            if (!taken[first]) {
                peopleByPart(first);
            }
        }
    }

    private void peopleByPart(int first) {
        String word = sentence.folded(first);
        for (int after = Math.min(first + 3, sentence.size()); after > first + 1; after--) {
            Set<Person> compound = free(first, after) ? names.firstNames.get(key(first, after)) : null;
            if (compound != null) {
                take(first, after, compound);
                return;
            }
        }
        Set<Person> fits = names.firstNames.get(word);
        fits = fits != null ? fits : names.lastNames.get(word);
        boolean sure = sentence.word(first).possessive() || evidence(first, first + 1);
        boolean common = Vocabulary.ordinary(word) || DatePhrases.dateWord(word) || COMMON_NAMES.contains(word);
        if (fits == null && word.length() >= 3 && sure && !Vocabulary.ordinary(word) && !DatePhrases.dateWord(word)) {
            fits = Misspelled.unique(names.firstNames, name -> name.startsWith(word));
        }
        if (fits == null
                || common
                        && !(DatePhrases.dateWord(word)
                                ? sentence.word(first).possessive()
                                : sure && !inTopic(first))) {
            return;
        }
        int next = first + 1;
        if (next < sentence.size()
                && !taken[next]
                && sentence.folded(next).length() == 1
                && !sentence.word(first).possessive()) {
            String initial = sentence.folded(next);
            List<Person> narrowed = fits.stream()
                    .filter(fit -> Names.words(fit.known().name()).getLast().startsWith(initial))
                    .toList();
            if (!narrowed.isEmpty() && !initial.equals("a") && !initial.equals("i")) {
                take(first, next + 1, Set.copyOf(narrowed));
                return;
            }
        }
        if (!anotherName(next)) {
            take(first, next, fits);
        }
    }

    /** "Sarah Connor" is not Sarah Penrose. */
    private boolean anotherName(int next) {
        return next < sentence.size()
                && !taken[next]
                && !sentence.word(next - 1).possessive()
                && sentence.capitalsMean(next)
                && sentence.word(next - 1).capital()
                && !sentence.word(next).shouting()
                && !Vocabulary.ordinary(sentence.folded(next))
                && !DatePhrases.dateWord(sentence.folded(next));
    }

    /** Whether something else than spelling says that this is a name. */
    boolean evidence(int first, int after) {
        Sentence.Word last = sentence.word(after - 1);
        return sentence.capitalsMean(first)
                || last.possessive()
                || first > 0 && BEFORE_NAMES.contains(sentence.folded(first - 1))
                || after < sentence.size()
                        && Set.of("call", "calls", "meeting", "meetings", "items", "transcript")
                                .contains(sentence.folded(after));
    }

    /** Whether the word is part of what was talked about, with no sign that somebody is meant. */
    boolean onlyTopic(int word) {
        return inTopic(word) && !INTO_NAMES.contains(sentence.folded(word - 1)) && !sentence.capitalsMean(word);
    }

    boolean inTopic(int word) {
        for (int i = word - 1; i >= 0; i--) {
            if (TOPIC_LEADS.contains(sentence.folded(i))) {
                return i > 0
                        && !(sentence.folded(i - 1).equals("what")
                                || sentence.folded(i - 1).equals("how"));
            }
        }
        return false;
    }

    private boolean onlyFunctionWords(int first, int after) {
        for (int i = first; i < after; i++) {
            if (!Vocabulary.function(sentence.folded(i))) {
                return false;
            }
        }
        return true;
    }

    /** Somebody with two e-mail addresses is one: a tool is told the name. */
    void take(int first, int after, Set<Person> fits) {
        mark(first, after);
        Map<String, Person> byName = new LinkedHashMap<>();
        fits.forEach(fit -> byName.putIfAbsent(fit.team() + fit.known().name(), fit));
        people.add(new Named(first, after, List.copyOf(byName.values())));
    }

    private void mark(int first, int after) {
        for (int i = first; i < after; i++) {
            taken[i] = true;
        }
    }

    boolean free(int first, int after) {
        if (sentence.folded(first).equals("and") || sentence.folded(after - 1).equals("and")) {
            return false;
        }
        for (int i = first; i < after; i++) {
            if (taken[i] || i < after - 1 && sentence.word(i).possessive()) {
                return false;
            }
        }
        return true;
    }

    String key(int first, int after) {
        return Names.key(sentence.words().subList(first, after).stream()
                .map(Sentence.Word::folded)
                .toList());
    }
}
