package ai.cscx.chorus.web;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.customer.Customer;
import ai.cscx.chorus.customer.CustomerRemoval;
import ai.cscx.chorus.customer.CustomerRemoval.Heir;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.customer.NewCustomer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changing customers and taking them away. */
final class CustomerChangeRoutes {
    private final Customers customers;
    private final CustomerRemoval removal;

    CustomerChangeRoutes(Customers customers, CustomerRemoval removal) {
        this.customers = customers;
        this.removal = removal;
    }

    /** What became of what the customer had. */
    record RemovedView(int calls, int tasks) {}

    List<Route> routes() {
        return List.of(
                Route.patch("/api/customers/{id}", "Changes a customer: what is sent, null clears, the rest stays")
                        .access(Access.ADMIN)
                        .takes(CustomerRoutes.CustomerRequest.class)
                        .answers(200, CustomerView.class)
                        .handledBy(this::change),
                Route.delete("/api/customers/{id}", "Deletes a customer and says how many calls and tasks it had")
                        .access(Access.ADMIN)
                        .query(QueryParameter.text(
                                "reassign",
                                "Where its calls and tasks go: a customer's id, or none to match the calls anew."
                                        + " Left out, a customer that has some is not deleted"))
                        .answers(200, RemovedView.class)
                        .handledBy(this::remove));
    }

    private void change(Exchange exchange) {
        CustomerId id = CustomerId.parse(exchange.path("id"));
        ObjectNode sent = exchange.body(ObjectNode.class);
        exchange.answer(
                200, CustomerView.of(customers.change(exchange.asker(), id, customer -> merged(customer, sent))));
    }

    /** A JSON merge patch (RFC 7396). */
    private static NewCustomer merged(Customer customer, ObjectNode sent) {
        ObjectNode whole = WireJson.MAPPER.valueToTree(CustomerView.of(customer));
        whole.setAll(sent);
        return WireJson.read(WireJson.bytes(whole), CustomerRoutes.CustomerRequest.class)
                .customer();
    }

    private void remove(Exchange exchange) {
        CustomerId id = CustomerId.parse(exchange.path("id"));
        CustomerRemoval.Removed removed =
                removal.remove(exchange.asker(), id, heir(exchange.query().text("reassign")));
        exchange.answer(200, new RemovedView(removed.calls(), removed.tasks()));
    }

    private static Heir heir(@Nullable String reassign) {
        if (reassign == null) {
            return new Heir.Unsaid();
        }
        if (reassign.equals("none")) {
            return new Heir.Nobody();
        }
        try {
            return new Heir.Other(CustomerId.parse(reassign));
        } catch (Failure.NotFound noId) {
            throw new Failure.Malformed("The parameter reassign is a customer's id, or none.", noId);
        }
    }
}
