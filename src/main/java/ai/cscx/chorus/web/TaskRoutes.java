package ai.cscx.chorus.web;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.task.Task;
import ai.cscx.chorus.task.Tasks;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The work that came out of calls. */
final class TaskRoutes {
    private final Tasks tasks;
    private final Clock clock;

    TaskRoutes(Tasks tasks, Clock clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    /**
     * @param needsReview made by itself, and not sure whose it is
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
                    task.createdAt());
        }
    }

    List<Route> routes() {
        return List.of(Route.get("/api/tasks", "Lists tasks, newest first")
                .query(
                        QueryParameter.CUSTOMER,
                        QueryParameter.id("assigneeId", "Only of this person, an id of GET /api/users"),
                        QueryParameter.oneOf("status", "Where it stands", Parameters.words(Task.Status.class)),
                        QueryParameter.day("dueBefore", "Only what is due before this day"),
                        QueryParameter.flag("overdue", "true: only what is open and was due before today"))
                .answersPagesOf(TaskView.class)
                .handledBy(this::list));
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
