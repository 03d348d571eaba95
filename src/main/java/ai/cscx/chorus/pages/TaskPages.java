package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.task.Task;
import ai.cscx.chorus.task.Tasks;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The work that came out of calls. */
final class TaskPages {
    private static final int PAGE = 50;

    private final Tasks tasks;
    private final Customers customers;
    private final Frames frames;
    private final Templates templates;

    TaskPages(Tasks tasks, Customers customers, Frames frames, Templates templates) {
        this.tasks = tasks;
        this.customers = customers;
        this.frames = frames;
        this.templates = templates;
    }

    /**
     * @param next address of the page after this one; null = this is the last
     */
    record TasksPage(
            Frame frame,
            List<Choice> owners,
            List<Choice> statuses,
            List<Choice> due,
            List<Choice> customers,
            List<Row> rows,
            @Nullable String next) {
        TasksPage {
            rows = List.copyOf(rows);
        }

        /**
         * @param review made by itself, and not sure whose it is
         */
        record Row(
                String title,
                @Nullable String customerId,
                @Nullable String customer,
                @Nullable String assignee,
                @Nullable String due,
                boolean late,
                String status,
                boolean open,
                boolean review,
                @Nullable String call,
                String made) {}
    }

    void addTo(Pages.Paths paths) {
        paths.get("/tasks", this::list);
    }

    private void list(Visit visit) {
        if (visit.hasBlanks() && !visit.isPart()) {
            String query = visit.filledQuery();
            visit.goTo("/tasks" + (query.isEmpty() ? "" : "?" + query));
            return;
        }
        Asker asker = visit.asker();
        Reader reader = visit.reader();
        String whose = Objects.requireNonNullElse(visit.query("whose"), "");
        boolean overdue = "overdue".equals(visit.query("due"));
        String status = overdue ? "open" : Objects.requireNonNullElse(visit.query("status"), "open");
        UUID customer = Words.id("customer", visit.query("customer"));
        UserId mine = asker.id();
        Page<Task> page = tasks.list(
                asker,
                new Tasks.TaskFilter(
                        customer == null ? null : new CustomerId(customer),
                        whose.equals("mine") ? mine : null,
                        status.equals("all") ? null : Words.read("status", status, Task.Status.class),
                        overdue ? reader.today() : null),
                visit.query("cursor"),
                PAGE);
        String chosen = customer == null ? "" : customer.toString();
        visit.html(templates.draw(
                "tasks",
                new TasksPage(
                        frames.of(visit, "Tasks", "tasks"),
                        List.of(
                                new Choice("", "Everybody's", whose.isEmpty()),
                                new Choice("mine", "Mine", whose.equals("mine"))),
                        statuses(status),
                        List.of(new Choice("", "Any", !overdue), new Choice("overdue", "Overdue", overdue)),
                        LibraryPages.customerChoices(customers, asker, chosen),
                        page.items().stream().map(task -> row(task, reader)).toList(),
                        page.nextCursor() == null ? null : address(visit, page.nextCursor()))));
    }

    private static List<Choice> statuses(String chosen) {
        List<Choice> named = Arrays.stream(Task.Status.values())
                .map(one -> new Choice(
                        Words.of(one), CallParts.statusName(one), Words.of(one).equals(chosen)))
                .toList();
        return Stream.concat(named.stream(), Stream.of(new Choice("all", "Any", chosen.equals("all"))))
                .toList();
    }

    private static TasksPage.Row row(Task task, Reader reader) {
        LocalDate due = task.due();
        boolean open = task.status() == Task.Status.OPEN;
        return new TasksPage.Row(
                task.title(),
                task.customer() == null ? null : task.customer().toString(),
                task.customerName(),
                task.assigneeName(),
                due == null ? null : reader.day(due),
                open && due != null && due.isBefore(reader.today()),
                CallParts.statusName(task.status()),
                open,
                task.needsReview(),
                task.sourceCall() == null ? null : "/calls/" + task.sourceCall() + "#items",
                reader.day(task.createdAt()));
    }

    private static String address(Visit visit, String cursor) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name : List.of("whose", "status", "due", "customer")) {
            String value = visit.query(name);
            if (value != null) {
                parameters.put(name, value);
            }
        }
        parameters.put("cursor", cursor);
        return "/tasks?" + Visit.encoded(parameters);
    }
}
