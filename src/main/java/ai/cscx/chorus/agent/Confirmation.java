package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.Answer.Outcome;
import ai.cscx.chorus.agent.Answer.ToolCall;
import ai.cscx.chorus.agent.PendingActions.Action;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.TaskId;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.task.NewTask;
import ai.cscx.chorus.task.Task;
import ai.cscx.chorus.task.TaskDesk;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Carries out what the asker said yes to, and answers with what was done: both or neither. Thread-safe. */
final class Confirmation {
    private final Database database;
    private final TaskDesk desk;
    private final Conversations conversations;
    private final PendingActions pending;
    private final String promptVersion;

    Confirmation(
            Database database,
            TaskDesk desk,
            Conversations conversations,
            PendingActions pending,
            String promptVersion) {
        this.database = database;
        this.desk = desk;
        this.conversations = conversations;
        this.pending = pending;
        this.promptVersion = promptVersion;
    }

    /**
     * Carries the action out; the same action again is answered with the same answer.
     *
     * @param message the yes, as the conversation keeps it
     * @throws Failure.NotFound if the asker has no such action, or what it is about has gone
     * @throws Failure.Conflict if it was declined or waited too long
     */
    Answer carryOut(Asker asker, UUID id, String message, Instant now, UUID messageId) {
        long began = System.nanoTime();
        return database.inTransaction(handle -> {
            Action action = pending.locked(handle, asker, id);
            UUID before = action.answer();
            if (before != null) {
                return conversations.answer(handle, before);
            }
            if (!action.isOpen(now)) {
                boolean declined = action.state().equals("declined");
                throw new Failure.Conflict(
                        declined ? "action-declined" : "action-expired",
                        (declined ? "Something else was said meanwhile" : "It waited for a yes for too long")
                                + ", so nothing was changed. Ask for it again.",
                        null);
            }
            Proposal proposal = action.proposal();
            Task task = carryOut(handle, asker, proposal.change());
            Answer answer = new Answer(
                    action.conversation().toString(),
                    messageId.toString(),
                    Outcome.ANSWERED,
                    done(proposal, task),
                    List.of(),
                    task == null ? List.of() : List.of(new Card("task", List.of(Cards.TaskItem.of(task)), 1)),
                    List.of(new ToolCall(proposal.tool(), proposal.arguments())),
                    null,
                    List.of(),
                    Suggestions.after(proposal.tool(), new Arguments(proposal.arguments())),
                    CommandModel.NAME,
                    promptVersion,
                    (System.nanoTime() - began) / 1_000_000);
            Frame frame = new Frame(proposal.tool(), proposal.arguments(), null);
            conversations.append(handle, asker, action.conversation(), new Turn(message, answer, now), frame);
            pending.done(handle, id, UUID.fromString(answer.messageId()));
            return answer;
        });
    }

    private @Nullable Task carryOut(Handle handle, Asker asker, Proposal.Change change) {
        return switch (change) {
            case Proposal.AddTask add ->
                desk.add(
                        handle,
                        asker,
                        new NewTask(
                                add.title(),
                                add.customer() == null ? null : new CustomerId(add.customer()),
                                add.assignee() == null ? null : new UserId(add.assignee()),
                                add.due() == null ? null : LocalDate.parse(add.due()),
                                Task.Status.OPEN,
                                null,
                                false));
            case Proposal.CompleteItem item -> desk.complete(handle, asker, item.item());
            case Proposal.CompleteTask task ->
                desk.change(handle, asker, new TaskId(task.task()), null, before -> before.content(Task.Status.DONE));
        };
    }

    private static String done(Proposal proposal, @Nullable Task task) {
        return switch (proposal.change()) {
            case Proposal.AddTask add -> "Done. The task “" + Wording.inline(add.title(), 200) + "” is on the list.";
            case Proposal.CompleteItem item -> task == null ? "Done. It is marked as kept." : completed(task);
            case Proposal.CompleteTask item -> task == null ? "Done." : completed(task);
        };
    }

    private static String completed(Task task) {
        return "Done. “" + Wording.inline(task.title(), 200) + "” is completed.";
    }
}
