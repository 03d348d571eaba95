package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Option;
import ai.cscx.chorus.agent.Answer.Outcome;
import ai.cscx.chorus.store.Json;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The model that needs no language model: it reads the message as one of the known commands, and says what the tool found.
 * For one question.
 */
final class CommandModel implements ChatModel {
    static final String NAME = "commands";
    private static final double SURE = 0.5;

    private final Understanding understanding;
    private final Question question;
    private @Nullable Reading reading;

    CommandModel(Understanding understanding, Question question) {
        this.understanding = understanding;
        this.question = question;
    }

    /** Whether it knows what the message asks for, and can do it. */
    boolean isSure() {
        return switch (reading()) {
            case Reading.Command command -> command.confidence() >= SURE;
            case Reading.Unsure unsure -> false;
            case Reading.Clarify clarify -> true;
            case Reading.NoSuchCustomer none -> true;
            case Reading.Pick pick -> true;
            case Reading.Help help -> true;
            case Reading.Refuse refuse -> true;
        };
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        ChatMessage last = request.messages().getLast();
        AiMessage message = last instanceof ToolExecutionResultMessage result ? said(result) : understood();
        return ChatResponse.builder().aiMessage(message).modelName(NAME).build();
    }

    private AiMessage said(ToolExecutionResultMessage result) {
        List<Finding> findings = question.findings();
        if (!findings.isEmpty()) {
            return AiMessage.from(findings.getLast().reply());
        }
        question.ended(question.failure() == null ? Outcome.CLARIFY : Outcome.ERROR);
        return AiMessage.from(result.text());
    }

    private AiMessage understood() {
        return understood(reading());
    }

    private AiMessage understood(Reading what) {
        return switch (what) {
            case Reading.Command command -> command(command);
            case Reading.Clarify clarify -> {
                question.frame(Frame.after(clarify, question.memory().frame()));
                yield ask(
                        clarify.question(),
                        clarify.pending().options().stream()
                                .map(option -> new Option(option.label(), option.message()))
                                .toList());
            }
            case Reading.NoSuchCustomer none -> end(Outcome.NOT_FOUND, Help.noSuchCustomer(none.asTyped()));
            case Reading.Pick pick -> pick(pick);
            case Reading.Help help -> end(Outcome.HELP, Help.WHAT_I_CAN);
            case Reading.Refuse refuse -> end(Outcome.REFUSED, refuse.reason().sentence());
            case Reading.Unsure unsure -> unsure.guess() == null ? unsure(unsure.likely()) : understood(unsure.guess());
        };
    }

    /** What it says when nobody knows what is meant: asks back if it has an idea, else says what it can do. */
    AiMessage unsure() {
        return reading() instanceof Reading.Unsure unsure ? unsure(unsure.likely()) : understood();
    }

    private AiMessage unsure(@Nullable String likely) {
        if (likely == null) {
            return ask(Help.NOT_UNDERSTOOD, options(Suggestions.FIRST));
        }
        return ask(Help.SAY_MORE, options(Suggestions.FIRST));
    }

    private AiMessage command(Reading.Command command) {
        if (command.confidence() < SURE && !(reading() instanceof Reading.Unsure)) {
            return ask(Help.SAY_MORE, options(Suggestions.after(command.tool(), new Arguments(command.arguments()))));
        }
        return call(command.tool(), command.arguments());
    }

    private AiMessage pick(Reading.Pick pick) {
        boolean item = pick.tool().equals(Tools.COMPLETE_ACTION_ITEM);
        List<Turn> turns = question.memory().turns();
        List<String> listed = item ? Listed.items(turns) : Listed.calls(turns);
        int index = pick.number() < 0 ? listed.size() + pick.number() : pick.number() - 1;
        boolean there = index >= 0 && index < listed.size();
        if (!there && !item) {
            String said = listed.isEmpty()
                    ? "I have listed nothing yet to choose from."
                    : "The list has " + listed.size() + " entries.";
            return ask(said + " Which call do you mean?", List.of());
        }
        Map<String, Object> arguments = new LinkedHashMap<>(pick.arguments());
        arguments.put(item ? "item" : "call", there ? listed.get(index) : Integer.toString(pick.number()));
        return call(pick.tool(), arguments);
    }

    private static AiMessage call(String tool, Map<String, Object> arguments) {
        return AiMessage.from(ToolExecutionRequest.builder()
                .id("command-1")
                .name(tool)
                .arguments(Json.write(arguments))
                .build());
    }

    private AiMessage ask(String text, List<Option> options) {
        question.offer(options);
        return end(Outcome.CLARIFY, text);
    }

    private AiMessage end(Outcome outcome, String text) {
        question.ended(outcome);
        return AiMessage.from(text);
    }

    private static List<Option> options(List<String> messages) {
        List<Option> options = new ArrayList<>();
        messages.forEach(message -> options.add(new Option(message, message)));
        return options;
    }

    /** The text of a second request in the message; null if it is only one. */
    @Nullable
    String rest() {
        return reading() instanceof Reading.Command command ? command.rest() : null;
    }

    private Reading reading() {
        Reading known = reading;
        if (known == null) {
            known = understanding.read(
                    question.message(), question.roster(), question.memory().frame(), question.today());
            reading = known;
        }
        return known;
    }
}
