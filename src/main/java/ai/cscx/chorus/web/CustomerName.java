package ai.cscx.chorus.web;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.Call;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer where only its name is needed. */
record CustomerName(UUID id, String name) {
    static @Nullable CustomerName of(Call.@Nullable CustomerRef customer) {
        return customer == null ? null : new CustomerName(customer.id().value(), customer.name());
    }

    static @Nullable CustomerName of(@Nullable CustomerId id, @Nullable String name) {
        return id == null || name == null ? null : new CustomerName(id.value(), name);
    }
}
