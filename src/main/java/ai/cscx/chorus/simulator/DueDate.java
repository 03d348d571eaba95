package ai.cscx.chorus.simulator;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The day that the words of a promise mean. */
final class DueDate {
    private DueDate() {}

    /** Null where the words name no single day. */
    static @Nullable LocalDate of(@Nullable String words, LocalDate said) {
        if (words == null) {
            return null;
        }
        if (words.equals("tomorrow")) {
            return said.plusDays(1);
        }
        String[] parts = words.toUpperCase(Locale.ROOT).split(" ", -1);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (parts.length == 2 && parts[1].equals(day.name())) {
                return said.with(TemporalAdjusters.next(day));
            }
        }
        for (Month month : Month.values()) {
            if (parts.length == 3 && parts[1].equals(month.name())) {
                return dayOf(month, parts[2], said);
            }
        }
        return null;
    }

    private static @Nullable LocalDate dayOf(Month month, String day, LocalDate said) {
        try {
            LocalDate date = LocalDate.of(said.getYear(), month, Integer.parseInt(day));
            return date.isBefore(said) ? date.plusYears(1) : date;
        } catch (NumberFormatException | DateTimeException noDay) {
            return null;
        }
    }
}
