package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tool found, ready to be said.
 *
 * @param reply the answer in our own words, with handles
 * @param material the same for a language model, with what was said fenced in
 * @param cards what can be shown beside the reply
 * @param suggestions messages that may follow
 * @param empty nothing was found
 * @param proposal a change that waits for the asker's yes
 */
record Finding(
        String reply,
        String material,
        List<Card> cards,
        List<String> suggestions,
        boolean empty,
        @Nullable Proposal proposal) {
    Finding(String reply, String material, List<Card> cards, List<String> suggestions, boolean empty) {
        this(reply, material, cards, suggestions, empty, null);
    }

    Finding {
        cards = List.copyOf(cards);
        suggestions = List.copyOf(suggestions);
    }

    static Finding proposing(Proposal proposal) {
        String asked = proposal.summary() + "? Say yes to confirm; anything else changes nothing.";
        return new Finding(
                asked,
                "Proposed, and not done yet: the program asks for a yes by itself. Say nothing more.",
                List.of(),
                List.of("yes", "no"),
                false,
                proposal);
    }

    static Finding nothing(String reply, List<String> suggestions) {
        return new Finding(reply, reply, List.of(), suggestions, true);
    }
}
