package ai.cscx.chorus.date;

import ai.cscx.chorus.date.DateWords.Unit;
import ai.cscx.chorus.date.DateWords.Which;
import ai.cscx.chorus.date.When.Days;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one time that stands at one place of a sentence, the longest that can be read there: "yesterday", "last two
 * quarters", "ten days ago", "first week of October".
 */
final class DateAtoms {
    private static final int MAX_COUNT = 1_000;

    private final DateTokens tokens;
    private final LocalDate today;
    private final When.Direction direction;
    private final DateForms forms;

    /**
     * What was read.
     *
     * @param next the token after it
     * @param when null if these are words of a date that name none, such as "30 February"
     */
    record Hit(int next, @Nullable When when) {
        static @Nullable Hit longer(@Nullable Hit left, @Nullable Hit right) {
            if (left == null || right == null) {
                return left == null ? right : left;
            }
            return right.next > left.next ? right : left;
        }
    }

    private record Count(int value, int next) {}

    private record Measure(Unit unit, int next) {}

    DateAtoms(DateTokens tokens, LocalDate today, When.Direction direction) {
        this.tokens = tokens;
        this.today = today;
        this.direction = direction;
        this.forms = new DateForms(tokens, today);
    }

    @Nullable
    Hit read(int at) {
        int start = tokens.is(at, "the") ? at + 1 : at;
        Hit best = forms.read(at);
        best = Hit.longer(best, forms.read(start));
        best = Hit.longer(best, pieces(start));
        best = Hit.longer(best, whole(start, at));
        if (best == null) {
            return null;
        }
        return new Hit(pastPossessive(best.next), best.when);
    }

    /** A bare length such as "30 days", as the days up to today that are that long. */
    @Nullable
    Hit readSpan(int at) {
        Count count = count(at);
        Measure measure = count == null ? null : measure(count.next);
        return count == null || measure == null
                ? null
                : new Hit(measure.next, new Days(Calendar.back(today, measure.unit, count.value), today));
    }

    private @Nullable Hit whole(int at, int before) {
        Hit best = named(at);
        best = Hit.longer(best, relative(at, before));
        best = Hit.longer(best, ago(at));
        best = Hit.longer(best, ahead(at));
        best = Hit.longer(best, weekdayOfWeek(at));
        best = Hit.longer(best, beforeLast(at));
        best = Hit.longer(best, sameAsLastYear(at));
        return Hit.longer(best, toDate(at));
    }

    private @Nullable Hit named(int at) {
        String word = tokens.at(at);
        if (tokens.is(at, "today", "now", "tonight", "eod")) {
            Hit day = tokens.is(at, "eod") ? whole(at + 1, at) : null;
            return day != null && day.when != null ? day : hit(at + 1, today);
        }
        if (tokens.is(at, "day") && tokens.is(at + 1, "before", "b4") && DateWords.is(tokens.at(at + 2), "yesterday")) {
            return hit(at + 3, today.minusDays(2));
        }
        if (tokens.is(at, "day") && tokens.is(at + 1, "after") && DateWords.is(tokens.at(at + 2), "tomorrow")) {
            return hit(at + 3, today.plusDays(2));
        }
        if (DateWords.is(word, "yesterday") || tokens.is(at, "yday")) {
            return hit(partOfDay(at + 1), today.minusDays(1));
        }
        if (DateWords.is(word, "tomorrow") || tokens.is(at, "tmrw", "tmr", "tomo")) {
            return hit(partOfDay(at + 1), today.plusDays(1));
        }
        if (tokens.is(at, "this") && partOfDay(at + 1) > at + 1) {
            return hit(at + 2, today);
        }
        if (tokens.is(at, "last") && tokens.is(at + 1, "night", "evening")) {
            return hit(at + 2, today.minusDays(1));
        }
        return switch (word) {
            case "eow" -> hit(at + 1, Days.weekOf(today).to());
            case "eom" -> hit(at + 1, Calendar.days(Unit.MONTH, today, 0).to());
            case "eoq" -> hit(at + 1, Calendar.days(Unit.QUARTER, today, 0).to());
            case "eoy" -> hit(at + 1, Calendar.days(Unit.YEAR, today, 0).to());
            default -> weekday(at);
        };
    }

