package ai.cscx.chorus.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws from lists without repeating an entry before all others had their turn. */
final class Deck {
    private final Dice dice;
    private final Map<String, Deque<Object>> piles = new HashMap<>();

    Deck(Dice dice) {
        this.dice = dice;
    }

    /**
     * Draws from the pile of this name, which is shuffled anew when it is empty.
     *
     * @param cards always the same ones for the same name
     */
    @SuppressWarnings("unchecked")
    <T> T draw(String name, List<T> cards) {
        Deque<Object> pile = piles.computeIfAbsent(name, fresh -> new ArrayDeque<>());
        if (pile.isEmpty()) {
            pile.addAll(dice.shuffled(cards));
        }
        return (T) pile.pop();
    }
}
