package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallFilter;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.customer.Customer;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.customer.NewCustomer;
import ai.cscx.chorus.signal.CustomerInsights;
import ai.cscx.chorus.signal.Signals;
import ai.cscx.chorus.task.ActionItem;
import ai.cscx.chorus.task.Task;
import ai.cscx.chorus.task.Tasks;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Customers: who they are, and their calls at a glance. */
final class CustomerRoutes {
    private static final int MAX_CSV_BYTES = 10 * 1024 * 1024;
    private static final int CALLS_SHOWN = 10;
    private static final int CALLS_READ = 200;
    private static final int OPEN_ITEMS_SHOWN = 500;

    private final Customers customers;
    private final Calls calls;
    private final Tasks tasks;
    private final Signals signals;
    private final CustomerImport imports;

    CustomerRoutes(Customers customers, Calls calls, Tasks tasks, Signals signals, People people) {
        this.customers = customers;
        this.calls = calls;
        this.tasks = tasks;
        this.signals = signals;
        this.imports = new CustomerImport(customers, people);
    }

    /** A customer to be, as it is sent. */
    record CustomerRequest(
            @Nullable String name,
            @Nullable List<String> aliases,
            @Nullable List<String> domains,
            @Nullable String crmId,
            @Nullable UUID ownerId,
            @Nullable String segment,
            @Nullable LocalDate renewalDate) {
        NewCustomer customer() {
            return new NewCustomer(
                    Objects.requireNonNullElse(name, ""),
                    texts(aliases),
                    texts(domains),
                    crmId,
                    ownerId == null ? null : new UserId(ownerId),
                    segment,
                    renewalDate);
        }

        private static List<String> texts(@Nullable List<String> sent) {
            return sent == null
                    ? List.of()
                    : sent.stream().filter(Objects::nonNull).toList();
        }
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/customers", "Lists the customers that the asker may see, by name")
                        .answersPagesOf(CustomerView.class)
                        .handledBy(this::list),
                Route.post("/api/customers", "Adds a customer")
                        .access(Access.ADMIN)
                        .takes(CustomerRequest.class)
                        .answers(201, CustomerView.class)
                        .handledBy(this::add),
                Route.post(
                                "/api/customers/import",
                                "Adds and updates customers from CSV with the header "
                                        + String.join(",", CustomerCsv.COLUMNS) + "; several values separated by ;")
                        .access(Access.ADMIN)
                        .takesText("text/csv")
                        .answers(200, CustomerImport.Imported.class)
                        .handledBy(exchange -> exchange.answer(200, imports.run(exchange.bytes(MAX_CSV_BYTES)))),
                Route.get("/api/customers/{id}", "One customer")
                        .answers(200, CustomerView.class)
                        .handledBy(exchange -> exchange.answer(
                                200,
                                CustomerView.of(
                                        customers.get(exchange.asker(), CustomerId.parse(exchange.path("id")))))),
                Route.get("/api/chorus/customer/{customerId}", "A customer's call history at a glance")
                        .answers(200, CustomerHistory.class)
                        .handledBy(this::history));
    }

    private void list(Exchange exchange) {
        Parameters query = exchange.query();
        exchange.answer(
                200,
                customers.list(exchange.asker(), query.cursor(), query.limit()).map(CustomerView::of));
    }

    private void add(Exchange exchange) {
        NewCustomer customer = exchange.body(CustomerRequest.class).customer();
        Customer added = customers.add(exchange.asker(), customer);
        exchange.created(CustomerView.of(added), "/api/customers/" + added.id());
    }

    private void history(Exchange exchange) {
        Asker asker = exchange.asker();
        Customer customer = customers.get(asker, CustomerId.parse(exchange.path("customerId")));
        Set<CustomerId> only = Set.of(customer.id());
        CallFilter ofCustomer = CallFilter.of(only, TimeRange.ALWAYS);
        List<Call> newest = calls.list(asker, ofCustomer, CallFilter.Sort.NEWEST, null, CALLS_READ)
                .items();
        List<ActionItem> open =
                tasks.actionItems(asker, openItemsOf(only), OPEN_ITEMS_SHOWN).items();
        CustomerInsights insights = signals.insights().of(asker, customer.id(), TimeRange.ALWAYS);
        exchange.answer(
                200,
                new CustomerHistory(
                        CustomerView.of(customer),
                        newest.isEmpty() ? null : newest.getFirst().startedAt(),
                        calls.count(asker, ofCustomer),
                        newest.stream().limit(CALLS_SHOWN).map(Meeting::of).toList(),
                        open.stream().map(ActionItemView::of).toList(),
                        CustomerHistory.nextSteps(open),
                        InsightsView.TopicView.of(insights.topics()),
                        CustomerHistory.stakeholders(newest),
                        HealthView.of(signals.health().of(asker, customer.id()))));
    }

    private static Tasks.ItemFilter openItemsOf(Set<CustomerId> customers) {
        return new Tasks.ItemFilter(
                customers, null, TimeRange.ALWAYS, Set.of(Task.Status.OPEN), null, null, List.of(), null, null);
    }
}