    private @Nullable Hit weekday(int at) {
        DayOfWeek weekday = DateWords.weekday(tokens.at(at));
        if (weekday == null) {
            if (tokens.is(at, "weekend")) {
                return new Hit(at + 1, direction == When.Direction.PAST ? lastWeekend() : Calendar.weekend(today, 0));
            }
            return null;
        }
        if (tokens.is(at, "sun", "sat", "mon", "wed") && !dateWordBefore(at) && at + 1 < tokens.size()) {
            return null;
        }
        return new Hit(partOfDay(at + 1), new When.OnWeekday(weekday));
    }

    private boolean dateWordBefore(int at) {
        return tokens.is(
                at - 1, "on", "since", "until", "till", "by", "before", "after", "from", "between", "and", "to", "-",
                "call", "calls", "this", "last", "next", "eod");
    }

    /** "last 30 days", "this quarter", "past fortnight", "next Friday", "last October". */
    private @Nullable Hit relative(int at, int before) {
        int next = at + 1;
        Which which = DateWords.which(tokens.at(at));
        boolean slip = which == null;
        if (which == null) {
            which = DateWords.nearWhich(tokens.at(at));
        }
        if (which == null) {
            return null;
        }
        if (which == Which.THIS && tokens.is(next, "past", "last", "coming", "next")) {
            which = tokens.is(next, "past", "last") ? Which.PAST : Which.NEXT;
            next++;
        }
        Count count = count(next);
        if (count != null && which != Which.THIS) {
            Measure measure = measure(count.next);
            if (measure != null) {
                return new Hit(measure.next, Calendar.several(measure.unit, today, which, count.value));
            }
        }
        Measure measure = measure(next);
        if (measure != null && measure.unit != Unit.HOUR) {
            boolean rolling = which == Which.PAST || which == Which.LAST && over(before);
            return new Hit(measure.next, Calendar.one(measure.unit, today, which, rolling));
        }
        DayOfWeek weekday = DateWords.weekday(tokens.at(next));
        if (weekday != null) {
            return new Hit(partOfDay(next + 1), Days.of(Calendar.weekday(weekday, today, which)));
        }
        return slip ? null : relativeForm(next, which);
    }

    private @Nullable Hit relativeForm(int at, Which which) {
        Hit form = forms.read(at);
        if (form == null || form.when == null || !form.when.floating() || form.when instanceof When.OnDayOfMonth) {
            return null;
        }
        return switch (which) {
            case THIS -> new Hit(form.next, Calendar.thisYears(form.when, today));
            case LAST, PAST -> new Hit(form.next, form.when.seenFrom(today, When.Direction.PAST));
            case NEXT -> new Hit(form.next, form.when.seenFrom(today, When.Direction.FUTURE));
        };
    }

    /** Whether the words before make "the last week" a span of days rather than the calendar's week. */
    private boolean over(int at) {
        return tokens.is(at, "the") && tokens.is(at - 1, "over", "within", "in", "during", "for")
                || tokens.is(at - 1, "over", "within");
    }

    /** "ten days ago", "30 to 60 days ago", "a couple of weeks back". */
    private @Nullable Hit ago(int at) {
        if (tokens.is(at, "half") && tokens.is(at + 1, "a") && tokens.is(at + 2, "year") && tokens.is(at + 3, "ago")) {
            return new Hit(at + 4, Calendar.days(Unit.MONTH, today, -6));
        }
        Count first = count(at);
        if (first == null) {
            return null;
        }
        int afterDash = tokens.is(first.next, "to", "-", "or", "and") ? first.next + 1 : -1;
        Count second = afterDash < 0 ? null : count(afterDash);
        Count last = second == null ? first : second;
        Measure measure = measure(last.next);
        if (measure == null || !tokens.is(measure.next, "ago", "back", "earlier")) {
            return null;
        }
        if (second != null) {
            LocalDate from = Calendar.back(today, measure.unit, Math.max(first.value, second.value));
            LocalDate to = Calendar.back(today, measure.unit, Math.min(first.value, second.value));
            return new Hit(measure.next + 1, new Days(from, to));
        }
        boolean exactly = first.value == 1 && (measure.unit == Unit.WEEK || measure.unit == Unit.YEAR);
        boolean day = exactly || measure.unit.compareTo(Unit.WORKDAY) <= 0 || measure.unit == Unit.FORTNIGHT;
        LocalDate back = Calendar.back(today, measure.unit, first.value);
        int next = tokens.is(measure.next + 1, "today") ? measure.next + 2 : measure.next + 1;
        if (day || next > measure.next + 1) {
            return hit(next, back);
        }
        return new Hit(next, Calendar.days(measure.unit, today, -first.value));
    }

