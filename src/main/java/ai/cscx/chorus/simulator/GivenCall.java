package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Script.Utterance;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A call of which somebody else says what was said; Chorus serves it word for word. It belongs to no customer; whoever
 * speaks takes part, on our side and without an e-mail address.
 *
 * @param id goes into paths: letters, digits, {@code _} and {@code -}
 * @param startedAt to the second
 * @param turns in the order they were spoken
 */
public record GivenCall(String id, String title, Instant startedAt, List<Turn> turns) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");

    public GivenCall {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id must be letters, digits, _ and - only.");
        }
        Refuse.blank(title, "title");
        startedAt = startedAt.truncatedTo(ChronoUnit.SECONDS);
        turns = List.copyOf(turns);
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("turns must hold at least one.");
        }
        for (int i = 1; i < turns.size(); i++) {
            if (turns.get(i).startSeconds() < turns.get(i - 1).startSeconds()) {
                throw new IllegalArgumentException("turns must be in the order they were spoken.");
            }
        }
    }

    /** One turn of one voice. */
    public record Turn(String speaker, double startSeconds, double lengthSeconds, String text) {
        public Turn {
            Refuse.blank(speaker, "speaker");
            Refuse.blank(text, "text");
            if (!(startSeconds >= 0) || !(lengthSeconds > 0)) {
                throw new IllegalArgumentException("A turn starts at 0 or later and takes time.");
            }
        }

        double endSeconds() {
            return startSeconds + lengthSeconds;
        }
    }

    double durationSeconds() {
        return turns.stream().mapToDouble(Turn::endSeconds).max().orElseThrow();
    }

    List<Participant> cast(SimulatedCall call) {
        return List.copyOf(people(call).values());
    }

    Script script(SimulatedCall call) {
        Map<String, Participant> people = people(call);
        var utterances = new ArrayList<Utterance>(turns.size());
        for (Turn turn : turns) {
            Participant speaker = Objects.requireNonNull(people.get(turn.speaker()));
            utterances.add(new Utterance(
                    utterances.size(), speaker, turn.startSeconds(), turn.lengthSeconds(), turn.text(), false));
        }
        return new Script(utterances, "", List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private Map<String, Participant> people(SimulatedCall call) {
        var people = new LinkedHashMap<String, Participant>();
        for (Turn turn : turns) {
            people.computeIfAbsent(turn.speaker(), name -> person(call, name));
        }
        return people;
    }

    private static Participant person(SimulatedCall call, String name) {
        return Casting.latecomer(call, name, null, Side.INTERNAL);
    }
}
