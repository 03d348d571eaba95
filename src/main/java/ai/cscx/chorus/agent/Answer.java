package ai.cscx.chorus.agent;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.Side;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one message is answered with, as it is sent and kept.
 *
 * @param reply plain text; {@code [1]} refers to the citation with that number, and every such handle has one
 * @param toolCalls what was understood, after names and dates were resolved; the first is the one that counts
 * @param options ways to read the message, when we ask back
 * @param suggestions messages that may follow and that we understand
 * @param model {@code commands}, or the name of the language model that answered
 */
public record Answer(
        String conversationId,
        String messageId,
        Outcome outcome,
        String reply,
        List<Citation> citations,
        List<Card> cards,
        List<ToolCall> toolCalls,
        @Nullable PendingAction pendingAction,
        List<Option> options,
        List<String> suggestions,
        String model,
        String promptVersion,
        long tookMs) {
    public Answer {
        citations = List.copyOf(citations);
        cards = List.copyOf(cards);
        toolCalls = List.copyOf(toolCalls);
        options = List.copyOf(options);
        suggestions = List.copyOf(suggestions);
    }

    /** A plain sentence of ours. */
    static Answer of(UUID conversation, UUID message, Outcome outcome, String reply, String promptVersion) {
        return new Answer(
                conversation.toString(),
                message.toString(),
                outcome,
                reply,
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                Suggestions.FIRST,
                CommandModel.NAME,
                promptVersion,
                0);
    }

    public enum Outcome {
        ANSWERED,
        NOT_FOUND,
        CLARIFY,
        CONFIRM,
        REFUSED,
        HELP,
        ERROR;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Where something that the reply says comes from.
     *
     * @param n the handle in the reply
     * @param speaker null where nobody said it, as with a summary or an action item without a place
     * @param quote as it is stored
     */
    public record Citation(
            int n,
            String callId,
            @Nullable String title,
            @Nullable String speaker,
            String side,
            double startSeconds,
            String quote,
            @Nullable String url) {
        static Citation of(int n, Evidence evidence) {
            return new Citation(
                    n,
                    evidence.call().toString(),
                    evidence.title(),
                    evidence.speaker(),
                    evidence.side().word(),
                    evidence.startMs() / 1000.0,
                    evidence.quote(),
                    evidence.url());
        }
    }

    /**
     * Something from our store that can be shown; a model never had a hand in it.
     *
     * @param total how many there are, of which {@code items} may be a part
     */
    public record Card(String type, List<?> items, long total) {
        /** What the items are, by the card's type: for those who describe answers. */
        public static Map<String, Class<? extends Record>> types() {
            return Cards.TYPES;
        }

        public Card {
            items = List.copyOf(items);
        }
    }

    public record ToolCall(String name, Map<String, Object> arguments) {
        public ToolCall {
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        }
    }

    /** A change that waits for the asker's yes. */
    public record PendingAction(String id, String tool, Map<String, Object> arguments, String summary) {
        public PendingAction {
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        }
    }

    /**
     * @param message what to send to choose it
     */
    public record Option(String label, String message) {}

    /**
     * Something that a tool found and a reply may refer to.
     *
     * @param startMs milliseconds from the start of the recording
     */
    record Evidence(
            CallId call,
            @Nullable String title,
            @Nullable String speaker,
            Side side,
            long startMs,
            String quote,
            @Nullable String url) {}
}
