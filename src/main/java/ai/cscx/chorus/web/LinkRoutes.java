package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.UnmatchedCalls;
import ai.cscx.chorus.customer.Links;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which customer a call belongs to: the queue of those that nobody knows, and linking by hand. */
final class LinkRoutes {
    private final UnmatchedCalls unmatched;
    private final Links links;
    private final MeetingRoutes meetings;

    LinkRoutes(UnmatchedCalls unmatched, Links links, MeetingRoutes meetings) {
        this.unmatched = unmatched;
        this.links = links;
        this.meetings = meetings;
    }

    /**
     * A call in the queue.
     *
     * @param call its fields stand beside the others
     * @param reason why it has no customer
     * @param candidates the likeliest first
     */
    record UnmatchedView(
            @JsonUnwrapped Meeting call, @Nullable String reason, List<MeetingDetail.CandidateView> candidates) {
        static UnmatchedView of(CallDetails details) {
            return new UnmatchedView(
                    Meeting.of(details.call()),
                    details.match().reason(),
                    details.match().candidates().stream()
                            .map(MeetingDetail.CandidateView::of)
                            .toList());
        }
    }

    /**
     * A link as it is sent.
     *
     * @param customerId null = it is no customer's
     * @param learnDomain true = the one domain of the people in the call that no customer has yet; or that domain
     */
    record LinkRequest(@Nullable UUID customerId, @Nullable JsonNode learnDomain) {
        Links.Teaching teaching() {
            if (learnDomain == null || learnDomain.isNull()) {
                return new Links.Teaching.Nothing();
            }
            if (learnDomain.isBoolean()) {
                return learnDomain.booleanValue() ? new Links.Teaching.TheDomain() : new Links.Teaching.Nothing();
            }
            if (learnDomain.isTextual()) {
                return new Links.Teaching.Domain(learnDomain.textValue());
            }
            throw wrong("/learnDomain", "is true, false or a domain");
        }
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/chorus/unmatched", "Lists the calls without a sure customer, newest first, and why")
                        .access(Access.ADMIN)
                        .query(QueryParameter.FROM, QueryParameter.TO)
                        .answersPagesOf(UnmatchedView.class)
                        .handledBy(this::queue),
                Route.post(
                                "/api/chorus/meetings/{id}/customer",
                                "Links a call to a customer for good, and learns from it")
                        .takes(LinkRequest.class)
                        .answers(200, MeetingDetail.class)
                        .handledBy(this::link));
    }

    private void queue(Exchange exchange) {
        Parameters query = exchange.query();
        exchange.answer(
                200,
                unmatched
                        .list(exchange.asker(), query.range(), query.cursor(), query.limit())
                        .map(UnmatchedView::of));
    }

    private void link(Exchange exchange) {
        Asker asker = exchange.asker();
        CallId call = CallId.parse(exchange.path("id"));
        ObjectNode sent = exchange.body(ObjectNode.class);
        LinkRequest request = WireJson.read(WireJson.bytes(sent), LinkRequest.class);
        if (!sent.has("customerId")) {
            throw wrong("/customerId", "is missing; send a customer's id, or null for no customer's call");
        }
        UUID customer = request.customerId();
        links.link(asker, call, customer == null ? null : new CustomerId(customer), request.teaching());
        exchange.answer(200, meetings.detail(asker, call));
    }

    private static Failure.Rejected wrong(String pointer, String detail) {
        return new Failure.Rejected("The call cannot be linked.", List.of(new Problem(pointer, detail)));
    }
}
