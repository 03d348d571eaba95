package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.agent.Answer.Option;
import ai.cscx.chorus.agent.Arguments.Misuse;
import ai.cscx.chorus.agent.Roster.KnownCustomer;
import ai.cscx.chorus.agent.Roster.KnownPerson;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.date.Folding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks the names in a tool call up once more, whoever wrote them, among those that the asker may see: whole names, then
 * aliases, then first words that fit one. Never the nearest. What is found replaces what was written.
 */
final class Directory {
    private final Question question;

    Directory(Question question) {
        this.question = question;
    }

    /** The customers named in {@code customer}; empty if none is named. */
    Set<CustomerId> customers(Arguments arguments) {
        List<String> typed = arguments.texts("customer");
        if (typed.isEmpty()) {
            return Set.of();
        }
        Set<KnownCustomer> found = new LinkedHashSet<>();
        typed.forEach(name -> found.add(customer(name)));
        List<String> names = found.stream().map(KnownCustomer::name).toList();
        arguments.put("customer", names.size() == 1 ? names.getFirst() : names);
        return found.stream().map(KnownCustomer::id).collect(Collectors.toSet());
    }

    private KnownCustomer customer(String typed) {
        List<KnownCustomer> all = question.roster().customers();
        String key = key(typed);
        List<KnownCustomer> fits = firstThatFit(
                all,
                one -> key(one.name()).equals(key),
                one -> one.aliases().stream().anyMatch(alias -> key(alias).equals(key)),
                one -> leads(key, one.name()) || one.aliases().stream().anyMatch(alias -> leads(key, alias)));
        if (fits.size() == 1) {
            return fits.getFirst();
        }
        if (fits.isEmpty()) {
            question.unknown(Help.noSuchCustomer(typed));
            throw new Misuse("There is no such customer for this asker. Say so; do not take another one.");
        }
        question.offer(fits.stream()
                .map(one -> new Option(one.name(), "Show calls for " + one.name()))
                .toList());
        throw new Misuse("Several customers fit: "
                + fits.stream().map(KnownCustomer::name).collect(Collectors.joining("; "))
                + ". Ask which one is meant.");
    }

    /** The colleague named in an argument; null if none is. */
    @Nullable
    Person colleague(Arguments arguments, String argument) {
        String typed = arguments.text(argument);
        if (typed == null) {
            return null;
        }
        String key = key(typed);
        if (Set.of("me", "i", "my", "mine", "myself").contains(key)) {
            return canonical(arguments, argument, self());
        }
        List<Person> fits = firstThatFit(
                question.people(),
                one -> key(one.name()).equals(key) || one.email().equalsIgnoreCase(typed),
                one -> leads(key, one.name()));
        if (fits.size() == 1) {
            return canonical(arguments, argument, fits.getFirst());
        }
        if (fits.isEmpty()) {
            question.unknown(Help.nobody(typed));
            throw new Misuse("\"" + argument + "\" names no colleague. Say so; do not take another one.");
        }
        throw new Misuse("Several colleagues fit: "
                + fits.stream().map(Person::name).collect(Collectors.joining("; ")) + ". Ask which one is meant.");
    }

    private Person self() {
        return question.people().stream()
                .filter(one -> one.id().equals(question.asker().id()))
                .findFirst()
                .orElseThrow(() -> new Misuse("The asker is no colleague with calls or tasks."));
    }

    private static Person canonical(Arguments arguments, String argument, Person found) {
        arguments.put(argument, found.name());
        return found;
    }

    /** The name of the person, on whichever side, in {@code participant}; null if none is named. */
    @Nullable
    KnownPerson participant(Arguments arguments) {
        String typed = arguments.text("participant");
        if (typed == null) {
            return null;
        }
        String key = key(typed);
        List<KnownPerson> everybody = Stream.concat(
                        question.roster().contacts().stream(), question.roster().team().stream())
                .toList();
        List<KnownPerson> fits = firstThatFit(
                everybody,
                one -> key(one.name()).equals(key) || typed.equalsIgnoreCase(one.email()),
                one -> leads(key, one.name()));
        List<String> names = fits.stream().map(KnownPerson::name).distinct().toList();
        if (names.isEmpty()) {
            question.unknown(Help.nobody(typed));
            throw new Misuse("\"participant\" names nobody in the calls that the asker may see. Say so.");
        }
        if (names.size() > 1) {
            throw new Misuse("Several people fit: " + String.join("; ", names) + ". Ask which one is meant.");
        }
        arguments.put("participant", names.getFirst());
        return fits.getFirst();
    }

    @SafeVarargs
    private static <T> List<T> firstThatFit(List<T> all, Predicate<T>... ways) {
        for (Predicate<T> way : ways) {
            List<T> fits = new ArrayList<>();
            all.stream().filter(way).forEach(fits::add);
            if (!fits.isEmpty()) {
                return fits;
            }
        }
        return List.of();
    }

    /** Whether the name begins with exactly these words. */
    private static boolean leads(String key, String name) {
        StringBuilder words = new StringBuilder();
        for (String word : Folding.fold(Folding.tidy(name)).split("[^\\p{L}\\p{N}]+")) {
            words.append(word);
            if (words.toString().equals(key)) {
                return !key.isEmpty();
            }
        }
        return false;
    }

    private static String key(String name) {
        return Folding.fold(Folding.tidy(name))
                .replaceAll("[^\\p{L}\\p{N}]+", "")
                .toLowerCase(Locale.ROOT);
    }
}
