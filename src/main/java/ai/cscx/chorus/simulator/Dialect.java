package ai.cscx.chorus.simulator;

import java.util.Locale;

/** A way of speaking HTTP about the same calls. */
public enum Dialect {
    /** The published API: {@code /v3/engagements} and {@code /api/v1/conversations}. */
    ENGAGEMENTS,
    /** The API that a requirement document assumes: {@code /api/v1/calls}. */
    CALLS;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
