package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.upstream.ChorusClient;
import ai.cscx.chorus.upstream.ChorusException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection and its pace, as workers use them: what was answered is reported back to both. Thread-safe. */
final class ChorusAccess {
    static final Duration WHILE_NOT_CONNECTED = Duration.ofSeconds(5);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(ChorusAccess.class);

    private final Connections connections;
    private final RateLimiter limiter;
    /** Whether a refusal may still count: of this instance, or from before it started. */
    private volatile boolean struck = true;

    ChorusAccess(Connections connections, RateLimiter limiter) {
        this.connections = connections;
        this.limiter = limiter;
    }

    /** Empty if there is no connection, or it is degraded. */
    Optional<ChorusClient> client() {
        return connections.client();
    }

    void served(int answers) {
        limiter.served(answers);
        if (struck) {
            struck = false;
            connections.served();
        }
    }

    /** How long to wait where waiting is all that can be done; empty where the answer itself is at fault. */
    Optional<Duration> waitAfter(ChorusException failed, Instant sentAt) {
        return switch (failed) {
            case ChorusException.RateLimited limited -> {
                if (limited.sent()) {
                    limiter.refused(sentAt, limited.retryAfter());
                }
                yield Optional.of(limited.retryAfter());
            }
            case ChorusException.Refused refused -> {
                LOG.warn("Chorus refuses the credential: {}", refused.getMessage());
                struck = true;
                connections.refused(String.valueOf(refused.getMessage()));
                yield Optional.of(AFTER_REFUSAL);
            }
            case ChorusException.Away away -> Optional.empty();
            case ChorusException.Broken broken -> Optional.empty();
        };
    }

    /**
     * What becomes of a job.
     *
     * @throws Failure.Unavailable if Chorus is away: the job waits for it
     * @throws Failure.Rejected if the answer breaks the protocol
     */
    Jobs.Outcome putOff(ChorusException failed, Instant sentAt) {
        Optional<Duration> wait = waitAfter(failed, sentAt);
        if (wait.isPresent()) {
            return new Jobs.Outcome.Later(wait.get());
        }
        if (failed instanceof ChorusException.Away) {
            throw new Failure.Unavailable(String.valueOf(failed.getMessage()), failed);
        }
        throw new Failure.Rejected(String.valueOf(failed.getMessage()), failed);
    }
}
