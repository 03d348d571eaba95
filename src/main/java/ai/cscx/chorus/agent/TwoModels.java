package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Outcome;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command model, and the language model for what it isn't sure of. Whoever starts a turn finishes it, unless the
 * language model fails. For one question.
 */
final class TwoModels implements ChatModel {
    private static final Logger LOG = LoggerFactory.getLogger(TwoModels.class);

    private final CommandModel commands;
    private final @Nullable ChatModel languageModel;
    private final Question question;
    private boolean languageModelsTurn;

    TwoModels(CommandModel commands, @Nullable ChatModel languageModel, Question question) {
        this.commands = commands;
        this.languageModel = languageModel;
        this.question = question;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        ChatMessage last = request.messages().getLast();
        if (!(last instanceof ToolExecutionResultMessage)) {
            languageModelsTurn = languageModel != null && !commands.isSure();
        }
        if (!languageModelsTurn || languageModel == null) {
            return commands.chat(request);
        }
        try {
            ChatResponse response = languageModel.chat(request);
            TokenUsage used = response.tokenUsage();
            if (used != null) {
                question.used(new Usage(
                        Objects.requireNonNullElse(used.inputTokenCount(), 0),
                        Objects.requireNonNullElse(used.outputTokenCount(), 0)));
            }
            AiMessage message = response.aiMessage();
            if (message.hasToolExecutionRequests()
                    || (message.text() != null && !message.text().isBlank())) {
                return response;
            }
            LOG.warn("The language model answered nothing; the command model takes over");
        } catch (RuntimeException failed) {
            LOG.warn(
                    "The language model failed ({}); the command model takes over",
                    failed.getClass().getSimpleName());
        }
        return withoutLanguageModel();
    }

    /** What was found so far, else what the command model makes of the message. */
    private ChatResponse withoutLanguageModel() {
        languageModelsTurn = false;
        List<Finding> findings = question.findings();
        AiMessage message;
        if (findings.isEmpty()) {
            AiMessage asked = commands.unsure();
            boolean noIdea = question.outcome() == Outcome.CLARIFY;
            message = noIdea ? AiMessage.from(Help.MODEL_AWAY) : asked;
            if (noIdea) {
                question.ended(Outcome.ERROR);
            }
        } else {
            message = AiMessage.from(findings.getLast().reply());
        }
        return ChatResponse.builder()
                .aiMessage(message)
                .modelName(CommandModel.NAME)
                .build();
    }

    /** Whether the text that came last is the language model's. */
    boolean languageModelSpoke() {
        return languageModelsTurn;
    }
}
