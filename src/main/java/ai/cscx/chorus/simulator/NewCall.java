package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.SimulatedCall.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call that takes place while the simulator runs.
 *
 * @param startedAt to the second
 * @param accountKey customer it belongs to; null for a stranger
 * @param state done, or still processing
 */
public record NewCall(Instant startedAt, @Nullable String accountKey, int minutes, State state) {
    public NewCall {
        startedAt = startedAt.truncatedTo(ChronoUnit.SECONDS);
        if (minutes < 1 || minutes > 180) {
            throw new IllegalArgumentException("minutes must lie between 1 and 180.");
        }
        if (state == State.NO_SHOW) {
            throw new IllegalArgumentException("A new call is done or processing.");
        }
    }
}
