package ai.cscx.chorus.customer;

import ai.cscx.chorus.base.CustomerId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer as matching knows it.
 *
 * @param rank the place among all: of equals the one that is here longest comes first
 */
record Entry(
        CustomerId id,
        String name,
        List<String> aliases,
        List<String> domains,
        @Nullable String crmId,
        int rank) {
    Entry {
        aliases = List.copyOf(aliases);
        domains = List.copyOf(domains);
    }

    /** The name first. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        names.add(name);
        names.addAll(aliases);
        return names;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Entry entry && entry.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
