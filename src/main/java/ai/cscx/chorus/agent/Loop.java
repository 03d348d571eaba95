package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Arguments.Misuse;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ToolArgumentsException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.V;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The one agent loop: a model calls tools until it has an answer, whatever the model. Thread-safe. */
final class Loop {
    private static final String QUESTION = "question";
    /** Four times tools, and once the answer. */
    private static final int MOST_ROUND_TRIPS = 5;

    private static final int MOST_MESSAGES = 64;

    private final Toolbox toolbox;
    private final Map<ToolSpecification, ToolExecutor> tools = new LinkedHashMap<>();

    Loop(Toolbox toolbox) {
        this.toolbox = toolbox;
        for (ToolSpecification tool : ToolBook.tools()) {
            tools.put(tool, new Executor(tool.name()));
        }
    }

    /** What LangChain4j implements. */
    interface Conversation {
        @dev.langchain4j.service.UserMessage("{{message}}")
        String answer(@V("message") String message, InvocationParameters hidden);
    }

    /** The text that the model ends with. Whatever a model or a tool throws passes through. */
    String run(ChatModel model, String systemPrompt, Question question) {
        MessageWindowChatMemory memory = MessageWindowChatMemory.withMaxMessages(MOST_MESSAGES);
        for (Turn turn : question.memory().turns()) {
            memory.add(
                    UserMessage.from(turn.message()),
                    AiMessage.from(Handles.without(turn.answer().reply())));
        }
        return AiServices.builder(Conversation.class)
                .chatModel(model)
                .chatMemory(memory)
                .systemMessage(systemPrompt)
                .tools(tools)
                .maxToolCallingRoundTrips(MOST_ROUND_TRIPS)
                .hallucinatedToolNameStrategy(Loop::noSuchTool)
                .toolArgumentsErrorHandler((failure, context) -> advice(failure))
                .toolExecutionErrorHandler((failure, context) -> advice(failure))
                .build()
                .answer(question.message(), InvocationParameters.from(QUESTION, question));
    }

    private static ToolErrorHandlerResult advice(Throwable failure) {
        return ToolErrorHandlerResult.text(Objects.requireNonNullElse(failure.getMessage(), Help.BROKEN));
    }

    private static ToolExecutionResultMessage noSuchTool(ToolExecutionRequest request) {
        return ToolExecutionResultMessage.from(
                request, "There is no tool of this name; use one of those you were given.");
    }

    /** Runs one tool; the question, and with it the asker, comes with the invocation and never from the model. */
    private final class Executor implements ToolExecutor {
        private final String tool;

        Executor(String tool) {
            this.tool = tool;
        }

        @Override
        public String execute(ToolExecutionRequest request, Object memoryId) {
            throw new IllegalStateException("A tool runs for a question only");
        }

        @Override
        public ToolExecutionResult executeWithContext(ToolExecutionRequest request, InvocationContext context) {
            Question question = context.invocationParameters().get(QUESTION);
            try {
                return ToolExecutionResult.builder()
                        .resultText(
                                toolbox.run(tool, request.arguments(), question).material())
                        .build();
            } catch (Misuse misuse) {
                throw new ToolArgumentsException(misuse.getMessage(), misuse);
            }
        }
    }
}
