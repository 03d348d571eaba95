package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import java.time.Duration;
import java.util.List;

/** The routes of a {@link Postbox}. What cannot be kept in time is refused, so that its sender tries again. */
final class PostboxRoutes {
    /** Slack gives up after 3 s. */
    private static final Duration PROMISED_WITHIN = Duration.ofSeconds(2);

    private final Postbox postbox;

    PostboxRoutes(Postbox postbox) {
        this.postbox = postbox;
    }

    List<Route> routes() {
        return postbox.entries().stream().map(this::route).toList();
    }

    private Route route(Postbox.Entry entry) {
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
        Postbox.Delivery delivery = new Postbox.Delivery(exchange.requestPath(), exchange::header, body);
        String answer = Promptly.within(PROMISED_WITHIN, postbox.check(delivery));
        if (!answer.isEmpty()) {
            exchange.text(WireJson.CONTENT_TYPE, answer);
        }
    }
}
