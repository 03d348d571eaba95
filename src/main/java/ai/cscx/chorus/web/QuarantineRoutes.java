package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.sync.Quarantine;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records of Chorus that could not be read. */
final class QuarantineRoutes {
    private static final int MOST_IDS = 1000;

    private final Quarantine quarantine;

    QuarantineRoutes(Quarantine quarantine) {
        this.quarantine = quarantine;
    }

    /**
     * @param ids which records; left out: all
     */
    record ReplayRequest(@Nullable List<UUID> ids) {
        ReplayRequest {
            if (ids != null && (ids.size() > MOST_IDS || ids.contains(null))) {
                throw new Failure.Rejected(
                        "The body does not fit.",
                        List.of(new Problem("/ids", "are at most " + MOST_IDS + " ids; leave them out for all")));
            }
            ids = ids == null ? null : List.copyOf(ids);
        }
    }

    /**
     * @param replayed how many calls are fetched again; what is still unreadable comes back
     */
    record Replayed(int replayed) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/chorus/quarantine", "Records of Chorus that could not be read, newest first")
                        .access(Access.ADMIN)
                        .answersPagesOf(Quarantine.Entry.class)
                        .handledBy(exchange -> {
                            Parameters query = exchange.query();
                            exchange.answer(200, quarantine.list(exchange.asker(), query.cursor(), query.limit()));
                        }),
                Route.post("/api/chorus/quarantine", "Has records tried again, or all")
                        .access(Access.ADMIN)
                        .mayTake(ReplayRequest.class)
                        .answers(200, Replayed.class)
                        .handledBy(exchange -> {
                            ReplayRequest body = exchange.optionalBody(ReplayRequest.class);
                            int replayed = quarantine.replay(exchange.asker(), body == null ? null : body.ids());
                            exchange.answer(200, new Replayed(replayed));
                        }));
    }
}
