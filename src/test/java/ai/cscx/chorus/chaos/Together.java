package ai.cscx.chorus.chaos;

import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does the same with many things, a few at a time. */
final class Together {
    private static final int AT_ONCE = 8;

    private Together() {}

    static <T> void each(Collection<T> things, Consumer<T> work) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<?> done : things.stream()
                    .map(thing -> threads.submit(() -> work.accept(thing)))
                    .toList()) {
                done.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
