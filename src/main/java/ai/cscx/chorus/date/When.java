package ai.cscx.chorus.date;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.function.UnaryOperator;
import org.threeten.extra.YearQuarter;

/** A time as it was named, which may need a day to be seen from before it is a place in the calendar. */
public sealed interface When {
    /** Whether times without a year lie behind the day they are seen from, or ahead of it. */
    enum Direction {
        PAST,
        FUTURE
    }

    /** Days in the calendar, both included. */
    record Days(LocalDate from, LocalDate to) implements When {
        static Days of(LocalDate day) {
            return new Days(day, day);
        }

        static Days of(YearMonth month) {
            return new Days(month.atDay(1), month.atEndOfMonth());
        }

        static Days of(YearQuarter quarter) {
            return new Days(quarter.atDay(1), quarter.atEndOfQuarter());
        }

        static Days ofYear(int year) {
            return new Days(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
        }

        static Days ofHalf(int year, int half) {
            return half == 1
                    ? new Days(LocalDate.of(year, 1, 1), LocalDate.of(year, 6, 30))
                    : new Days(LocalDate.of(year, 7, 1), LocalDate.of(year, 12, 31));
        }

        /** The week, Monday to Sunday, that the day lies in. */
        static Days weekOf(LocalDate day) {
            LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            return new Days(monday, monday.plusDays(6));
        }
    }

    record InMonth(Month month) implements When {}

    record InQuarter(int quarter) implements When {}

    record InHalf(int half) implements When {}

    /** A day of a month; it exists in at least some years. */
    record OnDay(Month month, int day) implements When {}

    record OnDayOfMonth(int day) implements When {}

    record OnWeekday(DayOfWeek weekday) implements When {}

    /** A piece of a longer time. */
    record Piece(When whole, UnaryOperator<Days> cut) implements When {}

    /** The first or the last day of a time, or the days around it when calls are looked for. */
    record Edge(When whole, boolean end) implements When {}

    default boolean floating() {
        return switch (this) {
            case Days days -> false;
            case InMonth month -> true;
            case InQuarter quarter -> true;
            case InHalf half -> true;
            case OnDay day -> true;
            case OnDayOfMonth day -> true;
            case OnWeekday weekday -> true;
            case Piece piece -> piece.whole.floating();
            case Edge edge -> edge.whole.floating();
        };
    }

    /** The days meant by somebody who speaks on {@code pivot}. */
    default Days seenFrom(LocalDate pivot, Direction direction) {
        boolean past = direction == Direction.PAST;
        return switch (this) {
            case Days days -> days;
            case InMonth in -> {
                Days same = Days.of(YearMonth.of(pivot.getYear(), in.month));
                yield Days.of(YearMonth.of(pivot.getYear() + shift(same, pivot, past), in.month));
            }
            case InQuarter in -> {
                Days same = Days.of(YearQuarter.of(pivot.getYear(), in.quarter));
                yield Days.of(YearQuarter.of(pivot.getYear() + shift(same, pivot, past), in.quarter));
            }
            case InHalf in ->
                Days.ofHalf(pivot.getYear() + shift(Days.ofHalf(pivot.getYear(), in.half), pivot, past), in.half);
            case OnDay on -> {
                YearMonth candidate = YearMonth.of(pivot.getYear(), on.month);
                while (!candidate.isValidDay(on.day) || beyond(candidate.atDay(on.day), pivot, past)) {
                    candidate = candidate.plusYears(past ? -1 : 1);
                }
                yield Days.of(candidate.atDay(on.day));
            }
            case OnDayOfMonth on -> {
                YearMonth candidate = YearMonth.from(pivot);
                while (!candidate.isValidDay(on.day) || beyond(candidate.atDay(on.day), pivot, past)) {
                    candidate = candidate.plusMonths(past ? -1 : 1);
                }
                yield Days.of(candidate.atDay(on.day));
            }
            case OnWeekday on ->
                Days.of(pivot.with(past ? TemporalAdjusters.previous(on.weekday) : TemporalAdjusters.next(on.weekday)));
            case Piece piece -> piece.cut.apply(piece.whole.seenFrom(pivot, direction));
            case Edge edge -> {
                Days days = edge.whole.seenFrom(pivot, direction);
                yield past ? around(days, edge.end) : Days.of(edge.end ? days.to : days.from);
            }
        };
    }

    /** The same, as an end of a range: an edge is one day then. */
    default Days asBound(LocalDate pivot, Direction direction) {
        if (this instanceof Edge edge) {
            Days days = edge.whole.seenFrom(pivot, direction);
            return Days.of(edge.end ? days.to : days.from);
        }
        return seenFrom(pivot, direction);
    }

    private static int shift(Days days, LocalDate pivot, boolean past) {
        if (past) {
            return days.from.isAfter(pivot) ? -1 : 0;
        }
        return days.to.isBefore(pivot) ? 1 : 0;
    }

    private static boolean beyond(LocalDate day, LocalDate pivot, boolean past) {
        return past ? day.isAfter(pivot) : day.isBefore(pivot);
    }

    /** The days around an edge: a day of a week, a week of a month, a month of anything longer. */
    private static Days around(Days days, boolean end) {
        long length = days.from.until(days.to, ChronoUnit.DAYS) + 1;
        if (length <= 8) {
            return Days.of(end ? days.to : days.from);
        }
        if (length <= 31) {
            return end ? new Days(days.to.minusDays(6), days.to) : new Days(days.from, days.from.plusDays(6));
        }
        return Days.of(YearMonth.from(end ? days.to : days.from));
    }
}
