package ai.cscx.chorus.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The description of all routes, this one too. */
final class DescriptionRoute {
    private final List<Route> others;

    /**
     * @param others all other routes
     */
    DescriptionRoute(List<Route> others) {
        this.others = List.copyOf(others);
    }

    Route route() {
        Route.Draft draft = Route.get("/openapi.json", "This document")
                .access(Access.TOKEN_UNLESS_LOCAL)
                .answers(200, JsonNode.class);
        List<Route> all = new ArrayList<>(others);
        all.add(draft.handledBy(exchange -> {}));
        byte[] document = OpenApi.describe(all);
        return draft.handledBy(exchange -> exchange.json(document));
    }
}
