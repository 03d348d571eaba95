package ai.cscx.chorus.web;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.signal.Insights;
import java.util.List;

/** What conversations say, by customer. */
final class InsightRoutes {
    private final Insights insights;

    InsightRoutes(Insights insights) {
        this.insights = insights;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                                "/api/chorus/insights/{customerId}",
                                "What a customer's calls say: momentum, topics, promises")
                        .query(QueryParameter.FROM, QueryParameter.TO)
                        .answers(200, InsightsView.class)
                        .handledBy(this::get),
                Route.get("/api/chorus/insights", "The same of every customer that the asker may see, in brief")
                        .query(QueryParameter.FROM, QueryParameter.TO)
                        .answersPagesOf(InsightsView.class)
                        .handledBy(this::list));
    }

    private void get(Exchange exchange) {
        CustomerId customer = CustomerId.parse(exchange.path("customerId"));
        exchange.answer(
                200,
                InsightsView.of(
                        insights.of(exchange.asker(), customer, exchange.query().range())));
    }

    private void list(Exchange exchange) {
        Parameters query = exchange.query();
        exchange.answer(
                200,
                insights.list(exchange.asker(), query.range(), query.cursor(), query.limit())
                        .map(InsightsView::of));
    }
}
