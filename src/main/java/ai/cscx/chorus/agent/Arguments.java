package ai.cscx.chorus.agent;

import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.store.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one tool call as a model wrote them, being resolved: whatever is put back replaces what was written.
 * Every complaint is a {@link Misuse}, whose message goes back to the model.
 */
final class Arguments {
    private static final int LONGEST_TEXT = 1_000;

    private final Map<String, Object> values;

    Arguments(Map<String, Object> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /** A tool call that cannot be carried out as it is; the message says to the model what to do instead. */
    static final class Misuse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misuse(String advice) {
            super(advice, null, false, false);
        }
    }

    /** Reads a model's JSON; nulls, blank texts and empty lists are what wasn't said. */
    static Arguments read(@Nullable String json, String tool, Collection<String> allowed) {
        Map<String, Object> values;
        try {
            values = json == null || json.isBlank()
                    ? Map.of()
                    : Json.MAPPER.readValue(json, new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException malformed) {
            throw new Misuse("The arguments are no JSON object; call " + tool + " again with one.");
        }
        Map<String, Object> said = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (!allowed.contains(name)) {
                throw new Misuse(tool + " has no such argument; it has " + String.join(", ", allowed) + ".");
            }
            if (value instanceof String text && !text.equals(Wording.keepable(text))) {
                throw new Misuse("\"" + name + "\" is a text without control characters.");
            }
            if (value != null
                    && !"".equals(value instanceof String text ? text.strip() : value)
                    && !List.of().equals(value)) {
                said.put(name, value);
            }
        });
        return new Arguments(said);
    }

    Map<String, Object> values() {
        return values;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    void put(String name, Object value) {
        values.put(name, value);
    }

    @Nullable
    String text(String name) {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text) || text.length() > LONGEST_TEXT) {
            throw new Misuse("\"" + name + "\" is a short text.");
        }
        return text.strip();
    }

    List<String> texts(String name) {
        Object value = values.get(name);
        if (value instanceof List<?> list) {
            if (list.stream().allMatch(String.class::isInstance)) {
                return list.stream().map(one -> ((String) one).strip()).toList();
            }
            throw new Misuse("\"" + name + "\" is a name or a list of names.");
        }
        String text = text(name);
        return text == null ? List.of() : List.of(text);
    }

    /** One of the words, or the first of them if nothing was said. */
    String word(String name, String... words) {
        return Objects.requireNonNull(wordOr(words[0], name, words));
    }

    /** One of the words, or the other thing if nothing was said. */
    @Nullable
    String wordOr(@Nullable String otherwise, String name, String... words) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        for (String word : words) {
            if (word.equalsIgnoreCase(text)) {
                values.put(name, word);
                return word;
            }
        }
        throw new Misuse("\"" + name + "\" is one of " + String.join(", ", words) + ".");
    }

    int limit(int otherwise, int most) {
        Object value = values.get("limit");
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Integer limit) || limit < 1) {
            throw new Misuse("\"limit\" is a whole number from 1 to " + most + ".");
        }
        return Math.min(limit, most);
    }

    @Nullable
    LocalDate day(String name) {
        String text = text(name);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException noDay) {
            throw new Misuse("\"" + name + "\" is a day such as 2026-11-22.");
        }
    }

    /** From the beginning of the day {@code from} to the end of the day {@code to}, in the asker's time zone. */
    TimeRange range(ZoneId zone) {
        LocalDate from = day("from");
        LocalDate to = day("to");
        if (from != null && to != null && to.isBefore(from)) {
            throw new Misuse("\"to\" is before \"from\"; swap them.");
        }
        Instant begin = from == null ? null : from.atStartOfDay(zone).toInstant();
        Instant end = to == null ? null : to.plusDays(1).atStartOfDay(zone).toInstant();
        return new TimeRange(begin, end);
    }
}
