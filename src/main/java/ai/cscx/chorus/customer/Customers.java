package ai.cscx.chorus.customer;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.store.Database;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The customers that an asker may see, and their upkeep by admins. Thread-safe. */
public final class Customers {
    private static final String SELECT = """
            SELECT c.id, c.name, c.aliases, c.domains, c.crm_id, c.owner_id, u.name AS owner_name, c.segment, c.renewal_date
            FROM customers c LEFT JOIN chorus_users u ON u.id = c.owner_id
            """;

    private static final String NONE = "There is no customer with this id.";

    private final Database database;

    public Customers(Database database) {
        this.database = database;
    }

    /** Every customer that the asker may see, by name; the roster that names in questions are looked up in. */
    public List<Customer> visible(Asker asker) {
        Portfolio.Condition visible = Portfolio.condition(asker, "c.id");
        return database.read(handle -> handle.createQuery(SELECT + " WHERE " + visible.sql() + " ORDER BY c.name, c.id")
                .bindMap(new HashMap<>(visible.arguments()))
                .map((row, context) -> customer(row))
                .list());
    }

    /** The customers that the asker may see, by name, page by page. */
    public Page<Customer> list(Asker asker, @Nullable String cursor, int limit) {
        Portfolio.Condition visible = Portfolio.condition(asker, "c.id");
        Cursor after = cursor == null ? null : Cursor.decode(cursor, "customers", 2);
        String page = after == null ? "" : " AND (c.name, c.id) > (:afterName, :afterId)";
        List<Customer> found = database.read(handle -> {
            var query = handle.createQuery(
                            SELECT + " WHERE " + visible.sql() + page + " ORDER BY c.name, c.id LIMIT :limit")
                    .bindMap(new HashMap<>(visible.arguments()))
                    .bind("limit", limit + 1);
            if (after != null) {
                query.bind("afterName", after.keys().getFirst()).bind("afterId", after.uuid(1));
            }
            return query.map((row, context) -> customer(row)).list();
        });
        return Page.of(
                found,
                limit,
                last -> new Cursor("customers", List.of(last.name(), last.id().toString())));
    }

    /**
     * @throws Failure.NotFound if there is no such customer, or the asker may not see it
     */
    public Customer get(Asker asker, CustomerId id) {
        Portfolio.Condition visible = Portfolio.condition(asker, "c.id");
        return database.read(handle -> handle.createQuery(SELECT + " WHERE c.id = :id AND " + visible.sql())
                        .bindMap(new HashMap<>(visible.arguments()))
                        .bind("id", id.value())
                        .map((row, context) -> customer(row))
                        .findOne())
                .orElseThrow(() -> new Failure.NotFound(NONE));
    }

    /**
     * @throws Failure.Forbidden unless an admin asks
     * @throws Failure.Rejected if the owner is nobody
     */
    public Customer add(Asker asker, NewCustomer customer) {
        asker.requireAdmin();
        CustomerId id = database.inTransaction(handle -> {
            requireOwner(handle, customer.owner());
            return insert(handle, customer);
        });
        return get(asker, id);
    }

    /** What {@link #ensure} did. */
    public enum Ensured {
        CREATED,
        UPDATED
    }

    /** Adds the customer, or updates the one with its CRM id, else the one with exactly its name. For imports. */
    public Ensured ensure(NewCustomer customer) {
        return database.inTransaction(handle -> {
            requireOwner(handle, customer.owner());
            Optional<UUID> existing = handle.createQuery("""
                            SELECT id FROM customers WHERE (crm_id IS NOT NULL AND crm_id = :crmId) OR lower(name) = lower(:name)
                            ORDER BY (crm_id IS NOT NULL AND crm_id = :crmId) DESC NULLS LAST LIMIT 1
                            """)
                    .bind("crmId", customer.crmId())
                    .bind("name", customer.name())
                    .mapTo(UUID.class)
                    .findOne();
            if (existing.isEmpty()) {
                insert(handle, customer);
                return Ensured.CREATED;
            }
            bound(handle.createUpdate("""
                                    UPDATE customers SET name = :name, aliases = :aliases, domains = :domains,
                                        crm_id = COALESCE(:crmId, crm_id), owner_id = COALESCE(:owner, owner_id),
                                        segment = COALESCE(:segment, segment), renewal_date = COALESCE(:renewalDate, renewal_date),
                                        updated_at = now()
                                    WHERE id = :id
                                    """), customer).bind("id", existing.get()).execute();
            return Ensured.UPDATED;
        });
    }

