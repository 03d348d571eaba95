package ai.cscx.chorus.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopTest {
    @Test
    void loopThatWasNeverStarted_closes() {
        new Loop("idle", () -> Duration.ZERO).close();
    }

    @Test
    void wake_endsTheWait() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        try (Loop loop = new Loop("woken", () -> {
            twice.countDown();
            return Duration.ofHours(1);
        })) {
            loop.start();
            while (twice.getCount() > 1) {
                Thread.onSpinWait();
            }
            loop.wake();

            assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
