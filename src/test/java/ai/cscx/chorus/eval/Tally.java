package ai.cscx.chorus.eval;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How many of how many were right. */
final class Tally {
    private static final double HUNDRED = 100;

    private int right;
    private int of;

    void add(boolean isRight) {
        right += isRight ? 1 : 0;
        of++;
    }

    Tally plus(Tally other) {
        Tally sum = new Tally();
        sum.right = right + other.right;
        sum.of = of + other.of;
        return sum;
    }

    int right() {
        return right;
    }

    int of() {
        return of;
    }

    static String percent(Tally tally) {
        return rounded(HUNDRED * tally.right / Math.max(1, tally.of), 1) + "%";
    }

    /** As Python prints it: the exact value of the double, halves to the even digit. */
    static String rounded(double value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** Such as {@code 3/4 75.0%}. */
    @Override
    public String toString() {
        return right + "/" + of + " " + percent(this);
    }
}
