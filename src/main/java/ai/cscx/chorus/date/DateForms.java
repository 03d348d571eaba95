package ai.cscx.chorus.date;

import ai.cscx.chorus.date.DateAtoms.Hit;
import ai.cscx.chorus.date.DateWords.Unit;
import ai.cscx.chorus.date.When.Days;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;
import org.threeten.extra.YearQuarter;

/** Reads the written forms of dates: days, months, quarters, halves, numbered weeks and years. */
final class DateForms {
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2099;
    private static final String[] NUMBERED = {
        "call",
        "calls",
        "meeting",
        "meetings",
        "one",
        "ones",
        "item",
        "items",
        "task",
        "tasks",
        "result",
        "option",
        "time",
        "party",
        "floor",
        "street",
        "point",
        "question",
        "action",
        "conversation",
        "quarter",
        "half",
        "week",
        "month",
        "year",
        "day",
        "passage",
        "match",
        "mtg",
        "transcript",
        "version",
        "round"
    };

    private final DateTokens tokens;
    private final LocalDate today;

    private record Year(int value, int next) {}

    DateForms(DateTokens tokens, LocalDate today) {
        this.tokens = tokens;
        this.today = today;
    }

    @Nullable
    Hit read(int at) {
        Hit best = iso(at);
        best = Hit.longer(best, slashes(at));
        best = Hit.longer(best, quarter(at));
        best = Hit.longer(best, half(at));
        best = Hit.longer(best, month(at));
        best = Hit.longer(best, dayFirst(at));
        best = Hit.longer(best, week(at));
        return Hit.longer(best, year(at));
    }

    /** 2026-10-27, 2026/10/27, 2026-10. */
    private @Nullable Hit iso(int at) {
        Integer year = fullYear(at);
        if (year == null || !tokens.touching(at) || !tokens.is(at + 1, "-", "/", ".") || !tokens.touching(at + 1)) {
            return null;
        }
        Integer month = tokens.digits(at + 2);
        if (month == null || tokens.at(at + 2).length() > 2) {
            return null;
        }
        Integer day = tokens.touching(at + 2) && tokens.is(at + 3, "-", "/", ".") ? tokens.digits(at + 4) : null;
        return day == null ? wholeMonth(at + 3, year, month) : day(at + 5, year, month, day);
    }

    /** 10/27/2026, 27.10.2026, 10/27: the month first where both fit, the day first between dots. */
    private @Nullable Hit slashes(int at) {
        Integer first = tokens.digits(at);
        String mark = tokens.at(at + 1);
        Integer second = tokens.digits(at + 2);
        if (first == null || second == null || !"/.-".contains(mark) || mark.isEmpty() || !joined(at, 2)) {
            return null;
        }
        Integer third = joined(at + 2, 2) && tokens.is(at + 3, mark) ? tokens.digits(at + 4) : null;
        if (tokens.at(at).length() > 2 || tokens.at(at + 2).length() > 2 || third == null && !mark.equals("/")) {
            return null;
        }
        if (third == null && first == 24 && second == 7) {
            return null;
        }
        boolean dayFirst = first > 12 || mark.equals(".") && second <= 12;
        int month = dayFirst ? second : first;
        int day = dayFirst ? first : second;
        if (third == null) {
            return onDay(at + 3, month, day);
        }
        return day(at + 5, third < 100 ? FIRST_YEAR + third : third, month, day);
    }

