package ai.cscx.chorus.pages;

import ai.cscx.chorus.agent.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A card of an answer as a table. Calls, passages and promises have columns of their own; a type that this does not know
 * shows whatever is in its items.
 *
 * @param more how many are left out; 0 = none
 */
record CardView(String heading, List<String> columns, List<List<Cell>> rows, long more) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_ROWS = 50;
    private static final int LONGEST_TEXT = 400;
    private static final Set<String> LEFT_OUT =
            Set.of("score", "version", "highlight", "url", "utteranceFrom", "utteranceTo");

    CardView {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * @param address where it leads; null = nowhere
     */
    record Cell(String text, @Nullable String address) {
        static final Cell NOTHING = new Cell("", null);
    }

    static CardView of(Answer.Card card, Reader reader) {
        List<JsonNode> items = card.items().stream()
                .<JsonNode>map(JSON::valueToTree)
                .limit(MOST_ROWS)
                .toList();
        long more = Math.max(0, card.total() - items.size());
        return switch (card.type()) {
            case "calls", "call" ->
                new CardView(
                        items.size() == 1 ? "Call" : "Calls",
                        List.of("Call", "Customer", "When", "Length", "Items"),
                        items.stream().map(item -> call(item, reader)).toList(),
                        more);
            case "actionItems", "task" ->
                new CardView(
                        "Action items",
                        List.of("Promised", "Who", "Due", "Status", "Call"),
                        items.stream().map(item -> promise(item, reader)).toList(),
                        more);
            case "passages" ->
                new CardView(
                        "Said",
                        List.of("What", "Who", "Call", "When"),
                        items.stream().map(item -> passage(item, reader)).toList(),
                        more);
            default -> anything(words(card.type()), items, more, reader);
        };
    }

    private static List<Cell> call(JsonNode item, Reader reader) {
        String customer = item.path("customer").path("name").asText("");
        return List.of(
                new Cell(
                        CallRow.titleOf(item.path("title").asText("")),
                        "/calls/" + item.path("id").asText()),
                customer.isEmpty()
                        ? Cell.NOTHING
                        : new Cell(
                                customer,
                                "/customers/" + item.path("customer").path("id").asText()),
                text(item.path("startedAt"), reader),
                new Cell(reader.length(Math.round(item.path("durationSeconds").asDouble() * 1000)), null),
                new Cell(Integer.toString(item.path("actionItemCount").asInt()), null));
    }

    private static List<Cell> promise(JsonNode item, Reader reader) {
        boolean task = !item.hasNonNull("text");
        String call = item.path(task ? "sourceCallId" : "callId").asText("");
        return List.of(
                new Cell(item.path(task ? "title" : "text").asText(""), null),
                new Cell(item.path(task ? "assigneeName" : "ownerName").asText(""), null),
                text(item.path("dueDate"), reader),
                new Cell(words(item.path("status").asText("")), null),
                call.isEmpty()
                        ? Cell.NOTHING
                        : new Cell(CallRow.titleOf(item.path("callTitle").asText("")), "/calls/" + call + "#items"));
    }

    private static List<Cell> passage(JsonNode item, Reader reader) {
        String address = "/calls/" + item.path("callId").asText() + "?t="
                + item.path("startSeconds").asDouble();
        return List.of(
                new Cell(shortened(item.path("text").asText("")), address),
                new Cell(item.path("speaker").asText(""), null),
                new Cell(
                        CallRow.titleOf(item.path("title").asText("")),
                        "/calls/" + item.path("callId").asText()),
                text(item.path("startedAt"), reader));
    }

    private static CardView anything(String heading, List<JsonNode> items, long more, Reader reader) {
        Set<String> fields = new LinkedHashSet<>();
        items.forEach(item -> item.properties().forEach(field -> {
            boolean named = !field.getKey().equals("id") && !field.getKey().endsWith("Id");
            if (named && field.getValue().isValueNode() && !LEFT_OUT.contains(field.getKey())) {
                fields.add(field.getKey());
            }
        }));
        List<List<Cell>> rows = new ArrayList<>();
        items.forEach(item -> rows.add(
                fields.stream().map(field -> text(item.path(field), reader)).toList()));
        return new CardView(
                heading, fields.stream().map(CardView::words).toList(), fields.isEmpty() ? List.of() : rows, more);
    }

    private static Cell text(JsonNode value, Reader reader) {
        if (value.isMissingNode() || value.isNull()) {
            return Cell.NOTHING;
        }
        String text = value.asText();
        try {
            if (text.matches("\\d{4}-\\d{2}-\\d{2}T.*Z")) {
                return new Cell(reader.moment(Instant.parse(text)), null);
            }
            if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return new Cell(reader.day(LocalDate.parse(text)), null);
            }
        } catch (DateTimeException noDate) {
            return new Cell(text, null);
        }
        return new Cell(shortened(text), null);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }

    /** Words of a name as programs write it: {@code list_action_items} and {@code dueDate} become words. */
    static String words(String name) {
        String spaced =
                name.replace('_', ' ').replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return spaced.isEmpty() ? spaced : Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }
}
