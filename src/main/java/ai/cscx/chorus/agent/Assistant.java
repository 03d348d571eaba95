package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.People.Person;
import ai.cscx.chorus.agent.Answer.Outcome;
import ai.cscx.chorus.agent.Answer.PendingAction;
import ai.cscx.chorus.agent.Roster.KnownCustomer;
import ai.cscx.chorus.agent.Roster.KnownPerson;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.customer.Customers;
import ai.cscx.chorus.search.Embedder;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.signal.Signals;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.sync.Freshness;
import ai.cscx.chorus.task.TaskDesk;
import ai.cscx.chorus.task.Tasks;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers messages in plain words about the calls that the asker may see. No database connection is held while a
 * language model thinks. Thread-safe.
 */
public final class Assistant {
    private static final int LONGEST_MESSAGE = 4_000;

    private final Calls calls;
    private final Customers customers;
    private final People people;
    private final Conversations conversations;
    private final Clock clock;
    private final Toolbox toolbox;
    private final Answering answering;
    private final Database database;
    private final PendingActions pending;
    private final Confirmation confirmation;
    private final String promptVersion;

    /**
     * @param languageModel takes what is no plain command; null: such messages are asked back about
     */
    public Assistant(
            Database database,
            Calls calls,
            Tasks tasks,
            TaskDesk desk,
            Customers customers,
            People people,
            Search search,
            Signals signals,
            Conversations conversations,
            Prompts prompts,
            @Nullable LanguageModel languageModel,
            @Nullable Embedder embedder,
            Clock clock) {
        this.calls = calls;
        this.customers = customers;
        this.people = people;
        this.conversations = conversations;
        this.clock = clock;
        this.database = database;
        this.pending = new PendingActions(database);
        this.promptVersion = prompts.version();
        this.confirmation = new Confirmation(database, desk, conversations, pending, promptVersion);
        Verbs verbs = new Verbs(
                calls::list,
                calls::count,
                calls::get,
                tasks::actionItems,
                search::search,
                calls::transcript,
                tasks::list,
                new Freshness(database)::report,
                customers::list,
                Verbs.SignalVerbs.of(signals));
        // Learning takes some seconds of a core: the start shall not wait for it.
        CompletableFuture<LearnedIntents> learned =
                CompletableFuture.supplyAsync(() -> LearnedIntents.own(embedder), Thread::startVirtualThread);
        this.toolbox = new Toolbox(verbs);
        this.answering = new Answering(toolbox, new Understanding(learned::join), prompts, languageModel);
    }

    /**
     * Answers a message and remembers both. What can't be answered is an answer too.
     *
     * @param conversationId of an earlier answer, or a new UUID of the caller's; null begins a new conversation
     * @throws Failure.Rejected if the message is empty or too long, or the conversation's id is no UUID
     * @throws Failure.NotFound if the conversation is somebody else's
     * @throws Failure.Unavailable if the database is away
     */
    public Answer ask(Asker asker, @Nullable String conversationId, String message) {
        return ask(asker, conversationId, message, UUID.randomUUID());
    }

    /**
     * The same.
     *
     * @param messageId what the answer is to be called, so that a caller who lost it finds it again; new
     */
    public Answer ask(Asker asker, @Nullable String conversationId, String message, UUID messageId) {
        String text = text(message);
        UUID conversation = conversationId == null ? UUID.randomUUID() : Conversations.id(conversationId);
        Question.Memory memory =
                conversationId == null ? Question.Memory.NONE : conversations.remember(asker, conversation);
        return ask(asker, conversation, memory, text, messageId).answer();
    }

    /**
     * Answers a message of a client that keeps conversations itself: where its history ends as a conversation does, that one
     * goes on; where it ends in the midst of one, a new one goes on from there; else a new one begins.
     *
     * @throws Failure.Rejected if the message is empty or too long
     * @throws Failure.Unavailable if the database is away
     */
    public Reply ask(Asker asker, ClientHistory history, String message) {
        String text = text(message);
        Conversations.Place place = history.find(conversations, asker).orElse(null);
        return ask(
                asker,
                place != null && place.last() ? place.conversation() : UUID.randomUUID(),
                place == null ? Question.Memory.NONE : place.memory(),
                text,
                UUID.randomUUID());
    }

    /** An answer, and what it took to make it. */
    public record Reply(Answer answer, Usage usage) {}

