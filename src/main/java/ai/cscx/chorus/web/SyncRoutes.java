package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.sync.Settlement;
import ai.cscx.chorus.sync.SyncStatus;
import ai.cscx.chorus.sync.Synchronisation;
import ai.cscx.chorus.sync.Syncs;
import ai.cscx.chorus.task.Tasks;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs of the synchronisation. */
final class SyncRoutes {
    private final Syncs syncs;
    private final Synchronisation synchronisation;
    private final SyncProgress progress;
    private final Clock clock;

    SyncRoutes(Syncs syncs, Synchronisation synchronisation, SyncProgress progress, Clock clock) {
        this.syncs = syncs;
        this.synchronisation = synchronisation;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Days or instants; left out: as far back as the first sync, until now.
     *
     * @param confirmRemovals calls that vanished from Chorus in masses are really to go
     */
    record SyncRequest(
            @Nullable String from,
            @Nullable String to,
            @Nullable Boolean confirmRemovals) {
        TimeRange range(ZoneId zone) {
            Instant begin = from == null ? null : read("/from", () -> Parameters.start("from", from, zone));
            Instant end = to == null ? null : read("/to", () -> Parameters.end("to", to, zone));
            return read("/to", () -> Parameters.range(begin, end));
        }

        private static <T> T read(String pointer, Supplier<T> reading) {
            try {
                return reading.get();
            } catch (Failure.Malformed wrong) {
                String detail = String.valueOf(wrong.getMessage());
                throw new Failure.Rejected("The sync cannot be started.", List.of(new Problem(pointer, detail)));
            }
        }
    }

    record SyncStarted(UUID syncId) {}

    record Window(Instant from, Instant until) {}

    /**
     * @param cause backfill, poll, sweep or manual
     * @param state running, finished or failed
     * @param stored calls written
     * @param finishedAt set when it is over, also when it failed
     * @param pace how fast Chorus is asked right now; null when it is over
     */
    record SyncView(
            UUID id,
            String cause,
            String state,
            Window window,
            long seen,
            long stored,
            long unchanged,
            long failed,
            long remaining,
            long requests,
            Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Long etaSeconds,
            @Nullable PaceView pace,
            @Nullable String error) {
        static SyncView of(SyncStatus status, @Nullable PaceView pace) {
            return new SyncView(
                    status.id().value(),
                    status.cause(),
                    status.state(),
                    new Window(status.from(), status.until()),
                    status.seen(),
                    status.stored(),
                    status.unchanged(),
                    status.failed(),
                    status.remaining(),
                    status.requests(),
                    status.startedAt(),
                    status.finishedAt(),
                    status.etaSeconds(),
                    status.finishedAt() == null ? pace : null,
                    status.error());
        }
    }

    /**
     * What Chorus listed against what is here, when the last sync ended.
     *
     * @param upstream calls that Chorus lists and shows
     * @param matched of them here, whole, as they were listed
     * @param missing external ids of those that are not here
     * @param differing external ids of those that are here otherwise
     * @param accuracy share of upstream that matched; 1 = all
     * @param halted why nothing was removed although calls vanished
     * @param actionItems as they are now, of all calls
     */
    record AccuracyView(
            Window window,
            Instant checkedAt,
            UUID syncId,
            long upstream,
            long matched,
            List<String> missing,
            List<String> differing,
            double accuracy,
            @Nullable String halted,
            CaptureView actionItems) {
        static AccuracyView of(Settlement.Accuracy found, Tasks.Capture capture) {
            return new AccuracyView(
                    new Window(found.from(), found.until()),
                    found.checkedAt(),
                    found.sync().value(),
                    found.upstream(),
                    found.matched(),
                    found.missing(),
                    found.differing(),
                    found.accuracy(),
                    found.halted().orElse(null),
                    CaptureView.of(capture));
        }
    }

    /**
     * Whether every action item that Chorus lists is where it belongs.
     *
     * @param ours items of calls with a customer that are not the customer's own: each ought to be a task
     * @param tasks of ours those that are
     * @param waiting items of calls without a customer
     * @param theirs the customers' own promises
     * @param captureRate share of ours that are tasks; 1 = all
     */
    record CaptureView(long listed, long ours, long tasks, long waiting, long theirs, double captureRate) {
        static CaptureView of(Tasks.Capture found) {
            return new CaptureView(
                    found.listed(), found.ours(), found.tasks(), found.waiting(), found.theirs(), found.rate());
        }
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/chorus/sync", "Starts a sync of a range")
                        .access(Access.ADMIN)
                        .mayTake(SyncRequest.class)
                        .answers(202, SyncStarted.class)
                        .handledBy(this::start),
                Route.get("/api/chorus/sync", "Lists syncs, newest first")
                        .access(Access.ADMIN)
                        .answersPagesOf(SyncView.class)
                        .handledBy(this::list),
                // Before the route of an id, which would take the word for one.
                Route.get(
                                "/api/chorus/sync/accuracy",
                                "The last reconciliation of Chorus and us, call by call; 404 until a sync has finished")
                        .access(Access.ADMIN)
                        .answers(200, AccuracyView.class)
                        .handledBy(this::accuracy),
                Route.get(
                                "/api/chorus/sync/{id}",
                                "How far a sync is; as server-sent events if they are accepted: progress when that changed,"
                                        + " last done")
                        .access(Access.ADMIN)
                        .answers(200, SyncView.class)
                        .answersText(200, EventStream.CONTENT_TYPE)
                        .handledBy(this::follow));
    }

    private void start(Exchange exchange) {
        SyncRequest body = exchange.optionalBody(SyncRequest.class);
        TimeRange range =
                body == null ? TimeRange.ALWAYS : body.range(exchange.asker().zone());
        boolean confirmed = body != null && Boolean.TRUE.equals(body.confirmRemovals());
        exchange.answer(
                202,
                new SyncStarted(
                        syncs.request(exchange.asker(), range, confirmed).value()));
    }

    private void follow(Exchange exchange) {
        Asker asker = exchange.asker();
        SyncId id = SyncId.parse(exchange.path("id"));
        SyncView now = SyncView.of(syncs.get(asker, id), pace());
        if (exchange.accepts(EventStream.CONTENT_TYPE)) {
            progress.send(exchange.events(), () -> SyncView.of(syncs.get(asker, id), pace()), exchange.requestPath());
        } else {
            exchange.answer(200, now);
        }
    }

    private PaceView pace() {
        return PaceView.of(synchronisation.budget(), clock);
    }

    private void accuracy(Exchange exchange) {
        exchange.answer(
                200,
                synchronisation
                        .settlement()
                        .accuracy(exchange.asker())
                        .map(found -> AccuracyView.of(found, synchronisation.capture(exchange.asker())))
                        .orElseThrow(() -> new Failure.NotFound(
                                "No sync has finished yet, so nothing was compared; ask again when one has.")));
    }

    private void list(Exchange exchange) {
        Parameters query = exchange.query();
        PaceView pace = pace();
        exchange.answer(
                200,
                syncs.list(exchange.asker(), query.cursor(), query.limit()).map(status -> SyncView.of(status, pace)));
    }
}
