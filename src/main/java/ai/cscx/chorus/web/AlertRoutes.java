package ai.cscx.chorus.web;

import ai.cscx.chorus.alert.Alert;
import ai.cscx.chorus.alert.Alerts;
import ai.cscx.chorus.base.AlertId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What saved searches found among calls that came later. */
final class AlertRoutes {
    private final Alerts alerts;

    AlertRoutes(Alerts alerts) {
        this.alerts = alerts;
    }

    /**
     * @param quote what answered best; null, with speaker and place, if it is not said there any more
     * @param url the recording at the second where that begins
     */
    record AlertView(
            UUID id,
            UUID searchId,
            String searchName,
            UUID callId,
            @Nullable String title,
            @Nullable CustomerName customer,
            Instant startedAt,
            @Nullable String quote,
            @Nullable String speaker,
            @Nullable String side,
            @Nullable Double startSeconds,
            @Nullable String url,
            Instant foundAt,
            @Nullable Instant seenAt) {
        static AlertView of(Alert alert) {
            Alert.Said said = alert.said();
            return new AlertView(
                    alert.id().value(),
                    alert.search().value(),
                    alert.searchName(),
                    alert.call().value(),
                    alert.title(),
                    CustomerName.of(alert.customer()),
                    alert.startedAt(),
                    said == null ? null : said.quote(),
                    said == null ? null : said.speaker(),
                    said == null ? null : said.side().word(),
                    said == null ? null : Double.valueOf(Meeting.seconds(said.startMs())),
                    alert.url(),
                    alert.foundAt(),
                    alert.seenAt());
        }
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/alerts", "Lists new calls that match the asker's saved searches, newest first")
                        .query(QueryParameter.flag("unseen", "true: only those that were not seen yet"))
                        .answersPagesOf(AlertView.class)
                        .handledBy(this::list),
                Route.post("/api/alerts/{id}/seen", "Notes that the asker saw an alert; again changes nothing")
                        .answersNothing(204)
                        .handledBy(this::seen));
    }

    private void list(Exchange exchange) {
        Parameters query = exchange.query();
        boolean unseen = Boolean.TRUE.equals(query.flag("unseen"));
        exchange.answer(
                200,
                alerts.list(exchange.asker(), unseen, query.cursor(), query.limit())
                        .map(AlertView::of));
    }

    private void seen(Exchange exchange) {
        alerts.seen(exchange.asker(), AlertId.parse(exchange.path("id")));
        exchange.nothing();
    }
}
