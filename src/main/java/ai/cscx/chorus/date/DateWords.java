package ai.cscx.chorus.date;

import static java.util.Map.entry;

import ai.cscx.chorus.base.Spelling;
import java.time.DayOfWeek;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words of dates, in folded form, with a little room for slips of the finger in the longer ones. */
public final class DateWords {
    /** A length of the calendar. */
    public enum Unit {
        HOUR,
        DAY,
        WORKDAY,
        WEEKEND,
        WEEK,
        FORTNIGHT,
        MONTH,
        QUARTER,
        HALF,
        YEAR
    }

    /** Which one of a kind, seen from today. */
    enum Which {
        THIS,
        LAST,
        PAST,
        NEXT
    }

    private static final Map<String, Integer> MONTHS = months();
    private static final Map<String, DayOfWeek> WEEKDAYS = weekdays();
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            entry("one", 1),
            entry("two", 2),
            entry("three", 3),
            entry("four", 4),
            entry("five", 5),
            entry("six", 6),
            entry("seven", 7),
            entry("eight", 8),
            entry("nine", 9),
            entry("ten", 10),
            entry("eleven", 11),
            entry("twelve", 12),
            entry("fourteen", 14),
            entry("fifteen", 15),
            entry("twenty", 20),
            entry("thirty", 30),
            entry("forty", 40),
            entry("fifty", 50),
            entry("sixty", 60),
            entry("ninety", 90),
            entry("dozen", 12));
    private static final Map<String, Integer> ORDINALS = Map.ofEntries(
            entry("first", 1),
            entry("second", 2),
            entry("third", 3),
            entry("fourth", 4),
            entry("fifth", 5),
            entry("sixth", 6),
            entry("seventh", 7),
            entry("eighth", 8),
            entry("ninth", 9),
            entry("tenth", 10),
            entry("eleventh", 11),
            entry("twelfth", 12));
    private static final Map<String, Unit> UNITS = Map.ofEntries(
            entry("hour", Unit.HOUR),
            entry("hours", Unit.HOUR),
            entry("hr", Unit.HOUR),
            entry("hrs", Unit.HOUR),
            entry("day", Unit.DAY),
            entry("days", Unit.DAY),
            entry("weekend", Unit.WEEKEND),
            entry("weekends", Unit.WEEKEND),
            entry("week", Unit.WEEK),
            entry("weeks", Unit.WEEK),
            entry("wk", Unit.WEEK),
            entry("wks", Unit.WEEK),
            entry("fortnight", Unit.FORTNIGHT),
            entry("fortnights", Unit.FORTNIGHT),
            entry("month", Unit.MONTH),
            entry("months", Unit.MONTH),
            entry("mth", Unit.MONTH),
            entry("mths", Unit.MONTH),
            entry("mnth", Unit.MONTH),
            entry("mos", Unit.MONTH),
            entry("quarter", Unit.QUARTER),
            entry("quarters", Unit.QUARTER),
            entry("qtr", Unit.QUARTER),
            entry("qtrs", Unit.QUARTER),
            entry("half", Unit.HALF),
            entry("halves", Unit.HALF),
            entry("year", Unit.YEAR),
            entry("years", Unit.YEAR),
            entry("yr", Unit.YEAR),
            entry("yrs", Unit.YEAR));
    private static final Map<String, Unit> LETTER_UNITS =
            Map.of("h", Unit.HOUR, "d", Unit.DAY, "w", Unit.WEEK, "mo", Unit.MONTH, "m", Unit.MONTH, "y", Unit.YEAR);
    private static final Map<String, Which> WHICH = Map.ofEntries(
            entry("this", Which.THIS),
            entry("current", Which.THIS),
            entry("last", Which.LAST),
            entry("previous", Which.LAST),
            entry("prev", Which.LAST),
            entry("prior", Which.LAST),
            entry("preceding", Which.LAST),
            entry("past", Which.PAST),
            entry("trailing", Which.PAST),
            entry("next", Which.NEXT),
            entry("coming", Which.NEXT),
            entry("upcoming", Which.NEXT),
            entry("following", Which.NEXT));
    /** Near in spelling to a date word, but words of their own. */
    private static final Set<String> OWN_WORDS = Set.of("""
            list lost lists lasts text test need nest thin host cast least post part mouth weekly weak years
            sunday monday toady date data says when were which over hear your near here wear yesterdays
            """.strip().split("\\s+"));

    private DateWords() {}

    static @Nullable Integer month(String word) {
        Integer exact = MONTHS.get(word);
        return exact != null ? exact : near(word, MONTHS);
    }

    static @Nullable DayOfWeek weekday(String word) {
        DayOfWeek exact = WEEKDAYS.get(word);
        return exact != null ? exact : near(word, WEEKDAYS);
    }

    public static @Nullable Integer number(String word) {
        return NUMBERS.get(word);
    }

    public static @Nullable Integer ordinal(String word) {
        return ORDINALS.get(word);
    }

    /** A unit in a place where one is expected, such as after "last" or a number. */
    static @Nullable Unit unit(String word) {
        Unit exact = UNITS.get(word);
        if (exact != null || word.length() < 3 || OWN_WORDS.contains(word)) {
            return exact;
        }
        for (Map.Entry<String, Unit> candidate : UNITS.entrySet()) {
            if (candidate.getKey().length() >= 4
                    && Spelling.distance(word, candidate.getKey()) <= 1
                    && word.charAt(0) == candidate.getKey().charAt(0)) {
                return candidate.getValue();
            }
        }
        return null;
    }

    /** A unit as one letter, which means something only right after digits. */
    static @Nullable Unit letterUnit(String word) {
        return LETTER_UNITS.get(word);
    }

    static @Nullable Which which(String word) {
        return WHICH.get(word);
    }

    /** "Which" with a slip, in a place where a unit or weekday follows. */
    static @Nullable Which nearWhich(String word) {
        if (word.length() < 4 || OWN_WORDS.contains(word)) {
            return "lst".equals(word) ? Which.LAST : null;
        }
        for (String candidate : new String[] {"last", "this", "next", "past", "previous", "current"}) {
            if (Spelling.distance(word, candidate) <= 1) {
                return WHICH.get(candidate);
            }
        }
        return null;
    }

    /** Whether the word is this one, or a slip away from it. */
    static boolean is(String word, String wanted) {
        return word.equals(wanted)
                || wanted.length() >= 7
                        && word.length() >= 6
                        && !OWN_WORDS.contains(word)
                        && word.charAt(0) == wanted.charAt(0)
                        && Spelling.distance(word, wanted) <= (wanted.length() > 8 ? 2 : 1);
    }

    private static <T> @Nullable T near(String word, Map<String, T> words) {
        if (word.length() < 5 || word.endsWith("s") || OWN_WORDS.contains(word)) {
            return null;
        }
        for (Map.Entry<String, T> candidate : words.entrySet()) {
            String full = candidate.getKey();
            int tolerance = full.length() >= 8 ? 2 : 1;
            if (full.length() >= 6
                    && word.charAt(0) == full.charAt(0)
                    && word.charAt(word.length() - 1) == full.charAt(full.length() - 1)
                    && Spelling.distance(word, full) <= tolerance) {
                return candidate.getValue();
            }
        }
        return null;
    }

    private static Map<String, Integer> months() {
        Map<String, Integer> months = new LinkedHashMap<>();
        String[] names = {
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december"
        };
        for (int i = 0; i < names.length; i++) {
            months.put(names[i], i + 1);
            months.put(names[i].substring(0, 3), i + 1);
        }
        months.put("sept", 9);
        return months;
    }

    private static Map<String, DayOfWeek> weekdays() {
        Map<String, DayOfWeek> weekdays = new LinkedHashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name().toLowerCase(Locale.ROOT);
            weekdays.put(name, day);
            weekdays.put(name.substring(0, 3), day);
        }
        weekdays.put("tues", DayOfWeek.TUESDAY);
        weekdays.put("weds", DayOfWeek.WEDNESDAY);
        weekdays.put("thur", DayOfWeek.THURSDAY);
        weekdays.put("thurs", DayOfWeek.THURSDAY);
        return weekdays;
    }
}
