package ai.cscx.chorus.signal;

/** What somebody's words tell of where things are going. */
enum Cue {
    /** A reservation: price, value, trust, comparison. */
    OBJECTION,
    /** Going away: cancelling, not renewing, replacing us. */
    DECLINE,
    /** Nothing moves: on hold, frozen, put off. */
    STALL,
    /** It goes on: signing, approving, expanding, praise. */
    ADVANCE,
    /** Somebody leaves, or somebody new decides. */
    DEPARTURE,
    /** Money came up. */
    PRICING,
    /** Somebody promised to do something. */
    NEXT_STEP
}
