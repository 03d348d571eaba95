package ai.cscx.chorus.signal;

import java.time.Instant;

/** How much what was said then counts now: half as much after each half-life. */
final class Decay {
    static final double HALF_LIFE_DAYS = 30;
    private static final double SECONDS_A_DAY = 86_400;
    private static final double LN_2 = Math.log(2);

    private Decay() {}

    /** Not negative: what lies ahead is as far away as what lies behind. */
    static double days(Instant then, Instant now) {
        return Math.abs(now.getEpochSecond() - then.getEpochSecond()) / SECONDS_A_DAY;
    }

    /** 1 now, 0.5 a half-life away. */
    static double weight(Instant then, Instant now, double halfLifeDays) {
        return Math.exp(-LN_2 * days(then, now) / halfLifeDays);
    }

    static double weight(Instant then, Instant now) {
        return weight(then, now, HALF_LIFE_DAYS);
    }
}
