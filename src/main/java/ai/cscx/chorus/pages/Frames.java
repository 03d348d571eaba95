package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.alert.Alerts;
import ai.cscx.chorus.pages.Frame.Notice;
import ai.cscx.chorus.pages.Frame.Signed;
import ai.cscx.chorus.sync.ConnectionStatus;
import ai.cscx.chorus.sync.Connections;
import ai.cscx.chorus.sync.SyncStatus;
import ai.cscx.chorus.sync.Syncs;
import org.jspecify.annotations.Nullable;

/** Makes the frame of a page for whoever looks at it. Thread-safe. */
final class Frames {
    private static final String BACKFILL = "backfill";

    private final Entrance entrance;
    private final Alerts alerts;
    private final Connections connections;
    private final Syncs syncs;
    private final Assets assets;

    Frames(Entrance entrance, Alerts alerts, Connections connections, Syncs syncs, Assets assets) {
        this.entrance = entrance;
        this.alerts = alerts;
        this.connections = connections;
        this.syncs = syncs;
        this.assets = assets;
    }

    Frame of(Visit visit, String title, @Nullable String here) {
        Asker asker = visit.asker();
        return new Frame(
                title,
                here,
                new Signed(asker.id().toString(), asker.name(), asker.email(), asker.role()),
                visit.session().formKey(),
                alerts.list(asker, true, null, Frame.MOST_ALERTS).items().size(),
                entrance.demoPeople(),
                visit.address(),
                notice(asker),
                visit.reader(),
                assets);
    }

    /** Numbers of the whole workspace are for admins. */
    private @Nullable Notice notice(Asker asker) {
        SyncStatus newest = syncs.newest();
        SyncStatus filling =
                newest != null && newest.cause().equals(BACKFILL) && newest.finishedAt() == null ? newest : null;
        if (asker.role() != Role.ADMIN) {
            return filling != null
                    ? new Notice("info", "Calls are still coming in from Chorus; some may be missing.", null, null)
                    : null;
        }
        ConnectionStatus status = connections.status(asker);
        return switch (status.status()) {
            case "degraded" ->
                new Notice(
                        "warning",
                        "Chorus refuses our credential, so nothing new comes in.",
                        "/admin/connection",
                        "Connect again");
            case "disconnected" ->
                new Notice("info", "Chorus is not connected yet.", "/admin/connection", "Connect Chorus");
            default ->
                filling != null
                        ? new Notice(
                                "info",
                                "Calls are still coming in from Chorus: " + filling.stored() + " of " + filling.seen()
                                        + " so far.",
                                "/admin/sync",
                                "See progress")
                        : null;
        };
    }
}
