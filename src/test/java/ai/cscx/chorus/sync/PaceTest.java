package ai.cscx.chorus.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** In time of its own: hours pass in milliseconds. */
final class PaceTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void take_atFirst_grantsABurstAndThenTheWaitForOne() {
        Pace pace = Pace.starting(10, START);

        Pace.Taken burst = pace.take(50, 1, false, START);
        Pace.Taken next = burst.pace().take(1, 1, false, START);

        assertThat(burst.granted()).isEqualTo(Pace.BURST);
        assertThat(next.granted()).isZero();
        assertThat(next.pause()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void take_inUnits_grantsWholeUnits() {
        Pace.Taken taken = Pace.starting(10, START).take(30, 3, false, START);

        assertThat(taken.granted()).isEqualTo(9);
    }

    @Test
    void take_afterARefusal_waitsToTheSecond() {
        Pace pace = Pace.starting(10, START).refused(START, Duration.ofSeconds(37), START);

        Instant before = START.plusSeconds(36);
        Pace.Taken early = pace.take(1, 1, false, before);
        Pace.Taken onTime = early.pace().take(1, 1, false, START.plusSeconds(37));

        assertThat(early.granted()).isZero();
        assertThat(early.pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(onTime.granted()).isEqualTo(1);
    }

    @Test
    void refusals_ofRequestsSentTogether_slowItOnce() {
        Pace pace = Pace.starting(600, START)
                .refused(START, Duration.ofSeconds(1), START.plusMillis(20))
                .refused(START, Duration.ofSeconds(1), START.plusMillis(25));

        assertThat(pace.perMinute()).isEqualTo(300);
        assertThat(pace.refusals()).isEqualTo(2);
    }

    @Test
    void details_standBack_whileAListWaits() {
        Pace.Taken list =
                Pace.starting(10, START).take(10, 1, false, START).pace().take(1, 1, true, START);

        Instant one = START.plusSeconds(6);
        assertThat(list.granted()).isZero();
        assertThat(list.pace().take(1, 1, false, one).granted()).isZero();
        assertThat(list.pace().take(1, 1, true, one).granted()).isEqualTo(1);
    }

    @Test
    void unlimited_fiveHundredRequests_takeSeconds() {
        Pace pace = Pace.starting(10, START);
        Instant now = START;
        int sent = 0;
        while (sent < 500) {
            Pace.Taken taken = pace.take(8, 1, false, now);
            pace = taken.pace().served(taken.granted(), now);
            sent += taken.granted();
            now = now.plus(taken.granted() == 0 ? taken.pause() : Duration.ofMillis(50));
        }

        assertThat(Duration.between(START, now)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void tokenBucketOfTenAMinute_isUsedWhole() {
        assertThat(share(new TokenBucket(10, 10))).isGreaterThan(0.95);
    }

    @Test
    void tokenBucketWithoutABurst_isUsedWhole() {
        assertThat(share(new TokenBucket(10, 1))).isGreaterThan(0.9);
    }

    @Test
    void fasterTokenBucket_isUsedWhole() {
        assertThat(share(new TokenBucket(300, 10))).isGreaterThan(0.95);
    }

    @Test
    void fixedWindowOfTenAMinute_isUsedAlmostWhole() {
        assertThat(share(new FixedWindow(10))).isGreaterThan(0.9);
    }

    /** What of the server's limit was used in an hour, by a worker that always has more to ask. */
    private static double share(Server server) {
        Pace pace = Pace.starting(10, START);
        Instant now = START;
        Instant end = START.plus(Duration.ofHours(1));
        int served = 0;
        while (now.isBefore(end)) {
            Pace.Taken taken = pace.take(8, 1, false, now);
            pace = taken.pace();
            if (taken.granted() == 0) {
                now = now.plus(taken.pause().plusMillis(1));
                continue;
            }
            Instant sentAt = now;
            now = now.plusMillis(30);
            for (int i = 0; i < taken.granted(); i++) {
                Duration wait = server.answer(sentAt);
                if (wait.isZero()) {
                    served++;
                    pace = pace.served(1, now);
                } else {
                    pace = pace.refused(sentAt, wait, now);
                }
            }
        }
        return served / (60.0 * server.perMinute());
    }

    private interface Server {
        int perMinute();

        /** Zero = served; else what it says in Retry-After, in whole seconds. */
        Duration answer(Instant now);
    }

    private static final class TokenBucket implements Server {
        private final int perMinute;
        private final int burst;
        private double tokens;
        private Instant filledAt = START;

        TokenBucket(int perMinute, int burst) {
            this.perMinute = perMinute;
            this.burst = burst;
            this.tokens = burst;
        }

        @Override
        public int perMinute() {
            return perMinute;
        }

        @Override
        public Duration answer(Instant now) {
            tokens = Math.min(burst, tokens + Duration.between(filledAt, now).toMillis() * perMinute / 60_000.0);
            filledAt = now;
            if (tokens >= 1) {
                tokens--;
                return Duration.ZERO;
            }
            return Duration.ofSeconds((long) Math.ceil((1 - tokens) * 60 / perMinute));
        }
    }

    private static final class FixedWindow implements Server {
        private final int perMinute;
        private long window = -1;
        private int served;

        FixedWindow(int perMinute) {
            this.perMinute = perMinute;
        }

        @Override
        public int perMinute() {
            return perMinute;
        }

        @Override
        public Duration answer(Instant now) {
            long at = now.getEpochSecond() / 60;
            if (at != window) {
                window = at;
                served = 0;
            }
            if (served < perMinute) {
                served++;
                return Duration.ZERO;
            }
            return Duration.ofSeconds(60 - now.getEpochSecond() % 60);
        }
    }
}
