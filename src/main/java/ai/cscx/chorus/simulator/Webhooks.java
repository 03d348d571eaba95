package ai.cscx.chorus.simulator;

import ai.cscx.chorus.base.Failure;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Who wants to be called when a recording is done. Chorus publishes neither the payload nor a signature; ours is the
 * least that could be. Nobody is called unless {@link #fire} says so. Safe for use by many threads.
 */
public final class Webhooks {
    private static final String EVENT = "recording_done";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Hook> hooks = new ArrayList<>();
    private int lastId = 500;

    Webhooks() {}

    private record Hook(int id, String url) {}

    /**
     * How a call back went.
     *
     * @param status as answered, 0 if nobody answered
     */
    public record Call(String url, int status) {}

    /** Tells every registered address, one after the other, that a recording is done. */
    public List<Call> fire(String callId) {
        byte[] body = Reply.written(json -> {
            json.writeStartObject();
            json.writeStringField("event", EVENT);
            json.writeStringField("engagement_id", callId);
            json.writeEndObject();
        });
        return registered().stream()
                .map(hook -> new Call(hook.url(), post(hook.url(), body)))
                .toList();
    }

    Reply reply(Request request) {
        try {
            return switch (request.method()) {
                case "GET" -> list();
                case "POST" -> register(Form.read(request.body()));
                case "DELETE" -> remove(Form.read(request.body()).text("hook_url"));
                default -> ErrorStyle.ENGAGEMENTS.wrongMethod("GET, POST, DELETE");
            };
        } catch (Failure wrong) {
            return ErrorStyle.ENGAGEMENTS.refusal(400, String.valueOf(wrong.getMessage()), null);
        }
    }

    private synchronized List<Hook> registered() {
        return List.copyOf(hooks);
    }

    private Reply list() {
        return Reply.json(200, Reply.JSON, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("webhooks");
            for (Hook hook : registered()) {
                json.writeStartObject();
                json.writeNumberField("id", hook.id());
                json.writeStringField("url", hook.url());
                json.writeArrayFieldStart("events");
                event(json);
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void event(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("event_name", EVENT);
        json.writeObjectFieldStart("filter_arguments");
        json.writeEndObject();
        json.writeEndObject();
    }

    private synchronized Reply register(Form form) {
        String url = form.text("hook_url");
        String event = form.text("event");
        if (!event.equals(EVENT)) {
            throw new Failure.Rejected("event must be " + EVENT + ".");
        }
        if (!url.matches("https?://\\S+")) {
            throw new Failure.Rejected("hook_url must be an address that begins with http:// or https://.");
        }
        Hook known = hooks.stream()
                .filter(hook -> hook.url().equals(url))
                .findFirst()
                .orElse(null);
        Hook hook = known == null ? new Hook(++lastId, url) : known;
        if (known == null) {
            hooks.add(hook);
        }
        return Reply.json(200, Reply.JSON, json -> {
            json.writeStartObject();
            json.writeNumberField("id", hook.id());
            json.writeEndObject();
        });
    }

    private synchronized Reply remove(String url) {
        return hooks.removeIf(hook -> hook.url().equals(url))
                ? Reply.json(200, Reply.JSON, json -> {
                    json.writeStartObject();
                    json.writeEndObject();
                })
                : ErrorStyle.ENGAGEMENTS.notFound("No such webhook.");
    }

    private static int post(String url, byte[] body) {
        try {
            var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout((int) PATIENCE.toMillis());
            connection.setReadTimeout((int) PATIENCE.toMillis());
            connection.setInstanceFollowRedirects(false);
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", Reply.JSON);
            connection.setDoOutput(true);
            connection.getOutputStream().write(body);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status;
        } catch (IOException | IllegalArgumentException nobody) {
            return 0;
        }
    }
}
