package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.agent.Answer.Option;
import ai.cscx.chorus.agent.Arguments.Misuse;
import ai.cscx.chorus.agent.ItemFinder.Completable;
import ai.cscx.chorus.base.CustomerId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tools that change something. They only propose; what is carried out is what somebody said yes to. */
final class TaskTools {
    private static final int MOST_OPTIONS = 5;

    private final Verbs verbs;
    private final Question question;
    private final Arguments arguments;

    TaskTools(Verbs verbs, Question question, Arguments arguments) {
        this.verbs = verbs;
        this.question = question;
        this.arguments = arguments;
    }

    Finding create() {
        String title = arguments.text("task");
        if (title == null) {
            throw new Misuse("What is to be done? \"task\" is missing.");
        }
        Directory directory = new Directory(question);
        Set<CustomerId> customers = directory.customers(arguments);
        if (customers.size() > 1) {
            throw new Misuse("A task is for one customer; make one for each.");
        }
        directory.participant(arguments);
        Person assignee = directory.colleague(arguments, "assignee");
        LocalDate due = arguments.day("due");
        UUID assigned =
                assignee == null ? question.asker().id().value() : assignee.id().value();
        StringBuilder summary = new StringBuilder("Create the task “" + Wording.inline(title, 300) + "”");
        String customer = arguments.text("customer");
        summary.append(customer == null ? "" : " for " + customer);
        summary.append(due == null ? ", without a due date" : ", due " + Wording.day(due));
        summary.append(", assigned to ").append(assignee == null ? "you" : assignee.name());
        return Finding.proposing(new Proposal(
                Tools.CREATE_TASK,
                arguments.values(),
                new Proposal.AddTask(
                        title,
                        customers.isEmpty() ? null : customers.iterator().next().value(),
                        assigned,
                        due == null ? null : due.toString()),
                summary.toString()));
    }

    Finding complete() {
        String named = arguments.text("item");
        List<Completable> open = new ItemFinder(verbs, question).open(arguments);
        String scope = Wording.scope(new Arguments(without(arguments)));
        if (named == null) {
            return open.isEmpty()
                    ? Finding.nothing("I found no open action items" + scope + ".", Suggestions.FIRST)
                    : which(open);
        }
        Optional<Completable> known = byId(named, open);
        List<Completable> fits = known.isPresent() ? List.of(known.get()) : ItemFinder.named(named, open);
        if (fits.isEmpty()) {
            return Finding.nothing(
                    "I found no open action item about “" + Wording.inline(named, 120) + "”" + scope + ".",
                    Suggestions.after(Tools.COMPLETE_ACTION_ITEM, arguments));
        }
        if (fits.size() > 1) {
            return which(fits);
        }
        Completable item = fits.getFirst();
        if (known.isEmpty()) {
            arguments.put("query", named);
        }
        arguments.put("item", item.id().toString());
        Proposal.Change change =
                item.isTask() ? new Proposal.CompleteTask(item.id()) : new Proposal.CompleteItem(item.id());
        String customer = item.customer();
        return Finding.proposing(new Proposal(
                Tools.COMPLETE_ACTION_ITEM,
                arguments.values(),
                change,
                "Mark “" + Wording.inline(item.text(), 300) + "”"
                        + (customer == null ? "" : " of " + Wording.inline(customer, 120)) + " as done"));
    }

    private Finding which(List<Completable> fits) {
        List<Completable> first = fits.subList(0, Math.min(MOST_OPTIONS, fits.size()));
        question.offer(first.stream()
                .map(one -> new Option(Wording.inline(one.text(), 120), "Mark item " + one.id() + " as done"))
                .toList());
        throw new Misuse("Several open action items fit. Which one do you mean: "
                + Wording.list(first.stream()
                        .map(one -> "“" + Wording.inline(one.text(), 120) + "”")
                        .toList())
                + (fits.size() > first.size() ? ", or one of " + (fits.size() - first.size()) + " more" : "") + "?");
    }

    private static Optional<Completable> byId(@Nullable String id, List<Completable> open) {
        return open.stream().filter(one -> one.id().toString().equals(id)).findFirst();
    }

    private static java.util.Map<String, Object> without(Arguments arguments) {
        java.util.Map<String, Object> rest = new java.util.LinkedHashMap<>(arguments.values());
        rest.keySet().removeAll(List.of("item", "query"));
        return rest;
    }
}
