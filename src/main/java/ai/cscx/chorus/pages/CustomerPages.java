package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallFilter;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.Glances;
import ai.cscx.chorus.call.Glances.Glance;
import ai.cscx.chorus.call.Glances.OfCustomer;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.customer.Customer;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.signal.CustomerInsights;
import ai.cscx.chorus.signal.MentionFilter;
import ai.cscx.chorus.signal.Signals;
import ai.cscx.chorus.signal.Trend;
import ai.cscx.chorus.signal.TrendRequest;
import ai.cscx.chorus.task.ActionItem;
import ai.cscx.chorus.task.Task;
import ai.cscx.chorus.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The customers that the reader may see, and what their calls say of one. */
final class CustomerPages {
    private static final int PAGE = 100;
    private static final int CALLS_SHOWN = 8;
    private static final int PEOPLE_SHOWN = 20;
    private static final int TRENDS_READ = 500;
    private static final int FINDINGS_SHOWN = 6;
    private static final Duration READ = Duration.ofDays(26 * 7L);
    private static final Duration TREND = Duration.ofDays(90);
    private static final int ITEMS_SHOWN = 30;
    private static final int MENTIONS_SHOWN = 30;

    private final Customers customers;
    private final Calls calls;
    private final Glances glances;
    private final Tasks tasks;
    private final Signals signals;
    private final Frames frames;
    private final Templates templates;

    CustomerPages(
            Customers customers,
            Calls calls,
            Glances glances,
            Tasks tasks,
            Signals signals,
            Frames frames,
            Templates templates) {
        this.customers = customers;
        this.calls = calls;
        this.glances = glances;
        this.tasks = tasks;
        this.signals = signals;
        this.frames = frames;
        this.templates = templates;
    }

    /**
     * @param q part of a name; blank = all
     * @param next address of the page after this one; null = this is the last
     */
    record CustomersPage(
            Frame frame,
            String q,
            String sort,
            String counted,
            List<Row> rows,
            @Nullable String next) {
        CustomersPage {
            rows = List.copyOf(rows);
        }

        /**
         * @param last when the latest call was; null = there was none
         */
        record Row(
                String id,
                String name,
                @Nullable String segment,
                @Nullable String owner,
                @Nullable String renewal,
                boolean soon,
                @Nullable String last,
                String calls,
                long openItems) {}
    }

    void addTo(Pages.Paths paths) {
        paths.get("/customers", this::list);
        paths.get("/customers/{id}", this::show);
    }

    private void list(Visit visit) {
        Asker asker = visit.asker();
        Reader reader = visit.reader();
        String q = Objects.requireNonNullElse(visit.query("q"), "");
        String sort = Objects.requireNonNullElse(visit.query("sort"), "name");
        int skip = Words.count("skip", visit.query("skip"));
        Map<CustomerId, OfCustomer> numbers = glances.byCustomer(asker);
        String wanted = q.toLowerCase(Locale.ROOT);
        List<Customer> fitting = customers.visible(asker).stream()
                .filter(one -> wanted.isEmpty() || named(one, wanted))
                .sorted(order(sort, numbers))
                .toList();
        List<CustomersPage.Row> rows = fitting.stream()
                .skip(skip)
                .limit(PAGE)
                .map(one -> row(one, numbers.get(one.id()), reader))
                .toList();
        String next = fitting.size() > skip + PAGE ? "/customers?" + Visit.encoded(further(q, sort, skip)) : null;
        visit.html(templates.draw(
                "customers",
                new CustomersPage(
                        frames.of(visit, "Customers", "customers"),
                        q,
                        sort,
                        reader.counted(fitting.size(), "customer"),
                        rows,
                        next)));
    }

