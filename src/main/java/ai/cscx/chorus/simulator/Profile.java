package ai.cscx.chorus.simulator;

import org.jspecify.annotations.Nullable;

/**
 * What kind of year it was.
 *
 * @param minutes length of every call, all of them done; null for calls of all lengths, a few of them unfinished
 * @param tie how many calls at a time start in the same second; null leaves that to chance
 */
public record Profile(@Nullable Integer minutes, @Nullable Integer tie) {
    /** Calls of all lengths at all times of the working day. */
    public static final Profile NATURAL = new Profile(null, null);

    private static final int LONGEST = 180;

    public Profile {
        if (minutes != null && (minutes < 1 || minutes > LONGEST)) {
            throw new IllegalArgumentException("minutes must lie between 1 and 180.");
        }
        if (tie != null && tie < 2) {
            throw new IllegalArgumentException("tie must be at least 2.");
        }
    }

    /** All calls are done and last so many minutes. */
    public static Profile ofMinutes(int minutes) {
        return new Profile(minutes, null);
    }

    /** The same with so many calls at a time in the same second. */
    public Profile tied(int calls) {
        return new Profile(minutes, calls);
    }
}