    private static String text(String message) {
        String text = Wording.keepable(message).strip();
        if (text.isEmpty() || text.length() > LONGEST_MESSAGE) {
            throw new Failure.Rejected(
                    "A message has 1 to 4,000 characters.",
                    List.of(new Failure.Rejected.Problem("/message", "has 1 to 4,000 characters")));
        }
        return text;
    }

    private Reply ask(Asker asker, UUID conversation, Question.Memory memory, String text, UUID messageId) {
        Instant now = clock.instant();
        Optional<PendingActions.Action> waiting =
                memory.turns().isEmpty() ? Optional.empty() : pending.open(asker, conversation, now);
        if (waiting.isPresent()) {
            switch (Consent.of(text)) {
                case YES -> {
                    return new Reply(
                            confirmation.carryOut(asker, waiting.get().id(), text, now, messageId), Usage.NONE);
                }
                case NO -> {
                    return new Reply(declined(asker, conversation, text, now, memory, messageId), Usage.NONE);
                }
                case NEITHER -> {}
            }
        }
        Question question = question(asker, text, now, memory);
        Answer answer = answering.answer(question, conversation.toString(), messageId.toString());
        append(asker, conversation, new Turn(text, answer, now), question.frame(), question.proposal());
        return new Reply(answer, question.usage());
    }

    /**
     * Carries out a change that the assistant proposed; the same again is answered with the same answer.
     *
     * @throws Failure.NotFound if the asker has no such action
     * @throws Failure.Conflict if it was declined or waited too long
     */
    public Answer confirm(Asker asker, UUID action) {
        return confirmation.carryOut(asker, action, "yes", clock.instant(), UUID.randomUUID());
    }

    /** The tools, for programs that bring a language model of their own. */
    public ToolDesk tools() {
        return new ToolDesk(this, toolbox, clock, promptVersion);
    }

    Question question(Asker asker, String message, Instant now, Question.Memory memory) {
        List<Person> everybody = people.all();
        return new Question(asker, message, now, roster(asker, everybody), everybody, memory);
    }

    private Answer declined(
            Asker asker, UUID conversation, String text, Instant now, Question.Memory memory, UUID messageId) {
        Answer answer = Answer.of(conversation, messageId, Outcome.ANSWERED, Help.DECLINED, promptVersion);
        append(asker, conversation, new Turn(text, answer, now), memory.frame(), null);
        return answer;
    }

    /** A turn at the end of the conversation. What waited for a yes before it waits no more. */
    void append(Asker asker, UUID conversation, Turn turn, @Nullable Frame frame, @Nullable Proposal proposal) {
        database.transact(handle -> {
            conversations.append(handle, asker, conversation, turn, frame);
            pending.decline(handle, conversation);
            PendingAction action = turn.answer().pendingAction();
            if (action != null && proposal != null) {
                pending.propose(handle, asker, conversation, action, proposal, turn.at());
            }
        });
    }

    /**
     * All turns of a conversation, oldest first.
     *
     * @throws Failure.NotFound if there is no such conversation of the asker's
     * @throws Failure.Rejected if the id is no UUID
     */
    public List<Turn> turns(Asker asker, String conversationId) {
        return conversations.turns(asker, Conversations.id(conversationId));
    }

    /** An answer that the asker was given; empty if there is none of this id, or not yet. */
    public Optional<Answer> answer(Asker asker, UUID messageId) {
        return conversations.answer(asker, messageId);
    }

    /** The asker's conversations, the one that was used last first. */
    public List<Conversation> conversations(Asker asker, int limit) {
        return conversations.list(asker, limit);
    }

    private Roster roster(Asker asker, List<Person> everybody) {
        List<KnownCustomer> known = customers.visible(asker).stream()
                .map(customer -> new KnownCustomer(customer.id(), customer.name(), customer.aliases()))
                .toList();
        List<KnownPerson> team = everybody.stream()
                .map(person -> new KnownPerson(person.name(), person.email()))
                .toList();
        List<KnownPerson> contacts = new ArrayList<>();
        for (Participant contact : calls.contacts(asker)) {
            if (contact.name() != null) {
                contacts.add(new KnownPerson(contact.name(), contact.email()));
            }
        }
        return new Roster(known, team, contacts, new KnownPerson(asker.name(), asker.email()));
    }
}
