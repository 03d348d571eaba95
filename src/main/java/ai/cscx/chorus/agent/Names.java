package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Roster.KnownCustomer;
import ai.cscx.chorus.agent.Roster.KnownPerson;
import ai.cscx.chorus.date.Folding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ways in which those in a roster can be called, each as one key: folded words run together, "and" and legal forms
 * left out, so that "Petro Luna", "PetroLuna" and "petroluna" are one.
 */
final class Names {
    private static final int MIN_INITIALS = 3;

    /** Somebody on our side or the customers'. */
    record Person(KnownPerson known, boolean team) {}

    /** One way to call a customer, in words. */
    record Form(KnownCustomer customer, List<String> words, String key) {}

    final Map<String, Set<KnownCustomer>> names = new LinkedHashMap<>();
    final Map<String, Set<KnownCustomer>> aliases = new LinkedHashMap<>();
    final Map<String, Set<KnownCustomer>> initials = new LinkedHashMap<>();
    /** First words of names and aliases, all but the last word at most. */
    final Map<String, Set<KnownCustomer>> leading = new LinkedHashMap<>();

    final List<Form> forms = new ArrayList<>();
    final Map<String, Set<Person>> emails = new LinkedHashMap<>();
    final Map<String, Set<Person>> people = new LinkedHashMap<>();
    final Map<String, Set<Person>> firstNames = new LinkedHashMap<>();
    final Map<String, Set<Person>> lastNames = new LinkedHashMap<>();

    Names(Roster roster) {
        for (KnownCustomer customer : roster.customers()) {
            List<String> full = words(customer.name());
            List<String> bare = withoutLegalForm(full);
            put(names, key(full), customer);
            put(names, key(bare), customer);
            lead(customer, bare);
            abbreviate(customer, bare);
            for (String alias : customer.aliases()) {
                List<String> words = words(alias);
                put(aliases, key(words), customer);
                put(aliases, key(withoutLegalForm(words)), customer);
                lead(customer, words);
            }
        }
        roster.team().forEach(person -> add(new Person(person, true)));
        roster.contacts().forEach(person -> add(new Person(person, false)));
    }

    private void lead(KnownCustomer customer, List<String> words) {
        forms.add(new Form(customer, words, key(words)));
        for (int count = 1; count < words.size(); count++) {
            String last = words.get(count - 1);
            if (last.length() > 1
                    && !Vocabulary.function(last)
                    && !(count == 1 && words.getFirst().equals("the"))) {
                put(leading, key(words.subList(0, count)), customer);
            }
        }
    }

    private void abbreviate(KnownCustomer customer, List<String> words) {
        StringBuilder first = new StringBuilder();
        StringBuilder withAnd = new StringBuilder();
        for (String word : words) {
            withAnd.append(word.charAt(0));
            first.append(word.equals("and") ? "" : word.substring(0, 1));
        }
        for (String abbreviation : new String[] {first.toString(), withAnd.toString()}) {
            if (abbreviation.length() >= MIN_INITIALS && !Vocabulary.ordinary(abbreviation)) {
                put(initials, abbreviation, customer);
            }
        }
    }

    private void add(Person person) {
        List<String> words = words(person.known.name());
        put(people, key(words), person);
        put(firstNames, words.getFirst(), person);
        if (words.size() > 1 && words.getLast().chars().anyMatch(Character::isLetter)) {
            // "Guest 1" is called that and not by its number, which is often a day.
            put(lastNames, words.getLast(), person);
            put(people, words.getFirst() + words.getLast(), person);
        }
        for (int last = 2; last < words.size(); last++) {
            put(firstNames, key(words.subList(0, last)), person);
        }
        String email = person.known.email();
        if (email != null) {
            put(emails, Folding.fold(email), person);
        }
    }

    static List<String> words(String name) {
        return Sentence.of(name).words().stream().map(Sentence.Word::folded).toList();
    }

    static List<String> withoutLegalForm(List<String> words) {
        int count = words.size();
        while (count > 1
                && (Vocabulary.legalForm(words.get(count - 1))
                        || words.get(count - 1).length() == 1 && count > 2)) {
            count--;
        }
        return words.subList(words.getFirst().equals("the") && count > 1 ? 1 : 0, count);
    }

    static String key(List<String> words) {
        StringBuilder key = new StringBuilder();
        for (String word : words) {
            key.append(word.equals("and") ? "" : word.replace(".", ""));
        }
        return key.toString();
    }

    private static <T> void put(Map<String, Set<T>> map, String key, T value) {
        if (!key.isEmpty()) {
            map.computeIfAbsent(key, unused -> new LinkedHashSet<>()).add(value);
        }
    }
}
