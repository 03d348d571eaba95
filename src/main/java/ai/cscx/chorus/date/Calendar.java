package ai.cscx.chorus.date;

import ai.cscx.chorus.date.DateWords.Unit;
import ai.cscx.chorus.date.DateWords.Which;
import ai.cscx.chorus.date.When.Days;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import org.threeten.extra.YearQuarter;

/** Weeks from Monday, months, quarters, halves and years around a day. */
final class Calendar {
    private Calendar() {}

    /** The unit that lies so many units after the one the day is in. */
    static Days days(Unit unit, LocalDate day, int offset) {
        return switch (unit) {
            case HOUR, DAY, WORKDAY -> Days.of(plus(day, unit, offset));
            case WEEKEND -> weekend(day, offset);
            case WEEK -> Days.weekOf(day.plusWeeks(offset));
            case FORTNIGHT -> {
                LocalDate monday = Days.weekOf(day).from().plusWeeks(2L * offset);
                yield new Days(monday, monday.plusDays(13));
            }
            case MONTH -> Days.of(YearMonth.from(day).plusMonths(offset));
            case QUARTER -> Days.of(YearQuarter.from(day).plusQuarters(offset));
            case HALF -> {
                LocalDate moved = day.withDayOfMonth(1).plusMonths(6L * offset);
                yield Days.ofHalf(moved.getYear(), moved.getMonth().compareTo(Month.JULY) < 0 ? 1 : 2);
            }
            case YEAR -> Days.ofYear(day.getYear() + offset);
        };
    }

    /** Saturday and Sunday of the week that lies so many weeks after the day's. */
    static Days weekend(LocalDate day, int offset) {
        LocalDate sunday = Days.weekOf(day.plusWeeks(offset)).to();
        return new Days(sunday.minusDays(1), sunday);
    }

    /** "this quarter", "last month", "the past year". */
    static Days one(Unit unit, LocalDate today, Which which, boolean rolling) {
        if (rolling && unit != Unit.QUARTER && unit != Unit.WEEKEND || unit == Unit.FORTNIGHT) {
            return several(unit, today, which, 1);
        }
        return switch (which) {
            case THIS -> days(unit, today, 0);
            case LAST -> days(unit, today, -1);
            case PAST -> unit == Unit.QUARTER ? new Days(plus(today, unit, -1), today) : days(unit, today, -1);
            case NEXT -> days(unit, today, 1);
        };
    }

    /** "last 30 days" to today; quarters and weekends are counted whole, without the one we are in. */
    static Days several(Unit unit, LocalDate today, Which which, int count) {
        return switch (which) {
            case THIS -> days(unit, today, 0);
            case LAST, PAST ->
                counted(unit)
                        ? new Days(
                                days(unit, today, -count).from(),
                                days(unit, today, -1).to())
                        : new Days(back(today, unit, count), today);
            case NEXT ->
                counted(unit)
                        ? new Days(
                                days(unit, today, 1).from(),
                                days(unit, today, count).to())
                        : new Days(today, back(today, unit, -count));
        };
    }

    private static boolean counted(Unit unit) {
        return unit == Unit.QUARTER || unit == Unit.WEEKEND;
    }

    static LocalDate back(LocalDate day, Unit unit, int count) {
        return unit == Unit.HOUR
                ? day.minusDays(Math.floorDiv(count + (count < 0 ? 0 : 23), 24))
                : plus(day, unit, -count);
    }

    static LocalDate plus(LocalDate day, Unit unit, int count) {
        return switch (unit) {
            case HOUR -> day.plusDays(count / 24);
            case DAY -> day.plusDays(count);
            case WORKDAY -> workdays(day, count);
            case WEEKEND, WEEK -> day.plusWeeks(count);
            case FORTNIGHT -> day.plusWeeks(2L * count);
            case MONTH -> day.plusMonths(count);
            case QUARTER -> day.plusMonths(3L * count);
            case HALF -> day.plusMonths(6L * count);
            case YEAR -> day.plusYears(count);
        };
    }

    private static LocalDate workdays(LocalDate day, int count) {
        LocalDate moved = day;
        int left = Math.abs(count);
        while (left > 0) {
            moved = moved.plusDays(count < 0 ? -1 : 1);
            if (moved.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0) {
                left--;
            }
        }
        return moved;
    }

    /** "last Friday" is the latest behind us, "this Friday" this week's, "next Friday" next week's. */
    static LocalDate weekday(DayOfWeek weekday, LocalDate today, Which which) {
        LocalDate monday = Days.weekOf(today).from();
        return switch (which) {
            case THIS -> monday.plusDays(weekday.getValue() - 1L);
            case LAST, PAST -> today.with(TemporalAdjusters.previous(weekday));
            case NEXT -> monday.plusDays(weekday.getValue() + 6L);
        };
    }

    /** "this March": the one of the year we are in. */
    static Days thisYears(When when, LocalDate today) {
        return when.seenFrom(LocalDate.of(today.getYear(), 12, 31), When.Direction.PAST);
    }
}
