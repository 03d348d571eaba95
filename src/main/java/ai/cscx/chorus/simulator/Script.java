package ai.cscx.chorus.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said in a call, and the truth about it that a reader has to find out.
 *
 * @param utterances in the order they were spoken; {@code index} counts from 0 without gaps
 * @param summary blank where there is none; may hold {@code <br/>}
 * @param topics what the call went through, in order
 */
public record Script(
        List<Utterance> utterances,
        String summary,
        List<ActionItem> actionItems,
        List<Mention> mentions,
        List<Objection> objections,
        List<CompetitorMention> competitors,
        List<String> topics) {
    static final Script SILENCE = new Script(List.of(), "", List.of(), List.of(), List.of(), List.of(), List.of());

    public Script {
        utterances = List.copyOf(utterances);
        actionItems = List.copyOf(actionItems);
        mentions = List.copyOf(mentions);
        objections = List.copyOf(objections);
        competitors = List.copyOf(competitors);
        topics = List.copyOf(topics);
    }

    /**
     * One turn of one voice.
     *
     * @param expired its text is gone, {@code text} is then empty
     */
    public record Utterance(
            int index, Participant speaker, double startSeconds, double lengthSeconds, String text, boolean expired) {
        public Side side() {
            return speaker.side();
        }

        public double endSeconds() {
            return startSeconds + lengthSeconds;
        }
    }

    /**
     * Something promised.
     *
     * @param text as Chorus lists it
     * @param doer who promised it; null where nobody did and it merely has to be done
     * @param due the words that say until when, null if there were none
     * @param utterance index of the utterance that holds the promise, or {@link #NOWHERE}
     */
    public record ActionItem(
            String text,
            @Nullable String doer,
            Side doerSide,
            @Nullable String due,
            int utterance) {
        /** It was written down later and not said in the call. */
        public static final int NOWHERE = -1;
    }

    /**
     * A tracker's hit.
     *
     * @param offset position of the word in the utterance
     */
    public record Mention(String tracker, int utterance, int offset) {}

    /** A customer's objection, with the topic it came up in. */
    public record Objection(String topic, String speaker, int utterance, String text) {}

    /** A competitor named by somebody. */
    public record CompetitorMention(String competitor, int utterance) {}
}
