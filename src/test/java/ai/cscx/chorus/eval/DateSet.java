package ai.cscx.chorus.eval;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Phrases with the days that they mean, a JSON object a line; {@code docs/evaluation.md} has the form. */
record DateSet(String name, List<Phrase> phrases) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FUTURE = "future";

    DateSet {
        phrases = List.copyOf(phrases);
    }

    /** First and last day, ISO 8601, both included; null = open, both null = no date at all. */
    record Days(@Nullable String from, @Nullable String to) {}

    /**
     * @param category a row of the table
     * @param context {@code future} if it is said of what is to come
     * @param alternatives other pairs of days that are right
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Phrase(
            String id,
            String referenceDate,
            String phrase,
            @Nullable String from,
            @Nullable String to,
            String category,
            @Nullable String context,
            @Nullable List<List<@Nullable String>> alternatives) {
        Phrase {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(referenceDate, "referenceDate");
            Objects.requireNonNull(phrase, "phrase");
            Objects.requireNonNull(category, "category");
        }

        /** The phrase in a question whose answer has its days: which calls there were, or which renewals come. */
        String question() {
            return FUTURE.equals(context) ? "Which customers renew " + phrase + "?" : "Show calls " + phrase;
        }

        Days first() {
            return new Days(from, to);
        }

        /** All that is right. An end on the day of asking may be left open. */
        List<Days> right() {
            List<Days> right = new ArrayList<>();
            right.add(first());
            for (List<@Nullable String> pair :
                    alternatives == null ? List.<List<@Nullable String>>of() : alternatives) {
                right.add(new Days(pair.get(0), pair.get(1)));
            }
            for (Days days : List.copyOf(right)) {
                if (days.from() != null && referenceDate.equals(days.to())) {
                    right.add(new Days(days.from(), null));
                }
            }
            return List.copyOf(right);
        }
    }

    static DateSet read(Path file) throws IOException {
        return new DateSet(JsonLines.name(file), JsonLines.read(JSON, file, Phrase.class));
    }
}
