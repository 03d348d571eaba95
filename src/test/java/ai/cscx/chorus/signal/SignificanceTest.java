package ai.cscx.chorus.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SignificanceTest {
    @Test
    void chance_isFishersExactOne() {
        // Fisher's tea: 3 of 4 against 1 of 4.
        assertThat(Significance.chance(4, 3, 4, 1)).isEqualTo(34.0 / 70, within(1e-12));
    }

    @Test
    void noCalls_orTheSameEverywhere_tellNothing() {
        assertThat(Significance.chance(0, 0, 10, 5)).isEqualTo(1);
        assertThat(Significance.chance(10, 5, 0, 0)).isEqualTo(1);
        assertThat(Significance.chance(10, 0, 10, 0)).isEqualTo(1);
        assertThat(Significance.chance(10, 10, 7, 7)).isEqualTo(1);
    }

    @Test
    void threeCalls_areNeverATrend_howeverRareItWas() {
        double chance = Significance.chance(3, 3, 500, 0);

        assertThat(chance).isLessThan(0.001);
        assertThat(Significance.isTrend(chance, 3, 0)).isFalse();
        assertThat(Significance.isTrend(Significance.chance(4, 4, 500, 0), 4, 0))
                .isTrue();
    }

    @Test
    void moreCalls_areNoTrend_ifItsShareStays() {
        assertThat(Significance.isTrend(Significance.chance(80, 20, 20, 5), 20, 5))
                .isFalse();
    }

    @Test
    void surge_andEnd_areTrends() {
        assertThat(Significance.isTrend(Significance.chance(20, 14, 20, 4), 14, 4))
                .isTrue();
        assertThat(Significance.isTrend(Significance.chance(20, 0, 20, 8), 0, 8))
                .isTrue();
    }

    @Test
    void noise_isTakenForATrendInOneOfTwentyAtMost() {
        SplittableRandom random = new SplittableRandom(194);
        int trends = 0;
        for (int i = 0; i < 2_000; i++) {
            int now = heard(random);
            int before = heard(random);
            trends += Significance.isTrend(Significance.chance(25, now, 25, before), now, before) ? 1 : 0;
        }
        assertThat(trends / 2_000.0).isLessThan(Significance.LEVEL);
    }

    private static int heard(SplittableRandom random) {
        int heard = 0;
        for (int call = 0; call < 25; call++) {
            heard += random.nextDouble() < 0.3 ? 1 : 0;
        }
        return heard;
    }
}
