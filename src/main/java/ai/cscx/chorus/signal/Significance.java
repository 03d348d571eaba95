package ai.cscx.chorus.signal;

import org.apache.commons.statistics.inference.FisherExactTest;

/**
 * Whether something came up more or less often than before, or that is chance. What is counted are calls in which it came
 * up, not mentions: one call with ten mentions is one conversation. The test is Fisher's exact one (R. A. Fisher,
 * Statistical Methods for Research Workers, § 21.02; two-sided) on calls with and without it, now and before.
 */
final class Significance {
    /** With fewer calls that have it, in the stretch that has more of them, nothing is a trend. */
    static final long FEWEST_CALLS = 4;

    static final double LEVEL = 0.05;

    private static final FisherExactTest TEST = FisherExactTest.withDefaults();

    private Significance() {}

    /**
     * The chance of a difference at least as large if nothing had changed, 0–1; 1 where a stretch has no calls.
     *
     * @param calls of the stretch
     * @param with those in which it came up
     * @param before calls of the stretch before
     * @param beforeWith those in which it came up
     */
    static double chance(long calls, long with, long before, long beforeWith) {
        // All or none of the calls have it in both stretches: nothing can differ.
        if (calls == 0 || before == 0 || with + beforeWith == 0 || with + beforeWith == calls + before) {
            return 1;
        }
        int[][] table = {
            {Math.toIntExact(with), Math.toIntExact(calls - with)},
            {Math.toIntExact(beforeWith), Math.toIntExact(before - beforeWith)}
        };
        return TEST.test(table).getPValue();
    }

    /** Whether it is a trend. */
    static boolean isTrend(double chance, long with, long beforeWith) {
        return chance <= LEVEL && Math.max(with, beforeWith) >= FEWEST_CALLS;
    }
}
