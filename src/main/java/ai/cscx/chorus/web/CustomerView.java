package ai.cscx.chorus.web;

import ai.cscx.chorus.customer.Customer;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer with what CSCX knows of it. */
record CustomerView(
        UUID id,
        String name,
        List<String> aliases,
        List<String> domains,
        @Nullable String crmId,
        @Nullable UUID ownerId,
        @Nullable String ownerName,
        @Nullable String segment,
        @Nullable LocalDate renewalDate) {
    static CustomerView of(Customer customer) {
        return new CustomerView(
                customer.id().value(),
                customer.name(),
                customer.aliases(),
                customer.domains(),
                customer.crmId(),
                customer.owner() == null ? null : customer.owner().value(),
                customer.ownerName(),
                customer.segment(),
                customer.renewalDate());
    }
}
