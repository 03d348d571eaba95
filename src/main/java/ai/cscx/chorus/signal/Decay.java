package ai.cscx.chorus.signal;

import java.time.Duration;
import java.time.Instant;

/** How much what was said then counts now: half as much after each half-life. */
final class Decay {
    static final double HALF_LIFE_DAYS = 30;
    private static final double SECONDS_A_DAY = 86_400;

    private Decay() {}

    /** Not negative: what lies ahead is as far away as what lies behind. */
    static double days(Instant then, Instant now) {
        return Math.abs(Duration.between(then, now).toSeconds()) / SECONDS_A_DAY;
    }

    /** 1 now, 0.5 a half-life away. */
    static double weight(Instant then, Instant now, double halfLifeDays) {
        return Math.pow(0.5, days(then, now) / halfLifeDays);
    }

    static double weight(Instant then, Instant now) {
        return weight(then, now, HALF_LIFE_DAYS);
    }
}
