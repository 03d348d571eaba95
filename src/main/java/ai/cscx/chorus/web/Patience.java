package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Work that may take as long as a language model thinks, while somebody waits at the other end of a stream. It goes on when
 * they leave. Thread-safe.
 */
final class Patience<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();

    private Patience() {}

    /** Begins the work on a thread of its own. */
    static <T> Patience<T> with(Supplier<T> work) {
        Patience<T> patience = new Patience<>();
        Thread.ofVirtual().name("answer").start(() -> {
            try {
                patience.result.complete(work.get());
            } catch (RuntimeException | Error failed) {
                patience.result.completeExceptionally(failed);
            }
        });
        return patience;
    }

    /**
     * Whether it is done, or failed, within this time.
     *
     * @throws Failure.Unavailable if the server is stopping
     */
    boolean isDoneWithin(Duration time) {
        try {
            result.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException failed) {
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Failure.Unavailable("This server is stopping; ask again.", stopping);
        }
    }

    /** What came of it; throws what the work threw. */
    T result() {
        try {
            return result.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
