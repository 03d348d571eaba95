package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Jobs;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that does a piece of work again and again: at once while there is more, else after the wait that the work
 * computed or when woken. A piece that fails is tried again after a wait that grows to ten seconds.
 */
final class Loop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration LONGEST_WAIT_AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String name;
    private final Work work;
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;

    /** A piece of work. Says how long to wait before the next one; zero = there is more. */
    @FunctionalInterface
    interface Work {
        Duration run();
    }

    Loop(String name, Work work) {
        this.name = name;
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Ends the wait, if there is one. */
    void wake() {
        bell.release();
    }

    /** One that was never started is closed at once. */
    @Override
    public void close() {
        stopping = true;
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        wake();
        try {
            if (!thread.join(PATIENCE)) {
                thread.interrupt();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        int failures = 0;
        while (!stopping) {
            Duration wait;
            try {
                wait = work.run();
                failures = 0;
            } catch (Failure.Unavailable away) {
                failures++;
                wait = Jobs.backoff(failures, LONGEST_WAIT_AFTER_FAILURE);
                LOG.info("{} waits {} s: {}", name, wait.toSeconds(), away.getMessage());
            } catch (RuntimeException | Error defect) {
                failures++;
                wait = Jobs.backoff(failures, LONGEST_WAIT_AFTER_FAILURE);
                // Only the class: messages of others may repeat what people said.
                LOG.error(
                        "{} failed {} times and tries again in {} s: {} at {}",
                        name,
                        failures,
                        wait.toSeconds(),
                        defect.getClass().getName(),
                        defect.getStackTrace().length == 0 ? "?" : defect.getStackTrace()[0]);
            }
            await(wait);
        }
    }

    private void await(Duration wait) {
        if (stopping || wait.isZero()) {
            return;
        }
        try {
            if (bell.tryAcquire(wait.toMillis() + 1, TimeUnit.MILLISECONDS)) {
                bell.drainPermits();
            }
        } catch (InterruptedException stopped) {
            stopping = true;
            Thread.currentThread().interrupt();
        }
    }
}
