package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.Answer.Citation;
import ai.cscx.chorus.agent.Answer.Option;
import ai.cscx.chorus.agent.Answer.Outcome;
import ai.cscx.chorus.agent.Answer.PendingAction;
import ai.cscx.chorus.agent.Arguments.Misuse;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.store.Json;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The assistant's tools for programs that bring a language model of their own: the same code on behalf of the same asker,
 * one call at a time. A tool that would change something proposes it; {@link #confirm} carries it out. Thread-safe.
 */
public final class ToolDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ToolDesk.class);
    private static final Set<String> PROPOSING = Set.of(Tools.CREATE_TASK, Tools.COMPLETE_ACTION_ITEM);
    private static final List<Description> TOOLS = ToolBook.tools().stream()
            .map(tool -> new Description(
                    tool.name(),
                    Objects.requireNonNullElse(tool.description(), ""),
                    JsonSchemaElementUtils.toMap(tool.parameters()),
                    PROPOSING.contains(tool.name())))
            .toList();

    private final Assistant assistant;
    private final Toolbox toolbox;
    private final Clock clock;
    private final String promptVersion;

    ToolDesk(Assistant assistant, Toolbox toolbox, Clock clock, String promptVersion) {
        this.assistant = assistant;
        this.toolbox = toolbox;
        this.clock = clock;
        this.promptVersion = promptVersion;
    }

    /**
     * A tool.
     *
     * @param arguments JSON Schema of the object that it takes
     * @param proposes whether it proposes a change instead of reading
     */
    public record Description(String name, String description, Map<String, Object> arguments, boolean proposes) {}

    /**
     * What a tool call came to.
     *
     * @param outcome answered, not_found, clarify, confirm or error
     * @param reply in our own words; {@code [1]} refers to the citation with that number. With an error: what to do
     * @param arguments what the tool was called with, names and dates resolved
     * @param pendingAction the change that waits for a yes; only with the outcome confirm
     * @param options with the outcome clarify: what fits
     */
    public record Result(
            Outcome outcome,
            String reply,
            List<Citation> citations,
            List<Card> cards,
            Map<String, Object> arguments,
            @Nullable PendingAction pendingAction,
            List<Option> options) {
        public Result {
            citations = List.copyOf(citations);
            cards = List.copyOf(cards);
            options = List.copyOf(options);
        }

        /** Without anything found. */
        public static Result plain(Outcome outcome, String reply, List<Option> options) {
            return new Result(outcome, reply, List.of(), List.of(), Map.of(), null, options);
        }
    }

    public static List<Description> tools() {
        return TOOLS;
    }

    /**
     * Calls a tool. What cannot be answered is a result too, and somebody else's customer is one that there is not.
     *
     * @param arguments of any shape; what is wrong with them is told
     * @throws Failure.NotFound if there is no such tool
     */
    public Result call(Asker asker, String tool, Map<String, Object> arguments) {
        if (!ToolBook.has(tool)) {
            throw new Failure.NotFound("There is no tool of this name.");
        }
        long began = System.nanoTime();
        Instant now = clock.instant();
        Question question = assistant.question(asker, "", now, Question.Memory.NONE);
        Result result = run(tool, arguments, question);
        Proposal proposal = question.proposal();
        if (proposal != null) {
            result = propose(asker, proposal, question, now);
        }
        LOG.info(
                "tool {} for a program: {}, {} citations, {} ms",
                tool,
                result.outcome().word(),
                result.citations().size(),
                (System.nanoTime() - began) / 1_000_000);
        return result;
    }

    /**
     * Carries out a proposed change; the same again is answered with the same answer.
     *
     * @throws Failure.NotFound if the asker has no such action
     * @throws Failure.Conflict if it was declined or waited too long
     */
    public Result confirm(Asker asker, UUID action) {
        Answer answer = assistant.confirm(asker, action);
        return new Result(
                answer.outcome(), answer.reply(), answer.citations(), answer.cards(), Map.of(), null, List.of());
    }

    private Result run(String tool, Map<String, Object> arguments, Question question) {
        try {
            Finding finding = toolbox.run(tool, Json.write(arguments), question);
            Handles.Checked checked = Handles.check(finding.reply(), question.evidence());
            return new Result(
                    finding.empty() ? Outcome.NOT_FOUND : Outcome.ANSWERED,
                    checked.text(),
                    checked.citations(),
                    finding.cards(),
                    question.toolCalls().getLast().arguments(),
                    null,
                    List.of());
        } catch (Misuse misuse) {
            if (!question.unknown().isEmpty()) {
                return Result.plain(
                        Outcome.NOT_FOUND, question.unknown().iterator().next(), List.of());
            }
            boolean several = !question.options().isEmpty();
            return Result.plain(
                    several ? Outcome.CLARIFY : Outcome.ERROR, String.valueOf(misuse.getMessage()), question.options());
        } catch (Failure.NotFound gone) {
            return Result.plain(Outcome.NOT_FOUND, String.valueOf(gone.getMessage()), List.of());
        } catch (Failure | IllegalStateException told) {
            return Result.plain(Outcome.ERROR, String.valueOf(told.getMessage()), List.of());
        }
    }

    /** Keeps the proposal in a conversation of its own, where its asker finds it again, asked for and answered. */
    private Result propose(Asker asker, Proposal proposal, Question question, Instant now) {
        UUID conversation = UUID.randomUUID();
        PendingAction action = new PendingAction(
                UUID.randomUUID().toString(), proposal.tool(), proposal.arguments(), proposal.summary());
        Finding asked = Finding.proposing(proposal);
        Answer answer = new Answer(
                conversation.toString(),
                UUID.randomUUID().toString(),
                Outcome.CONFIRM,
                asked.reply(),
                List.of(),
                List.of(),
                List.of(),
                action,
                List.of(),
                asked.suggestions(),
                CommandModel.NAME,
                promptVersion,
                0);
        Turn turn = new Turn(proposal.tool() + ": " + proposal.summary(), answer, now);
        assistant.append(asker, conversation, turn, question.frame(), proposal);
        return new Result(
                Outcome.CONFIRM,
                proposal.summary() + "?",
                List.of(),
                List.of(),
                proposal.arguments(),
                action,
                List.of());
    }
}