    private static Map<String, String> further(String q, String sort, int skip) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (!q.isEmpty()) {
            parameters.put("q", q);
        }
        parameters.put("sort", sort);
        parameters.put("skip", Integer.toString(skip + PAGE));
        return parameters;
    }

    private static boolean named(Customer customer, String wanted) {
        return customer.name().toLowerCase(Locale.ROOT).contains(wanted)
                || customer.aliases().stream()
                        .anyMatch(alias -> alias.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static Comparator<Customer> order(String sort, Map<CustomerId, OfCustomer> numbers) {
        Comparator<Customer> byName = Comparator.comparing(Customer::name, String.CASE_INSENSITIVE_ORDER);
        return switch (sort) {
            case "renewal" ->
                Comparator.comparing(Customer::renewalDate, Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparing(byName);
            case "last" ->
                Comparator.comparing((Customer one) -> last(numbers.get(one.id())))
                        .reversed()
                        .thenComparing(byName);
            case "open" ->
                Comparator.comparing((Customer one) -> open(numbers.get(one.id())))
                        .reversed()
                        .thenComparing(byName);
            default -> byName;
        };
    }

    private static Instant last(@Nullable OfCustomer numbers) {
        return numbers == null ? Instant.EPOCH : numbers.last();
    }

    private static long open(@Nullable OfCustomer numbers) {
        return numbers == null ? 0 : numbers.openItems();
    }

    private static CustomersPage.Row row(Customer customer, @Nullable OfCustomer numbers, Reader reader) {
        return new CustomersPage.Row(
                customer.id().toString(),
                customer.name(),
                customer.segment(),
                customer.ownerName(),
                customer.renewalDate() == null ? null : reader.day(customer.renewalDate()),
                CustomerPage.isSoon(customer.renewalDate(), reader),
                numbers == null ? null : reader.ago(numbers.last()),
                numbers == null ? "0" : reader.number(numbers.calls()),
                open(numbers));
    }

    private void show(Visit visit) {
        Asker asker = visit.asker();
        Reader reader = visit.reader();
        Customer customer = customers.get(asker, CustomerId.parse(visit.path("id")));
        Set<CustomerId> only = Set.of(customer.id());
        CallFilter filter = CallFilter.of(only, TimeRange.ALWAYS);
        List<Call> shown = calls.list(asker, filter, CallFilter.Sort.NEWEST, null, CALLS_SHOWN)
                .items();
        Map<CallId, Glance> more =
                glances.of(asker, shown.stream().map(Call::id).toList());
        Tasks.Items open = tasks.actionItems(asker, openItemsOf(only), ITEMS_SHOWN);
        CustomerInsights insights = signals.insights()
                .of(asker, customer.id(), new TimeRange(reader.now().minus(READ), null));
        String topic = visit.query("topic");
        visit.html(templates.draw(
                "customer",
                new CustomerPage(
                        frames.of(visit, customer.name(), "customers"),
                        customer.id().toString(),
                        customer.name(),
                        customer.segment(),
                        customer.ownerName(),
                        customer.renewalDate() == null ? null : reader.day(customer.renewalDate()),
                        CustomerPage.isSoon(customer.renewalDate(), reader),
                        shown.isEmpty() ? null : reader.ago(shown.getFirst().startedAt()),
                        reader.counted(calls.count(asker, filter), "call"),
                        shown.stream()
                                .map(call -> CallRow.of(call, more.getOrDefault(call.id(), Glance.NONE), reader))
                                .toList(),
                        open.items().stream()
                                .map(item -> CustomerPage.Promise.of(item, reader))
                                .toList(),
                        open.total(),
                        people(asker, customer.id(), shown, reader),
                        Topics.of(insights.topics(), trends(asker, customer.id(), reader), reader),
                        topic,
                        topic == null ? List.of() : mentions(asker, customer.id(), topic, reader),
                        HealthView.of(signals.health().of(asker, customer.id()), reader),
                        CustomerPage.Momentum.of(insights.momentum(), reader),
                        quoted(insights.nextSteps(), reader),
                        quoted(insights.objections(), reader),
                        quoted(insights.pricing(), reader))));
    }

    private List<Trend> trends(Asker asker, CustomerId customer, Reader reader) {
        TimeRange range = new TimeRange(reader.now().minus(TREND), null);
        return signals.trends()
                .list(asker, new TrendRequest(range, customer, null, null, null, null), null, TRENDS_READ)
                .items();
    }

    private List<CustomerPage.Heard> mentions(Asker asker, CustomerId customer, String topic, Reader reader) {
        MentionFilter filter =
                new MentionFilter(new TimeRange(reader.now().minus(READ), null), customer, topic, null, null);
        return CustomerPage.Heard.of(
                signals.mentions().list(asker, filter, null, MENTIONS_SHOWN).items(), reader);
    }

    /** Titles are the newest calls' word. */
    private List<CustomerPage.Person> people(Asker asker, CustomerId customer, List<Call> newest, Reader reader) {
        Map<String, String> titles = new HashMap<>();
        for (Participant person :
                newest.stream().flatMap(call -> call.participants().stream()).toList()) {
            String title = person.title();
            if (title != null) {
                Stream.of(person.email(), person.name())
                        .flatMap(Stream::ofNullable)
                        .forEach(name -> titles.putIfAbsent(name.toLowerCase(Locale.ROOT), title));
            }
        }
        return signals.health().people(asker, customer).stream()
                .limit(PEOPLE_SHOWN)
                .map(person -> CustomerPage.Person.of(person, titles, reader))
                .toList();
    }

    private static List<Quoted> quoted(List<CustomerInsights.Finding> findings, Reader reader) {
        return findings.stream()
                .limit(FINDINGS_SHOWN)
                .map(finding -> Quoted.of(finding, reader))
                .toList();
    }

    private static Tasks.ItemFilter openItemsOf(Set<CustomerId> customers) {
        return new Tasks.ItemFilter(
                customers, null, TimeRange.ALWAYS, Set.of(Task.Status.OPEN), null, null, List.of(), null, null);
    }

    static String addressOf(ActionItem item) {
        Long startMs = item.startMs();
        return "/calls/" + item.call() + (startMs == null ? "#items" : "?t=" + startMs / 1000.0);
    }
}
