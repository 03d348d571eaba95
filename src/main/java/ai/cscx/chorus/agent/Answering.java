package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.Answer.Option;
import ai.cscx.chorus.agent.Answer.Outcome;
import ai.cscx.chorus.agent.Answer.PendingAction;
import ai.cscx.chorus.agent.Answer.ToolCall;
import dev.langchain4j.model.chat.ChatModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a question: runs the loop and keeps of the text what was found. Thread-safe. */
final class Answering {
    private static final Logger LOG = LoggerFactory.getLogger(Answering.class);
    private static final int MOST_SUGGESTIONS = 3;

    private final Loop loop;
    private final Understanding understanding;
    private final Prompts prompts;
    private final @Nullable LanguageModel languageModel;

    Answering(Toolbox toolbox, Understanding understanding, Prompts prompts, @Nullable LanguageModel languageModel) {
        this.loop = new Loop(toolbox);
        this.understanding = understanding;
        this.prompts = prompts;
        this.languageModel = languageModel;
    }

    /** Never throws because of what a model does, nor because a feature that a tool needs is away. */
    Answer answer(Question question, String conversationId, String messageId) {
        long began = System.nanoTime();
        ChatModel language = languageModel == null ? null : languageModel.model();
        CommandModel commands = new CommandModel(understanding, question);
        TwoModels models = new TwoModels(commands, language, question);
        String text;
        try {
            text = loop.run(models, prompts.system(question.today()), question);
        } catch (RuntimeException failed) {
            LOG.warn(
                    // Without the message, which may repeat what the asker wrote.
                    "A turn of conversation {} ended without an answer: {} at {}",
                    conversationId,
                    failed.getClass().getSimpleName(),
                    failed.getStackTrace().length == 0 ? "an unknown place" : failed.getStackTrace()[0]);
            text = "";
        }
        boolean spoke = models.languageModelSpoke();
        Proposal proposal = question.proposal();
        Said said = proposal != null
                ? new Said(Finding.proposing(proposal).reply(), Outcome.CONFIRM)
                : spoke ? ofLanguageModel(text, question) : Said.ours(text, question);
        Handles.Checked checked = Handles.check(said.text(), question.evidence());
        long tookMs = (System.nanoTime() - began) / 1_000_000;
        LOG.info(
                "conversation {} message {}: {} by {}, tools {}, {} citations, {} handles dropped, {} ms",
                conversationId,
                messageId,
                said.outcome().word(),
                spoke ? "the language model" : CommandModel.NAME,
                question.toolCalls().stream().map(ToolCall::name).toList(),
                checked.citations().size(),
                checked.dropped(),
                tookMs);
        boolean tools = said.outcome() == Outcome.ANSWERED
                || said.outcome() == Outcome.NOT_FOUND
                || said.outcome() == Outcome.ERROR;
        return new Answer(
                conversationId,
                messageId,
                said.outcome(),
                checked.text(),
                checked.citations(),
                cards(question, said.outcome()),
                tools ? question.toolCalls() : List.of(),
                proposal == null
                        ? null
                        : new PendingAction(
                                UUID.randomUUID().toString(),
                                proposal.tool(),
                                proposal.arguments(),
                                proposal.summary()),
                said.outcome() == Outcome.CLARIFY ? question.options() : List.of(),
                suggestions(question, said.outcome(), commands.rest()),
                spoke && languageModel != null ? languageModel.name() : CommandModel.NAME,
                prompts.version(),
                tookMs);
    }

    /** A text that may be passed on, and how the turn ends with it. */
    private record Said(String text, Outcome outcome) {
        static Said ours(String text, Question question) {
            Outcome ended = question.outcome();
            if (!question.unknown().isEmpty() && question.findings().isEmpty()) {
                return new Said(question.unknown().iterator().next(), Outcome.NOT_FOUND);
            }
            if (text.isBlank()) {
                return new Said(Help.BROKEN, Outcome.ERROR);
            }
            if (ended != null) {
                return new Said(text, ended);
            }
            boolean empty = question.findings().stream().allMatch(Finding::empty);
            return new Said(text, empty ? Outcome.NOT_FOUND : Outcome.ANSWERED);
        }
    }

    /** Of a language model's text only what was found is said; where nothing remains, what was found is said by us. */
    private static Said ofLanguageModel(String text, Question question) {
        if (text.strip().equals(Prompts.REFUSE)) {
            return new Said(Reading.Reason.OFF_TOPIC.sentence(), Outcome.REFUSED);
        }
        if (text.strip().equals(Prompts.HELP)) {
            return new Said(Help.WHAT_I_CAN, Outcome.HELP);
        }
        String plain = Claims.plain(text);
        String supported = Claims.supported(plain, question.evidence());
        if (!supported.isEmpty()) {
            return new Said(supported, Outcome.ANSWERED);
        }
        List<Finding> full =
                question.findings().stream().filter(finding -> !finding.empty()).toList();
        if (!full.isEmpty()) {
            return new Said(full.getLast().reply(), Outcome.ANSWERED);
        }
        if (!question.options().isEmpty()) {
            return new Said(
                    "Which one do you mean: "
                            + Wording.list(question.options().stream()
                                    .map(Option::label)
                                    .toList()) + "?",
                    Outcome.CLARIFY);
        }
        if (!question.unknown().isEmpty()
                || question.failure() != null
                || !question.findings().isEmpty()) {
            return withoutEvidence(question);
        }
        if (plain.isEmpty()) {
            return new Said(Help.BROKEN, Outcome.ERROR);
        }
        return Claims.isQuestion(plain) ? new Said(plain, Outcome.CLARIFY) : new Said(Help.NOTHING, Outcome.NOT_FOUND);
    }

    private static Said withoutEvidence(Question question) {
        if (!question.findings().isEmpty()) {
            return new Said(question.findings().getLast().reply(), Outcome.NOT_FOUND);
        }
        if (question.failure() != null) {
            return new Said(Objects.requireNonNullElse(question.failure().getMessage(), Help.BROKEN), Outcome.ERROR);
        }
        return new Said(question.unknown().iterator().next(), Outcome.NOT_FOUND);
    }

    private static List<Card> cards(Question question, Outcome outcome) {
        return outcome == Outcome.ANSWERED
                ? question.findings().stream()
                        .flatMap(finding -> finding.cards().stream())
                        .toList()
                : List.of();
    }

    private static List<String> suggestions(Question question, Outcome outcome, @Nullable String rest) {
        List<String> suggestions = new ArrayList<>();
        if (rest != null && !rest.isBlank()) {
            suggestions.add(rest);
        }
        if (question.findings().isEmpty()) {
            suggestions.addAll(outcome == Outcome.CLARIFY ? List.of() : Suggestions.FIRST);
        } else {
            suggestions.addAll(question.findings().getLast().suggestions());
        }
        return suggestions.stream().distinct().limit(MOST_SUGGESTIONS).toList();
    }
}