    /** "in two weeks", "a week from now", "within 10 days". */
    private @Nullable Hit ahead(int at) {
        boolean in = tokens.is(at, "in");
        boolean within = tokens.is(at, "within");
        Count count = count(in || within ? at + 1 : at);
        Measure measure = count == null ? null : measure(count.next);
        if (count == null || measure == null) {
            return null;
        }
        LocalDate day = Calendar.back(today, measure.unit, -count.value);
        int next = measure.next;
        boolean from = tokens.is(next, "from") && tokens.is(next + 1, "now", "today");
        if (from || tokens.is(next, "out") && direction == When.Direction.FUTURE) {
            return hit(from ? next + 2 : next + 1, day);
        }
        if (within && direction == When.Direction.PAST) {
            return new Hit(next, Calendar.several(measure.unit, today, Which.PAST, count.value));
        }
        if (within) {
            return new Hit(next, new Days(today, day));
        }
        return in && direction == When.Direction.FUTURE ? hit(next, day) : null;
    }

    /** "Monday of last week", "last week Monday", "Friday next week". */
    private @Nullable Hit weekdayOfWeek(int at) {
        DayOfWeek first = DateWords.weekday(tokens.at(at));
        if (first != null) {
            int next = tokens.is(at + 1, "of", "in") ? at + 2 : at + 1;
            next = tokens.is(next, "the") ? next + 1 : next;
            Integer weeks = weeks(next);
            return weeks == null ? null : hit(next + 2, Calendar.weekday(first, today.plusWeeks(weeks), Which.THIS));
        }
        Integer weeks = weeks(at);
        int next = tokens.is(at + 2, "on") ? at + 3 : at + 2;
        DayOfWeek second = DateWords.weekday(tokens.at(next));
        return weeks == null || second == null || tokens.is(next, "sun", "sat")
                ? null
                : hit(next + 1, Calendar.weekday(second, today.plusWeeks(weeks), Which.THIS));
    }

    private @Nullable Integer weeks(int at) {
        Which which = DateWords.which(tokens.at(at));
        if (which == null || DateWords.unit(tokens.at(at + 1)) != Unit.WEEK) {
            return null;
        }
        return switch (which) {
            case THIS -> 0;
            case LAST, PAST -> -1;
            case NEXT -> 1;
        };
    }

    /** "the month before last", "the week after next". */
    private @Nullable Hit beforeLast(int at) {
        Unit unit = DateWords.unit(tokens.at(at));
        if (unit == null) {
            return null;
        }
        if (tokens.is(at + 1, "before") && tokens.is(at + 2, "last")) {
            return new Hit(at + 3, Calendar.days(unit, today, -2));
        }
        return tokens.is(at + 1, "after") && tokens.is(at + 2, "next")
                ? new Hit(at + 3, Calendar.days(unit, today, 2))
                : null;
    }

    /** "the same quarter last year". */
    private @Nullable Hit sameAsLastYear(int at) {
        if (!tokens.is(at, "same", "this")) {
            return null;
        }
        int next = tokens.is(at + 2, "of", "in") ? at + 3 : at + 2;
        if (!tokens.is(next, "last", "previous") || !tokens.is(next + 1, "year", "yr")) {
            return null;
        }
        if (tokens.is(at + 1, "time", "period")) {
            return new Hit(next + 2, null);
        }
        Unit unit = DateWords.unit(tokens.at(at + 1));
        return unit == null ? null : new Hit(next + 2, Calendar.days(unit, today.minusYears(1), 0));
    }

    /** "MTD", "year to date", "so far this month", "this quarter so far", "earlier this week". */
    private @Nullable Hit toDate(int at) {
        Unit unit = switch (tokens.at(at)) {
            case "wtd" -> Unit.WEEK;
            case "mtd" -> Unit.MONTH;
            case "qtd" -> Unit.QUARTER;
            case "ytd" -> Unit.YEAR;
            default -> null;
        };
        if (unit != null) {
            return new Hit(at + 1, new Days(Calendar.days(unit, today, 0).from(), today));
        }
        Unit named = DateWords.unit(tokens.at(at));
        if (named != null && tokens.is(at + 1, "to", "-")) {
            int date = tokens.is(at + 2, "-") ? at + 3 : at + 2;
            if (tokens.is(date, "date") || tokens.is(date, "to") && tokens.is(date + 2, "date")) {
                int next = tokens.is(date, "date") ? date + 1 : date + 3;
                return new Hit(next, new Days(Calendar.days(named, today, 0).from(), today));
            }
        }
        boolean soFar = tokens.is(at, "so") && tokens.is(at + 1, "far");
        int lead = soFar ? at + 2 : tokens.is(at, "earlier", "later") ? at + 1 : at;
        lead = tokens.is(lead, "in") && lead > at ? lead + 1 : lead;
        Measure measure = tokens.is(lead, "this") ? measure(lead + 1) : null;
        if (measure == null) {
            return null;
        }
        Days days = Calendar.days(measure.unit, today, 0);
        if (soFar || tokens.is(at, "earlier")) {
            return new Hit(measure.next, new Days(days.from(), today));
        }
        if (tokens.is(at, "later")) {
            return new Hit(measure.next, new Days(today, days.to()));
        }
        return tokens.is(measure.next, "so") && tokens.is(measure.next + 1, "far")
                ? new Hit(measure.next + 2, new Days(days.from(), today))
                : null;
    }

