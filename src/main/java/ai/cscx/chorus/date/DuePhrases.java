package ai.cscx.chorus.date;

import ai.cscx.chorus.date.DatePhrases.Finding;
import ai.cscx.chorus.date.DatePhrases.Outcome.Range;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads until when something is promised: "by Friday", "before the 15th", "in two weeks", "next week". What merely names a
 * time ("the October invoice", "notes of last week") is none. A week ends on its Friday. Pure.
 */
public final class DuePhrases {
    /** Until then, and no later. */
    private static final Set<String> DEADLINE = Set.of(
            "by", "before", "until", "till", "til", "within", "no", "not", "prior", "ahead", "eod", "eow", "eom", "eoq",
            "eoy", "end");

    /** When it is to happen. */
    private static final Set<String> THEN =
            Set.of("on", "in", "tomorrow", "tmrw", "today", "tonight", "this", "next", "later");

    /** Meant as a time to keep, but not which. */
    private static final Set<String> VAGUE = Set.of("for", "around", "about", "after", "during", "starting");

    private static final Set<String> LONG = Set.of("month", "months", "quarter", "year", "half", "summer", "spring");
    private static final Set<String> WEEK = Set.of("week", "eow", "wk");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\d]+");

    private final String text;
    private final LocalDate said;

    /**
     * Until when.
     *
     * @param day the last day in time; null where none is said, or none that can be told
     * @param unsure a time is spoken of, but no day can be told
     */
    public record Due(@Nullable LocalDate day, boolean unsure) {
        static final Due UNSAID = new Due(null, false);
        static final Due UNSURE = new Due(null, true);
    }

    private enum Weight {
        NONE,
        VAGUE,
        THEN,
        DEADLINE
    }

    private DuePhrases(String text, LocalDate said) {
        this.text = text;
        this.said = said;
    }

    /**
     * @param said the day on which it was said, where it was said
     * @param names of people and companies: "April" may be one of them
     */
    public static Due read(String text, LocalDate said, Collection<String> names) {
        return new DuePhrases(masked(Folding.tidy(text), names), said).due();
    }

    private Due due() {
        Set<LocalDate> deadlines = new LinkedHashSet<>();
        Set<LocalDate> days = new LinkedHashSet<>();
        boolean vagueDeadline = false;
        boolean vague = false;
        for (Finding finding : DatePhrases.find(text, said, When.Direction.FUTURE)) {
            List<String> words = words(finding);
            Weight weight = weight(finding, words);
            if (weight == Weight.NONE) {
                continue;
            }
            LocalDate day = weight == Weight.VAGUE ? null : day(finding, words, weight);
            if (day == null) {
                vagueDeadline |= weight == Weight.DEADLINE;
                vague = true;
            } else {
                (weight == Weight.DEADLINE ? deadlines : days).add(day);
            }
        }
        if (!deadlines.isEmpty() || vagueDeadline) {
            return deadlines.size() == 1 && !vagueDeadline
                    ? new Due(deadlines.iterator().next(), false)
                    : Due.UNSURE;
        }
        if (days.size() == 1 && !vague) {
            return new Due(days.iterator().next(), false);
        }
        return days.isEmpty() && !vague ? Due.UNSAID : Due.UNSURE;
    }

    private Weight weight(Finding finding, List<String> words) {
        if (finding.outcome() instanceof Range range
                && range.to() != null
                && range.to().isBefore(said)) {
            return DEADLINE.contains(words.getFirst()) ? Weight.VAGUE : Weight.NONE;
        }
        if (text.substring(finding.start(), finding.end()).endsWith("'s") && !DEADLINE.contains(words.getFirst())) {
            return Weight.NONE;
        }
        String lead = words.getFirst().equals("the") && words.size() > 1 ? words.get(1) : words.getFirst();
        if (DEADLINE.contains(lead) || precededBy(finding, "due", "deadline")) {
            return Weight.DEADLINE;
        }
        if (THEN.contains(lead)) {
            return noun(finding, words) ? Weight.NONE : Weight.THEN;
        }
        if (VAGUE.contains(lead)) {
            return Weight.VAGUE;
        }
        // "Call Paula Monday", "send it October 30": at the end only.
        boolean last = !WORD.matcher(text.substring(finding.end())).find();
        return last && exact(finding) && !precededBy(finding, "of", "from", "since") ? Weight.THEN : Weight.NONE;
    }

    /** "Prepare the next week report", "this quarter review": a time that tells which thing. */
    private boolean noun(Finding finding, List<String> words) {
        return (words.getFirst().equals("this") || words.getFirst().equals("next"))
                && precededBy(finding, "the", "our", "your", "their");
    }

    private boolean exact(Finding finding) {
        return finding.outcome() instanceof Range range
                && range.to() != null
                && range.to().equals(range.from());
    }

    private @Nullable LocalDate day(Finding finding, List<String> words, Weight weight) {
        if (!(finding.outcome() instanceof Range range) || range.to() == null) {
            return null;
        }
        LocalDate from = range.from();
        LocalDate to = range.to();
        boolean week = words.stream().anyMatch(WEEK::contains);
        boolean ends = words.contains("end") || words.stream().anyMatch(word -> word.matches("eo[mqy]"));
        boolean before = Set.of("before", "prior", "ahead").contains(words.getFirst());
        boolean within = words.contains("within");
        boolean span = from != null && from.isBefore(to);
        // "by March", "by next quarter": its first day or its last?
        if (!ends && !before && !within && longTime(words) && !words.contains("this")) {
            boolean counted = exact(finding) && weight == Weight.THEN;
            if (!counted) {
                return null;
            }
        }
        if (span && !week && !within && !words.contains("this") && !words.contains("next")) {
            return null;
        }
        if (week && to.getDayOfWeek() == DayOfWeek.SUNDAY && !to.minusDays(2).isBefore(said)) {
            to = to.minusDays(2);
        }
        return to.isBefore(said) ? null : to;
    }

    /** A month, quarter or year as a whole. */
    private static boolean longTime(List<String> words) {
        boolean counted = words.stream().anyMatch(word -> word.matches("\\d{1,2}(st|nd|rd|th)?"));
        boolean month = words.stream().anyMatch(word -> DateWords.month(word) != null);
        boolean unit = words.stream().anyMatch(word -> LONG.contains(word) || word.matches("q[1-4]|h[12]"));
        boolean year = words.stream().anyMatch(word -> word.matches("20\\d\\d"));
        boolean ordinal = words.stream().anyMatch(word -> DateWords.ordinal(word) != null);
        return (month || year) && !counted && !ordinal || unit;
    }

    private boolean precededBy(Finding finding, String... words) {
        Matcher word = WORD.matcher(text.substring(0, finding.start()));
        String last = "";
        while (word.find()) {
            last = word.group().toLowerCase(Locale.ROOT);
        }
        return Arrays.asList(words).contains(last);
    }

    private List<String> words(Finding finding) {
        return WORD.matcher(Folding.fold(text.substring(finding.start(), finding.end())))
                .results()
                .map(word -> word.group())
                .toList();
    }

    private static String masked(String text, Collection<String> names) {
        StringBuilder masked = new StringBuilder(text);
        for (String name : names) {
            mask(masked, Folding.tidy(name));
            for (String part : Folding.tidy(name).split("\\s+")) {
                // "April will send it": she is named by a part of her name.
                if (DatePhrases.dateWord(Folding.fold(part))) {
                    mask(masked, part + " will");
                    mask(masked, part + " to");
                }
            }
        }
        return masked.toString();
    }

    private static void mask(StringBuilder text, String name) {
        if (name.isBlank()) {
            return;
        }
        Matcher found = Pattern.compile("(?<![\\p{L}\\d])" + Pattern.quote(name) + "(?![\\p{L}\\d])")
                .matcher(text.toString());
        while (found.find()) {
            for (int at = found.start(); at < found.end(); at++) {
                text.setCharAt(at, DatePhrases.MASK);
            }
        }
    }
}
