package ai.cscx.chorus.slack;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.alert.Alert;
import ai.cscx.chorus.alert.Alerts;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.task.Task;
import ai.cscx.chorus.task.Tasks;
import ai.cscx.chorus.task.Tasks.TaskFilter;
import com.slack.api.model.view.View;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The home tab of the app: a person's open tasks, and what their saved searches found. Thread-safe. */
final class HomeTab {
    private static final int LINES = 15;

    private final WebApi api;
    private final Tasks tasks;
    private final Alerts alerts;
    private final Clock clock;

    /**
     * @param clock the product's
     */
    HomeTab(WebApi api, Tasks tasks, Alerts alerts, Clock clock) {
        this.api = api;
        this.tasks = tasks;
        this.alerts = alerts;
        this.clock = clock;
    }

    void show(Request request, Asker asker) {
        Layout layout = new Layout().lines(openTasks(asker)).lines(unseenAlerts(asker));
        publish(request, layout);
    }

    void showStranger(Request request) {
        publish(request, new Layout().lines(List.of(Phrases.UNKNOWN_PERSON)));
    }

    private List<String> openTasks(Asker asker) {
        Page<Task> open = tasks.list(asker, new TaskFilter(null, asker.id(), Task.Status.OPEN, null), null, LINES);
        List<String> lines = new ArrayList<>();
        lines.add("*My open items*");
        LocalDate today = LocalDate.ofInstant(clock.instant(), asker.zone());
        open.items().forEach(task -> lines.add(Items.line(task, today)));
        if (open.items().isEmpty()) {
            lines.add("Nothing is open.");
        } else if (open.nextCursor() != null) {
            lines.add("_and more: ask “What are my open action items?”_");
        }
        return lines;
    }

    private List<String> unseenAlerts(Asker asker) {
        Page<Alert> unseen = alerts.list(asker, true, null, LINES);
        List<String> lines = new ArrayList<>();
        lines.add("*Alerts of my saved searches*");
        unseen.items().forEach(alert -> lines.add(Items.line(alert, asker.zone())));
        if (unseen.items().isEmpty()) {
            lines.add("Nothing new.");
        } else if (unseen.nextCursor() != null) {
            lines.add("_and more in CSCX Chorus, under Alerts_");
        }
        return lines;
    }

    private void publish(Request request, Layout layout) {
        api.publish(
                request.slackUser(),
                View.builder().type("home").blocks(layout.blocks()).build());
    }
}
