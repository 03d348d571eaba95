package ai.cscx.chorus.simulator;

import java.util.Locale;

/** What a request to the simulated Chorus was for. */
public enum RequestKind {
    LIST,
    DETAIL,
    ME,
    OTHER;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
