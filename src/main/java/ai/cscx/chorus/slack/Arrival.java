package ai.cscx.chorus.slack;

import org.jspecify.annotations.Nullable;

/**
 * Something that came from Slack and wants an answer.
 *
 * @param eventKey the same for every delivery of one event
 * @param messageKey the same for all events that tell of one message; null: no message
 * @param thread what is answered in order
 * @param replyTo the thread to answer in; null: outside of threads
 * @param responseUrl where the answer may go instead of the channel
 * @param onlyIfKnown taken only from who has a conversation in this thread: they did not name us
 */
record Arrival(
        String eventKey,
        @Nullable String messageKey,
        Kind kind,
        String team,
        String channel,
        String thread,
        @Nullable String replyTo,
        String user,
        String body,
        @Nullable String responseUrl,
        boolean onlyIfKnown) {

    /** The same in the thread of what was clicked. */
    Arrival in(String otherThread, @Nullable String otherReplyTo) {
        return new Arrival(
                eventKey,
                messageKey,
                kind,
                team,
                channel,
                otherThread,
                otherReplyTo,
                user,
                body,
                responseUrl,
                onlyIfKnown);
    }

    @Override
    public String toString() {
        return "Arrival[" + kind + "]";
    }
}
