package ai.cscx.chorus.pages;

import ai.cscx.chorus.signal.Band;
import ai.cscx.chorus.signal.CustomerHealth;
import ai.cscx.chorus.signal.CustomerHealth.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How conversations with a customer stand, as a page shows it.
 *
 * @param score a whole number; null where too little is known
 * @param band in words; null where there is no score
 * @param colour of the band
 * @param reason why there is no score; null if there is one
 * @param change against the first week of the trend that has a score, in words; null where there is none
 * @param weeks oldest first
 * @param reasons what costs most first
 */
record HealthView(
        @Nullable String score,
        @Nullable String band,
        String colour,
        @Nullable String reason,
        @Nullable String change,
        List<Week> weeks,
        List<Reason> reasons) {
    HealthView {
        weeks = List.copyOf(weeks);
        reasons = List.copyOf(reasons);
    }

    /**
     * @param height 0 to 100; 0 also where there is no score
     * @param score as it is written; null where there is none
     */
    record Week(int x, int height, String day, @Nullable String score, String colour) {}

    /**
     * @param value 0 to 100, 100 = as good as can be; null where it is not known
     */
    record Reason(String name, @Nullable Integer value, String why, List<Quoted> evidence) {
        Reason {
            evidence = List.copyOf(evidence);
        }
    }

    static HealthView of(CustomerHealth health, Reader reader) {
        Double score = health.score();
        return new HealthView(
                score == null ? null : reader.number(Math.round(score)),
                health.band() == null ? null : bandName(health.band()),
                colour(health.band()),
                health.reason(),
                change(health, reader),
                weeks(health, reader),
                health.components().stream().map(HealthView::reason).toList());
    }

    static String bandName(Band band) {
        return switch (band) {
            case GREEN -> "Healthy";
            case YELLOW -> "Watch";
            case RED -> "At risk";
        };
    }

    static String colour(@Nullable Band band) {
        if (band == null) {
            return "";
        }
        return switch (band) {
            case GREEN -> "green";
            case YELLOW -> "amber";
            case RED -> "red";
        };
    }

    /** Such as 12 points less than 13 weeks ago. */
    static @Nullable String change(CustomerHealth health, Reader reader) {
        List<CustomerHealth.Week> trend = health.trend();
        Double now = health.score();
        for (int i = 0; i < trend.size() - 1; i++) {
            Double then = trend.get(i).score();
            if (then != null && now != null) {
                long points = Math.round(now) - Math.round(then);
                String weeks = reader.counted(trend.size() - 1L - i, "week");
                return points == 0
                        ? "as " + weeks + " ago"
                        : reader.counted(Math.abs(points), "point") + (points > 0 ? " more" : " less") + " than "
                                + weeks + " ago";
            }
        }
        return null;
    }

    private static List<Week> weeks(CustomerHealth health, Reader reader) {
        List<Week> weeks = new ArrayList<>();
        for (CustomerHealth.Week week : health.trend()) {
            Double score = week.score();
            weeks.add(new Week(
                    weeks.size() * 10,
                    score == null ? 0 : (int) Math.round(score),
                    reader.day(week.monday()),
                    score == null ? null : reader.number(Math.round(score)),
                    colour(week.band())));
        }
        return weeks;
    }

    private static Reason reason(Component component) {
        Double value = component.value();
        return new Reason(
                nameOf(component.name()),
                value == null ? null : (int) Math.round(value),
                component.why() == null ? "" : component.why(),
                Quoted.of(component.evidence()));
    }

    /** An insight's word as people read it: {@code talkBalance} is Talk balance, {@code category:feature} Category: feature. */
    static String nameOf(String insight) {
        String spaced = insight.replaceAll("(?<=\\p{Ll})(\\p{Lu})", " $1")
                .replace(":", ": ")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT);
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }
}
