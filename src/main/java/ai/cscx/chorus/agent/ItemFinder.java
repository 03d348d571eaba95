package ai.cscx.chorus.agent;

import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.date.Folding;
import ai.cscx.chorus.task.ActionItem;
import ai.cscx.chorus.task.Task;
import ai.cscx.chorus.task.Tasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the open action item, or the task that nobody promised in a call, that somebody means by some words. */
final class ItemFinder {
    private static final int MOST = 200;
    /** So much of the words must stand in an item for it to be meant. */
    private static final double ENOUGH = 0.5;

    private static final int STEM = 4;

    private final Verbs verbs;
    private final Question question;

    ItemFinder(Verbs verbs, Question question) {
        this.verbs = verbs;
        this.question = question;
    }

    /**
     * Something that can be completed.
     *
     * @param id of the action item; of the task where there is no item
     */
    record Completable(
            UUID id, boolean isTask, String text, @Nullable String customer) {
        static Completable of(ActionItem item) {
            return new Completable(item.id(), false, item.text(), item.customerName());
        }

        static Completable of(Task task) {
            return new Completable(task.id().value(), true, task.title(), task.customerName());
        }
    }

    /** What is open for these customers, for the people who take part. */
    List<Completable> open(Arguments arguments) {
        Directory directory = new Directory(question);
        var customers = directory.customers(arguments);
        Roster.KnownPerson participant = directory.participant(arguments);
        List<Completable> open = new ArrayList<>();
        verbs.actionItems()
                .list(
                        question.asker(),
                        new Tasks.ItemFilter(
                                customers,
                                null,
                                TimeRange.ALWAYS,
                                Set.of(Task.Status.OPEN),
                                null,
                                participant == null ? null : participant.name(),
                                List.of(),
                                null,
                                null),
                        MOST)
                .items()
                .forEach(item -> open.add(Completable.of(item)));
        UserId nobody = null;
        verbs
                .tasks()
                .list(question.asker(), new Tasks.TaskFilter(null, nobody, Task.Status.OPEN, null), null, MOST)
                .items()
                .stream()
                .filter(task -> task.actionItem() == null)
                .filter(task -> customers.isEmpty() || task.customer() != null && customers.contains(task.customer()))
                .forEach(task -> open.add(Completable.of(task)));
        return open;
    }

    /** Those that hold most of the words, best first; all that are equally good. */
    static List<Completable> named(String words, List<Completable> open) {
        Set<String> wanted = stems(words);
        if (wanted.isEmpty()) {
            return List.of();
        }
        double best = open.stream().mapToDouble(one -> share(wanted, one)).max().orElse(0);
        return best < ENOUGH
                ? List.of()
                : open.stream()
                        .filter(one -> share(wanted, one) == best)
                        .sorted(Comparator.comparing(Completable::text))
                        .toList();
    }

    private static double share(Set<String> wanted, Completable one) {
        Set<String> there = stems(one.text());
        return wanted.stream().filter(there::contains).count() / (double) wanted.size();
    }

    private static Set<String> stems(String text) {
        return Arrays.stream(Folding.fold(text).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty() && !Vocabulary.function(word))
                .flatMap(word -> Stream.of(
                        word.length() > STEM + 1 ? word.substring(0, Math.max(STEM, word.length() - 3)) : word))
                .collect(Collectors.toSet());
    }
}
