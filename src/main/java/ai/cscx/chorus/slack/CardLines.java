package ai.cscx.chorus.slack;

import ai.cscx.chorus.agent.Answer;
import ai.cscx.chorus.store.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entries of a card as lines of a list. Pure. */
final class CardLines {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final Set<String> LISTS = Set.of("calls", "actionItems", "passages", "portfolio", "trends");
    private static final Set<String> LEFT_OUT =
            Set.of("score", "version", "highlight", "url", "utteranceFrom", "utteranceTo", "significant");
    private static final int LONGEST_TEXT = 400;

    private CardLines() {}

    /** The first card that is a list with something on it; null if there is none. */
    static Answer.@Nullable Card listOf(Answer answer) {
        return answer.cards().stream()
                .filter(card -> LISTS.contains(card.type()) && !card.items().isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** How many entries of its list the reply itself tells: the command model writes a line for each. */
    static int told(Answer answer) {
        return answer.model().equals("commands")
                ? (int) answer.reply()
                        .lines()
                        .filter(line -> line.startsWith("- "))
                        .count()
                : 0;
    }

    static List<String> lines(Answer.Card card, int from, int most, ZoneId zone) {
        return card.items().stream()
                .skip(from)
                .limit(most)
                .<JsonNode>map(Json.MAPPER::valueToTree)
                .map(item -> "• " + line(card.type(), item, zone))
                .toList();
    }

    private static String line(String type, JsonNode item, ZoneId zone) {
        return switch (type) {
            case "calls" ->
                joined(
                        Mrkdwn.link(textOf(item, "url"), title(item, "title")),
                        escaped(item.path("customer"), "name"),
                        day(item, "startedAt", zone),
                        Math.round(item.path("durationSeconds").asDouble() / 60) + " min");
            case "actionItems" ->
                joined(
                        escaped(item, "text"),
                        escaped(item, "ownerName"),
                        item.hasNonNull("dueDate") ? "due " + day(item, "dueDate", zone) : "",
                        escaped(item, "status"),
                        Mrkdwn.link(textOf(item, "url"), title(item, "callTitle")));
            case "passages" ->
                joined(
                        "“" + escaped(item, "text") + "”",
                        escaped(item, "speaker"),
                        Mrkdwn.link(textOf(item, "url"), title(item, "title")),
                        day(item, "startedAt", zone));
            default -> anything(item, zone);
        };
    }

    private static String anything(JsonNode item, ZoneId zone) {
        List<String> parts = new ArrayList<>();
        item.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (value.path("name").isTextual()) {
                parts.add(escaped(value, "name"));
            } else if (value.isValueNode()
                    && !value.isNull()
                    && !name.endsWith("Id")
                    && !name.equals("id")
                    && !LEFT_OUT.contains(name)) {
                parts.add(words(name) + ": " + (value.isTextual() ? day(item, name, zone) : value.asText()));
            }
        });
        return String.join(" · ", parts);
    }

    private static String day(JsonNode item, String field, ZoneId zone) {
        String text = item.path(field).asText("");
        if (text.matches("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z")) {
            return DAY.format(LocalDate.ofInstant(Instant.parse(text), zone));
        }
        return text.matches("\\d{4}-\\d{2}-\\d{2}") ? DAY.format(LocalDate.parse(text)) : escaped(item, field);
    }

    private static String escaped(JsonNode item, String field) {
        String text = item.path(field).asText("").strip().replaceAll("\\s+", " ");
        int cut = Math.min(text.length(), LONGEST_TEXT);
        boolean half = cut < text.length() && Character.isHighSurrogate(text.charAt(cut - 1));
        return Mrkdwn.escape(cut == text.length() ? text : text.substring(0, half ? cut - 1 : cut) + "…");
    }

    private static String title(JsonNode item, String field) {
        String title = item.path(field).asText("").strip();
        return title.isEmpty()
                ? "Untitled call"
                : title.length() > 120
                        ? title.substring(0, title.offsetByCodePoints(0, title.codePointCount(0, 119))) + "…"
                        : title;
    }

    private static @Nullable String textOf(JsonNode item, String field) {
        return item.hasNonNull(field) ? item.path(field).asText() : null;
    }

    private static String joined(String... parts) {
        return String.join(
                " · ", List.of(parts).stream().filter(part -> !part.isEmpty()).toList());
    }

    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
