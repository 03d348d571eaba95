package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.sync.Freshness;
import ai.cscx.chorus.sync.Freshness.Scope;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says how far what is here is in step with Chorus. It rests on no call, so that there is nothing to cite. */
final class SyncSaid {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);

    private final Question question;
    private final Arguments arguments;

    SyncSaid(Question question, Arguments arguments) {
        this.question = question;
        this.arguments = arguments;
    }

    record SyncItem(
            String connection,
            boolean running,
            @Nullable String lastSyncedAt,
            @Nullable String lastFailedAt,
            long calls,
            @Nullable String newestCallAt,
            long waiting,
            long failing) {}

    Finding say(Freshness.Report report) {
        Scope scope = report.scope();
        StringBuilder reply = new StringBuilder(connection(report));
        if ("failed".equals(arguments.text("status"))) {
            reply.append(failures(report));
        } else {
            reply.append(report.running() ? " A sync is going on right now." : "")
                    .append(last(report.syncedAt()));
        }
        reply.append('\n')
                .append(Wording.count(scope.calls(), "call"))
                .append(Wording.scope(arguments))
                .append(scope.calls() == 1 ? " is here" : " are here");
        if (scope.newest() != null) {
            reply.append(", the newest of ").append(Wording.day(scope.newest(), zone()));
        }
        reply.append("; ")
                .append(
                        scope.waiting() == 0
                                ? "none waits"
                                : scope.waiting() + (scope.waiting() == 1 ? " waits" : " wait"))
                .append(" for details, a transcript or the search index")
                .append(
                        scope.failing() == 0
                                ? "."
                                : ", " + scope.failing() + " failed lately and will be tried again.");
        SyncItem item = new SyncItem(
                report.connection(),
                report.running(),
                text(report.syncedAt()),
                text(report.failedAt()),
                scope.calls(),
                text(scope.newest()),
                scope.waiting(),
                scope.failing());
        return new Finding(
                reply.toString(),
                reply.toString(),
                List.of(new Card("syncStatus", List.of(item), 1)),
                Suggestions.FIRST,
                false);
    }

    private static String connection(Freshness.Report report) {
        return switch (report.connection()) {
            case "connected" -> "Chorus is connected.";
            case "degraded" -> "Chorus refuses our credentials; an admin has to connect it again.";
            default -> "Chorus is not connected; an admin can connect it in the settings.";
        };
    }

    private String last(@Nullable Instant synced) {
        return synced == null ? " No sync has finished yet." : " The last sync finished on " + moment(synced) + ".";
    }

    private String failures(Freshness.Report report) {
        Instant failed = report.failedAt();
        return failed == null
                ? " No sync failed" + Wording.period(arguments.day("from"), arguments.day("to")) + "."
                        + last(report.syncedAt())
                : " The last sync that failed ended on " + moment(failed) + "." + last(report.syncedAt());
    }

    private String moment(Instant instant) {
        return MOMENT.format(instant.atZone(zone()));
    }

    private ZoneId zone() {
        return question.asker().zone();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
