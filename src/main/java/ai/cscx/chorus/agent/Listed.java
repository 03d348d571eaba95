package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.store.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the latest turn with a list listed, for "the second one". */
final class Listed {
    private Listed() {}

    /** The ids of the calls in the order in which they were listed: those of the entries where these are no calls. */
    static List<String> calls(List<Turn> turns) {
        return ids(turns, Map.of("calls", "id", "passages", "callId", "actionItems", "callId"));
    }

    /** The ids of the action items in the order in which they were listed. */
    static List<String> items(List<Turn> turns) {
        return ids(turns, Map.of("actionItems", "id"));
    }

    private static List<String> ids(List<Turn> turns, Map<String, String> keys) {
        for (Turn turn : turns.reversed()) {
            for (Card card : turn.answer().cards()) {
                String key = keys.get(card.type());
                if (key != null) {
                    return card.items().stream()
                            .map(item -> item instanceof Map<?, ?> stored
                                    ? stored.get(key)
                                    : Json.MAPPER.valueToTree(item).path(key).asText())
                            .filter(Objects::nonNull)
                            .map(Object::toString)
                            .toList();
                }
            }
        }
        return List.of();
    }
}
