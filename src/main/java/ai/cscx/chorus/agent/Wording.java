package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Evidence;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Side;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Small pieces of the sentences that replies are made of. */
final class Wording {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final Pattern UNKEEPABLE = Pattern.compile("[\\p{Cntrl}&&[^\\n\\r\\t]]|\\p{Cs}");
    private static final int LONGEST_QUOTE = 300;

    private Wording() {}

    /** The text without what PostgreSQL can't keep and nobody can see: control characters and halves of characters. */
    static String keepable(String text) {
        return UNKEEPABLE.matcher(text).replaceAll(" ");
    }

    static String day(Instant instant, ZoneId zone) {
        return DAY.format(LocalDate.ofInstant(instant, zone));
    }

    static String day(LocalDate day) {
        return DAY.format(day);
    }

    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    static String list(List<String> names) {
        if (names.size() <= 1) {
            return String.join("", names);
        }
        return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    /** The customers, people, topic and dates that a tool was asked for, after "I found 3 calls". */
    static String scope(Arguments arguments) {
        StringBuilder scope = new StringBuilder();
        List<String> customers = arguments.texts("customer");
        append(scope, " with ", customers.isEmpty() ? null : list(customers));
        append(scope, " of ", arguments.text("owner"));
        append(scope, " for ", arguments.text("assignee"));
        append(scope, " with ", arguments.text("participant"));
        append(scope, " titled ", quoted(arguments.text("title")));
        append(scope, " about ", quoted(arguments.text("query")));
        return scope + period(arguments.day("from"), arguments.day("to"));
    }

    static String period(@Nullable LocalDate from, @Nullable LocalDate to) {
        if (from == null) {
            return to == null ? "" : " until " + day(to);
        }
        if (to == null) {
            return " since " + day(from);
        }
        return from.equals(to) ? " on " + day(from) : " from " + day(from) + " to " + day(to);
    }

    private static void append(StringBuilder text, String before, @Nullable String what) {
        if (what != null && !what.isEmpty()) {
            text.append(before).append(what);
        }
    }

    private static @Nullable String quoted(@Nullable String text) {
        return text == null ? null : "“" + inline(text.replace("\"", ""), 120) + "”";
    }

    /** Stored text within a line of ours: one line, not too long, and without anything that looks like a handle. */
    static String inline(String text, int longest) {
        String line = text.strip()
                .replaceAll("\\s+", " ")
                .replace('[', '(')
                .replace(']', ')')
                .replace('【', '(')
                .replace('】', ')');
        return line.length() <= longest
                ? line
                : line.substring(
                                        0,
                                        line.offsetByCodePoints(
                                                0, Math.min(longest - 1, line.codePointCount(0, line.length()))))
                                .strip()
                        + "…";
    }

    static String title(@Nullable String title) {
        return title == null || title.isBlank() ? "Untitled call" : inline(title, 120);
    }

    /** The beginning of a stored text, cut after a word. */
    static String quote(String text) {
        if (text.length() <= LONGEST_QUOTE) {
            return text;
        }
        int space = text.lastIndexOf(' ', LONGEST_QUOTE);
        return text.substring(0, space > 0 ? space : LONGEST_QUOTE);
    }

    /** The call as a whole, by the beginning of its summary. */
    static Evidence evidence(Call call) {
        String summary = call.summary();
        String quote = summary == null || summary.isBlank() ? title(call.title()) : quote(summary);
        return new Evidence(call.id(), call.title(), null, Side.UNKNOWN, 0, quote, call.url());
    }

    /** Marks stored text as material for a language model, with nothing in it that could end the marks. */
    static String fenced(String text) {
        return "<data>"
                + text.replaceAll("(?i)</?\\s*data\\s*>", " ").replace('[', '(').replace(']', ')') + "</data>";
    }
}
