package ai.cscx.chorus.web;

import ai.cscx.chorus.agent.ClientHistory.Told;
import ai.cscx.chorus.agent.Usage;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Chat completions as OpenAI's API has them, as far as a front end for chats needs them. */
final class Completions {
    static final String MODEL = "chorus";

    private Completions() {}

    /**
     * @param messages the whole conversation; of it the messages of user and assistant count, for what the assistant is told
     *     is not up to the client
     * @param n 1, if it is there
     */
    record CompletionRequest(
            @Nullable String model,
            List<ChatMessage> messages,
            @Nullable Boolean stream,
            @JsonProperty("stream_options") @Nullable StreamOptions streamOptions,
            @Nullable Integer n,
            @JsonProperty("response_format") @Nullable ResponseFormat responseFormat) {
        CompletionRequest {
            messages = messages == null ? List.of() : List.copyOf(messages);
        }

        /**
         * What is asked now.
         *
         * @throws Failure.Rejected if that is no text of a user, or something is wanted that there is not
         */
        String question() {
            if (model != null && !model.equals(MODEL)) {
                throw new Failure.NotFound(
                        "There is no such model; GET /v1/models lists what there is: " + MODEL + ".");
            }
            if (messages.isEmpty() || !messages.getLast().isFrom("user")) {
                throw wrong("/messages", "ends with a message of the user");
            }
            if (n != null && n != 1) {
                throw wrong("/n", "is 1: there is one answer");
            }
            if (responseFormat != null && !"text".equals(responseFormat.type())) {
                throw wrong("/response_format", "is text: answers are in words");
            }
            return messages.getLast().text("/messages/" + (messages.size() - 1));
        }

        /** The turns before it: each message of the user that was answered, with the answer. */
        List<Told> history() {
            List<Told> turns = new ArrayList<>();
            ChatMessage asked = null;
            for (int i = 0; i < messages.size() - 1; i++) {
                ChatMessage message = messages.get(i);
                if (message.isFrom("user")) {
                    asked = message;
                } else if (message.isFrom("assistant") && asked != null) {
                    turns.add(new Told(asked.text("/messages/" + i), message.text("/messages/" + i)));
                    asked = null;
                }
            }
            return turns;
        }

        boolean streams() {
            return Boolean.TRUE.equals(stream);
        }

        boolean tellsUsage() {
            return streamOptions != null && Boolean.TRUE.equals(streamOptions.includeUsage());
        }
    }

    record StreamOptions(
            @JsonProperty("include_usage") @Nullable Boolean includeUsage) {}

    record ResponseFormat(@Nullable String type) {}

    /**
     * @param content a text, or a list of parts that are texts
     */
    record ChatMessage(@Nullable String role, @Nullable JsonNode content) {
        boolean isFrom(String who) {
            return who.equals(role);
        }

        String text(String pointer) {
            if (content == null || content.isNull()) {
                return "";
            }
            if (content.isTextual()) {
                return content.textValue();
            }
            StringBuilder text = new StringBuilder();
            for (JsonNode part : content) {
                if (!part.path("text").isTextual()) {
                    throw wrong(pointer + "/content", "is text; files, pictures and sound are not read");
                }
                text.append(text.isEmpty() ? "" : "\n").append(part.path("text").textValue());
            }
            return text.toString();
        }
    }

    /**
     * @param id of the answer, after {@code chatcmpl-}
     * @param created seconds since 1970
     */
    record Completion(String id, String object, long created, String model, List<Choice> choices, TokensUsed usage) {
        static Completion of(String id, long created, String text, Usage usage) {
            return new Completion(
                    id,
                    "chat.completion",
                    created,
                    MODEL,
                    List.of(new Choice(0, new AssistantMessage("assistant", text, null), null, "stop")),
                    TokensUsed.of(usage));
        }
    }

    record Choice(
            int index,
            AssistantMessage message,
            @Nullable String logprobs,
            @JsonProperty("finish_reason") String finishReason) {}

    record AssistantMessage(
            String role, String content, @Nullable String refusal) {}

    /** What the language model behind the assistant took; zeros where none was asked. */
    record TokensUsed(
            @JsonProperty("prompt_tokens") long prompt,
            @JsonProperty("completion_tokens") long completion,
            @JsonProperty("total_tokens") long total) {
        static TokensUsed of(Usage usage) {
            return new TokensUsed(usage.prompt(), usage.completion(), usage.total());
        }
    }

    /** A piece of a streamed completion. */
    record Chunk(
            String id,
            String object,
            long created,
            String model,
            List<Piece> choices,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            TokensUsed usage) {
        static Chunk of(String id, long created, Delta delta, @Nullable String finishReason) {
            return new Chunk(
                    id,
                    "chat.completion.chunk",
                    created,
                    MODEL,
                    List.of(new Piece(0, delta, null, finishReason)),
                    null);
        }

        static Chunk of(String id, long created, Usage usage) {
            return new Chunk(id, "chat.completion.chunk", created, MODEL, List.of(), TokensUsed.of(usage));
        }
    }

    record Piece(
            int index,
            Delta delta,
            @Nullable String logprobs,
            @JsonProperty("finish_reason") @Nullable String finishReason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Delta(@Nullable String role, @Nullable String content) {}

    record ModelList(String object, List<Model> data) {}

    /**
     * @param created seconds since 1970
     */
    record Model(
            String id,
            String object,
            long created,
            @JsonProperty("owned_by") String ownedBy) {
        static final Model OURS = new Model(MODEL, "model", 1_764_547_200, "cscx");
    }

    private static Failure.Rejected wrong(String pointer, String detail) {
        return new Failure.Rejected(
                "The request does not fit.", List.of(new Problem(pointer, Objects.requireNonNull(detail))));
    }
}
