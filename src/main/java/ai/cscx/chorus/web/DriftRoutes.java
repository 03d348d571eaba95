package ai.cscx.chorus.web;

import ai.cscx.chorus.sync.Drift;
import java.util.List;

/** What Chorus answers that it did not, and what it answers no more. */
final class DriftRoutes {
    private final Drift drift;

    DriftRoutes(Drift drift) {
        this.drift = drift;
    }

    List<Route> routes() {
        return List.of(Route.get(
                        "/api/integrations/chorus/drift",
                        "Fields and words in Chorus's answers that are new, and known fields that come no more")
                .access(Access.ADMIN)
                .answers(200, Drift.Report.class)
                .handledBy(exchange -> exchange.answer(200, drift.report(exchange.asker()))));
    }
}
