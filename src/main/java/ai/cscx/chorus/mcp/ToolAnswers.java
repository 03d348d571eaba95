package ai.cscx.chorus.mcp;

import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.Answer.Citation;
import ai.cscx.chorus.agent.Answer.Outcome;
import ai.cscx.chorus.agent.ToolDesk.Result;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.Failure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a tool call came to as an MCP result: a text with its sources, and the same structured. What does not fit into
 * {@link Budget#ANSWER} comes with the next page. Pages hold no state: the call is carried out again and goes on after the
 * item at which the page before ended, so what arrived meanwhile is not shown twice.
 */
final class ToolAnswers {
    static final ObjectMapper JSON = JsonMapper.builder().build();

    private static final int LONGEST_REPLY = 5_000;
    private static final int SMALLEST_PAGE = 4_000;

    private ToolAnswers() {}

    /** An item on a card of that type. */
    private record Item(Card card, ObjectNode json, String key) {}

    /**
     * @param cursor of the page before; null = the first page
     * @throws Failure.Malformed if the cursor belongs to another tool or is damaged
     */
    static CallToolResult of(String tool, Result result, @Nullable String cursor) {
        List<Item> items = items(result.cards());
        int from = cursor == null ? 0 : after(Cursor.decode(cursor, "mcp-" + tool, 2), items);
        String told = from == 0 ? shortened(result.reply()) : "";
        List<Citation> cited = citedIn(told, result.citations());
        ObjectNode structured = JSON.createObjectNode();
        structured.put("outcome", result.outcome().word());
        structured.put("reply", told);
        structured.set("arguments", JSON.valueToTree(result.arguments()));
        structured.set("citations", citations(cited));
        if (!result.options().isEmpty()) {
            structured.set("options", JSON.valueToTree(result.options()));
        }
        if (result.pendingAction() != null) {
            structured.set("pendingAction", JSON.valueToTree(result.pendingAction()));
        }
        String sources = sources(cited);
        int fixed = Budget.size(structured) + Budget.size(told + sources);
        int to = fit(items, from, Math.max(SMALLEST_PAGE, (Budget.ANSWER - fixed) / 2));
        boolean more = to < items.size();
        if (from > 0) {
            told = "Items " + (from + 1) + " to " + to + " of " + items.size() + ".";
            structured.put("reply", told);
        }
        structured.set("cards", cards(result.cards(), items.subList(from, to)));
        structured.put("nextCursor", more ? cursor(tool, to, items.get(to - 1)) : null);
        String text = told
                + sources
                + (more
                        ? "\n\nThere is more: call " + tool
                                + " again with the same arguments and the cursor that stands in nextCursor."
                        : "");
        CallToolResult.Builder written = CallToolResult.builder()
                .addTextContent(text)
                .structuredContent(JSON.convertValue(structured, Object.class))
                .isError(result.outcome() == Outcome.ERROR);
        if (to > from) {
            ObjectNode page = JSON.createObjectNode();
            page.set("cards", structured.get("cards"));
            page.set("nextCursor", structured.get("nextCursor"));
            written.addTextContent(page.toString());
        }
        return written.build();
    }

    /** A failure as a tool's error: the message says what to do next. */
    static CallToolResult error(String advice) {
        return of("", Result.plain(Outcome.ERROR, advice, List.of()), null);
    }

    private static List<Item> items(List<Card> cards) {
        List<Item> items = new ArrayList<>();
        for (Card card : cards) {
            for (Object item : card.items()) {
                ObjectNode json = JSON.valueToTree(item);
                JsonNode id = json.path("id").isTextual() ? json.path("id") : json.path("callId");
                String key =
                        card.type() + id.asText() + json.path("startSeconds").asText();
                items.add(new Item(card, json, Integer.toHexString(key.hashCode())));
            }
        }
        return items;
    }

    /** Where a page begins: after the item that was the last one, wherever it stands now. */
    private static int after(Cursor cursor, List<Item> items) {
        int before = (int) Math.clamp(cursor.number(0), 0, items.size());
        String key = cursor.keys().get(1);
        if (before > 0 && items.get(before - 1).key().equals(key)) {
            return before;
        }
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).key().equals(key)) {
                return i + 1;
            }
        }
        return before;
    }

    private static String cursor(String tool, int next, Item last) {
        return new Cursor("mcp-" + tool, List.of(Integer.toString(next), last.key())).encode();
    }

    /** How far the items from there on fit, one at least. */
    private static int fit(List<Item> items, int from, int room) {
        int to = from;
        int left = room;
        while (to < items.size()) {
            Item item = items.get(to);
            if (to == from) {
                Budget.shorten(item.json(), room);
            }
            left -= Budget.size(item.json()) + 1;
            if (left < 0 && to > from) {
                break;
            }
            to++;
        }
        return to;
    }

    private static ArrayNode cards(List<Card> cards, List<Item> page) {
        ArrayNode written = JSON.createArrayNode();
        for (Card card : cards) {
            ArrayNode items = JSON.createArrayNode();
            page.stream().filter(item -> item.card() == card).forEach(item -> items.add(item.json()));
            if (!items.isEmpty()) {
                written.addObject()
                        .put("type", card.type())
                        .put("total", card.total())
                        .set("items", items);
            }
        }
        return written;
    }

    /** Whole lines of the reply. */
    private static String shortened(String reply) {
        if (reply.length() <= LONGEST_REPLY) {
            return reply;
        }
        int end = reply.lastIndexOf('\n', LONGEST_REPLY);
        return reply.substring(0, end > 0 ? end : LONGEST_REPLY) + "\n… and more, which the cards hold.";
    }

    private static List<Citation> citedIn(String reply, List<Citation> citations) {
        return citations.stream()
                .filter(citation -> reply.contains("[" + citation.n() + "]"))
                .toList();
    }

    private static ArrayNode citations(List<Citation> citations) {
        ArrayNode written = JSON.createArrayNode();
        for (Citation citation : citations) {
            ObjectNode one = JSON.valueToTree(citation);
            one.put("resource", Resources.callUri(citation.callId()));
            written.add(one);
        }
        return written;
    }

    private static String sources(List<Citation> citations) {
        StringBuilder sources = new StringBuilder();
        for (Citation citation : citations) {
            sources.append(sources.isEmpty() ? "\n\nSources:\n[" : "\n[")
                    .append(citation.n())
                    .append("] ");
            if (citation.speaker() != null) {
                sources.append(line(citation.speaker())).append(", ");
            }
            sources.append(line(Objects.requireNonNullElse(citation.title(), "Untitled call")));
            if (citation.startSeconds() > 0) {
                sources.append(", at ").append(clock(citation.startSeconds()));
            }
            if (citation.url() != null) {
                sources.append(", ").append(citation.url());
            }
        }
        return sources.toString();
    }

    private static String line(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** Minutes and seconds, with hours where there are any. */
    private static String clock(double seconds) {
        long whole = (long) seconds;
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }
}
