package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.agent.Question.Memory;
import ai.cscx.chorus.agent.Roster.KnownCustomer;
import ai.cscx.chorus.agent.Roster.KnownPerson;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.TaskId;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.CallFilter;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.search.Hit;
import ai.cscx.chorus.search.Mode;
import ai.cscx.chorus.search.SearchRequest;
import ai.cscx.chorus.search.SearchResult;
import ai.cscx.chorus.sync.Freshness;
import ai.cscx.chorus.task.ActionItem;
import ai.cscx.chorus.task.Task;
import ai.cscx.chorus.task.Tasks;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A small made-up portfolio, whose features answer from lists. */
final class World {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final CustomerId ACME = new CustomerId(new UUID(1, 1));
    static final CustomerId FREIGHT = new CustomerId(new UUID(1, 2));
    static final CustomerId HEALTH = new CustomerId(new UUID(1, 3));
    static final UserId DANA = new UserId(new UUID(2, 1));

    final Asker asker = new Asker(DANA, "Dana Whitfield", "dana@cscx.test", Role.CSM, null, ZoneId.of("Europe/Berlin"));
    final List<Person> people = List.of(
            new Person(DANA, "dana@cscx.test", "Dana Whitfield", Role.CSM, null, null),
            new Person(new UserId(new UUID(2, 2)), "marcus@cscx.test", "Marcus Oyelaran", Role.CSM, null, null));
    final Roster roster = new Roster(
            List.of(
                    new KnownCustomer(ACME, "Acme Corporation", List.of("Acme")),
                    new KnownCustomer(FREIGHT, "Northwind Freight Systems, Inc.", List.of("Northwind Freight")),
                    new KnownCustomer(HEALTH, "Northwind Health Partners", List.of("Northwind Health"))),
            people.stream().map(one -> new KnownPerson(one.name(), one.email())).toList(),
            List.of(new KnownPerson("Paula Reyes", "paula@acme.test")),
            new KnownPerson("Dana Whitfield", "dana@cscx.test"));
    final List<Call> calls = new ArrayList<>();
    final List<ActionItem> items = new ArrayList<>();
    final List<Hit> hits = new ArrayList<>();
    final List<SearchRequest> searches = new ArrayList<>();
    boolean searchIsAway;

    Call call(int n, CustomerId customer, String name, String title, String startedAt) {
        Call call = new Call(
                new CallId(new UUID(3, n)),
                "ext-" + n,
                title,
                Instant.parse(startedAt),
                1_830_400,
                new Call.CustomerRef(customer, name),
                "Dana Whitfield",
                List.of(new Participant("Paula Reyes", "paula@acme.test", "Acme", "CFO", Side.EXTERNAL)),
                "Paula asked for a discount. We will send a quote.",
                CallContent.State.DONE,
                CallContent.TranscriptState.AVAILABLE,
                "https://chorus.test/meeting/" + n,
                1);
        calls.add(call);
        return call;
    }

    Hit hit(Call call, String speaker, String quote) {
        Hit hit = new Hit(
                call.id(),
                call.externalId(),
                call.title(),
                ACME,
                "Acme Corporation",
                call.startedAt(),
                speaker,
                Side.EXTERNAL,
                4,
                612_400,
                quote,
                3,
                5,
                600_000,
                640_000,
                quote,
                quote,
                call.urlAt(612_400),
                1.5);
        hits.add(hit);
        return hit;
    }

    ActionItem item(int n, Call call, String text) {
        ActionItem item = new ActionItem(
                new UUID(4, n),
                text,
                call.id(),
                call.title(),
                call.startedAt(),
                call.url(),
                ACME,
                "Acme Corporation",
                Side.INTERNAL,
                "Dana Whitfield",
                LocalDate.parse("2026-11-25"),
                Task.Status.OPEN,
                null,
                new TaskId(new UUID(5, n)));
        items.add(item);
        return item;
    }

    final List<Utterance> transcript = new ArrayList<>();
    final List<Task> tasks = new ArrayList<>();
    Freshness.Report freshness =
            new Freshness.Report("connected", false, NOW, null, new Freshness.Scope(3, NOW, NOW, 0, 0));

    Question asks(String message) {
        return asks(message, Memory.NONE);
    }

    Question asks(String message, Memory memory) {
        return new Question(asker, message, NOW, roster, people, memory);
    }

    Toolbox toolbox() {
        return new Toolbox(new Verbs(
                this::list,
                (asker, filter) -> (long) fitting(filter).size(),
                this::get,
                this::items,
                this::search,
                (asker, id) -> new Transcript("en", transcript),
                (asker, filter, cursor, limit) -> new Page<>(List.copyOf(tasks), null),
                (asker, customers, owner, range) -> freshness));
    }

    private List<Call> fitting(CallFilter filter) {
        return calls.stream()
                .filter(call -> call.customer() != null)
                .filter(call -> filter.customers().isEmpty()
                        || filter.customers()
                                .contains(
                                        Objects.requireNonNull(call.customer()).id()))
                .filter(call -> filter.range().contains(call.startedAt()))
                .sorted(Comparator.comparing(Call::startedAt).reversed())
                .toList();
    }

    private Page<Call> list(Asker asker, CallFilter filter, CallFilter.Sort sort, @Nullable String cursor, int limit) {
        List<Call> all = fitting(filter);
        return new Page<>(all.subList(0, Math.min(limit, all.size())), all.size() > limit ? "more" : null);
    }

    private CallDetails get(Asker asker, CallId id) {
        return calls.stream()
                .filter(call -> call.id().equals(id))
                .map(call -> new CallDetails(
                        call,
                        List.of(),
                        null,
                        new CallDetails.Match(null, null, List.of()),
                        NOW,
                        "engagements",
                        "en",
                        1,
                        1))
                .findFirst()
                .orElseThrow(() -> new Failure.NotFound("There is no call with this id."));
    }

    private Tasks.Items items(Asker asker, Tasks.ItemFilter filter, int limit) {
        List<ActionItem> fit = items.stream()
                .filter(item -> filter.call() == null || filter.call().equals(item.call()))
                .filter(item ->
                        filter.customers().isEmpty() || filter.customers().contains(item.customer()))
                .toList();
        return new Tasks.Items(fit.subList(0, Math.min(limit, fit.size())), fit.size());
    }

    private SearchResult search(Asker asker, SearchRequest request) {
        searches.add(request);
        if (searchIsAway) {
            throw new Failure.Unavailable("Search doesn't answer right now; try again in a moment.");
        }
        List<Hit> fit = hits.stream()
                .filter(hit ->
                        request.customers().isEmpty() || request.customers().contains(hit.customer()))
                .toList();
        return new SearchResult(fit, null, Mode.HYBRID, 1, 1);
    }
}
