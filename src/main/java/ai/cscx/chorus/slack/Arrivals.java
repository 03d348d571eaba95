package ai.cscx.chorus.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Slack's wire formats. What is not meant for us is null; fields that we don't know are left alone. */
final class Arrivals {
    /** Messages with another subtype are news about messages, not said by anybody. */
    private static final Set<String> SAID = Set.of("", "file_share", "thread_broadcast");

    private static final Map<String, Kind> ACTIONS = Map.of(
            "choice", Kind.CHOICE,
            "confirm", Kind.CONFIRM,
            "decline", Kind.DECLINE,
            "page", Kind.PAGE,
            "share", Kind.SHARE);

    private Arrivals() {}

    /**
     * @param callback an {@code event_callback} of the Events API
     */
    static @Nullable Arrival ofEvent(JsonNode callback) {
        JsonNode event = callback.path("event");
        String key = text(callback, "event_id");
        String team = text(callback, "team_id");
        String user = text(event, "user");
        String channel = text(event, "channel");
        if (key.isEmpty() || team.isEmpty() || user.isEmpty() || channel.isEmpty()) {
            return null;
        }
        return switch (text(event, "type")) {
            case "app_mention" -> message(key, team, event, false);
            case "message" -> said(key, team, event);
            case "app_home_opened" ->
                text(event, "tab").equals("messages")
                        ? null
                        : new Arrival(key, null, Kind.HOME, team, channel, "home:" + user, null, user, "", null, false);
            default -> null;
        };
    }

    private static @Nullable Arrival said(String key, String team, JsonNode event) {
        if (text(event, "channel_type").equals("im")) {
            return message(key, team, event, false);
        }
        // In channels others talk as well. Who is named first is meant, and if that is us, an app_mention tells.
        boolean ofThread = event.hasNonNull("thread_ts")
                && !text(event, "thread_ts").equals(text(event, "ts"))
                && !text(event, "text").stripLeading().startsWith("<@");
        return ofThread ? message(key, team, event, true) : null;
    }

    private static @Nullable Arrival message(String key, String team, JsonNode event, boolean onlyIfKnown) {
        String ts = text(event, "ts");
        boolean person = !event.hasNonNull("bot_id") && !event.hasNonNull("bot_profile");
        if (!person || !SAID.contains(text(event, "subtype")) || ts.isEmpty()) {
            return null;
        }
        String channel = text(event, "channel");
        String thread = event.hasNonNull("thread_ts") ? text(event, "thread_ts") : ts;
        return new Arrival(
                key,
                team + ":" + channel + ":" + ts,
                Kind.QUESTION,
                team,
                channel,
                thread,
                thread,
                text(event, "user"),
                text(event, "text"),
                null,
                onlyIfKnown);
    }

    /**
     * @param form the fields of a slash command
     */
    static @Nullable Arrival ofCommand(Map<String, String> form) {
        String trigger = form.getOrDefault("trigger_id", "");
        String team = form.getOrDefault("team_id", "");
        String user = form.getOrDefault("user_id", "");
        String channel = form.getOrDefault("channel_id", "");
        if (trigger.isEmpty() || team.isEmpty() || user.isEmpty() || channel.isEmpty()) {
            return null;
        }
        return new Arrival(
                "command:" + trigger,
                null,
                Kind.COMMAND,
                team,
                channel,
                "command:" + user,
                null,
                user,
                form.getOrDefault("text", ""),
                form.get("response_url"),
                false);
    }

    /**
     * @param payload of an interaction
     */
    static @Nullable Arrival ofInteraction(JsonNode payload) {
        JsonNode action = payload.path("actions").path(0);
        String id = text(action, "action_id");
        Kind kind = ACTIONS.get(id.replaceAll("-.*", ""));
        String team = text(payload.path("team"), "id");
        String user = text(payload.path("user"), "id");
        String at = text(action, "action_ts");
        boolean whole = !team.isEmpty() && !user.isEmpty() && !at.isEmpty();
        if (!text(payload, "type").equals("block_actions") || kind == null || !whole) {
            return null;
        }
        String channel = payload.path("channel").hasNonNull("id")
                ? text(payload.path("channel"), "id")
                : text(payload.path("container"), "channel_id");
        return new Arrival(
                "action:" + team + ":" + user + ":" + at + ":" + id,
                null,
                kind,
                team,
                channel,
                "action:" + user,
                null,
                user,
                text(action, "value"),
                payload.hasNonNull("response_url") ? text(payload, "response_url") : null,
                false);
    }

    static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
