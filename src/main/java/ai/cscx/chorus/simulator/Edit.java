package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Script.ActionItem;
import ai.cscx.chorus.simulator.Script.Utterance;
import ai.cscx.chorus.simulator.SimulatedCall.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has changed about a call since the world was made.
 *
 * @param version counts the changes
 * @param modifiedAt when Chorus says that the last one was; null before the first
 * @param state null leaves the first one
 * @param confidential null leaves it as it was
 * @param title null leaves the first one
 * @param guests who came on top
 * @param items what was promised on top
 * @param corrections new texts by index of utterance
 */
record Edit(
        int version,
        @Nullable Instant modifiedAt,
        @Nullable State state,
        @Nullable Boolean confidential,
        boolean deleted,
        @Nullable String title,
        List<Participant> guests,
        List<ActionItem> items,
        Map<Integer, String> corrections) {
    static final Edit NONE = new Edit(0, null, null, null, false, null, List.of(), List.of(), Map.of());

    Edit {
        guests = List.copyOf(guests);
        items = List.copyOf(items);
        corrections = Map.copyOf(corrections);
    }

    Edit at(Instant now) {
        return new Edit(version + 1, now, state, confidential, deleted, title, guests, items, corrections);
    }

    Edit in(State next) {
        return new Edit(version, modifiedAt, next, confidential, deleted, title, guests, items, corrections);
    }

    Edit hidden(boolean nowConfidential, boolean nowDeleted) {
        return new Edit(version, modifiedAt, state, nowConfidential, nowDeleted, title, guests, items, corrections);
    }

    Edit named(String next) {
        return new Edit(version, modifiedAt, state, confidential, deleted, next, guests, items, corrections);
    }

    Edit joinedBy(Participant guest) {
        return new Edit(
                version, modifiedAt, state, confidential, deleted, title, more(guests, guest), items, corrections);
    }

    Edit promising(ActionItem item) {
        return new Edit(
                version, modifiedAt, state, confidential, deleted, title, guests, more(items, item), corrections);
    }

    Edit correcting(int utterance, String text) {
        var next = new HashMap<>(corrections);
        next.put(utterance, text);
        return new Edit(version, modifiedAt, state, confidential, deleted, title, guests, items, next);
    }

    Script applied(Script script) {
        if (items.isEmpty() && corrections.isEmpty()) {
            return script;
        }
        var promised = new ArrayList<>(script.actionItems());
        promised.addAll(items);
        return new Script(
                script.utterances().stream().map(this::corrected).toList(),
                script.summary(),
                promised,
                script.mentions(),
                script.objections(),
                script.competitors(),
                script.topics());
    }

    private Utterance corrected(Utterance said) {
        String text = corrections.get(said.index());
        return text == null
                ? said
                : new Utterance(said.index(), said.speaker(), said.startSeconds(), said.lengthSeconds(), text, false);
    }

    private static <T> List<T> more(List<T> items, T item) {
        var more = new ArrayList<>(items);
        more.add(item);
        return more;
    }
}
