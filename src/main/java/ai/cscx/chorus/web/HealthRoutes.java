package ai.cscx.chorus.web;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.signal.Band;
import ai.cscx.chorus.signal.HealthFilter;
import ai.cscx.chorus.signal.HealthScores;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** How conversations with customers stand. */
final class HealthRoutes {
    private final HealthScores health;

    HealthRoutes(HealthScores health) {
        this.health = health;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/customers/{id}/health", "How conversations with a customer stand, and why")
                        .answers(200, HealthView.class)
                        .handledBy(this::get),
                Route.get("/api/chorus/health", "The same of every customer that the asker may see, without reasons")
                        .query(
                                QueryParameter.oneOf("band", "Only of this band", Parameters.words(Band.class)),
                                QueryParameter.id("ownerId", "Only customers of this person, an id of GET /api/users"),
                                QueryParameter.oneOf(
                                        "sort", "lowest if left out", Parameters.words(HealthFilter.Sort.class)))
                        .answersPagesOf(HealthView.class)
                        .handledBy(this::list));
    }

    private void get(Exchange exchange) {
        exchange.answer(200, HealthView.of(health.of(exchange.asker(), CustomerId.parse(exchange.path("id")))));
    }

    private void list(Exchange exchange) {
        Parameters query = exchange.query();
        UUID owner = query.id("ownerId");
        HealthFilter filter = new HealthFilter(
                query.word("band", Band.class),
                owner == null ? null : new UserId(owner),
                Objects.requireNonNullElse(query.word("sort", HealthFilter.Sort.class), HealthFilter.Sort.LOWEST));
        exchange.answer(
                200,
                health.list(exchange.asker(), filter, query.cursor(), query.limit())
                        .map(HealthView::of));
    }
}
