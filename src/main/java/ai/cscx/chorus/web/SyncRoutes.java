package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.sync.SyncStatus;
import ai.cscx.chorus.sync.Syncs;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs of the synchronisation. */
final class SyncRoutes {
    private final Syncs syncs;

    SyncRoutes(Syncs syncs) {
        this.syncs = syncs;
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
     * @param state running, finished or failed
     * @param stored calls written
     * @param finishedAt set when it is over, also when it failed
     */
    record SyncView(
            UUID id,
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
            @Nullable String error) {
        static SyncView of(SyncStatus status) {
            return new SyncView(
                    status.id().value(),
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
                    status.error());
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
                Route.get("/api/chorus/sync/{id}", "How far a sync is")
                        .access(Access.ADMIN)
                        .answers(200, SyncView.class)
                        .handledBy(exchange -> exchange.answer(
                                200, SyncView.of(syncs.get(exchange.asker(), SyncId.parse(exchange.path("id")))))));
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

    private void list(Exchange exchange) {
        Parameters query = exchange.query();
        exchange.answer(
                200, syncs.list(exchange.asker(), query.cursor(), query.limit()).map(SyncView::of));
    }
}
