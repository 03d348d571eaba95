package ai.cscx.chorus.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Json;
import ai.cscx.chorus.web.Postbox;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where Slack knocks. Everything is acknowledged as soon as it is kept; the answer follows through the Web API. */
final class SlackPostbox implements Postbox {
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String EVENTS = "/slack/events";
    private static final String COMMANDS = "/slack/commands";
    private static final String INTERACTIONS = "/slack/interactions";
    private static final String LOOKING = Json.write(Map.of("response_type", "ephemeral", "text", Phrases.THINKING));

    private final @Nullable Signature signature;
    private final boolean sends;
    private final Inbox inbox;

    SlackPostbox(SlackSettings settings, Inbox inbox, Clock realTime) {
        this.signature = settings.signingSecret() == null ? null : new Signature(settings.signingSecret(), realTime);
        this.sends = settings.botToken() != null;
        this.inbox = inbox;
    }

    @Override
    public List<Entry> entries() {
        return List.of(
                new Entry(EVENTS, "Takes an event of Slack's Events API, signed by Slack", JSON),
                new Entry(COMMANDS, "Takes Slack's slash command, signed by Slack", FORM),
                new Entry(INTERACTIONS, "Takes a click on one of our buttons in Slack, signed by Slack", FORM));
    }

    @Override
    public Supplier<String> check(Delivery delivery) {
        if (signature == null) {
            throw new Failure.NotFound("Slack is not connected here; set SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN.");
        }
        signature.check(
                delivery.header().apply("X-Slack-Request-Timestamp"),
                delivery.header().apply("X-Slack-Signature"),
                delivery.body());
        String body = new String(delivery.body(), UTF_8);
        return switch (delivery.path()) {
            case EVENTS -> () -> event(tree(body));
            case COMMANDS -> () -> command(form(body));
            case INTERACTIONS -> () -> interaction(tree(form(body).getOrDefault("payload", "")));
            default -> throw new Failure.NotFound("There is no such path.");
        };
    }

    private String event(JsonNode sent) {
        if (Arrivals.text(sent, "type").equals("url_verification")) {
            return Json.write(Map.of("challenge", Arrivals.text(sent, "challenge")));
        }
        keep(Arrivals.ofEvent(sent));
        return "";
    }

    private String command(Map<String, String> form) {
        // Slack looks whether our certificate is in order.
        if (form.containsKey("ssl_check")) {
            return "";
        }
        Arrival arrival = Arrivals.ofCommand(form);
        if (arrival == null) {
            throw new Failure.Malformed("This is no slash command as Slack sends it.");
        }
        keep(arrival);
        return LOOKING;
    }

    private String interaction(JsonNode payload) {
        keep(Arrivals.ofInteraction(payload));
        return "";
    }

    private void keep(@Nullable Arrival arrival) {
        if (!sends) {
            throw new Failure.Unavailable("Nothing can be answered in Slack without SLACK_BOT_TOKEN; set it.");
        }
        if (arrival != null) {
            inbox.take(arrival);
        }
    }

    private static JsonNode tree(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException unreadable) {
            throw new Failure.Malformed("This is no JSON as Slack sends it.");
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException unreadable) {
            throw new Failure.Malformed("This is no form as Slack sends it.", unreadable);
        }
    }
}
