package ai.cscx.chorus.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waits_grow_andEndAfterThreeDays() {
        assertThat(Backoff.after(1, Duration.ZERO)).isEqualTo(Duration.ofSeconds(5));
        assertThat(Backoff.after(2, Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(20));
        assertThat(Backoff.after(100, Duration.ofHours(40))).isEqualTo(Duration.ofHours(12));
        assertThat(Backoff.after(12, Duration.ofHours(61))).isNull();
    }

    @Test
    void tries_takeThreeDaysInAll_andAFewHandfuls() {
        Duration age = Duration.ZERO;
        int failures = 1;
        Duration wait = Backoff.after(failures, age);
        while (wait != null) {
            age = age.plus(wait);
            failures++;
            wait = Backoff.after(failures, age);
        }
        assertThat(age).isBetween(Duration.ofHours(59), Duration.ofHours(72));
        assertThat(failures).isBetween(10, 20);
    }
}
