package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.sync.Synchronisation;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.ContentTooLargeResponse;
import java.time.Duration;
import java.util.List;

/** What Chorus tells us by itself. It is believed no word: what it names is fetched from Chorus. */
final class WebhookRoutes {
    static final int MAX_BYTES = 256 * 1024;
    private static final Duration PROMISED_WITHIN = Duration.ofSeconds(1);

    private final Synchronisation synchronisation;
    private final WebhookSecret secret;
    private final Metrics metrics;

    WebhookRoutes(Synchronisation synchronisation, WebhookSecret secret, Metrics metrics) {
        this.synchronisation = synchronisation;
        this.secret = secret;
        this.metrics = metrics;
    }

    /**
     * @param hints how many ids were found; each is fetched soon. With none, Chorus is looked at soon, at most once a minute
     */
    record Accepted(int hints) {}

    List<Route> routes() {
        return List.of(Route.post(
                        "/api/chorus/webhook",
                        "Takes a hint from Chorus: any JSON or none, signed as X-Chorus-Signature: sha256=<hex"
                                + " HMAC-SHA256 of the body> or with the secret as key; 202 once the hint is kept")
                .access(Access.OPEN)
                .query(QueryParameter.text("key", "The secret, where nothing can be signed"))
                .mayTake(JsonNode.class)
                .answers(202, Accepted.class)
                .handledBy(this::count));
    }

    private void count(Exchange exchange) {
        try {
            take(exchange);
            metrics.webhook(Metrics.Webhook.ACCEPTED);
        } catch (Failure.Unauthenticated refused) {
            metrics.webhook(Metrics.Webhook.REFUSED);
            throw refused;
        } catch (Failure.Unavailable away) {
            metrics.webhook(Metrics.Webhook.UNAVAILABLE);
            throw away;
        } catch (ContentTooLargeResponse large) {
            metrics.webhook(Metrics.Webhook.TOO_LARGE);
            throw large;
        }
    }

    private void take(Exchange exchange) {
        String signature = exchange.header("X-Chorus-Signature");
        secret.checkBeforeReading(signature, exchange.secret("key"), exchange.header("X-Chorus-Timestamp"));
        byte[] body = exchange.strangersBytes(MAX_BYTES);
        secret.checkSignature(signature, body);
        List<String> ids = WebhookIds.in(body);
        int kept = Promptly.within(PROMISED_WITHIN, () -> {
            if (ids.isEmpty()) {
                synchronisation.look();
            } else {
                synchronisation.hint(ids);
            }
            return ids.size();
        });
        exchange.answer(202, new Accepted(kept));
    }
}
