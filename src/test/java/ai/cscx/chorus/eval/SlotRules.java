package ai.cscx.chorus.eval;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a slot is as the label has it: names as sets, without regard to case and accents; days with the alternatives that
 * the label lists; a query if it holds all words that count; a task if it holds half of its words that mean something;
 * all else word for word.
 */
final class SlotRules {
    private static final Set<String> NAMES = Set.of("account", "owner", "participant", "assignee");
    private static final Set<String> NO_CONTENT = Set.of(
            "the", "a", "an", "to", "with", "on", "for", "of", "and", "by", "our", "their", "his", "her", "send", "be");
    private static final Set<String> NOBODY = Set.of("", "unassigned", "?unassigned", "none");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

    private SlotRules() {}

    /**
     * @param slots the label's, all of them
     * @param today the day of asking, on which a range may end without saying so
     * @param got null if it was not understood
     */
    static boolean same(String slot, JsonNode slots, String today, @Nullable JsonNode got) {
        JsonNode wanted = slots.path(slot);
        boolean nobody =
                slot.equals("owner") && wanted.isTextual() && wanted.asText().startsWith("?");
        if (slot.equals("query")) {
            String query = got == null ? "" : fold(got);
            return strings(slots.path("query_terms")).stream().allMatch(term -> query.contains(foldText(term)));
        }
        if (got == null) {
            return nobody;
        }
        if (nobody || (NAMES.contains(slot) && wanted.asText().startsWith("?"))) {
            return got.isTextual() && NOBODY.contains(got.asText());
        }
        if (NAMES.contains(slot)) {
            return names(wanted).equals(names(got));
        }
        return switch (slot) {
            case "date" -> days(wanted, today, got);
            case "task" -> task(wanted, got);
            case "due" -> got.equals(wanted) || strings(slots.path("due_alt")).contains(got.asText());
            case "call" ->
                fold(got)
                        .replace("last", "latest")
                        .replace("most recent", "latest")
                        .equals(fold(wanted));
            default -> fold(got).equals(fold(wanted));
        };
    }

    static boolean isSaid(@Nullable JsonNode value) {
        return value != null
                && !value.isNull()
                && !(value.isTextual() && value.asText().isEmpty())
                && !(value.isContainerNode() && value.isEmpty());
    }

    static String fold(JsonNode value) {
        return foldText(value.isValueNode() ? value.asText() : value.toString());
    }

    static String foldText(String text) {
        return MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .strip();
    }

    /** A name, or a list of them. */
    static Set<String> names(@Nullable JsonNode value) {
        Set<String> names = new HashSet<>();
        if (value != null) {
            for (String name : strings(value)) {
                names.add(foldText(name));
            }
        }
        return names;
    }

    private static boolean days(JsonNode wanted, String today, JsonNode got) {
        if (!got.isObject()) {
            return false;
        }
        List<String> begins = ends(wanted, "from");
        List<String> closes = ends(wanted, "to");
        if (closes.contains(today)) {
            closes.add("");
        }
        if (closes.getFirst().isEmpty()) {
            closes.add(today);
        }
        return begins.contains(text(got, "from")) && closes.contains(text(got, "to"));
    }

    /** The day, "" = open, and its alternatives. */
    private static List<String> ends(JsonNode wanted, String end) {
        List<String> ends = new ArrayList<>();
        ends.add(text(wanted, end));
        for (JsonNode alternative : wanted.path(end + "_alt")) {
            ends.add(alternative.isNull() ? "" : alternative.asText());
        }
        return ends;
    }

    private static String text(JsonNode object, String field) {
        return object.hasNonNull(field) ? object.get(field).asText() : "";
    }

    private static boolean task(JsonNode wanted, JsonNode got) {
        Set<String> words = words(wanted);
        words.removeAll(NO_CONTENT);
        Set<String> both = new HashSet<>(words);
        both.retainAll(words(got));
        return both.size() * 2 >= words.size();
    }

    private static Set<String> words(JsonNode text) {
        Set<String> words = new HashSet<>();
        Matcher word = WORD.matcher(fold(text));
        while (word.find()) {
            words.add(word.group());
        }
        return words;
    }

    /** One value or several; none of them empty. */
    private static List<String> strings(JsonNode value) {
        List<String> strings = new ArrayList<>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            if (isSaid(each) && !each.isMissingNode()) {
                strings.add(each.asText());
            }
        }
        return strings;
    }
}
