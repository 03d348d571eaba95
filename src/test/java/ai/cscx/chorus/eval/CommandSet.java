package ai.cscx.chorus.eval;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Conversations with what each message means, a JSON object a line; {@code docs/evaluation.md} has the form. */
record CommandSet(String name, List<Conversation> conversations) {
    private static final ObjectMapper JSON = new ObjectMapper();

    CommandSet {
        conversations = List.copyOf(conversations);
    }

    /**
     * @param referenceDate the day on which it is typed
     * @param asker the name of whom "my" means
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Conversation(String id, String referenceDate, String asker, List<Turn> turns) {
        Conversation {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(referenceDate, "referenceDate");
            Objects.requireNonNull(asker, "asker");
            turns = List.copyOf(turns);
        }

        boolean multiTurn() {
            return turns.size() > 1;
        }
    }

    /**
     * @param slots what was said, by name; what was not said is absent
     * @param altIntents other readings that are right
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Turn(
            String text,
            String intent,
            JsonNode slots,
            @JsonProperty("alt_intents") @Nullable List<String> altIntents) {
        Turn {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(intent, "intent");
            slots = slots == null ? JsonNodeFactory.instance.objectNode() : slots;
            altIntents = altIntents == null ? List.of() : List.copyOf(altIntents);
        }

        boolean means(@Nullable String understood) {
            return intent.equals(understood)
                    || (understood != null && altIntents().contains(understood));
        }

        @Override
        public List<String> altIntents() {
            return Objects.requireNonNullElse(altIntents, List.of());
        }
    }

    static CommandSet read(Path file) throws IOException {
        return new CommandSet(JsonLines.name(file), JsonLines.read(JSON, file, Conversation.class));
    }

    int turns() {
        return conversations.stream().mapToInt(each -> each.turns().size()).sum();
    }
}
