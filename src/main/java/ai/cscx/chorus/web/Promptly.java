package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Work that is of use only if it is done soon. */
final class Promptly {
    private Promptly() {}

    /**
     * Does the work on a thread of its own and, when the time is over, interrupts it.
     *
     * @throws Failure.Unavailable if it took too long
     */
    static <T> T within(Duration time, Supplier<T> work) {
        return within(time, begin(work));
    }

    /** Begins the work on a thread of its own, beside what the caller does meanwhile. */
    static <T> FutureTask<T> begin(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread.ofVirtual().name("promptly").start(task);
        return task;
    }

    /**
     * Waits for work that has begun and, when the time is over, interrupts it.
     *
     * @throws Failure.Unavailable if it took too long
     */
    static <T> T within(Duration time, FutureTask<T> task) {
        try {
            return task.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            task.cancel(true);
            throw new Failure.Unavailable("The database does not answer in time; try again in a moment.", late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException("It broke on its own thread", failed.getCause());
        } catch (InterruptedException stopped) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new Failure.Unavailable("The server stops; try again in a moment.", stopped);
        }
    }
}
