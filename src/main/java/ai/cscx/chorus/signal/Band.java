package ai.cscx.chorus.signal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a score reads. */
public enum Band {
    /** Below 45. */
    RED,
    /** From 45. */
    YELLOW,
    /** From 70. */
    GREEN;

    /** A band is left only when the score is so far beyond its edge: who stands at an edge does not flicker. */
    static final double INERTIA = 4;

    private static final double YELLOW_FROM = 45;
    private static final double GREEN_FROM = 70;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Band of(double score) {
        if (score >= GREEN_FROM) {
            return GREEN;
        }
        return score >= YELLOW_FROM ? YELLOW : RED;
    }

    /**
     * The band of the next score.
     *
     * @param before null in the beginning
     */
    static Band of(double score, @Nullable Band before) {
        Band plain = of(score);
        if (before == null || plain == before) {
            return plain;
        }
        return of(plain.compareTo(before) > 0 ? score - INERTIA : score + INERTIA)
                                .compareTo(before)
                        == 0
                ? before
                : plain;
    }
}
