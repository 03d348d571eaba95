package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;

/** Words of a call that something rests on, before they are read: only what is shown is read. */
sealed interface Ref {
    CallId call();

    /** What the customer said of this kind; of next steps, what anybody said. */
    record ByCue(CallId call, Cue cue) implements Ref {}

    /**
     * What the customer said where a tracker heard them.
     *
     * @param tracker its key
     */
    record ByTracker(CallId call, String tracker) implements Ref {}

    /**
     * The utterance in which an action item was promised.
     *
     * @param item its key
     */
    record ByItem(CallId call, String item) implements Ref {}
}
