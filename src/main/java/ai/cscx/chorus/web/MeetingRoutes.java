package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.CallFilter;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.signal.CallSignals;
import ai.cscx.chorus.task.ActionItem;
import ai.cscx.chorus.task.Tasks;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The call library. */
final class MeetingRoutes {
    /** More than any call has. */
    private static final int ALL_ITEMS = 1000;

    private final Calls calls;
    private final Tasks tasks;
    private final Customers customers;
    private final CallSignals signals;

    MeetingRoutes(Calls calls, Tasks tasks, Customers customers, CallSignals signals) {
        this.calls = calls;
        this.tasks = tasks;
        this.customers = customers;
        this.signals = signals;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/chorus/meetings", "Lists the calls that the asker may see")
                        .query(
                                QueryParameter.CUSTOMER,
                                QueryParameter.FROM,
                                QueryParameter.TO,
                                QueryParameter.text("participant", "Part of a name, or a whole e-mail address"),
                                QueryParameter.id("ownerId", "Only calls of this person, an id of GET /api/users"),
                                QueryParameter.text("title", "Part of the title"),
                                QueryParameter.text("externalId", "Chorus's own id of the call"),
                                QueryParameter.flag("hasOpenActionItems", "Whether something promised is still open"),
                                QueryParameter.oneOf(
                                        "state",
                                        "Where the recording stands in Chorus",
                                        Parameters.words(CallContent.State.class)),
                                QueryParameter.oneOf(
                                        "sort", "newest if left out", Parameters.words(CallFilter.Sort.class)))
                        .answersPagesOf(Meeting.class)
                        .handledBy(this::list),
                Route.get("/api/chorus/meetings/{id}", "Everything about one call except what was said")
                        .answers(200, MeetingDetail.class)
                        .handledBy(this::get));
    }

    private void list(Exchange exchange) {
        Parameters query = exchange.query();
        UUID owner = query.id("ownerId");
        CallFilter filter = new CallFilter(
                query.customers(),
                query.range(),
                query.text("participant"),
                owner == null ? null : new UserId(owner),
                query.text("title"),
                query.flag("hasOpenActionItems"),
                query.word("state", CallContent.State.class),
                query.text("externalId"));
        CallFilter.Sort sort =
                Objects.requireNonNullElse(query.word("sort", CallFilter.Sort.class), CallFilter.Sort.NEWEST);
        exchange.answer(
                200,
                calls.list(exchange.asker(), filter, sort, query.cursor(), query.limit())
                        .map(Meeting::of));
    }

    private void get(Exchange exchange) {
        exchange.answer(200, detail(exchange.asker(), CallId.parse(exchange.path("id"))));
    }

    MeetingDetail detail(Asker asker, CallId id) {
        CallDetails details = calls.get(asker, id);
        List<ActionItem> items = tasks.actionItems(
                        asker, Tasks.ItemFilter.ofCall(details.call().id()), ALL_ITEMS)
                .items();
        return MeetingDetail.of(details, signals.of(asker, details), items, candidates(asker, details));
    }

    /** A candidate that the asker may not see does not exist for them. */
    private List<CallDetails.Candidate> candidates(Asker asker, CallDetails details) {
        List<CallDetails.Candidate> all = details.match().candidates();
        if (all.isEmpty() || asker.role() == Role.ADMIN) {
            return all;
        }
        Set<String> visible = customers.visible(asker).stream()
                .map(customer -> customer.id().toString())
                .collect(Collectors.toSet());
        return all.stream()
                .filter(candidate -> visible.contains(candidate.customerId()))
                .toList();
    }
}