    /**
     * Changes what is known of a customer.
     *
     * @param change gives all of it as it shall be; a customer that CSCX writes meanwhile waits
     * @throws Failure.Forbidden unless an admin asks
     * @throws Failure.NotFound if there is no such customer
     * @throws Failure.Rejected if the owner is nobody
     */
    public Customer change(Asker asker, CustomerId id, Function<Customer, NewCustomer> change) {
        asker.requireAdmin();
        database.transact(handle -> {
            NewCustomer changed = change.apply(locked(handle, id));
            requireOwner(handle, changed.owner());
            bound(handle.createUpdate("""
                                    UPDATE customers SET name = :name, aliases = :aliases, domains = :domains, crm_id = :crmId,
                                        owner_id = :owner, segment = :segment, renewal_date = :renewalDate, updated_at = now()
                                    WHERE id = :id
                                    """), changed).bind("id", id.value()).execute();
        });
        return get(asker, id);
    }

    static Customer locked(Handle handle, CustomerId id) {
        return handle.createQuery(SELECT + " WHERE c.id = :id FOR UPDATE OF c")
                .bind("id", id.value())
                .map((row, context) -> customer(row))
                .findOne()
                .orElseThrow(() -> new Failure.NotFound(NONE));
    }

    public long count() {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM customers")
                .mapTo(Long.class)
                .one());
    }

    private static CustomerId insert(Handle handle, NewCustomer customer) {
        return new CustomerId(
                bound(handle.createQuery("""
                                INSERT INTO customers (name, aliases, domains, crm_id, owner_id, segment, renewal_date)
                                VALUES (:name, :aliases, :domains, :crmId, :owner, :segment, :renewalDate) RETURNING id
                                """), customer).mapTo(UUID.class).one());
    }

    private static <S extends SqlStatement<S>> S bound(S statement, NewCustomer customer) {
        return statement
                .bind("name", customer.name())
                .bind("aliases", customer.aliases().toArray(String[]::new))
                .bind("domains", customer.domains().toArray(String[]::new))
                .bind("crmId", customer.crmId())
                .bind(
                        "owner",
                        customer.owner() == null ? null : customer.owner().value())
                .bind("segment", customer.segment())
                .bind("renewalDate", customer.renewalDate());
    }

    private static void requireOwner(Handle handle, @Nullable UserId owner) {
        if (owner == null) {
            return;
        }
        boolean exists = handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM chorus_users WHERE id = :id AND NOT disabled)")
                .bind("id", owner.value())
                .mapTo(Boolean.class)
                .one();
        if (!exists) {
            throw new Failure.Rejected(
                    "The customer cannot be saved.",
                    List.of(new Failure.Rejected.Problem("/ownerId", "is nobody; see GET /api/users")));
        }
    }

    private static Customer customer(ResultSet row) throws SQLException {
        UUID owner = row.getObject("owner_id", UUID.class);
        Date renewal = row.getDate("renewal_date");
        return new Customer(
                new CustomerId(row.getObject("id", UUID.class)),
                row.getString("name"),
                texts(row.getArray("aliases")),
                texts(row.getArray("domains")),
                row.getString("crm_id"),
                owner == null ? null : new UserId(owner),
                row.getString("owner_name"),
                row.getString("segment"),
                renewal == null ? null : renewal.toLocalDate());
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
