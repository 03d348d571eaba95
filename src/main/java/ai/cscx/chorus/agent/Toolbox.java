package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.agent.Arguments.Misuse;
import ai.cscx.chorus.agent.CallFinder.Selection;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallFilter.Sort;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.search.Mode;
import ai.cscx.chorus.search.SearchRequest;
import ai.cscx.chorus.search.SearchResult;
import ai.cscx.chorus.task.Task;
import ai.cscx.chorus.task.Tasks;
import ai.cscx.chorus.task.Tasks.ItemFilter;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools: each turns its arguments into one question to a feature. Thread-safe. */
final class Toolbox {
    private static final Logger LOG = LoggerFactory.getLogger(Toolbox.class);
    private static final int CALLS = 50;
    private static final int ITEMS = 200;
    private static final int PASSAGES = 10;
    private static final int MOST = 200;
    private static final Pattern DUE = Pattern.compile("(?i)\\b(?:due|overdue|deadlines?|late)\\b");

    private final Verbs verbs;

    Toolbox(Verbs verbs) {
        this.verbs = verbs;
    }

    /**
     * Carries out a tool call and notes in the question how that went, whoever wrote the arguments.
     *
     * @param json the arguments as a JSON object; null = none
     * @throws Misuse if the arguments make no sense
     * @throws Failure if a feature that the tool needs is away
     * @throws IllegalStateException if something broke; the message is for the asker
     */
    Finding run(String tool, @Nullable String json, Question question) {
        Map<String, Object> called = Map.of();
        try {
            Arguments arguments = Arguments.read(json, tool, ToolBook.arguments(tool));
            called = arguments.values();
            Finding finding = call(tool, arguments, question);
            question.found(tool, arguments.values(), finding);
            return finding;
        } catch (Misuse misuse) {
            throw misuse;
        } catch (Failure failure) {
            question.failed(tool, called, failure);
            throw failure;
        } catch (RuntimeException defect) {
            // Without the message, which may repeat what the asker wrote.
            LOG.error(
                    "{} failed; the asker is told so and nothing is retried: {} at {}",
                    tool,
                    defect.getClass().getName(),
                    defect.getStackTrace().length == 0 ? "an unknown place" : defect.getStackTrace()[0]);
            question.failed(tool, called, new Failure.Unavailable(Help.BROKEN, defect));
            throw new IllegalStateException(Help.BROKEN, defect);
        }
    }

    private Finding call(String tool, Arguments arguments, Question question) {
        return switch (tool) {
            case Tools.LIST_CALLS -> listCalls(arguments, question);
            case Tools.GET_CALL -> getCall(arguments, question);
            case Tools.SEARCH_TRANSCRIPTS -> searchTranscripts(arguments, question);
            case Tools.LIST_ACTION_ITEMS -> listActionItems(arguments, question);
            case Tools.GET_TRANSCRIPT -> getTranscript(arguments, question);
            case Tools.CREATE_TASK -> new TaskTools(verbs, question, arguments).create();
            case Tools.COMPLETE_ACTION_ITEM -> new TaskTools(verbs, question, arguments).complete();
            case Tools.GET_INSIGHTS -> new SignalTools(verbs, question, arguments).insights();
            case Tools.GET_TRACKER_TRENDS -> new SignalTools(verbs, question, arguments).trends();
            case Tools.GET_HEALTH -> new SignalTools(verbs, question, arguments).health();
            case Tools.GET_PORTFOLIO -> new SignalTools(verbs, question, arguments).portfolio();
            case Tools.GET_SYNC_STATUS -> getSyncStatus(arguments, question);
            default -> throw new Misuse("There is no tool of this name.");
        };
    }

    private Finding listCalls(Arguments arguments, Question question) {
        String groupBy = groupBy(arguments);
        Sort sort = Sort.valueOf(
                arguments.word("sort", "newest", "oldest", "longest").toUpperCase(Locale.ROOT));
        Selection found =
                finder(arguments, question).select(sort, arguments.limit(groupBy == null ? CALLS : MOST, MOST));
        return new CallsSaid(question, arguments).say(found, sort, groupBy);
    }

    private Finding getCall(Arguments arguments, Question question) {
        Selection found = finder(arguments, question).one();
        if (found.calls().isEmpty()) {
            return CallSaid.none(arguments);
        }
        CallId id = found.calls().getFirst().id();
        Tasks.Items items = verbs.actionItems().list(question.asker(), ItemFilter.ofCall(id), MOST);
        return new CallSaid(question, arguments).say(verbs.call().apply(question.asker(), id), items, found.total());
    }

