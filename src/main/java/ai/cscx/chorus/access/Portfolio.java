package ai.cscx.chorus.access;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.TeamId;
import ai.cscx.chorus.store.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What an asker may see, once as a condition for SQL and once as a set for the search index. Both say the same, and
 * nothing that reads customers' data goes without one of them.
 */
public final class Portfolio {
    private final Database database;

    public Portfolio(Database database) {
        this.database = database;
    }

    /**
     * A condition over a customer id column.
     *
     * @param arguments to bind by name; the names begin with {@code portfolio}
     */
    public record Condition(String sql, Map<String, Object> arguments) {
        public Condition {
            arguments = Map.copyOf(arguments);
        }
    }

    /** What the search index needs to know. */
    public sealed interface Visible {
        /** Everything, calls without a customer too. */
        record Everything() implements Visible {}

        /** Every call that belongs to a customer. */
        record AllCustomers() implements Visible {}

        /**
         * The calls of these customers; perhaps none.
         *
         * @param customers with their numbers, which the search index takes thousands of at once
         */
        record Only(Map<CustomerId, Integer> customers) implements Visible {
            public Only {
                customers = Map.copyOf(customers);
            }
        }
    }

    /**
     * The condition that keeps the rows which the asker may see.
     *
     * @param customerColumn trusted SQL naming the customer id of a row, such as {@code c.customer_id}
     */
    public static Condition condition(Asker asker, String customerColumn) {
        return switch (asker.role()) {
            case ADMIN -> new Condition("TRUE", Map.of());
            case LEADER -> {
                TeamId team = asker.team();
                yield team == null
                        ? new Condition(customerColumn + " IS NOT NULL", Map.of())
                        : new Condition(
                                customerColumn
                                        + " IN (SELECT id FROM customers WHERE owner_id IN"
                                        + " (SELECT id FROM chorus_users WHERE team_id = :portfolioTeam))",
                                Map.of("portfolioTeam", team.value()));
            }
            case CSM ->
                new Condition(
                        customerColumn + " IN (SELECT id FROM customers WHERE owner_id = :portfolioOwner)",
                        Map.of("portfolioOwner", asker.id().value()));
            case SERVICE -> new Condition("FALSE", Map.of());
        };
    }

    /** Whether there is such a customer for the asker; it stays until the caller's transaction ends. */
    public static boolean sees(Handle handle, Asker asker, CustomerId customer) {
        Condition visible = condition(asker, "id");
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM customers WHERE id = :customer AND " + visible.sql()
                        + " FOR KEY SHARE)")
                .bindMap(new HashMap<>(visible.arguments()))
                .bind("customer", customer.value())
                .mapTo(Boolean.class)
                .one();
    }

    /** What the asker may see right now; ask again for each request. */
    public Visible visible(Asker asker) {
        return switch (asker.role()) {
            case ADMIN -> new Visible.Everything();
            case LEADER -> asker.team() == null ? new Visible.AllCustomers() : only(asker);
            case CSM, SERVICE -> only(asker);
        };
    }

    private Visible.Only only(Asker asker) {
        Condition condition = condition(asker, "id");
        return new Visible.Only(database.read(handle -> handle.createQuery(
                        "SELECT id, number FROM customers WHERE " + condition.sql())
                .bindMap(new HashMap<>(condition.arguments()))
                .map((row, context) -> Map.entry(new CustomerId(row.getObject("id", UUID.class)), row.getInt("number")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }
}
