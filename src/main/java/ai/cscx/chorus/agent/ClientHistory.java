package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.agent.Conversations.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Earlier turns as a client holds them that keeps conversations itself and sends all of one with every message.
 *
 * @param turns oldest first
 * @param told how an answer is told to such a client
 */
public record ClientHistory(List<Told> turns, Function<Answer, String> told) {
    private static final int MOST_PLACES = 20;
    /** What is shorter may begin many answers. */
    private static final int SHORTEST_BEGINNING = 20;

    public ClientHistory {
        turns = List.copyOf(turns);
    }

    /** A message and what the client holds for its answer. */
    public record Told(String message, String answer) {}

    /** The place in the asker's conversations that ends as this does; none if the turns are not ours, or were changed. */
    Optional<Place> find(Conversations conversations, Asker asker) {
        if (turns.isEmpty()) {
            return Optional.empty();
        }
        return conversations.after(asker, message(turns.getLast()), MOST_PLACES).stream()
                .filter(this::endsLike)
                .findFirst();
    }

    private boolean endsLike(Place place) {
        List<Turn> ours = place.memory().turns();
        int both = Math.min(ours.size(), turns.size());
        for (int i = 1; i <= both; i++) {
            if (!same(ours.get(ours.size() - i), turns.get(turns.size() - i))) {
                return false;
            }
        }
        return true;
    }

    private boolean same(Turn ours, Told theirs) {
        String kept = theirs.answer().strip();
        String full = told.apply(ours.answer()).strip();
        // Somebody may have stopped the answer while it was written.
        boolean begun = kept.length() >= SHORTEST_BEGINNING && full.startsWith(kept);
        return ours.message().equals(message(theirs)) && (full.equals(kept) || begun);
    }

    private static String message(Told turn) {
        return Wording.keepable(turn.message()).strip();
    }
}