    private Finding getTranscript(Arguments arguments, Question question) {
        Selection found = finder(arguments, question).one();
        if (found.calls().isEmpty()) {
            return CallSaid.none(arguments);
        }
        Call call = found.calls().getFirst();
        return new TranscriptSaid(question, arguments)
                .say(call, verbs.transcript().apply(question.asker(), call.id()));
    }

    private Finding getSyncStatus(Arguments arguments, Question question) {
        Directory directory = new Directory(question);
        Person owner = directory.colleague(arguments, "owner");
        arguments.wordOr(null, "status", "failed", "running", "finished");
        return new SyncSaid(question, arguments)
                .say(verbs.freshness()
                        .report(
                                question.asker(),
                                directory.customers(arguments),
                                owner == null ? null : owner.id(),
                                arguments.range(question.asker().zone())));
    }

    private Finding searchTranscripts(Arguments arguments, Question question) {
        String query = arguments.text("query");
        if (query == null) {
            throw new Misuse("What should I look for? \"query\" is missing.");
        }
        SearchResult found = verbs.search().apply(question.asker(), request(query, arguments, question));
        return new PassagesSaid(question, arguments).say(found);
    }

    private Finding listActionItems(Arguments arguments, Question question) {
        String groupBy = groupBy(arguments);
        String sort = arguments.wordOr(null, "sort", "due_date", "newest");
        String risk = arguments.wordOr(null, "risk", "high", "medium", "low");
        ItemFilter filter = filter(arguments, question);
        if (risk != null) {
            Set<CustomerId> atRisk = SignalTools.healths(verbs, question, null, SignalTools.band(risk))
                    .keySet();
            Set<CustomerId> both = new LinkedHashSet<>(filter.customers().isEmpty() ? atRisk : filter.customers());
            both.retainAll(atRisk);
            if (both.isEmpty()) {
                return Finding.nothing(
                        "No customer" + Wording.scope(arguments) + " is at " + risk
                                + " risk, so there are no such items.",
                        Suggestions.after(Tools.LIST_ACTION_ITEMS, arguments));
            }
            filter = filter.ofCustomers(both);
        }
        Tasks.Items found = verbs.actionItems().list(question.asker(), filter, MOST);
        return new ItemsSaid(question, arguments).say(found, sort, groupBy, arguments.limit(ITEMS, ITEMS));
    }

    private CallFinder finder(Arguments arguments, Question question) {
        return new CallFinder(verbs, question, arguments);
    }

    private static @Nullable String groupBy(Arguments arguments) {
        String groupBy = arguments.wordOr(null, "groupBy", "customer", "owner", "week", "month", "health");
        if ("health".equals(groupBy)) {
            throw new Misuse("I can't group by health yet; ask by customer, owner, week or month.");
        }
        return groupBy;
    }

    private SearchRequest request(String query, Arguments arguments, Question question) {
        Directory directory = new Directory(question);
        Person owner = directory.colleague(arguments, "owner");
        Roster.KnownPerson speaker = directory.participant(arguments);
        String side = arguments.wordOr(null, "side", "internal", "external");
        return new SearchRequest(
                query,
                directory.customers(arguments),
                arguments.range(question.asker().zone()),
                speaker == null ? null : speaker.name(),
                side == null ? null : Side.valueOf(side.toUpperCase(Locale.ROOT)),
                finder(arguments, question).call(),
                owner == null ? null : owner.name(),
                Mode.HYBRID,
                SearchRequest.Need.MOST,
                arguments.limit(PASSAGES, MOST),
                null);
    }

    private ItemFilter filter(Arguments arguments, Question question) {
        Directory directory = new Directory(question);
        Person owner = directory.colleague(arguments, "owner");
        Person assignee = directory.colleague(arguments, "assignee");
        Roster.KnownPerson participant = directory.participant(arguments);
        String status = arguments.wordOr(null, "status", "open", "completed", "overdue");
        String query = arguments.text("query");
        TimeRange range = arguments.range(question.asker().zone());
        LocalDate to = arguments.day("to");
        boolean due = DUE.matcher(question.message()).find() || (to != null && to.isAfter(question.today()));
        LocalDate dueBefore = due && to != null ? to.plusDays(1) : null;
        if ("overdue".equals(status) && (dueBefore == null || dueBefore.isAfter(question.today()))) {
            dueBefore = question.today();
        }
        Person whose = assignee == null ? owner : assignee;
        return new ItemFilter(
                directory.customers(arguments),
                finder(arguments, question).call(),
                due ? TimeRange.ALWAYS : range,
                status == null ? Set.of() : Set.of(status.equals("completed") ? Task.Status.DONE : Task.Status.OPEN),
                whose == null ? null : whose.id(),
                participant == null ? null : participant.name(),
                query == null
                        ? List.of()
                        : List.of(query.replace("\"", " ").strip().split("\\s+")),
                due ? arguments.day("from") : null,
                dueBefore);
    }
}
