package ai.cscx.chorus.signal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one insight becomes a signal.
 *
 * @param insight the word of an {@link Indicator}; or {@code category:} or {@code tracker:} with a name, whose amount is the
 *     share of calls of the last 90 days in which the customer's words hit it, 0–1
 * @param signal CSCX's name for what it tells of
 * @param direction whether more of it is good or bad
 * @param weight how much it counts beside the others, 0–100; 0 = it is shown and does not count
 * @param threshold the amount from which it tells all that it can: the best where more is good, the worst where more is bad
 */
public record SignalRule(String insight, String signal, Direction direction, double weight, double threshold) {
    static final String CATEGORY = "category:";
    static final String TRACKER = "tracker:";

    /** Whether more of it is good or bad; sent in lower case. */
    public enum Direction {
        POSITIVE,
        NEGATIVE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** In which unit its amounts are. */
    public String unit() {
        return Indicator.of(insight).map(Indicator::unit).orElse("share of calls");
    }

    Measured measure(History history) {
        if (insight.startsWith(CATEGORY)) {
            return Voice.category(history, Categories.word(insight.substring(CATEGORY.length())));
        }
        if (insight.startsWith(TRACKER)) {
            return Voice.tracker(history, TrackerKey.of(insight.substring(TRACKER.length())));
        }
        return Indicator.of(insight).orElseThrow().measure(history);
    }

    /** 0–100, 100 = as good as can be; null where the amount is not known. */
    @Nullable
    Double value(@Nullable Double amount) {
        if (amount == null) {
            return null;
        }
        double told = Math.min(1, amount / threshold);
        return 100 * (direction == Direction.POSITIVE ? told : 1 - told);
    }
}
