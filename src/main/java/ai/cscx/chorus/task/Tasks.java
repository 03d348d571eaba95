package ai.cscx.chorus.task;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.TaskId;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.store.Conditions;
import ai.cscx.chorus.store.Database;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Action items and tasks, read on behalf of somebody; and the step that makes tasks of items. Thread-safe. */
public final class Tasks {
    private static final String ITEM_COLUMNS = """
            i.id, i.description, i.side, COALESCE(a.name, i.owner) AS owner_name, COALESCE(t.due_date, i.due_date) AS due,
            COALESCE(t.status, CASE WHEN i.done_at IS NULL THEN 'open' ELSE 'done' END) AS status, i.start_ms, i.task_id, i.position,
            c.id AS call_id, c.title AS call_title, c.call_date, c.chorus_url, c.customer_id, cu.name AS customer_name
            """;
    private static final String ITEM_FROM = """
             FROM chorus_action_items i
             JOIN chorus_calls c ON c.chorus_call_id = i.chorus_call_id
             LEFT JOIN customers cu ON cu.id = c.customer_id
             LEFT JOIN tasks t ON t.id = i.task_id
             LEFT JOIN chorus_users a ON a.id = t.assignee_id
             LEFT JOIN chorus_users co ON co.id = cu.owner_id
            """;

    static final String TASK_SELECT = """
            SELECT t.id, t.title, t.customer_id, cu.name AS customer_name, t.assignee_id, a.name AS assignee_name, t.due_date,
                t.status, t.source_call_id, i.id AS item_id, t.needs_review, t.chorus_version, t.created_at
            FROM tasks t
            LEFT JOIN customers cu ON cu.id = t.customer_id
            LEFT JOIN chorus_users a ON a.id = t.assignee_id
            LEFT JOIN chorus_action_items i ON i.task_id = t.id
            """;

    private final Database database;

    public Tasks(Database database) {
        this.database = database;
    }

    /**
     * Which action items; null and empty mean "any".
     *
     * @param statuses of their tasks; an item without a task is open
     * @param owner assignee of the task, or owner of the customer where there is no task
     * @param participant part of the name of somebody in the call
     * @param words each must stand in the text
     * @param dueBefore only items due before this day
     */
    public record ItemFilter(
            Set<CustomerId> customers,
            @Nullable CallId call,
            TimeRange callRange,
            Set<Task.Status> statuses,
            @Nullable UserId owner,
            @Nullable String participant,
            List<String> words,
            @Nullable LocalDate dueFrom,
            @Nullable LocalDate dueBefore) {
        public static final ItemFilter ALL =
                new ItemFilter(Set.of(), null, TimeRange.ALWAYS, Set.of(), null, null, List.of(), null, null);

        public ItemFilter {
            customers = Set.copyOf(customers);
            statuses = Set.copyOf(statuses);
            words = List.copyOf(words);
        }

        public static ItemFilter ofCall(CallId call) {
            return new ItemFilter(Set.of(), call, TimeRange.ALWAYS, Set.of(), null, null, List.of(), null, null);
        }
    }

    /** A part of the items that fit, and how many fit. */
    public record Items(List<ActionItem> items, long total) {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Which tasks; null means "any". */
    public record TaskFilter(
            @Nullable CustomerId customer,
            @Nullable UserId assignee,
            Task.@Nullable Status status,
            @Nullable LocalDate dueBefore) {}

