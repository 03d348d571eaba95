package ai.cscx.chorus.simulator;

import org.jspecify.annotations.Nullable;

/**
 * What kind of year it was.
 *
 * @param minutes length of every call, all of them done; null for calls of all lengths, a few of them unfinished
 * @param tie how many calls at a time start in the same second; null leaves that to chance
 * @param customers how many customers there are; null for those of the roster
 */
public record Profile(
        @Nullable Integer minutes,
        @Nullable Integer tie,
        @Nullable Integer customers) {
    /** Calls of all lengths at all times of the working day. */
    public static final Profile NATURAL = new Profile(null, null, null);

    private static final int LONGEST = 180;

    public Profile {
        if (minutes != null && (minutes < 1 || minutes > LONGEST)) {
            throw new IllegalArgumentException("minutes must lie between 1 and 180.");
        }
        if (tie != null && tie < 2) {
            throw new IllegalArgumentException("tie must be at least 2.");
        }
        if (customers != null && customers < 1) {
            throw new IllegalArgumentException("customers must be at least 1.");
        }
    }

    /** All calls are done and last so many minutes. */
    public static Profile ofMinutes(int minutes) {
        return new Profile(minutes, null, null);
    }

    /** The same with so many calls at a time in the same second. */
    public Profile tied(int calls) {
        return new Profile(minutes, calls, customers);
    }

    /** The same with so many customers: those of the roster, over and over, under numbered names. */
    public Profile customers(int number) {
        return new Profile(minutes, tie, number);
    }
}
