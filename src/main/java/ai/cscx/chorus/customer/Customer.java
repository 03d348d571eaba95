package ai.cscx.chorus.customer;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.UserId;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A customer of the workspace. */
public record Customer(
        CustomerId id,
        String name,
        List<String> aliases,
        List<String> domains,
        @Nullable String crmId,
        @Nullable UserId owner,
        @Nullable String ownerName,
        @Nullable String segment,
        @Nullable LocalDate renewalDate) {
    public Customer {
        aliases = List.copyOf(aliases);
        domains = List.copyOf(domains);
    }
}
