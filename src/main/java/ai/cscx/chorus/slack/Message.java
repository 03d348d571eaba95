package ai.cscx.chorus.slack;

import com.slack.api.model.block.LayoutBlock;
import java.util.List;

/**
 * One message to Slack, small enough to be taken.
 *
 * @param text what notifications show, escaped
 */
record Message(String text, List<LayoutBlock> blocks) {
    Message {
        blocks = List.copyOf(blocks);
    }

    /** A plain sentence of ours. */
    static Message of(String sentence) {
        return new Layout().lines(List.of(sentence)).messages().getFirst();
    }

    @Override
    public String toString() {
        return "Message[" + blocks.size() + " blocks]";
    }
}
