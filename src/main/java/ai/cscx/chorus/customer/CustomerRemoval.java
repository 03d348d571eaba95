package ai.cscx.chorus.customer;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Database;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Taking customers away, and what becomes of the calls and tasks that are theirs. Thread-safe. */
public final class CustomerRemoval {
    private final Database database;
    private final AfterLink afterLink;

    public CustomerRemoval(Database database, AfterLink afterLink) {
        this.database = database;
        this.afterLink = afterLink;
    }

    /** Where calls and tasks of a customer that goes shall go. */
    public sealed interface Heir {
        /** Nowhere is right: with calls or tasks the customer stays. */
        record Unsaid() implements Heir {}

        /** Calls are matched anew, tasks stay their assignees' without a customer. */
        record Nobody() implements Heir {}

        /** To this customer, for good. */
        record Other(CustomerId id) implements Heir {}
    }

    /** How many calls and tasks went where the heir says. */
    public record Removed(int calls, int tasks) {}

    /**
     * @throws Failure.Forbidden unless an admin asks
     * @throws Failure.NotFound if there is no such customer
     * @throws Failure.Conflict if it has calls or tasks and nobody said where they go
     * @throws Failure.Rejected if the heir is no other customer
     */
    public Removed remove(Asker asker, CustomerId id, Heir heir) {
        asker.requireAdmin();
        return database.inTransaction(handle -> {
            Customers.locked(handle, id);
            UUID to = heir(handle, id, heir);
            List<UUID> calls = handle.createQuery(
                            "SELECT id FROM chorus_calls WHERE customer_id = :id ORDER BY id FOR UPDATE")
                    .bind("id", id.value())
                    .mapTo(UUID.class)
                    .list();
            long tasks = handle.createQuery("SELECT count(*) FROM tasks WHERE customer_id = :id")
                    .bind("id", id.value())
                    .mapTo(Long.class)
                    .one();
            if (heir instanceof Heir.Unsaid && (!calls.isEmpty() || tasks > 0)) {
                throw new Failure.Conflict(
                        "customer-in-use",
                        "The customer has " + calls.size() + " calls and " + tasks + " tasks. Say where they go:"
                                + " ?reassign= with another customer's id, or ?reassign=none to match the calls anew.",
                        null);
            }
            move(handle, id, to);
            handle.createUpdate("DELETE FROM customers WHERE id = :id")
                    .bind("id", id.value())
                    .execute();
            calls.forEach(call -> afterLink.changed(handle, new CallId(call)));
            return new Removed(calls.size(), Math.toIntExact(tasks));
        });
    }

    private static @Nullable UUID heir(Handle handle, CustomerId id, Heir heir) {
        return switch (heir) {
            case Heir.Unsaid unsaid -> null;
            case Heir.Nobody nobody -> null;
            case Heir.Other other -> {
                boolean exists = handle.createQuery("SELECT EXISTS (SELECT 1 FROM customers WHERE id = :id FOR SHARE)")
                        .bind("id", other.id().value())
                        .mapTo(Boolean.class)
                        .one();
                if (!exists || other.id().equals(id)) {
                    throw new Failure.Rejected("reassign is the id of another customer, or none.");
                }
                yield other.id().value();
            }
        };
    }

    /** A person's word moves the calls, so it stays like a link by hand; without an heir they are as never linked. */
    private static void move(Handle handle, CustomerId id, @Nullable UUID to) {
        handle.createUpdate("""
                        UPDATE chorus_calls SET customer_id = :to::uuid, match_candidates = '[]',
                            match_kind = CASE WHEN :to::uuid IS NULL THEN NULL ELSE 'manual' END,
                            match_reason = CASE WHEN :to::uuid IS NULL THEN 'its customer was deleted'
                                ELSE 'a person moved it here when its customer was deleted' END,
                            match_confidence = CASE WHEN :to::uuid IS NULL THEN NULL ELSE 1 END
                        WHERE customer_id = :id
                        """).bind("id", id.value()).bind("to", to).execute();
        for (String table : List.of("chorus_action_items", "tasks")) {
            handle.createUpdate("UPDATE " + table + " SET customer_id = :to::uuid WHERE customer_id = :id")
                    .bind("id", id.value())
                    .bind("to", to)
                    .execute();
        }
    }
}
