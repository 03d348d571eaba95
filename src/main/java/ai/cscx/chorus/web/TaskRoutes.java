package ai.cscx.chorus.web;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.TaskId;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.task.NewTask;
import ai.cscx.chorus.task.Task;
import ai.cscx.chorus.task.TaskDesk;
import ai.cscx.chorus.task.Tasks;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The work that came out of calls. */
final class TaskRoutes {
    private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?\"?(\\d{1,9})\"?");

    private final Tasks tasks;
    private final TaskDesk desk;
    private final Clock clock;

    TaskRoutes(Tasks tasks, TaskDesk desk, Clock clock) {
        this.tasks = tasks;
        this.desk = desk;
        this.clock = clock;
    }

    /**
     * What a task is to be.
     *
     * @param assigneeId left out or null: nobody yet; of a task without a customer the asker
     * @param status open if left out
     */
    record TaskRequest(
            @Nullable String title,
            @Nullable UUID customerId,
            @Nullable UUID assigneeId,
            @Nullable LocalDate dueDate,
            @Nullable String status,
            @Nullable UUID sourceCallId,
            @Nullable Boolean needsReview) {
        NewTask task() {
            return new NewTask(
                    Objects.requireNonNullElse(title, ""),
                    customerId == null ? null : new CustomerId(customerId),
                    assigneeId == null ? null : new UserId(assigneeId),
                    dueDate,
                    status == null ? Task.Status.OPEN : statusOf(status),
                    sourceCallId == null ? null : new CallId(sourceCallId),
                    Boolean.TRUE.equals(needsReview));
        }

        private static Task.Status statusOf(String word) {
            try {
                return Task.Status.parse(word);
            } catch (Failure.Malformed unknown) {
                throw new Failure.Rejected(
                        "The task cannot be saved.",
                        List.of(new Problem("/status", "is one of open, done, dismissed")));
            }
        }
    }

    /**
     * @param needsReview made by itself, and not sure whose it is
     * @param version to be sent back as If-Match by whoever changes it
     */
    record TaskView(
            UUID id,
            String title,
            @Nullable UUID customerId,
            @Nullable String customerName,
            @Nullable UUID assigneeId,
            @Nullable String assigneeName,
            @Nullable LocalDate dueDate,
            String status,
            @Nullable UUID sourceCallId,
            @Nullable UUID actionItemId,
            boolean needsReview,
            int version,
            Instant createdAt) {
        static TaskView of(Task task) {
            return new TaskView(
                    task.id().value(),
                    task.title(),
                    task.customer() == null ? null : task.customer().value(),
                    task.customerName(),
                    task.assignee() == null ? null : task.assignee().value(),
                    task.assigneeName(),
                    task.due(),
                    task.status().word(),
                    task.sourceCall() == null ? null : task.sourceCall().value(),
                    task.actionItem(),
                    task.needsReview(),
                    task.version(),
                    task.createdAt());
        }
    }

    List<Route> routes() {
        return List.of(
                list(),
                Route.post("/api/tasks", "Makes a task for a customer, or one of the asker's own")
                        .takes(TaskRequest.class)
                        .answers(201, TaskView.class)
                        .handledBy(this::add),
                Route.get("/api/tasks/{id}", "A task")
                        .answers(200, TaskView.class)
                        .handledBy(exchange -> answer(exchange, desk.get(exchange.asker(), id(exchange)))),
                Route.patch(
                                "/api/tasks/{id}",
                                "Changes a task: what is sent, null clears, the rest stays; If-Match takes the version"
                                        + " that was seen, 409 if there is a newer one")
                        .takes(TaskRequest.class)
                        .answers(200, TaskView.class)
                        .handledBy(this::change));
    }

    private Route list() {
        return Route.get("/api/tasks", "Lists tasks, newest first")
                .query(
                        QueryParameter.CUSTOMER,
                        QueryParameter.id("assigneeId", "Only of this person, an id of GET /api/users"),
                        QueryParameter.oneOf("status", "Where it stands", Parameters.words(Task.Status.class)),
                        QueryParameter.day("dueBefore", "Only what is due before this day"),
                        QueryParameter.flag("overdue", "true: only what is open and was due before today"))
                .answersPagesOf(TaskView.class)
                .handledBy(this::list);
    }

    private void add(Exchange exchange) {
        Task task = desk.add(exchange.asker(), exchange.body(TaskRequest.class).task());
        exchange.created(TaskView.of(task), "/api/tasks/" + task.id());
    }

    private void change(Exchange exchange) {
        TaskId id = id(exchange);
        ObjectNode sent = exchange.body(ObjectNode.class);
        answer(exchange, desk.change(exchange.asker(), id, version(exchange, sent), task -> merged(task, sent)));
    }

    /** A JSON merge patch (RFC 7396). */
    private static NewTask merged(Task task, ObjectNode sent) {
        ObjectNode whole = WireJson.MAPPER.valueToTree(TaskView.of(task));
        whole.setAll(sent);
        return WireJson.read(WireJson.bytes(whole), TaskRequest.class).task();
    }

    /** Which version the change is for: as an entity tag, or {@code version} in the body; null if nobody says. */
    private static @Nullable Integer version(Exchange exchange, ObjectNode sent) {
        String tag = exchange.header("If-Match");
        if (tag == null && sent.hasNonNull("version")) {
            tag = sent.get("version").asText();
        }
        if (tag == null || tag.strip().equals("*")) {
            return null;
        }
        Matcher version = ENTITY_TAG.matcher(tag.strip());
        if (!version.matches()) {
            throw new Failure.Malformed("If-Match is the version of a task, such as \"3\".");
        }
        return Integer.valueOf(version.group(1));
    }

    private static TaskId id(Exchange exchange) {
        return TaskId.parse(exchange.path("id"));
    }

    private static void answer(Exchange exchange, Task task) {
        exchange.entityTag(Integer.toString(task.version()));
        exchange.answer(200, TaskView.of(task));
    }

    private void list(Exchange exchange) {
        Parameters query = exchange.query();
        UUID customer = query.id("customerId");
        UUID assignee = query.id("assigneeId");
        Task.Status status = query.word("status", Task.Status.class);
        LocalDate dueBefore = query.day("dueBefore");
        int limit = query.limit();
        String cursor = query.cursor();
        if (Boolean.TRUE.equals(query.flag("overdue"))) {
            if (status != null && status != Task.Status.OPEN) {
                exchange.answer(200, new Page<TaskView>(List.of(), null));
                return;
            }
            status = Task.Status.OPEN;
            LocalDate today =
                    LocalDate.ofInstant(clock.instant(), exchange.asker().zone());
            dueBefore = dueBefore == null || dueBefore.isAfter(today) ? today : dueBefore;
        }
        Tasks.TaskFilter filter = new Tasks.TaskFilter(
                customer == null ? null : new CustomerId(customer),
                assignee == null ? null : new UserId(assignee),
                status,
                dueBefore);
        exchange.answer(200, tasks.list(exchange.asker(), filter, cursor, limit).map(TaskView::of));
    }
}
