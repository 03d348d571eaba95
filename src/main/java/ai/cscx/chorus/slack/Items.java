package ai.cscx.chorus.slack;

import ai.cscx.chorus.alert.Alert;
import ai.cscx.chorus.task.Task;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tasks and alerts as lines of a list. Pure. */
final class Items {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final int LONGEST_TEXT = 300;

    private Items() {}

    static String line(Task task, LocalDate today) {
        LocalDate due = task.due();
        return "• " + Mrkdwn.escape(cut(task.title()))
                + (task.customerName() == null ? "" : " · " + Mrkdwn.escape(task.customerName()))
                + (due == null ? "" : " · due " + DAY.format(due) + (due.isBefore(today) ? " *(overdue)*" : ""));
    }

    static String line(Alert alert, ZoneId zone) {
        Alert.Said said = alert.said();
        String title = alert.title() == null || alert.title().isBlank() ? "Untitled call" : cut(alert.title());
        return "• *" + Mrkdwn.escape(cut(alert.searchName())) + "*: " + Mrkdwn.link(alert.url(), title) + ", "
                + DAY.format(LocalDate.ofInstant(alert.startedAt(), zone))
                + (alert.customer() == null
                        ? ""
                        : " · " + Mrkdwn.escape(alert.customer().name()))
                + (said == null
                        ? ""
                        : " · “" + Mrkdwn.escape(cut(said.quote())) + "”"
                                + (said.speaker() == null ? "" : " " + Mrkdwn.escape(said.speaker())));
    }

    static String day(LocalDate day) {
        return DAY.format(day);
    }

    private static String cut(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= LONGEST_TEXT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_TEXT - 1)) + "…";
    }
}
