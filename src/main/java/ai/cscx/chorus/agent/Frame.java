package ai.cscx.chorus.agent;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the last turn set, which follow-ups keep unless told otherwise.
 *
 * @param tool name of the tool called last; null if none was
 * @param arguments what it was called with: canonical names, ISO dates
 * @param pending the question we asked back and nobody has answered yet
 */
record Frame(
        @Nullable String tool,
        Map<String, Object> arguments,
        @Nullable Pending pending) {
    Frame {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    static Frame of(Reading.Command command) {
        return new Frame(command.tool(), command.arguments(), null);
    }

    /** The frame after we asked back; the earlier turn stays in it for when the question is ignored. */
    static Frame after(Reading.Clarify clarify, @Nullable Frame previous) {
        return previous == null
                ? new Frame(null, Map.of(), clarify.pending())
                : new Frame(previous.tool(), previous.arguments(), clarify.pending());
    }

    /**
     * A request that waits for one choice.
     *
     * @param tool tool to call once the choice is made
     * @param arguments what is known so far, without {@code slot}
     * @param slot the argument that the choice fills with the option's label; null if the option's message is the
     *     whole request
     */
    record Pending(
            String tool,
            Map<String, Object> arguments,
            @Nullable String slot,
            List<Option> options) {
        Pending {
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
            options = List.copyOf(options);
        }
    }

    /**
     * One way to read a request.
     *
     * @param label what the asker sees, and the canonical name where a name was in question
     * @param message what to send to choose it
     */
    record Option(String label, String message) {}
}
