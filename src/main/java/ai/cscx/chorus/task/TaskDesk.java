package ai.cscx.chorus.task;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.base.TaskId;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.store.Database;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Where people make and change tasks: those of their customers, and those that belong to
 * no customer and are theirs to do or were made by them. What they may
 * not see they cannot change, and it does not exist. Thread-safe.
 */
public final class TaskDesk {
    private static final String NONE = "There is no task with this id.";

    private final Database database;

    public TaskDesk(Database database) {
        this.database = database;
    }

    /**
     * Makes a task; a task without a customer and without an assignee is the asker's.
     *
     * @throws Failure.Rejected if there is no such customer or call for the asker, or no such assignee
     */
    public Task add(Asker asker, NewTask task) {
        return database.inTransaction(handle -> add(handle, asker, task));
    }

    /** Like {@link #add(Asker, NewTask)}, in the caller's transaction. */
    public Task add(Handle handle, Asker asker, NewTask task) {
        require(handle, asker, task);
        UserId assignee = task.assignee() == null && task.customer() == null ? asker.id() : task.assignee();
        UUID id = bound(handle.createQuery("""
                                INSERT INTO tasks (title, customer_id, assignee_id, due_date, status, source_call_id, needs_review,
                                    created_by, completed_at)
                                VALUES (:title, :customer, :assignee, :due, :status, :call, :review,
                                    :asker, CASE WHEN :status = 'done' THEN now() END)
                                RETURNING id
                                """), task)
                .bind("assignee", assignee == null ? null : assignee.value())
                .bind("asker", asker.id().value())
                .mapTo(UUID.class)
                .one();
        return find(handle, asker, new TaskId(id), false);
    }

    /**
     * @throws Failure.NotFound if there is no such task for the asker
     */
    public Task get(Asker asker, TaskId id) {
        return database.read(handle -> find(handle, asker, id, false));
    }

    /**
     * Changes a task. A change that changes nothing leaves the version as it is.
     *
     * @param expected the version that the asker saw; null takes whichever there is
     * @throws Failure.NotFound if there is no such task for the asker
     * @throws Failure.Conflict if somebody changed it meanwhile
     * @throws Failure.Rejected if there is no such customer for the asker, or no such assignee
     */
    public Task change(Asker asker, TaskId id, @Nullable Integer expected, Function<Task, NewTask> change) {
        return database.inTransaction(handle -> change(handle, asker, id, expected, change));
    }

    /** Like {@link #change(Asker, TaskId, Integer, Function)}, in the caller's transaction. */
    public Task change(
            Handle handle, Asker asker, TaskId id, @Nullable Integer expected, Function<Task, NewTask> change) {
        Task before = find(handle, asker, id, true);
        if (expected != null && expected != before.version()) {
            throw new Failure.Conflict(
                    "task-changed",
                    "Somebody changed the task meanwhile; read it again and repeat your change with its new version.",
                    null);
        }
        NewTask wanted = change.apply(before);
        if (wanted.equals(before.content())) {
            return before;
        }
        require(handle, asker, wanted);
        bound(handle.createUpdate("""
                                UPDATE tasks SET title = :title, customer_id = :customer, assignee_id = :assignee, due_date = :due,
                                    status = :status, source_call_id = :call, needs_review = :review
                                WHERE id = :id
                                """), wanted)
                .bind(
                        "assignee",
                        wanted.assignee() == null ? null : wanted.assignee().value())
                .bind("id", id.value())
                .execute();
        return find(handle, asker, id, false);
    }

    /**
     * Notes that an action item was dealt with: its task is done; an item without a task, such as what a customer
     * promised, is marked itself. Again changes nothing.
     *
     * @return the task; null where there is none
     * @throws Failure.NotFound if there is no such item for the asker
     */
    public @Nullable Task complete(Handle handle, Asker asker, UUID item) {
        Portfolio.Condition visible = Portfolio.condition(asker, "c.customer_id");
        UUID task = handle.createQuery("""
                        SELECT COALESCE(i.task_id, i.id) FROM chorus_action_items i
                        JOIN chorus_calls c ON c.chorus_call_id = i.chorus_call_id
                        WHERE i.id = :item AND """ + " " + visible.sql() + " FOR UPDATE OF i")
                .bindMap(new HashMap<>(visible.arguments()))
                .bind("item", item)
                .mapTo(UUID.class)
                .findOne()
                .orElseThrow(() -> new Failure.NotFound("There is no action item with this id."));
        if (task.equals(item)) {
            handle.createUpdate("UPDATE chorus_action_items SET done_at = now() WHERE id = :item AND done_at IS NULL")
                    .bind("item", item)
                    .execute();
            return null;
        }
        return change(handle, asker, new TaskId(task), null, before -> before.content(Task.Status.DONE));
    }

    private static Task find(Handle handle, Asker asker, TaskId id, boolean lock) {
        Portfolio.Condition visible = Tasks.visible(asker);
        return handle.createQuery(
                        Tasks.TASK_SELECT + " WHERE t.id = :id AND " + visible.sql() + (lock ? " FOR UPDATE OF t" : ""))
                .bindMap(new HashMap<>(visible.arguments()))
                .bind("id", id.value())
                .map((row, context) -> Tasks.task(row))
                .findOne()
                .orElseThrow(() -> new Failure.NotFound(NONE));
    }

    private static void require(Handle handle, Asker asker, NewTask task) {
        CustomerId customer = task.customer();
        if (customer != null && !Portfolio.sees(handle, asker, customer)) {
            throw rejected("/customerId", "is the id of no customer");
        }
        UserId assignee = task.assignee();
        if (assignee != null
                && !exists(handle, "SELECT EXISTS (SELECT 1 FROM chorus_users WHERE id = :id)", assignee.value())) {
            throw rejected("/assigneeId", "is the id of nobody; see GET /api/users");
        }
        if (task.sourceCall() != null) {
            requireCall(handle, asker, task.sourceCall().value());
        }
    }

    private static void requireCall(Handle handle, Asker asker, UUID call) {
        Portfolio.Condition visible = Portfolio.condition(asker, "customer_id");
        boolean there = handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM chorus_calls WHERE id = :call AND " + visible.sql() + ")")
                .bindMap(new HashMap<>(visible.arguments()))
                .bind("call", call)
                .mapTo(Boolean.class)
                .one();
        if (!there) {
            throw rejected("/sourceCallId", "is the id of no call");
        }
    }

    private static boolean exists(Handle handle, String sql, UUID id) {
        return handle.createQuery(sql).bind("id", id).mapTo(Boolean.class).one();
    }

    private static Failure.Rejected rejected(String pointer, String detail) {
        return new Failure.Rejected("The task cannot be saved.", List.of(new Problem(pointer, detail)));
    }

    private static <S extends SqlStatement<S>> S bound(S statement, NewTask task) {
        return statement
                .bind("title", task.title())
                .bind(
                        "customer",
                        task.customer() == null ? null : task.customer().value())
                .bind("due", task.due())
                .bind("status", task.status().word())
                .bind(
                        "call",
                        task.sourceCall() == null ? null : task.sourceCall().value())
                .bind("review", task.needsReview());
    }
}
