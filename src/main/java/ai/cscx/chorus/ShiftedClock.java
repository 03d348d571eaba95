package ai.cscx.chorus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that ticks like another but began at an instant of choice (CSCX_CLOCK). */
final class ShiftedClock {
    private ShiftedClock() {}

    static Clock startingAt(Instant start, Clock realTime) {
        return Clock.offset(realTime, Duration.between(realTime.instant(), start));
    }
}