    /** A piece of a time that is itself read here: "late August", "first two weeks of Q3", "end of last month". */
    private @Nullable Hit pieces(int at) {
        DatePieces.Lead lead = DatePieces.lead(tokens, at);
        if (lead == null) {
            return null;
        }
        int inner = tokens.is(lead.next(), "the", "this") ? lead.next() + 1 : lead.next();
        Hit whole = Hit.longer(forms.read(inner), whole(lead.next(), lead.next()));
        whole = Hit.longer(whole, whole(inner, inner));
        Measure measure = measure(inner);
        if (measure != null && (whole == null || whole.next <= measure.next)) {
            whole = new Hit(measure.next, Calendar.days(measure.unit, today, 0));
        }
        if (whole == null || whole.when == null) {
            return whole;
        }
        return new Hit(whole.next, lead.of(whole.when));
    }

    private Days lastWeekend() {
        Days thisOne = Calendar.weekend(today, 0);
        return thisOne.from().isAfter(today) ? Calendar.weekend(today, -1) : thisOne;
    }

    private @Nullable Count count(int at) {
        int start = tokens.is(at, "a", "the") && tokens.is(at + 1, "couple", "few", "dozen") ? at + 1 : at;
        if (tokens.is(start, "couple")) {
            return new Count(2, tokens.is(start + 1, "of") ? start + 2 : start + 1);
        }
        if (tokens.is(start, "few")) {
            return new Count(3, start + 1);
        }
        if (tokens.is(start, "a", "an")) {
            return new Count(1, start + 1);
        }
        Integer digits = tokens.digits(start);
        Integer value = digits != null ? digits : DateWords.number(tokens.at(start));
        if (value == null || value == 0 || value > MAX_COUNT) {
            return null;
        }
        Integer more = digits == null && value >= 20 ? DateWords.number(tokens.at(start + 1)) : null;
        int next = more != null && more < 10 ? start + 2 : start + 1;
        boolean hyphen = tokens.is(next, "-") && DateWords.unit(tokens.at(next + 1)) != null;
        return new Count(more != null && more < 10 ? value + more : value, hyphen ? next + 1 : next);
    }

    private @Nullable Measure measure(int at) {
        if (tokens.is(at, "business", "working", "work") && tokens.is(at + 1, "days", "day")) {
            return new Measure(Unit.WORKDAY, at + 2);
        }
        if (tokens.is(at, "calendar", "full", "whole", "complete")) {
            Unit unit = DateWords.unit(tokens.at(at + 1));
            return unit == null ? null : new Measure(unit, at + 2);
        }
        if (tokens.is(at, "half") && tokens.is(at + 1, "-", "year", "years")) {
            return new Measure(Unit.HALF, tokens.is(at + 1, "-") ? at + 3 : at + 2);
        }
        if (tokens.is(at, "q")) {
            return tokens.digits(at + 1) == null ? new Measure(Unit.QUARTER, at + 1) : null;
        }
        Unit letter =
                tokens.touching(at - 1) && tokens.digits(at - 1) != null ? DateWords.letterUnit(tokens.at(at)) : null;
        Unit unit = letter != null ? letter : DateWords.unit(tokens.at(at));
        return unit == null ? null : new Measure(unit, at + 1);
    }

    private int partOfDay(int at) {
        return tokens.is(at, "morning", "afternoon", "evening", "night") ? at + 1 : at;
    }

    private int pastPossessive(int at) {
        return tokens.is(at, "'") && tokens.is(at + 1, "s") && tokens.touching(at) ? at + 2 : at;
    }

    private static Hit hit(int next, LocalDate day) {
        return new Hit(next, Days.of(day));
    }
}
