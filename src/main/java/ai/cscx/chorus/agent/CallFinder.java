package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.agent.Arguments.Misuse;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallFilter;
import ai.cscx.chorus.call.CallFilter.Sort;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.search.Hit;
import ai.cscx.chorus.search.Mode;
import ai.cscx.chorus.search.SearchRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the calls that a tool's arguments describe. */
final class CallFinder {
    private static final int MOST_HITS = 200;
    private static final int NEAREST_HITS = 10;

    private final Verbs verbs;
    private final Question question;
    private final Arguments arguments;

    CallFinder(Verbs verbs, Question question, Arguments arguments) {
        this.verbs = verbs;
        this.question = question;
        this.arguments = arguments;
    }

    /** A part of the calls that fit, and how many fit. */
    record Selection(List<Call> calls, long total) {
        Selection {
            calls = List.copyOf(calls);
        }
    }

    Selection select(Sort sort, int limit) {
        return select(filter(arguments.range(question.asker().zone())), sort, limit);
    }

    private Selection select(CallFilter filter, Sort sort, int limit) {
        String query = arguments.text("query");
        if (query != null) {
            return mentioning(query, filter, sort, limit);
        }
        Page<Call> page = verbs.calls().list(question.asker(), filter, sort, null, limit);
        long total = page.nextCursor() == null
                ? page.items().size()
                : verbs.countCalls().apply(question.asker(), filter);
        return new Selection(page.items(), total);
    }

    /**
     * The one call that is meant by {@code call} and the other arguments, and of how many; empty if there is none. Its id
     * is put beside the word that named it.
     */
    Selection one() {
        String word = arguments.text("call");
        Selection found;
        if (word != null && word.length() == 36) {
            found = byId(word);
        } else {
            found = byWord(Objects.requireNonNullElse(
                    arguments.wordOr(null, "call", "latest", "first", "previous"), "latest"));
            if (!found.calls().isEmpty()) {
                arguments.put("callId", found.calls().getFirst().id().toString());
            }
        }
        return found;
    }

    private Selection byId(String id) {
        try {
            Call call = verbs.call().apply(question.asker(), CallId.parse(id)).call();
            return new Selection(List.of(call), 1);
        } catch (Failure.NotFound gone) {
            return new Selection(List.of(), 0);
        }
    }

    private Selection byWord(String word) {
        TimeRange asked = arguments.range(question.asker().zone());
        // "The latest call" is one that took place, unless the asker names days to come.
        TimeRange range = asked.until() == null ? until(asked, question.now()) : asked;
        if (word.equals("first")) {
            Selection oldest = select(filter(range), Sort.OLDEST, 1);
            return new Selection(oldest.calls(), oldest.total());
        }
        if (word.equals("latest")) {
            return select(filter(range), Sort.NEWEST, 1);
        }
        Instant shown = shownBefore();
        if (shown != null) {
            return select(filter(until(range, shown)), Sort.NEWEST, 1);
        }
        Selection two = select(filter(range), Sort.NEWEST, 2);
        return new Selection(two.calls().stream().skip(1).toList(), two.total());
    }

    private static TimeRange until(TimeRange range, Instant until) {
        Instant from = range.from();
        return new TimeRange(from != null && from.isAfter(until) ? until : from, until);
    }

    /** When the call that the turn before showed began. */
    private @Nullable Instant shownBefore() {
        Frame previous = question.memory().frame();
        Object shown = previous == null ? null : previous.arguments().get("callId");
        if (!(shown instanceof String id)) {
            return null;
        }
        Selection before = byId(id);
        return before.calls().isEmpty() ? null : before.calls().getFirst().startedAt();
    }

    private CallFilter filter(TimeRange range) {
        Directory directory = new Directory(question);
        Set<CustomerId> customers = directory.customers(arguments);
        Person owner = directory.colleague(arguments, "owner");
        Roster.KnownPerson participant = directory.participant(arguments);
        String state = arguments.wordOr(null, "state", "done", "processing", "scheduled", "live", "no_show", "failed");
        return new CallFilter(
                customers,
                range,
                participant == null ? null : participant.name(),
                owner == null ? null : owner.id(),
                arguments.text("title"),
                null,
                state == null ? null : CallContent.State.valueOf(state.toUpperCase(Locale.ROOT)));
    }

    /** Calls in which the words were said; where they never were, the few that come nearest in meaning. */
    private Selection mentioning(String query, CallFilter filter, Sort sort, int limit) {
        List<Hit> hits = hits(query, filter, Mode.LEXICAL, MOST_HITS);
        List<CallId> ids = (hits.isEmpty() ? hits(query, filter, Mode.HYBRID, NEAREST_HITS) : hits)
                .stream().map(Hit::call).distinct().toList();
        List<Call> calls = new ArrayList<>();
        for (CallId id : ids) {
            calls.addAll(byId(id.toString()).calls());
        }
        List<Call> fitting =
                calls.stream().filter(fits(filter)).sorted(order(sort)).toList();
        return new Selection(fitting.subList(0, Math.min(limit, fitting.size())), fitting.size());
    }

    private List<Hit> hits(String query, CallFilter filter, Mode mode, int limit) {
        SearchRequest request = new SearchRequest(
                query,
                filter.customers(),
                filter.range(),
                null,
                null,
                null,
                arguments.text("owner"),
                mode,
                SearchRequest.Need.MOST,
                limit,
                null);
        return verbs.search().apply(question.asker(), request).hits();
    }

    private static Predicate<Call> fits(CallFilter filter) {
        return call -> {
            String participant = filter.participant();
            String title = filter.title();
            return (participant == null
                            || call.participants().stream()
                                    .map(Participant::name)
                                    .anyMatch(participant::equalsIgnoreCase))
                    && (title == null || contains(call.title(), title))
                    && (filter.state() == null || call.state() == filter.state());
        };
    }

    private static boolean contains(@Nullable String text, String part) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private static Comparator<Call> order(Sort sort) {
        return switch (sort) {
            case NEWEST -> Comparator.comparing(Call::startedAt).reversed();
            case OLDEST -> Comparator.comparing(Call::startedAt);
            case LONGEST -> Comparator.comparing(Call::durationMs).reversed();
        };
    }

    /** The id of the call that {@code call} names; null if it names none. */
    @Nullable
    CallId call() {
        if (!arguments.has("call")) {
            return null;
        }
        Selection one = one();
        if (one.calls().isEmpty()) {
            throw new Misuse("There is no such call.");
        }
        return one.calls().getFirst().id();
    }
}
