package ai.cscx.chorus.simulator;

/** Which side of the table somebody sits on. */
public enum Side {
    INTERNAL,
    EXTERNAL,
    UNKNOWN
}
