package ai.cscx.chorus.signal;

import java.util.Locale;

/** Where things go over time. */
public enum Direction {
    RISING,
    FALLING,
    STEADY,
    /** Too few calls to tell. */
    UNKNOWN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
