package ai.cscx.chorus.date;

import ai.cscx.chorus.date.DateAtoms.Hit;
import ai.cscx.chorus.date.DateWords.Unit;
import ai.cscx.chorus.date.When.Days;
import ai.cscx.chorus.date.When.Direction;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a sentence says about dates and says which days it means. Names must be masked first
 * ({@link #MASK}): "Monday Morning Coffee" is no Monday.
 */
public final class DatePhrases {
    /** Stands for a character of a name, where no date can be. */
    public static final char MASK = '\ufffc';

    private static final String[] PLAIN = {
        "in",
        "on",
        "during",
        "over",
        "within",
        "for",
        "of",
        "from",
        "at",
        "around",
        "about",
        "dated",
        "throughout",
        "circa",
        "across",
        "starting"
    };
    private static final String[] VAGUE = {"ago", "back"};
    private static final int MAX_VAGUE_WORDS = 4;

    private final DateTokens tokens;
    private final DateAtoms atoms;
    private final LocalDate today;
    private final Direction direction;

    /**
     * A phrase about dates.
     *
     * @param start index of its first character, prepositions included
     * @param end index after its last
     */
    public record Finding(int start, int end, Outcome outcome) {}

    /** What a phrase means. */
    public sealed interface Outcome {
        /** Days, both included; null is open on that side. At least one is there, and from is not after to. */
        record Range(@Nullable LocalDate from, @Nullable LocalDate to) implements Outcome {}

        /** As many units after (or, negative, before) what was talked about last: "the week before". */
        record Shift(Unit unit, int by) implements Outcome {
            /** Applied to what was talked about last. */
            public Range from(@Nullable LocalDate from, @Nullable LocalDate to, LocalDate today) {
                LocalDate anchor = from != null ? from : to != null ? to : today;
                Days days = Calendar.days(unit, anchor, by);
                return new Range(days.from(), days.to());
            }
        }

        /** Meant as a date, but not one we can tell: to be asked about, not dropped. */
        record Unreadable() implements Outcome {}
    }

    private record Phrase(int next, Outcome outcome) {}

    private DatePhrases(String text, LocalDate today, Direction direction) {
        this.tokens = new DateTokens(text);
        this.atoms = new DateAtoms(tokens, today, direction);
        this.today = today;
        this.direction = direction;
    }

    /**
     * The phrases in the order of the text; they don't overlap.
     *
     * @param text as typed, tidied ({@link Folding#tidy}), names masked
     */
    public static List<Finding> find(String text, LocalDate today, Direction direction) {
        return new DatePhrases(text, today, direction).all();
    }

    private List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            Phrase phrase = phrase(at);
            if (phrase == null) {
                at++;
                continue;
            }
            findings.add(new Finding(tokens.start(at), tokens.end(phrase.next - 1), phrase.outcome));
            at = phrase.next;
        }
        return findings;
    }

    private @Nullable Phrase phrase(int at) {
        Phrase phrase = open(at);
        phrase = phrase != null ? phrase : between(at);
        phrase = phrase != null ? phrase : relativeToLast(at);
        phrase = phrase != null ? phrase : plain(at);
        return phrase != null ? phrase : vague(at);
    }

    /** "since June", "until end of September", "prior to the 15th", "older than 30 days". */
    private @Nullable Phrase open(int at) {
        if (tokens.is(at, "older", "more", "longer", "over") && tokens.is(at + 1, "than")
                || tokens.is(at, "over") && tokens.digits(at + 1) != null) {
            Hit hit = atoms.read(tokens.is(at + 1, "than") ? at + 2 : at + 1);
            if (hit != null && hit.when() instanceof Days days && tokens.is(hit.next() - 1, VAGUE)) {
                return new Phrase(hit.next(), new Outcome.Range(null, days.to()));
            }
        }
        if (tokens.is(at, "older") && tokens.is(at + 1, "than")) {
            Hit span = atoms.readSpan(at + 2);
            if (span != null && span.when() instanceof Days days) {
                return new Phrase(span.next(), new Outcome.Range(null, days.from()));
            }
        }
        int lower = lowerWords(at);
        if (lower > at) {
            Hit hit = bound(lower);
            if (hit != null) {
                int next = tokens.is(hit.next(), "onwards", "onward", "forward") ? hit.next() + 1 : hit.next();
                return new Phrase(next, lowerBound(hit.when(), tokens.is(at, "after", "post", "following")));
            }
        }
        int upper = upperWords(at);
        Hit hit = upper > at ? bound(upper) : null;
        return hit == null ? null : new Phrase(hit.next(), upperBound(hit.when(), excludes(at)));
    }

    private int lowerWords(int at) {
        if (tokens.is(at, "since", "after")) {
            return tokens.is(at + 1, "about", "around", "early", "-") && !tokens.is(at + 1, "early") ? at + 2 : at + 1;
        }
        if (tokens.is(at, "starting", "beginning") && tokens.is(at + 1, "from", "on", "in", "with")
                || tokens.is(at, "as") && tokens.is(at + 1, "of", "from")
                || tokens.is(at, "from") && tokens.is(at + 1, "after")) {
            return at + 2;
        }
        return at;
    }

    private int upperWords(int at) {
        if (tokens.is(at, "prior", "up") && tokens.is(at + 1, "to", "until", "till")
                || tokens.is(at, "earlier") && tokens.is(at + 1, "than")
                || tokens.is(at, "ahead") && tokens.is(at + 1, "of")) {
            return tokens.is(at + 2, "and") && tokens.is(at + 3, "including") ? at + 4 : at + 2;
        }
        if (tokens.is(at, "no", "not") && tokens.is(at + 1, "later", "after")) {
            return tokens.is(at + 2, "than") ? at + 3 : at + 2;
        }
        return tokens.is(at, "until", "till", "til", "through", "thru", "by", "before", "b4", "ending") ? at + 1 : at;
    }

    private boolean excludes(int at) {
        return tokens.is(at, "before", "b4", "prior", "earlier", "ahead");
    }

    private @Nullable Hit bound(int at) {
        return atoms.read(tokens.is(at, "on", "in") ? at + 1 : at);
    }

    private Outcome lowerBound(@Nullable When when, boolean after) {
        if (when == null) {
            return new Outcome.Unreadable();
        }
        Days days = when.asBound(today, direction);
        LocalDate from = after ? days.to().plusDays(1) : days.from();
        return new Outcome.Range(from, direction == Direction.FUTURE || from.isAfter(today) ? null : today);
    }

    private Outcome upperBound(@Nullable When when, boolean before) {
        if (when == null) {
            return new Outcome.Unreadable();
        }
        Days days = when.asBound(today, direction);
        return new Outcome.Range(null, before ? days.from().minusDays(1) : days.to());
    }

    /** "between Oct 5 and Oct 16", "from March to May", "Q2 and Q3", "from August 15 on". */
    private @Nullable Phrase between(int at) {
        boolean between = tokens.is(at, "between", "btw", "betw");
        boolean from = tokens.is(at, "from", "during", "in", "over");
        int start = between || from ? at + 1 : at;
        Hit first = atoms.read(start);
        if (first == null) {
            return null;
        }
        if (between && first.when() instanceof When.Piece piece) {
            Days days = piece.seenFrom(today, direction);
            return new Phrase(first.next(), new Outcome.Range(days.from(), days.to()));
        }
        boolean starting = tokens.is(at, "from");
        if (tokens.is(first.next(), "onwards", "onward", "forward")
                || starting && tokens.is(first.next(), "on") && atoms.read(first.next() + 1) == null) {
            return new Phrase(first.next() + 1, lowerBound(first.when(), false));
        }
        if (tokens.is(first.next(), "or", "and") && tokens.is(first.next() + 1, "later", "after", "newer")) {
            return new Phrase(first.next() + 2, lowerBound(first.when(), false));
        }
        if (tokens.is(first.next(), "or", "and") && tokens.is(first.next() + 1, "earlier", "before", "older")) {
            return new Phrase(first.next() + 2, upperBound(first.when(), false));
        }
        boolean and = tokens.is(first.next(), "and", "&");
        boolean to = tokens.is(first.next(), "to", "-", "until", "till", "through", "thru", "up");
        if (!to && !and) {
            return null;
        }
        int second = first.next() + (tokens.is(first.next(), "up") ? 2 : 1);
        Hit last = atoms.read(second);
        if (last == null || and && !between && !alike(first.when(), last.when())) {
            return null;
        }
        return new Phrase(last.next(), range(first.when(), last.when()));
    }

    private static boolean alike(@Nullable When left, @Nullable When right) {
        return left != null && right != null && left.floating() && left.getClass() == right.getClass();
    }

    private Outcome range(@Nullable When first, @Nullable When last) {
        if (first == null || last == null) {
            return new Outcome.Unreadable();
        }
        LocalDate from;
        LocalDate to;
        if (direction == Direction.PAST) {
            to = last.asBound(today, Direction.PAST).to();
            from = first.asBound(first.floating() ? to : today, Direction.PAST).from();
        } else {
            from = first.asBound(today, Direction.FUTURE).from();
            to = last.asBound(last.floating() ? from : today, Direction.FUTURE).to();
        }
        return from.isAfter(to) ? new Outcome.Range(to, from) : new Outcome.Range(from, to);
    }

    /** "the week before", "a month earlier", "the quarter after that": seen from what was talked about last. */
    private @Nullable Phrase relativeToLast(int at) {
        int unitAt = tokens.is(at, "the", "a", "one") ? at + 1 : at;
        Unit unit = DateWords.unit(tokens.at(unitAt));
        if (unit == null || unit == Unit.HOUR) {
            return null;
        }
        boolean earlier = tokens.is(unitAt + 1, "before", "earlier", "prior", "previous");
        if (!earlier && !tokens.is(unitAt + 1, "after", "later")) {
            return null;
        }
        int next = tokens.is(unitAt + 2, "that", "this") ? unitAt + 3 : unitAt + 2;
        if (next < tokens.size() && atoms.read(unitAt + 2) != null || tokens.is(next, "last", "next")) {
            return null;
        }
        return new Phrase(next, new Outcome.Shift(unit, earlier ? -1 : 1));
    }

    private @Nullable Phrase plain(int at) {
        Hit whole = atoms.read(at);
        int next = at;
        while (whole == null && tokens.is(next, PLAIN) && next < at + 2) {
            next++;
            whole = atoms.read(next);
        }
        if (whole == null) {
            return null;
        }
        if (whole.when() == null) {
            return new Phrase(whole.next(), new Outcome.Unreadable());
        }
        Days days = whole.when().seenFrom(today, direction);
        return new Phrase(whole.next(), new Outcome.Range(days.from(), days.to()));
    }

    /** "since the renewal", "a while ago", "the other day", "last summer", "around Christmas". */
    private @Nullable Phrase vague(int at) {
        if (tokens.is(at, "the") && tokens.is(at + 1, "other") && tokens.is(at + 2, "day", "week")) {
            return new Phrase(at + 3, new Outcome.Unreadable());
        }
        if (tokens.is(at, "a", "some", "ages", "while", "long") && !tokens.is(at + 1, "the")) {
            for (int next = at + 1; next <= at + 3; next++) {
                if (tokens.is(next, "ago") && tokens.is(next - 1, "while", "time", "ages", "long", "bit")) {
                    return new Phrase(next + 1, new Outcome.Unreadable());
                }
            }
        }
        boolean led = tokens.is(
                at, "last", "this", "since", "before", "after", "until", "around", "over", "during", "in", "by", "next",
                "past");
        int named = led && tokens.is(at + 1, "the", "last") ? at + 2 : at + 1;
        if (led
                && tokens.is(
                        named,
                        "summer",
                        "winter",
                        "spring",
                        "autumn",
                        "fall",
                        "christmas",
                        "xmas",
                        "easter",
                        "thanksgiving")) {
            return new Phrase(named + 1, new Outcome.Unreadable());
        }
        if (tokens.is(at, "last", "this", "next", "current", "previous") && tokens.is(at + 1, "fiscal", "fy")) {
            return new Phrase(Math.min(at + 3, tokens.size()), new Outcome.Unreadable());
        }
        return since(at);
    }

    private @Nullable Phrase since(int at) {
        if (!tokens.is(at, "since") || !tokens.isWord(at + 1)) {
            return null;
        }
        int next = at + 1;
        while (next < tokens.size()
                && next <= at + MAX_VAGUE_WORDS
                && tokens.isWord(next)
                && !tokens.is(next, "about", "with", "for", "mentioning", "regarding")) {
            next++;
        }
        return next == at + 1 ? null : new Phrase(next, new Outcome.Unreadable());
    }

    /** Whether the word is one that dates are made of. */
    public static boolean dateWord(String word) {
        return DateWords.month(word) != null
                || DateWords.weekday(word) != null
                || DateWords.which(word) != null
                || DateWords.ordinal(word) != null
                || DateWords.number(word) != null
                || DateWords.is(word, "yesterday")
                || DateWords.is(word, "tomorrow")
                || word.equals("today");
    }
}
