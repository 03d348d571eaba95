package ai.cscx.chorus.date;

import ai.cscx.chorus.date.DateWords.Unit;
import ai.cscx.chorus.date.When.Days;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Pieces of a longer time: its beginning, its middle, its second half, its first two weeks. */
final class DatePieces {
    private static final int MONTH_DAYS = 31;

    private DatePieces() {}

    /**
     * The words that cut a piece off the time that follows.
     *
     * @param next the token at which that time begins
     */
    record Lead(int next, Function<When, When> cut) {
        When of(When whole) {
            return cut.apply(whole);
        }
    }

    static @Nullable Lead lead(DateTokens tokens, int at) {
        int next = tokens.is(at + 1, "-", "in", "of") ? at + 2 : at + 1;
        if (tokens.is(at, "early")) {
            return new Lead(next, piece(days -> third(days, 0)));
        }
        if (tokens.is(at, "mid", "middle")) {
            return new Lead(next, piece(days -> third(days, 1)));
        }
        if (tokens.is(at, "late")) {
            return new Lead(next, piece(days -> third(days, 2)));
        }
        boolean start = tokens.is(at, "start", "beginning", "begin", "top");
        if ((start || tokens.is(at, "end", "close")) && tokens.is(at + 1, "of")) {
            return new Lead(at + 2, whole -> new When.Edge(whole, !start));
        }
        return counted(tokens, at);
    }

    /** "first half of", "last week of", "first ten days of", "2nd month of". */
    private static @Nullable Lead counted(DateTokens tokens, int at) {
        int unitAt = at + 1;
        Integer nth = DateWords.ordinal(tokens.at(at));
        Integer digits = tokens.digits(at);
        if (digits != null && tokens.is(at + 1, "st", "nd", "rd", "th")) {
            nth = digits;
            unitAt = at + 2;
        }
        boolean last = tokens.is(at, "last", "final");
        if (nth == null && !last) {
            return null;
        }
        int count = 1;
        boolean first = nth != null && nth == 1;
        Integer number = tokens.digits(unitAt);
        number = number != null
                ? number
                : tokens.is(unitAt, "few") ? Integer.valueOf(3) : DateWords.number(tokens.at(unitAt));
        if (number != null && number > 0 && (first || last)) {
            count = number;
            unitAt++;
        }
        Unit unit = DateWords.unit(tokens.at(unitAt));
        if (unit == null || !tokens.is(unitAt + 1, "of", "in")) {
            return null;
        }
        int units = count;
        int place = nth == null ? 0 : nth - 1;
        UnaryOperator<Days> cut = days -> last ? tail(days, unit, units) : run(days, unit, place, units);
        return new Lead(unitAt + 2, piece(cut));
    }

    private static Function<When, When> piece(UnaryOperator<Days> cut) {
        return whole -> new When.Piece(whole, cut);
    }

    /** A third of a time: ten days of a month, a month of a quarter, four months of a year. */
    private static Days third(Days whole, int which) {
        long length = length(whole);
        if (length <= 7) {
            LocalDate middle = whole.from().plusDays(2);
            return which == 0
                    ? new Days(whole.from(), whole.from().plusDays(1))
                    : which == 1 ? Days.of(middle) : new Days(middle.plusDays(1), whole.to());
        }
        if (length <= MONTH_DAYS) {
            LocalDate from = whole.from().plusDays(10L * which);
            return new Days(from, which == 2 ? whole.to() : from.plusDays(9));
        }
        long months = ChronoUnit.MONTHS.between(YearMonth.from(whole.from()), YearMonth.from(whole.to())) + 1;
        LocalDate from = whole.from().plusMonths(which * months / 3);
        return new Days(from, whole.from().plusMonths((which + 1) * months / 3).minusDays(1));
    }

    private static Days run(Days whole, Unit unit, int place, int count) {
        if (unit == Unit.HALF) {
            LocalDate middle = middle(whole);
            return place == 0 ? new Days(whole.from(), middle) : new Days(middle.plusDays(1), whole.to());
        }
        LocalDate from = Calendar.plus(whole.from(), unit, place);
        LocalDate to = Calendar.plus(from, unit, count).minusDays(1);
        if (from.isAfter(whole.to())) {
            return tail(whole, unit, count);
        }
        return new Days(from, to.isAfter(whole.to()) ? whole.to() : to);
    }

    private static Days tail(Days whole, Unit unit, int count) {
        LocalDate after = whole.to().plusDays(1);
        LocalDate from = unit == Unit.HALF ? middle(whole).plusDays(1) : Calendar.plus(after, unit, -count);
        return new Days(from.isBefore(whole.from()) ? whole.from() : from, whole.to());
    }

    /** Last day of the first half; halves of years and quarters end with a month where they can. */
    private static LocalDate middle(Days whole) {
        if (length(whole) > 360) {
            return whole.from().plusMonths(6).minusDays(1);
        }
        return length(whole) <= MONTH_DAYS && length(whole) > 8
                ? whole.from().plusDays(14)
                : whole.from().plusDays(length(whole) / 2 - 1);
    }

    private static long length(Days days) {
        return ChronoUnit.DAYS.between(days.from(), days.to()) + 1;
    }
}
