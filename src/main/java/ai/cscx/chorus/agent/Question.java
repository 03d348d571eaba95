package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.agent.Answer.Option;
import ai.cscx.chorus.agent.Answer.Outcome;
import ai.cscx.chorus.agent.Answer.ToolCall;
import ai.cscx.chorus.base.Failure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One message on its way to an answer, with everything that no model sees. For one thread. */
final class Question {
    private final Asker asker;
    private final String message;
    private final Instant now;
    private final Roster roster;
    private final List<Person> people;
    private final Memory memory;
    private final EvidenceLog evidence = new EvidenceLog();
    private final List<ToolCall> toolCalls = new ArrayList<>();
    private final Map<ToolCall, Finding> findings = new LinkedHashMap<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final List<Option> options = new ArrayList<>();
    private Usage usage = Usage.NONE;
    private @Nullable Failure failure;
    private @Nullable Outcome outcome;
    private @Nullable Frame frame;

    /**
     * @param roster what the asker may name
     * @param people everybody who may own calls and tasks
     */
    Question(Asker asker, String message, Instant now, Roster roster, List<Person> people, Memory memory) {
        this.asker = asker;
        this.message = message;
        this.now = now;
        this.roster = roster;
        this.people = List.copyOf(people);
        this.memory = memory;
        this.frame = memory.frame();
    }

    /**
     * What the conversation knows from before.
     *
     * @param turns the latest turns, oldest first
     */
    record Memory(@Nullable Frame frame, List<Turn> turns) {
        static final Memory NONE = new Memory(null, List.of());

        Memory {
            turns = List.copyOf(turns);
        }
    }

    Asker asker() {
        return asker;
    }

    String message() {
        return message;
    }

    Instant now() {
        return now;
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, asker.zone());
    }

    Roster roster() {
        return roster;
    }

    List<Person> people() {
        return people;
    }

    Memory memory() {
        return memory;
    }

    EvidenceLog evidence() {
        return evidence;
    }

    /** Notes that a tool was called with these arguments, all of them resolved. */
    void found(String tool, Map<String, Object> arguments, Finding finding) {
        ToolCall call = new ToolCall(tool, arguments);
        if (!toolCalls.contains(call)) {
            toolCalls.add(call);
        }
        findings.put(call, finding);
        frame = new Frame(tool, arguments, null);
    }

    /** Notes that a tool was called and could not answer. */
    void failed(String tool, Map<String, Object> arguments, Failure why) {
        toolCalls.add(new ToolCall(tool, arguments));
        failure = why;
    }

    List<ToolCall> toolCalls() {
        return toolCalls;
    }

    List<Finding> findings() {
        return List.copyOf(findings.values());
    }

    /** The change that waits for the asker's yes when the turn ends; the last that was proposed. */
    @Nullable
    Proposal proposal() {
        return findings.values().stream()
                .map(Finding::proposal)
                .filter(Objects::nonNull)
                .reduce(null, (before, after) -> after);
    }

    /** Notes that a name fits nothing which the asker may see, as the sentence that says so. */
    void unknown(String sentence) {
        unknown.add(sentence);
    }

    Set<String> unknown() {
        return unknown;
    }

    /** Notes what a turn of the language model took. */
    void used(Usage more) {
        usage = usage.plus(more);
    }

    Usage usage() {
        return usage;
    }

    void offer(List<Option> choices) {
        options.clear();
        options.addAll(choices);
    }

    List<Option> options() {
        return options;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    /** Says how the turn ended; where nobody does, what was found decides. */
    void ended(Outcome how) {
        outcome = how;
    }

    @Nullable
    Outcome outcome() {
        return outcome;
    }

    void frame(@Nullable Frame next) {
        frame = next;
    }

    /** What the next turn may build on. */
    @Nullable
    Frame frame() {
        return frame;
    }
}