    /** The first {@code limit} items that fit: of the newest call first, in the order in which Chorus lists them. */
    public Items actionItems(Asker asker, ItemFilter filter, int limit) {
        Conditions where = new Conditions();
        Portfolio.Condition visible = Portfolio.condition(asker, "c.customer_id");
        where.and(visible.sql(), visible.arguments());
        if (!filter.customers().isEmpty()) {
            where.and(
                    "c.customer_id = ANY (:customers)",
                    Map.of(
                            "customers",
                            filter.customers().stream().map(CustomerId::value).toArray(UUID[]::new)));
        }
        if (filter.call() != null) {
            where.and("c.id = :call", Map.of("call", filter.call().value()));
        }
        Instant from = filter.callRange().from();
        if (from != null) {
            where.and("c.call_date >= :from", Map.of("from", from.atOffset(ZoneOffset.UTC)));
        }
        Instant until = filter.callRange().until();
        if (until != null) {
            where.and("c.call_date < :until", Map.of("until", until.atOffset(ZoneOffset.UTC)));
        }
        if (!filter.statuses().isEmpty()) {
            where.and(
                    "COALESCE(t.status, CASE WHEN i.done_at IS NULL THEN 'open' ELSE 'done' END) = ANY (:statuses)",
                    Map.of(
                            "statuses",
                            filter.statuses().stream().map(Task.Status::word).toArray(String[]::new)));
        }
        if (filter.owner() != null) {
            where.and(
                    "CASE WHEN t.id IS NULL THEN co.id ELSE t.assignee_id END = :owner",
                    Map.of("owner", filter.owner().value()));
        }
        if (filter.participant() != null) {
            where.and(
                    "EXISTS (SELECT 1 FROM jsonb_array_elements(c.participants) p WHERE lower(p->>'name') LIKE :participant)",
                    Map.of("participant", Conditions.containing(filter.participant())));
        }
        int n = 0;
        for (String word : filter.words()) {
            where.and("lower(i.description) LIKE :word" + n, Map.of("word" + n, Conditions.containing(word)));
            n++;
        }
        if (filter.dueFrom() != null) {
            where.and("COALESCE(t.due_date, i.due_date) >= :dueFrom", Map.of("dueFrom", filter.dueFrom()));
        }
        if (filter.dueBefore() != null) {
            where.and("COALESCE(t.due_date, i.due_date) < :dueBefore", Map.of("dueBefore", filter.dueBefore()));
        }
        return database.read(handle -> {
            long total = handle.createQuery("SELECT count(*)" + ITEM_FROM + where.sql())
                    .bindMap(where.arguments())
                    .mapTo(Long.class)
                    .one();
            List<ActionItem> items = handle.createQuery("SELECT " + ITEM_COLUMNS + ITEM_FROM + where.sql()
                            + " ORDER BY c.call_date DESC, c.id, i.position LIMIT :limit")
                    .bindMap(where.arguments())
                    .bind("limit", limit)
                    .map((row, context) -> item(row))
                    .list();
            return new Items(items, total);
        });
    }

    /** The tasks that fit, newest first. */
    public Page<Task> list(Asker asker, TaskFilter filter, @Nullable String cursor, int limit) {
        Conditions where = new Conditions();
        Portfolio.Condition visible = visible(asker);
        where.and(visible.sql(), visible.arguments());
        if (filter.customer() != null) {
            where.and(
                    "t.customer_id = :customer",
                    Map.of("customer", filter.customer().value()));
        }
        if (filter.assignee() != null) {
            where.and(
                    "t.assignee_id = :assignee",
                    Map.of("assignee", filter.assignee().value()));
        }
        if (filter.status() != null) {
            where.and("t.status = :status", Map.of("status", filter.status().word()));
        }
        if (filter.dueBefore() != null) {
            where.and("t.due_date < :dueBefore", Map.of("dueBefore", filter.dueBefore()));
        }
        if (cursor != null) {
            Cursor after = Cursor.decode(cursor, "tasks", 2);
            where.and(
                    "(t.created_at, t.id) < (:afterTime, :afterId)",
                    Map.of(
                            "afterTime", after.instant(0).atOffset(ZoneOffset.UTC),
                            "afterId", after.uuid(1)));
        }
        List<Task> found = database.read(handle -> handle.createQuery(
                        TASK_SELECT + where.sql() + " ORDER BY t.created_at DESC, t.id DESC LIMIT :limit")
                .bindMap(where.arguments())
                .bind("limit", limit + 1)
                .map((row, context) -> task(row))
                .list());
        return Page.of(
                found,
                limit,
                last -> new Cursor(
                        "tasks", List.of(last.createdAt().toString(), last.id().toString())));
    }

