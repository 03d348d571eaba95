package ai.cscx.chorus.hook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a delivery that failed is tried again: after 5 s, 20 s, 80 s … and at most 12 h, for three days in all. Pure. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration IN_ALL = Duration.ofDays(3);
    private static final int STEPS = 8;

    private Backoff() {}

    /**
     * The wait before the next try; null if there is none.
     *
     * @param failures so far, at least 1
     * @param age since the event, or since it was replayed
     */
    static @Nullable Duration after(int failures, Duration age) {
        Duration grown = FIRST.multipliedBy(1L << 2 * Math.min(failures - 1, STEPS));
        Duration wait = grown.compareTo(LONGEST) > 0 ? LONGEST : grown;
        return age.plus(wait).compareTo(IN_ALL) > 0 ? null : wait;
    }
}
