package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who watch a sync how far it is, until it is over, they leave, or the server stops. Each has a virtual
 * thread of their own that waits for the stop, with a time limit. Thread-safe.
 */
final class SyncProgress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SyncProgress.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(15);

    private final Clock clock;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * @param clock real time
     */
    SyncProgress(Clock clock) {
        this.clock = clock;
    }

    /** Sends {@code progress} whenever it changed, and last {@code done}, or {@code error} if it cannot be told. */
    void send(EventStream events, Supplier<SyncRoutes.SyncView> status, String instance) {
        try {
            try {
                tell(events, status);
            } catch (Failure failed) {
                events.event("error", WireJson.bytes(Problem.of(failed, instance)));
            }
        } catch (UncheckedIOException gone) {
            LOG.debug("Somebody who watched a sync has left");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all streams. */
    @Override
    public void close() {
        stopping.countDown();
    }

    private void tell(EventStream events, Supplier<SyncRoutes.SyncView> status) throws InterruptedException {
        byte[] last = new byte[0];
        Instant sentAt = clock.instant();
        do {
            SyncRoutes.SyncView view = status.get();
            byte[] json = WireJson.bytes(view);
            if (view.finishedAt() != null) {
                events.event("done", json);
                return;
            }
            Instant now = clock.instant();
            if (!Arrays.equals(json, last)) {
                events.event("progress", json);
                last = json;
                sentAt = now;
            } else if (Duration.between(sentAt, now).compareTo(BETWEEN_HEARTBEATS) >= 0) {
                events.heartbeat();
                sentAt = now;
            }
        } while (!stopping.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
    }
}