    /**
     * Makes a task of every action item of the call that is ours to do and has none yet, for the customer's owner. Items
     * of a call without a customer wait. Again changes nothing.
     *
     * @return how many tasks were made
     */
    public int createFromActionItems(Handle handle, CallId call) {
        return handle.createUpdate("""
                        WITH due AS (
                            SELECT i.id AS item_id, gen_random_uuid() AS task_id, i.description, i.due_date, i.side, c.customer_id,
                                cu.owner_id, c.id AS call_id
                            FROM chorus_action_items i
                            JOIN chorus_calls c ON c.chorus_call_id = i.chorus_call_id
                            JOIN customers cu ON cu.id = c.customer_id
                            WHERE c.id = :call AND i.task_id IS NULL AND i.side <> 'external'
                            FOR UPDATE OF i
                        ), made AS (
                            INSERT INTO tasks (id, title, customer_id, assignee_id, due_date, status, source_call_id, needs_review)
                            SELECT task_id, description, customer_id, owner_id, due_date, 'open', call_id,
                                side = 'unknown' OR owner_id IS NULL
                            FROM due RETURNING id
                        )
                        UPDATE chorus_action_items i SET task_id = due.task_id FROM due, made
                        WHERE i.id = due.item_id AND made.id = due.task_id
                        """).bind("call", call.value()).execute();
    }

    /**
     * Gives the tasks that came out of a call the customer that the call has now; whoever had them as the owner of the
     * customer before hands them to the new one. Without a customer they wait for review. Again changes nothing.
     */
    public void followCall(Handle handle, CallId call) {
        handle.createUpdate("""
                        UPDATE tasks t SET customer_id = c.customer_id, updated_at = now(),
                            assignee_id = CASE WHEN t.assignee_id = before.owner_id THEN now_.owner_id ELSE t.assignee_id END,
                            needs_review = t.needs_review OR now_.owner_id IS NULL
                        FROM chorus_calls c LEFT JOIN customers now_ ON now_.id = c.customer_id, tasks old
                        LEFT JOIN customers before ON before.id = old.customer_id
                        WHERE c.id = :call AND t.source_call_id = c.id AND old.id = t.id
                          AND t.customer_id IS DISTINCT FROM c.customer_id
                          AND EXISTS (SELECT 1 FROM chorus_action_items i WHERE i.task_id = t.id)
                        """).bind("call", call.value()).execute();
    }

    private static ActionItem item(ResultSet row) throws SQLException {
        UUID customer = row.getObject("customer_id", UUID.class);
        UUID task = row.getObject("task_id", UUID.class);
        long startMs = row.getLong("start_ms");
        Long start = row.wasNull() ? null : Long.valueOf(startMs);
        return new ActionItem(
                row.getObject("id", UUID.class),
                row.getString("description"),
                new CallId(row.getObject("call_id", UUID.class)),
                row.getString("call_title"),
                row.getTimestamp("call_date").toInstant(),
                row.getString("chorus_url"),
                customer == null ? null : new CustomerId(customer),
                row.getString("customer_name"),
                Side.valueOf(row.getString("side").toUpperCase(Locale.ROOT)),
                row.getString("owner_name"),
                day(row, "due"),
                Task.Status.parse(row.getString("status")),
                start,
                task == null ? null : new TaskId(task));
    }

    /** The condition on {@code t} that keeps the tasks which the asker may see. */
    static Portfolio.Condition visible(Asker asker) {
        Portfolio.Condition customers = Portfolio.condition(asker, "t.customer_id");
        Map<String, Object> arguments = new HashMap<>(customers.arguments());
        arguments.put("asker", asker.id().value());
        // A task without a customer is its assignee's alone; one of a customer follows the portfolio. A task's words
        // may
        // be those of the call that it was made from: they go where the call goes.
        return new Portfolio.Condition(
                "(" + customers.sql() + " OR (t.customer_id IS NULL AND :asker IN (t.assignee_id, t.created_by)))"
                        + " AND NOT EXISTS (SELECT 1 FROM chorus_hidden_calls h WHERE h.call_id = t.source_call_id)",
                arguments);
    }

    static Task task(ResultSet row) throws SQLException {
        UUID customer = row.getObject("customer_id", UUID.class);
        UUID assignee = row.getObject("assignee_id", UUID.class);
        UUID call = row.getObject("source_call_id", UUID.class);
        return new Task(
                new TaskId(row.getObject("id", UUID.class)),
                row.getString("title"),
                customer == null ? null : new CustomerId(customer),
                row.getString("customer_name"),
                assignee == null ? null : new UserId(assignee),
                row.getString("assignee_name"),
                day(row, "due_date"),
                Task.Status.parse(row.getString("status")),
                call == null ? null : new CallId(call),
                row.getObject("item_id", UUID.class),
                row.getBoolean("needs_review"),
                row.getInt("chorus_version"),
                row.getTimestamp("created_at").toInstant());
    }

    private static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
        Date date = row.getDate(column);
        return date == null ? null : date.toLocalDate();
    }
}
