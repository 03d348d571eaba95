package ai.cscx.chorus.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of {@code POST /api/chat} shows to have been understood, in the words of the labels.
 *
 * @param intent null if the answer shows none
 * @param slots arguments of the first tool, under the labels' names
 */
record Understood(@Nullable String intent, ObjectNode slots) {
    static final String AMBIGUOUS = "ambiguous";
    static final String OUT_OF_SCOPE = "out_of_scope";
    static final String HELP = "help";

    private static final Map<String, String> INTENTS = Map.ofEntries(
            Map.entry("list_calls", "list_calls"),
            Map.entry("get_call", "call_detail"),
            Map.entry("search_transcripts", "transcript_search"),
            Map.entry("get_transcript", "get_transcript"),
            Map.entry("list_action_items", "action_items"),
            Map.entry("create_task", "create_task"),
            Map.entry("complete_action_item", "complete_action_item"),
            Map.entry("get_insights", "insights"),
            Map.entry("get_tracker_trends", "tracker_trends"),
            Map.entry("get_health", "account_health"),
            Map.entry("get_portfolio", "portfolio_overview"),
            Map.entry("get_sync_status", "sync_status"));
    private static final String ACCOUNT = "account";
    private static final Map<String, String> SLOTS =
            Map.of("customer", ACCOUNT, "groupBy", "group_by", "item", "item_id");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    static Understood nothing() {
        return new Understood(null, JsonNodeFactory.instance.objectNode());
    }

    /**
     * @param answer as the HTTP interface gives it: a tool that was called or waits for a yes says the intent, else the
     *     outcome does
     */
    static Understood of(JsonNode answer) {
        String outcome = answer.path("outcome").asText();
        JsonNode pending = answer.path("pendingAction");
        JsonNode first = answer.path("toolCalls").path(0);
        return switch (outcome) {
            case "clarify" -> new Understood(AMBIGUOUS, JsonNodeFactory.instance.objectNode());
            case "help" -> new Understood(HELP, JsonNodeFactory.instance.objectNode());
            case "refused" -> new Understood(OUT_OF_SCOPE, JsonNodeFactory.instance.objectNode());
            default -> {
                if (first.isObject()) {
                    yield of(first.path("name").asText(), first.path("arguments"));
                }
                if (pending.isObject()) {
                    yield of(pending.path("tool").asText(), pending.path("arguments"));
                }
                // A customer that does not exist, for this asker, is none to show anything of.
                yield outcome.equals("not_found")
                        ? new Understood(AMBIGUOUS, JsonNodeFactory.instance.objectNode())
                        : nothing();
            }
        };
    }

    private static Understood of(String tool, JsonNode arguments) {
        ObjectNode slots = JsonNodeFactory.instance.objectNode();
        ObjectNode date = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            String name = argument.getKey();
            JsonNode value = argument.getValue();
            if (value.isNull()) {
                continue;
            }
            switch (name) {
                case "from", "to" -> date.set(name, value);
                case "groupBy" -> slots.put("group_by", value.asText().equals("customer") ? ACCOUNT : value.asText());
                default -> slots.set(SLOTS.getOrDefault(name, name), value);
            }
            // Labels name an item by words that it holds.
            if (name.equals("item") && !ID.matcher(value.asText()).matches()) {
                slots.set("query", value);
            }
        }
        if (!date.isEmpty()) {
            slots.set("date", date);
        }
        return new Understood(INTENTS.get(tool), slots);
    }
}
