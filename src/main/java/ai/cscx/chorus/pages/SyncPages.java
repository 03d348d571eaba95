package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.sync.Settlement;
import ai.cscx.chorus.sync.SyncStatus;
import ai.cscx.chorus.sync.Synchronisation;
import ai.cscx.chorus.sync.Syncs;
import ai.cscx.chorus.web.Site;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the sync is, live; its past; what the last one compared. For admins. Thread-safe. */
final class SyncPages {
    private static final Logger LOG = LoggerFactory.getLogger(SyncPages.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int LOOKS_BETWEEN_HEARTBEATS = 30;
    private static final int HISTORY = 15;
    private static final int MOST_IDS = 20;

    private final Syncs syncs;
    private final Synchronisation synchronisation;
    private final Frames frames;
    private final Templates templates;
    private final CountDownLatch stopping = new CountDownLatch(1);

    SyncPages(Syncs syncs, Synchronisation synchronisation, Frames frames, Templates templates) {
        this.syncs = syncs;
        this.synchronisation = synchronisation;
        this.frames = frames;
        this.templates = templates;
    }

    /**
     * @param running the newest while it runs; null = none runs
     * @param accuracy null = no sync has ended yet
     * @param problem what was wrong with the form; null = nothing
     */
    record SyncPage(
            Frame frame,
            @Nullable Progress running,
            List<Progress> history,
            @Nullable AccuracyView accuracy,
            @Nullable String problem) {
        SyncPage {
            history = List.copyOf(history);
        }
    }

    /**
     * @param percent 0 to 100
     * @param left how long it will take, in words; null = unknown or over
     */
    record Progress(
            String id,
            String cause,
            String state,
            boolean over,
            boolean failed,
            int percent,
            String done,
            String counts,
            @Nullable String left,
            String when,
            String exact,
            @Nullable String error) {
        static Progress of(SyncStatus sync, Reader reader) {
            long done = sync.seen() - sync.remaining();
            boolean over = sync.finishedAt() != null;
            return new Progress(
                    sync.id().toString(),
                    CardView.words(sync.cause()),
                    CardView.words(sync.state()),
                    over,
                    sync.state().equals("failed"),
                    over ? 100 : (int) (100 * done / Math.max(1, sync.seen())),
                    reader.number(done) + " of " + reader.counted(sync.seen(), "call"),
                    reader.number(sync.stored()) + " stored, " + reader.number(sync.unchanged()) + " unchanged, "
                            + reader.number(sync.failed()) + " failed, " + reader.counted(sync.requests(), "request"),
                    sync.etaSeconds() == null ? null : reader.length(Duration.ofSeconds(sync.etaSeconds())),
                    reader.ago(sync.startedAt()),
                    reader.exact(sync.startedAt()),
                    sync.error());
        }
    }

    record AccuracyView(
            String share,
            boolean all,
            String counts,
            String when,
            List<String> missing,
            List<String> differing,
            @Nullable String halted) {
        static AccuracyView of(Settlement.Accuracy found, Reader reader) {
            return new AccuracyView(
                    reader.percent(found.accuracy()),
                    found.matched() == found.upstream(),
                    reader.number(found.matched()) + " of " + reader.counted(found.upstream(), "call")
                            + " are here as Chorus lists them",
                    reader.ago(found.checkedAt()),
                    found.missing().stream().limit(MOST_IDS).toList(),
                    found.differing().stream().limit(MOST_IDS).toList(),
                    found.halted().orElse(null));
        }
    }

    void addTo(Pages.Paths paths) {
        paths.get("/admin/sync", visit -> show(visit, null));
        paths.post("/admin/sync", this::start);
        paths.get("/admin/sync/{id}/events", this::follow);
    }

    void close() {
        stopping.countDown();
    }

    private void show(Visit visit, @Nullable String problem) {
        Asker asker = visit.asker();
        Reader reader = visit.reader();
        List<Progress> history = syncs.list(asker, null, HISTORY).items().stream()
                .map(sync -> Progress.of(sync, reader))
                .toList();
        visit.html(templates.draw(
                "sync",
                new SyncPage(
                        frames.of(visit, "Sync", "admin"),
                        history.isEmpty() || history.getFirst().over() ? null : history.getFirst(),
                        history,
                        synchronisation
                                .settlement()
                                .accuracy(asker)
                                .map(found -> AccuracyView.of(found, reader))
                                .orElse(null),
                        problem)));
    }

    private void start(Visit visit) {
        try {
            syncs.request(
                    visit.asker(),
                    Words.range(
                            visit.field("from"),
                            visit.field("to"),
                            visit.reader().zone()),
                    visit.field("removals") != null);
        } catch (Failure.Malformed | Failure.Rejected | Failure.Conflict wrong) {
            visit.context().status(422);
            show(visit, wrong.getMessage());
            return;
        }
        visit.goTo("/admin/sync");
    }

    /** Sends the bar whenever it moved, until the sync is over, they leave, or the server stops. */
    private void follow(Visit visit) {
        Asker asker = visit.asker();
        SyncId id = new SyncId(AdminPages.syncId(visit.path("id")));
        syncs.get(asker, id);
        Context context = visit.context();
        context.attribute(Site.STREAM, Boolean.TRUE);
        context.res().setContentType("text/event-stream; charset=utf-8");
        context.header("X-Accel-Buffering", "no");
        try {
            tell(context.res().getOutputStream(), visit, asker, id);
        } catch (IOException gone) {
            LOG.debug("Somebody who watched a sync has left");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(OutputStream out, Visit visit, Asker asker, SyncId id) throws IOException, InterruptedException {
        String last = "";
        int silent = 0;
        boolean over = false;
        do {
            Progress progress = Progress.of(syncs.get(asker, id), visit.reader());
            String html = templates.draw("progress", progress).replaceAll("\\R", " ");
            if (!html.equals(last)) {
                send(out, "event: progress\ndata: " + html + "\n\n");
                last = html;
                silent = 0;
            } else if (++silent >= LOOKS_BETWEEN_HEARTBEATS) {
                send(out, ":\n\n");
                silent = 0;
            }
            over = progress.over();
        } while (!over && !stopping.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
        send(out, "event: over\ndata: over\n\n");
    }

    private static void send(OutputStream out, String event) throws IOException {
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
