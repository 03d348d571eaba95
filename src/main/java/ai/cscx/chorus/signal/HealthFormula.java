package ai.cscx.chorus.signal;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How conversations with a customer stand. Pure: the same history, day and mapping give the same, whoever asks, so a preview
 * is what applying shows.
 *
 * <p>score = Σ wᵢvᵢ / Σ wᵢ over the rules whose amount is known, where wᵢ is the weight and vᵢ the value of rule i, 0–100
 * ({@link SignalRule#value}). It takes three calls in a year, and rules that hold 30 % of all weight; else there is no score.
 * Bands follow the scores of 26 weeks, with inertia ({@link Band}).
 */
final class HealthFormula {
    static final int TREND_WEEKS = 13;
    static final int WEEKS = 26;
    private static final int FEWEST_CALLS = 3;
    private static final double FEWEST_WEIGHT = 0.3;
    private static final int CHANGE_DAYS = 28;

    private HealthFormula() {}

    /**
     * One rule on one day.
     *
     * @param value 0–100; null where the amount is not known
     */
    record Part(
            SignalRule rule, Measured measured, @Nullable Double value) {}

    /**
     * One day.
     *
     * @param reason why there is no score; null if there is one
     */
    record Day(@Nullable Double score, @Nullable String reason, List<Part> parts) {
        Day {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One week.
     *
     * @param monday its first day
     */
    record Week(
            LocalDate monday,
            @Nullable Double score,
            @Nullable Band band) {}

    /**
     * How it stands and how it went.
     *
     * @param parts what cost most comes first, and of that what got worse in the last four weeks
     * @param trend 13 weeks, the last one up to today
     */
    record Standing(
            @Nullable Double score,
            @Nullable Band band,
            @Nullable String reason,
            List<Part> parts,
            List<Week> trend) {
        Standing {
            parts = List.copyOf(parts);
            trend = List.copyOf(trend);
        }
    }

    /**
     * @param known everything up to today, and a year more than the trend
     */
    static Standing standing(History known, SignalMapping mapping) {
        LocalDate today = known.day();
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        Day now = day(known.at(today), mapping);
        List<Week> weeks = new ArrayList<>();
        Band band = null;
        for (int back = WEEKS - 1; back >= 0; back--) {
            LocalDate week = monday.minusWeeks(back);
            Day day = back == 0 ? now : day(known.at(week.plusDays(6)), mapping);
            // A customer who was silent for too long begins anew.
            band = day.score() == null ? null : Band.of(day.score(), band);
            weeks.add(new Week(week, day.score(), band));
        }
        Day before = day(known.at(today.minusDays(CHANGE_DAYS)), mapping);
        return new Standing(
                now.score(),
                band,
                now.reason(),
                sorted(now.parts(), before.parts()),
                weeks.subList(WEEKS - TREND_WEEKS, WEEKS));
    }

    static Day day(History history, SignalMapping mapping) {
        List<Part> parts = new ArrayList<>();
        double sum = 0;
        double known = 0;
        double weights = 0;
        for (SignalRule rule : mapping.rules()) {
            Measured measured = rule.measure(history);
            Double value = rule.value(measured.amount());
            parts.add(new Part(rule, measured, value));
            weights += rule.weight();
            if (value != null) {
                known += rule.weight();
                sum += rule.weight() * value;
            }
        }
        int calls = history.last(History.REACH.toDays()).size();
        if (calls < FEWEST_CALLS) {
            return new Day(
                    null,
                    "There " + (calls == 1 ? "is 1 call" : "are " + calls + " calls")
                            + " of the last year; a score takes " + FEWEST_CALLS + ".",
                    parts);
        }
        if (known < FEWEST_WEIGHT * weights || known == 0) {
            return new Day(null, "Too little is known: " + unknown(parts), parts);
        }
        return new Day(sum / known, null, parts);
    }

    private static String unknown(List<Part> parts) {
        return parts.stream()
                .filter(part -> part.value() == null && part.rule().weight() > 0)
                .max(Comparator.comparingDouble(part -> part.rule().weight()))
                .map(part -> part.measured().why())
                .orElse("");
    }

    /** By what each costs now, and again by what it got worse; what is not known comes last. */
    private static List<Part> sorted(List<Part> parts, List<Part> before) {
        List<Part> sorted = new ArrayList<>(parts);
        sorted.sort(Comparator.comparingDouble((Part part) -> -cost(part, before.get(parts.indexOf(part)))));
        return sorted;
    }

    private static double cost(Part part, Part before) {
        Double value = part.value();
        if (value == null) {
            return -1;
        }
        double lost = before.value() == null ? 0 : Math.max(0, before.value() - value);
        return part.rule().weight() * (100 - value + lost);
    }
}
