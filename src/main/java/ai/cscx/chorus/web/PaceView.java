package ai.cscx.chorus.web;

import ai.cscx.chorus.sync.RateLimiter;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How fast Chorus is asked.
 *
 * @param requestsPerMinute as learned
 * @param waitingUntil Chorus asked to wait until then
 */
record PaceView(double requestsPerMinute, @Nullable Instant waitingUntil) {
    /**
     * @param clock the product's clock
     */
    static PaceView of(RateLimiter.Budget budget, Clock clock) {
        return new PaceView(
                Math.round(budget.perMinute() * 10) / 10.0,
                budget.pause().isZero()
                        ? null
                        : clock.instant().plus(budget.pause()).truncatedTo(ChronoUnit.SECONDS));
    }
}
