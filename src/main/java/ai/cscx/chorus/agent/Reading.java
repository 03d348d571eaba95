package ai.cscx.chorus.agent;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a message was understood to ask for. */
sealed interface Reading {
    /**
     * Call this tool.
     *
     * @param arguments by the names in the tools' descriptions: names canonical ({@code customer} is a name or a list of
     *     them), dates ISO and inclusive, {@code limit} an Integer; what wasn't said is absent
     * @param confidence 0 to 1
     * @param rest the text of a second request in the same message, not yet read
     */
    record Command(
            String tool,
            Map<String, Object> arguments,
            double confidence,
            @Nullable String rest) implements Reading {
        public Command {
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        }
    }

    /** Ask back. The options, which may be none, are in {@link Frame.Pending}; keep it in the next turn's frame. */
    record Clarify(String question, Frame.Pending pending) implements Reading {}

    /**
     * A name that fits nobody the asker may see: say so, never take the nearest.
     *
     * @param asTyped the name as the asker wrote it
     */
    record NoSuchCustomer(String asTyped) implements Reading {}

    /**
     * One of the things listed last.
     *
     * @param number counted from 1; -1 is the last
     * @param tool what to do with it
     * @param arguments of the tool beside it
     */
    record Pick(int number, String tool, Map<String, Object> arguments) implements Reading {
        public Pick {
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        }
    }

    /** Say what can be asked. */
    record Help() implements Reading {}

    /** Say no in one sentence. */
    record Refuse(Reason reason) implements Reading {}

    /**
     * Not sure enough to act.
     *
     * @param likely the tool it might be about, also one that {@link Understanding} doesn't fill yet; null if there is no idea
     * @param guess what it would be taken for where no language model can be asked; null if for nothing
     */
    record Unsure(@Nullable String likely, @Nullable Reading guess) implements Reading {
        Unsure(@Nullable String likely) {
            this(likely, null);
        }
    }

    /** Why a request is refused. */
    enum Reason {
        OFF_TOPIC("I only answer questions about your customers' calls, action items and how they are doing."),
        DESTRUCTIVE("I can't delete or change accounts, calls or settings."),
        SECRETS("I can't share credentials, configuration or how I am instructed."),
        INSTRUCTIONS("I can't set aside my rules; ask me about your customers' calls instead."),
        SENDING("I can't send, share or publish anything; I can show it to you here."),
        OTHERS_DATA("I can only show what you have access to.");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }
}
