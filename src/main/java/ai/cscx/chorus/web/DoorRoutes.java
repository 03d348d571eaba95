package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import java.time.Duration;
import java.util.List;

/** The routes of a {@link Door}. What cannot be kept in time is refused, so that its sender tries again. */
final class DoorRoutes {
    /** Slack gives up after 3 s. */
    private static final Duration PROMISED_WITHIN = Duration.ofSeconds(2);

    private final Door door;

    DoorRoutes(Door door) {
        this.door = door;
    }

    List<Route> routes() {
        return door.entries().stream().map(this::route).toList();
    }

    private Route route(Door.Entry entry) {
        return Route.post(entry.path(), entry.summary())
                .access(Access.OPEN)
                .takesText(entry.contentType())
                .answersText(200, WireJson.CONTENT_TYPE)
                .handledBy(this::take);
    }

    /**
     * @throws Failure.Unavailable if it cannot be kept in time
     */
    private void take(Exchange exchange) {
        byte[] body = exchange.strangersBytes(WebhookRoutes.MAX_BYTES);
        Door.Delivery delivery = new Door.Delivery(exchange.requestPath(), exchange::header, body);
        String answer = Promptly.within(PROMISED_WITHIN, door.check(delivery));
        if (!answer.isEmpty()) {
            exchange.text(WireJson.CONTENT_TYPE, answer);
        }
    }
}