    private boolean joined(int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (!tokens.touching(i)) {
                return false;
            }
        }
        return true;
    }

    /** Q3, 2026Q2, Q3 '25, third quarter of 2025, Q1 last year. */
    private @Nullable Hit quarter(int at) {
        Integer before = fullYear(at);
        int start = before == null ? at : tokens.is(at + 1, "-", "/") ? at + 2 : at + 1;
        Integer number = null;
        int next = start;
        if (tokens.is(start, "q", "qtr") && (tokens.touching(start) || tokens.digits(start + 1) != null)
                || tokens.is(start, "quarter")) {
            number = tokens.digits(start + 1);
            next = start + 2;
        } else if (before == null) {
            int unitAt = tokens.is(start + 1, "st", "nd", "rd", "th") ? start + 2 : start + 1;
            number = unitAt == start + 2 ? tokens.digits(start) : DateWords.ordinal(tokens.at(start));
            next = unitAt + 1;
            if (DateWords.unit(tokens.at(unitAt)) != Unit.QUARTER) {
                return null;
            }
        }
        if (number == null || tokens.at(next - 1).length() > 1 && tokens.digits(next - 1) != null) {
            return null;
        }
        Year year = before != null ? new Year(before, next) : yearAfter(next);
        int end = year == null ? next : year.next;
        if (number < 1 || number > 4) {
            return new Hit(end, null);
        }
        return new Hit(end, year == null ? new When.InQuarter(number) : Days.of(YearQuarter.of(year.value, number)));
    }

    /** H1, H2 2025, first half of the year. */
    private @Nullable Hit half(int at) {
        Integer before = fullYear(at);
        int start = before == null ? at : at + 1;
        Integer number = tokens.is(start, "h") && tokens.touching(start) ? tokens.digits(start + 1) : null;
        int next = start + 2;
        if (number == null || number < 1 || number > 2) {
            return null;
        }
        Year year = before != null ? new Year(before, next) : yearAfter(next);
        return year == null
                ? new Hit(next, new When.InHalf(number))
                : new Hit(year.next, Days.ofHalf(year.value, number));
    }

    /** October, Oct 2026, Oct 27, October 27th 2026, Oct 5-16. */
    private @Nullable Hit month(int at) {
        Integer month = monthWord(at);
        if (month == null) {
            return null;
        }
        int next = tokens.is(at + 1, ".") && tokens.touching(at) ? at + 2 : at + 1;
        int dayAt = tokens.is(next, "the") ? next + 1 : next;
        Integer day = dayNumber(dayAt);
        if (day != null && tokens.at(dayAt).length() <= 2) {
            int after = pastOrdinal(dayAt);
            int lastAt = tokens.is(after, "-", "to", "through", "thru", "until") ? after + 1 : after;
            Integer last = lastAt > after && monthWord(lastAt + 1) == null ? dayNumber(lastAt) : null;
            if (last != null && last > day && tokens.at(lastAt).length() <= 2 && !unitFollows(lastAt)) {
                return span(pastOrdinal(lastAt), month, day, last);
            }
            return withYear(after, month, day);
        }
        Integer ordinal = tokens.is(next, "the") ? DateWords.ordinal(tokens.at(dayAt)) : null;
        if (ordinal != null) {
            return withYear(dayAt + 1, month, ordinal);
        }
        Year year = yearAfter(next);
        return year == null
                ? new Hit(next, new When.InMonth(Month.of(month)))
                : wholeMonth(year.next, year.value, month);
    }

    /** 27 October, 9th of Oct 2026, 5-16 October, the 30th. */
    private @Nullable Hit dayFirst(int at) {
        Integer day = dayNumber(at);
        boolean ordinal = tokens.is(at + 1, "st", "nd", "rd", "th") && tokens.touching(at);
        if (day == null) {
            day = DateWords.ordinal(tokens.at(at));
            Integer month = monthAfter(at + 1);
            return day == null || month == null ? null : withYear(pastMonth(at + 1), month, day);
        }
        int after = pastOrdinal(at);
        Integer month = monthAfter(after);
        if (month != null && tokens.at(at).length() <= 2) {
            return withYear(pastMonth(after), month, day);
        }
        int lastAt = tokens.is(after, "-", "to", "and", "through", "until", "&") ? after + 1 : -1;
        lastAt = tokens.is(lastAt, "the") ? lastAt + 1 : lastAt;
        Integer last = lastAt < 0 ? null : dayNumber(lastAt);
        Integer lastMonth = last == null ? null : monthAfter(pastOrdinal(lastAt));
        if (last != null && lastMonth != null && last > day) {
            return span(pastMonth(pastOrdinal(lastAt)), lastMonth, day, last);
        }
        if (!ordinal || tokens.is(after, NUMBERED)) {
            return null;
        }
        return day < 1 || day > 31 ? new Hit(after, null) : new Hit(after, new When.OnDayOfMonth(day));
    }

    /** "week of October 5th" and numbered ISO weeks. */
    private @Nullable Hit week(int at) {
        if (!tokens.is(at, "week", "wk", "kw", "cw")) {
            return null;
        }
        int next =
                tokens.is(at + 1, "of", "from") ? at + 2 : tokens.is(at + 1, "beginning", "commencing") ? at + 2 : -1;
        if (next > 0) {
            int inner = tokens.is(next, "the") ? next + 1 : next;
            Hit hit = Hit.longer(month(inner), Hit.longer(dayFirst(inner), Hit.longer(iso(inner), slashes(inner))));
            if (hit == null || hit.when() == null || hit.when() instanceof When.InMonth) {
                return null;
            }
            return new Hit(hit.next(), new When.Piece(hit.when(), days -> Days.weekOf(days.from())));
        }
        Integer number = tokens.digits(at + 1);
        if (number == null) {
            return null;
        }
        Year named = yearAfter(at + 2);
        int year = named == null ? today.getYear() : named.value;
        int end = named == null ? at + 2 : named.next;
        LocalDate first = LocalDate.of(year, 1, 4);
        if (number < 1
                || number
                        > IsoFields.WEEK_OF_WEEK_BASED_YEAR
                                .rangeRefinedBy(first)
                                .getMaximum()) {
            return new Hit(end, null);
        }
        LocalDate monday = Days.weekOf(first.plusWeeks(number - 1L)).from();
        boolean ahead = named == null && monday.isAfter(today);
        return new Hit(
                end,
                Days.weekOf(
                        ahead
                                ? Days.weekOf(first.minusYears(1)
                                                .withDayOfMonth(4)
                                                .plusWeeks(number - 1L))
                                        .from()
                                : monday));
    }

    private @Nullable Hit year(int at) {
        Integer year = fullYear(at);
        boolean led = tokens.is(
                at - 1,
                "in",
                "of",
                "during",
                "since",
                "for",
                "from",
                "to",
                "until",
                "till",
                "before",
                "after",
                "and",
                "between",
                "-",
                "all",
                "about",
                "late",
                "early",
                "mid",
                "by",
                "throughout");
        return year == null || !(led || tokens.size() == 1) ? null : new Hit(at + 1, Days.ofYear(year));
    }

    private @Nullable Hit withYear(int next, int month, int day) {
        Year year = yearAfter(next);
        return year == null ? onDay(next, month, day) : day(year.next, year.value, month, day);
    }

    /** Days of one month, as a piece of it. */
    private Hit span(int next, int month, int first, int last) {
        Year year = yearAfter(next);
        int end = year == null ? next : year.next;
        if (first < 1 || month < 1 || month > 12 || last > Month.of(month).maxLength()) {
            return new Hit(end, null);
        }
        When whole = year == null ? new When.InMonth(Month.of(month)) : Days.of(YearMonth.of(year.value, month));
        return new Hit(
                end,
                new When.Piece(
                        whole,
                        days -> new Days(
                                days.from().plusDays(first - 1L), days.from().plusDays(last - 1L))));
    }

    private static Hit onDay(int next, int month, int day) {
        boolean exists =
                month >= 1 && month <= 12 && day >= 1 && day <= Month.of(month).maxLength();
        return new Hit(next, exists ? new When.OnDay(Month.of(month), day) : null);
    }

    private static Hit day(int next, int year, int month, int day) {
        try {
            return new Hit(next, Days.of(LocalDate.of(year, month, day)));
        } catch (DateTimeException noSuchDay) {
            return new Hit(next, null);
        }
    }

    private static Hit wholeMonth(int next, int year, int month) {
        return new Hit(next, month < 1 || month > 12 ? null : Days.of(YearMonth.of(year, month)));
    }

    /** A month's name; "may" and "march" only where they can't be verbs. */
    private @Nullable Integer monthWord(int at) {
        if (!tokens.isWord(at)) {
            return null;
        }
        Integer month = DateWords.month(tokens.at(at));
        if (month == null || !tokens.is(at, "may")) {
            return month;
        }
        boolean led = tokens.is(
                at - 1, "in", "since", "last", "of", "early", "mid", "late", "this", "next", "until", "till", "before",
                "after", "by", "from", "to", "through", "between", "during", "for", "-", "th", "end", "april", "calls",
                "about");
        boolean numbered = tokens.digits(at - 1) != null || tokens.digits(at + 1) != null;
        return led
                        || numbered
                        || tokens.size() == 1
                        || tokens.capital(at) && at > 0
                        || tokens.is(at + 1, "calls", "to", "and")
                ? month
                : null;
    }

    private @Nullable Integer monthAfter(int at) {
        return monthWord(tokens.is(at, "of", "-") ? at + 1 : at);
    }

    private int pastMonth(int at) {
        return tokens.is(at, "of", "-") ? at + 2 : at + 1;
    }

    private @Nullable Integer dayNumber(int at) {
        Integer digits = tokens.digits(at);
        return digits == null || tokens.at(at).length() > 2 ? null : digits;
    }

    private boolean unitFollows(int at) {
        return DateWords.unit(tokens.at(at + 1)) != null;
    }

    private int pastOrdinal(int at) {
        return tokens.is(at + 1, "st", "nd", "rd", "th") && tokens.touching(at) ? at + 2 : at + 1;
    }

    private @Nullable Integer fullYear(int at) {
        Integer year = tokens.digits(at);
        return year != null && year >= FIRST_YEAR && year <= LAST_YEAR ? year : null;
    }

    /** The year that ends a date: "2025", "of 2025", ", 2025", "'25", "last year". */
    private @Nullable Year yearAfter(int at) {
        int start = tokens.is(at, ",", "of", "in", "-", "/") ? at + 1 : at;
        start = start > at && tokens.is(start, "the") ? start + 1 : start;
        Integer full = fullYear(start);
        boolean tail = tokens.is(start + 1, "-", "/") && tokens.touching(start);
        if (full != null && !tail) {
            return new Year(full, start + 1);
        }
        Integer two = tokens.is(start, "'") && tokens.touching(start) ? tokens.digits(start + 1) : null;
        if (two != null && two < 100) {
            return new Year(FIRST_YEAR + two, start + 2);
        }
        if (tokens.is(start, "last", "previous", "this", "next") && tokens.is(start + 1, "year", "yr")) {
            int offset = tokens.is(start, "this") ? 0 : tokens.is(start, "next") ? 1 : -1;
            return new Year(today.getYear() + offset, start + 2);
        }
        return null;
    }
}
