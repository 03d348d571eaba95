package ai.cscx.chorus.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes good JSON answers bad ones. What it cannot find in an answer it leaves as it is. */
final class Spoiler {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LONG_AGO = "2019-07-01T09:00:00Z";
    private static final long LONG_AGO_SECOND = 1_561_971_600L;

    /** Fields that hold a word of an enumeration, and a word that it does not have. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("engagement_type", "hologram"),
            Map.entry("processing_state", "marinating"),
            Map.entry("compliance", "sideways"),
            Map.entry("status", "marinating"),
            Map.entry("source", "carrier-pigeon"),
            Map.entry("match_method", "clairvoyance"),
            Map.entry("speaker_type", "android"),
            Map.entry("type", "android"),
            Map.entry("role", "android"),
            Map.entry("deal_progress", "sideways"),
            Map.entry("category", "whimsy"));

    private Spoiler() {}

    static Reply spoiled(Reply reply, Consumer<JsonNode> harm) {
        if (reply.status() != 200) {
            return reply;
        }
        JsonNode root = read(reply.body());
        harm.accept(root);
        return reply.saying(root.toString());
    }

    /** Whatever the page says, there is another one. */
    static Reply withKey(Reply reply, String engagementsKey, String callsCursor) {
        return spoiled(reply, root -> {
            if (root.path("pagination") instanceof ObjectNode pagination) {
                pagination.put("next_cursor", callsCursor);
                pagination.put("has_more", true);
            } else if (root instanceof ObjectNode page) {
                page.put("continuation_key", engagementsKey);
            }
        });
    }

    static void outsideWindow(JsonNode root) {
        for (String list : List.of("engagements", "calls")) {
            if (root.path(list) instanceof ArrayNode rows && rows.path(0) instanceof ObjectNode first) {
                ObjectNode stray = first.deepCopy();
                if (stray.has("engagement_id")) {
                    stray.put("engagement_id", "0".repeat(32)).put("date_time", LONG_AGO_SECOND);
                } else {
                    stray.put("id", "0".repeat(32)).put("start_time", LONG_AGO);
                }
                rows.add(stray);
            }
        }
    }

    static void withoutId(JsonNode root) {
        elements(root).forEach(element -> remove(element, "engagement_id", "id"));
    }

    static void wrongTypes(JsonNode root) {
        List<JsonNode> rows = elements(root);
        JsonNode attributes = root.path("data").path("attributes");
        JsonNode target = !rows.isEmpty() ? rows.getFirst() : attributes.isObject() ? attributes : root;
        if (!(target instanceof ObjectNode object)) {
            return;
        }
        object.put("duration", "long").put("duration_seconds", "long").put("participants", 7);
        replace(object, "date_time", "soon");
        replace(object, "start_time", "soon");
        replace(object, "recording", "tape");
        replace(object, "segments", "many");
        replace(object, "trackers", "many");
        replace(object, "action_items", "many");
    }

    private static void replace(ObjectNode object, String field, String value) {
        if (object.has(field)) {
            object.put(field, value);
        }
    }

    /** The first element of a list; none if it is not a list. */
    private static List<JsonNode> elements(JsonNode root) {
        JsonNode first = root.path("engagements").path(0);
        JsonNode other = root.path("calls").path(0);
        return first.isObject() ? List.of(first) : other.isObject() ? List.of(other) : List.of();
    }

    private static void remove(JsonNode element, String... fields) {
        if (element instanceof ObjectNode object) {
            object.remove(List.of(fields));
        }
    }

    static void words(JsonNode node) {
        if (node instanceof ObjectNode object) {
            WORDS.forEach((field, word) -> {
                JsonNode now = object.path(field);
                if (now.isTextual() && !now.asText().equals("recording")) {
                    object.put(field, word);
                }
            });
        }
        node.forEach(Spoiler::words);
    }

    static void fields(JsonNode node) {
        node.forEach(Spoiler::fields);
        if (node instanceof ObjectNode object) {
            object.putObject("x_added_later")
                    .putArray("nested")
                    .add(1)
                    .addNull()
                    .add("two");
        }
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException("An answer of ours is not JSON", impossible);
        }
    }
}
