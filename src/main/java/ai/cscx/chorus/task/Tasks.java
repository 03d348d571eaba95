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

    /** Items of a call that ought to be tasks, and what those ought to be; a condition may follow. */
    private static final String WANTED = """
            SELECT i.id AS item_id, i.task_id, i.task_version, i.description, i.due_date, c.customer_id, c.id AS call_id,
                COALESCE(doer.id, host.id, cu.owner_id) AS assignee,
                i.side = 'unknown' OR i.unsure IS TRUE OR COALESCE(doer.id, host.id, cu.owner_id) IS NULL
                    OR (i.owner IS NOT NULL AND doer.id IS NULL) AS review
            FROM chorus_action_items i
            JOIN chorus_calls c ON c.chorus_call_id = i.chorus_call_id
            JOIN customers cu ON cu.id = c.customer_id
            LEFT JOIN LATERAL (
                SELECT min(u.id::text)::uuid AS id FROM jsonb_array_elements(c.participants) p
                JOIN chorus_users u ON NOT u.disabled
                    AND (u.email = p->>'email' OR p->>'email' IS NULL AND lower(u.name) = lower(p->>'name'))
                WHERE i.side = 'internal' AND i.owner IN (p->>'name', p->>'email')
                HAVING count(DISTINCT u.id) = 1
            ) doer ON TRUE
            LEFT JOIN chorus_users host ON host.email = c.owner_email AND NOT host.disabled
            WHERE c.id = :call AND i.side <> 'external' AND i.listed IS NOT FALSE
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

        /** The same, of these customers alone. */
        public ItemFilter ofCustomers(Set<CustomerId> only) {
            return new ItemFilter(only, call, callRange, statuses, owner, participant, words, dueFrom, dueBefore);
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
     * Makes a task of every action item of the call that is ours to do and has none yet: for the person whom it names, if
     * that one took part and may sign in here, else the call's owner, else the customer's. Items of a call without a customer
     * wait. A task that nobody has touched follows its item, and goes with it; what somebody has touched stays as it is.
     * Again changes nothing.
     *
     * @return how many tasks were made
     */
    public int createFromActionItems(Handle handle, CallId call) {
        withdraw(handle, call);
        handle.createUpdate("WITH wanted AS (" + WANTED + """
                         AND i.task_id IS NOT NULL
                        ), followed AS (
                            UPDATE tasks t SET title = w.description, due_date = w.due_date, assignee_id = w.assignee,
                                needs_review = w.review
                            FROM wanted w
                            WHERE t.id = w.task_id AND t.status = 'open' AND t.chorus_version = w.task_version
                              AND (t.title, t.due_date, t.assignee_id, t.needs_review)
                                  IS DISTINCT FROM (w.description, w.due_date, w.assignee, w.review)
                            RETURNING t.id, t.chorus_version
                        )
                        UPDATE chorus_action_items i SET task_version = followed.chorus_version FROM followed
                        WHERE i.task_id = followed.id
                        """)
                .bind("call", call.value())
                .execute();
        return handle.createUpdate("WITH wanted AS (" + WANTED + """
                         AND i.task_id IS NULL
                        ), due AS (
                            SELECT wanted.*, gen_random_uuid() AS new_task FROM wanted
                        ), made AS (
                            INSERT INTO tasks (id, title, customer_id, assignee_id, due_date, status, source_call_id, needs_review)
                            SELECT new_task, description, customer_id, assignee, due_date, 'open', call_id, review
                            FROM due RETURNING id
                        )
                        UPDATE chorus_action_items i SET task_id = due.new_task, task_version = 1 FROM due, made
                        WHERE i.id = due.item_id AND made.id = due.new_task
                        """)
                .bind("call", call.value())
                .execute();
    }

    /** Untouched tasks of items that Chorus lists no more, while it lists others, or that are not ours after all. */
    private static void withdraw(Handle handle, CallId call) {
        List<UUID> withdrawn = handle.createQuery("""
                        UPDATE chorus_action_items i SET task_id = NULL, task_version = NULL
                        FROM chorus_calls c, tasks t
                        WHERE c.id = :call AND i.chorus_call_id = c.chorus_call_id AND t.id = i.task_id
                          AND t.status = 'open' AND t.chorus_version = i.task_version
                          AND (i.side = 'external' OR i.listed = FALSE AND EXISTS (
                              SELECT 1 FROM chorus_action_items o WHERE o.chorus_call_id = c.chorus_call_id AND o.listed IS NOT FALSE))
                        RETURNING t.id
                        """)
                .bind("call", call.value())
                .mapTo(UUID.class)
                .list();
        if (withdrawn.isEmpty()) {
            return;
        }
        handle.createUpdate("DELETE FROM tasks WHERE id = ANY (:ids)")
                .bind("ids", withdrawn.toArray(UUID[]::new))
                .execute();
        handle.createUpdate("""
                        DELETE FROM chorus_action_items i USING chorus_calls c
                        WHERE c.id = :call AND i.chorus_call_id = c.chorus_call_id AND i.listed = FALSE AND i.task_id IS NULL
                        """).bind("call", call.value()).execute();
    }

    /**
     * How many of the items that Chorus lists are where they belong.
     *
     * @param listed all that are listed now
     * @param ours of them those of calls with a customer that are not the customer's own: each ought to be a task
     * @param tasks of ours those that are
     * @param waiting those of calls without a customer that are not the other side's
     * @param theirs promises of the other side, which are no tasks
     */
    public record Capture(long listed, long ours, long tasks, long waiting, long theirs) {
        /** A share, 1 = all. */
        public double rate() {
            return ours == 0 ? 1 : (double) tasks / ours;
        }
    }

    /** Over all calls, whoever's they are. */
    public Capture capture() {
        return database.read(handle -> handle.createQuery("""
                        SELECT count(*) AS listed,
                            count(*) FILTER (WHERE i.side <> 'external' AND c.customer_id IS NOT NULL) AS ours,
                            count(*) FILTER (WHERE i.side <> 'external' AND c.customer_id IS NOT NULL AND i.task_id IS NOT NULL) AS tasks,
                            count(*) FILTER (WHERE i.side <> 'external' AND c.customer_id IS NULL) AS waiting,
                            count(*) FILTER (WHERE i.side = 'external') AS theirs
                        FROM chorus_action_items i JOIN chorus_calls c ON c.chorus_call_id = i.chorus_call_id
                        WHERE i.listed IS NOT FALSE
                        """)
                .map((row, context) -> new Capture(
                        row.getLong("listed"),
                        row.getLong("ours"),
                        row.getLong("tasks"),
                        row.getLong("waiting"),
                        row.getLong("theirs")))
                .one());
    }

    /**
     * Gives the tasks that came out of a call the customer that the call has now; whoever had them as the owner of the
     * customer before hands them to the new one. Without a customer they wait for review. Again changes nothing.
     */
    public void followCall(Handle handle, CallId call) {
        handle.createUpdate("""
                        WITH followed AS (
                            UPDATE tasks t SET customer_id = c.customer_id, updated_at = now(),
                                assignee_id = CASE WHEN t.assignee_id = before.owner_id THEN now_.owner_id ELSE t.assignee_id END,
                                needs_review = t.needs_review OR now_.owner_id IS NULL
                            FROM chorus_calls c LEFT JOIN customers now_ ON now_.id = c.customer_id, tasks old
                            LEFT JOIN customers before ON before.id = old.customer_id
                            WHERE c.id = :call AND t.source_call_id = c.id AND old.id = t.id
                              AND t.customer_id IS DISTINCT FROM c.customer_id
                              AND EXISTS (SELECT 1 FROM chorus_action_items i WHERE i.task_id = t.id)
                            RETURNING t.id, t.chorus_version, old.chorus_version AS version_before
                        )
                        UPDATE chorus_action_items i SET task_version = followed.chorus_version FROM followed
                        WHERE i.task_id = followed.id AND i.task_version = followed.version_before
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
