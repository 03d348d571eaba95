package ai.cscx.chorus.call;

import java.util.Locale;

/** On whose side somebody speaks; never guessed from the order of talk. */
public enum Side {
    /** Our own people. */
    INTERNAL,
    /** The customer's people and their partners. */
    EXTERNAL,
    UNKNOWN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
