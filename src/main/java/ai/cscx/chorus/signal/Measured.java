package ai.cscx.chorus.signal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an indicator says of a customer on a day.
 *
 * @param amount in the indicator's unit, not negative; null if it cannot be known
 * @param why in words: what was counted, or why it cannot be known
 * @param evidence where the words are, the most telling first
 */
record Measured(@Nullable Double amount, String why, List<Ref> evidence) {
    Measured {
        evidence = List.copyOf(evidence);
    }

    static Measured unknown(String why) {
        return new Measured(null, why, List.of());
    }

    static Measured of(double amount, String why) {
        return new Measured(amount, why, List.of());
    }
}
