package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import java.util.List;

/**
 * What a tool found, ready to be said.
 *
 * @param reply the answer in our own words, with handles
 * @param material the same for a language model, with what was said fenced in
 * @param cards what can be shown beside the reply
 * @param suggestions messages that may follow
 * @param empty nothing was found
 */
record Finding(String reply, String material, List<Card> cards, List<String> suggestions, boolean empty) {
    Finding {
        cards = List.copyOf(cards);
        suggestions = List.copyOf(suggestions);
    }

    static Finding nothing(String reply, List<String> suggestions) {
        return new Finding(reply, reply, List.of(), suggestions, true);
    }
}
