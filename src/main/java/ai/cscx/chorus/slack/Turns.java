package ai.cscx.chorus.slack;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.agent.Answer;
import ai.cscx.chorus.agent.Answer.PendingAction;
import ai.cscx.chorus.agent.Assistant;
import ai.cscx.chorus.agent.Turn;
import ai.cscx.chorus.base.Failure;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks the assistant, once for each request: when the answer to an earlier try is in the conversation, it is taken from
 * there. Answers are kept nowhere else, so what Chorus takes back is gone from here as well. Thread-safe.
 */
final class Turns {
    private final Inbox inbox;
    private final Assistant assistant;
    private final Texts texts;
    private final Clock clock;

    /**
     * @param clock the product's, by which turns are dated
     */
    Turns(Inbox inbox, Assistant assistant, Texts texts, Clock clock) {
        this.inbox = inbox;
        this.assistant = assistant;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * @throws Failure.Rejected if it is nothing that can be answered; the message says why
     * @throws Failure.NotFound if what was clicked is not the asker's, or too old
     * @throws Failure.Conflict if what was clicked waits for a yes no more
     */
    Answer answer(Request request, Asker asker) {
        UUID conversation = inbox.conversation(request, asker.id());
        if (request.kind() == Kind.CONFIRM) {
            Answer confirmed = assistant.confirm(asker, proposed(request, asker));
            inbox.answered(
                    request,
                    asker.id(),
                    UUID.fromString(confirmed.conversationId()),
                    UUID.fromString(confirmed.messageId()));
            return confirmed;
        }
        Answer answer = earlier(request, asker);
        if (answer == null) {
            String message = message(request, asker);
            inbox.asking(request, asker.id(), conversation, clock.instant());
            answer = assistant.ask(asker, conversation.toString(), message);
        }
        inbox.answered(
                request, asker.id(), UUID.fromString(answer.conversationId()), UUID.fromString(answer.messageId()));
        return answer;
    }

    /** The answer to a request, as its asker may read it now; null if it is somebody else's or gone. */
    @Nullable
    Answer shown(Request request, Asker asker) {
        UUID conversation = request.conversation();
        UUID message = request.message();
        if (conversation == null || message == null || !asker.id().equals(request.person())) {
            return null;
        }
        try {
            return assistant.turns(asker, conversation.toString()).stream()
                    .map(Turn::answer)
                    .filter(answer -> answer.messageId().equals(message.toString()))
                    .findFirst()
                    .orElse(null);
        } catch (Failure.NotFound gone) {
            return null;
        }
    }

    /** What follows the colon of a button's value, without its letter; 0 if nothing does. */
    static int number(String value) {
        String digits = value.replaceAll("^\\d*:?[a-z]?", "");
        return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
    }

    /** The turn that an earlier try left behind: requests of one thread are answered one after the other. */
    private @Nullable Answer earlier(Request request, Asker asker) {
        Instant asked = request.askedAt();
        UUID conversation = request.conversation();
        if (asked == null || conversation == null || !asker.id().equals(request.person())) {
            return null;
        }
        Set<String> others = inbox.answersOfOthers(request, conversation);
        try {
            return assistant.turns(asker, conversation.toString()).stream()
                    .filter(turn -> !turn.at().isBefore(asked))
                    .map(Turn::answer)
                    .filter(answer -> !others.contains(answer.messageId()))
                    .findFirst()
                    .orElse(null);
        } catch (Failure.NotFound nothingYet) {
            return null;
        }
    }

    private String message(Request request, Asker asker) {
        return switch (request.kind()) {
            case QUESTION -> texts.plain(request.team(), request.body());
            case COMMAND -> {
                String text = texts.plain(request.team(), request.body());
                yield text.isEmpty() ? Phrases.HELP : text;
            }
            case CHOICE -> choice(request, asker);
            case DECLINE -> {
                proposed(request, asker);
                yield "no";
            }
            case CONFIRM, PAGE, SHARE, HOME -> throw new IllegalStateException(request.kind() + " is no message");
        };
    }

    /** Suggestions are made of what the asker may see, so they are theirs alone to click. */
    private String choice(Request request, Asker asker) {
        Request origin = origin(request);
        Answer answer = shown(origin, asker);
        if (answer == null) {
            throw new Failure.NotFound(
                    Objects.equals(origin.person(), asker.id()) ? Phrases.TOO_OLD : Phrases.NOT_YOURS);
        }
        int index = number(request.body());
        boolean option = request.body().contains(":o");
        int there = option ? answer.options().size() : answer.suggestions().size();
        if (index >= there) {
            throw new Failure.NotFound(Phrases.TOO_OLD);
        }
        return option
                ? answer.options().get(index).message()
                : answer.suggestions().get(index);
    }

    private UUID proposed(Request request, Asker asker) {
        Request origin = origin(request);
        Answer answer = shown(origin, asker);
        PendingAction action = answer == null ? null : answer.pendingAction();
        if (action == null) {
            throw new Failure.NotFound(
                    Objects.equals(origin.person(), asker.id()) ? Phrases.TOO_OLD : Phrases.NOT_YOURS);
        }
        return UUID.fromString(action.id());
    }

    private Request origin(Request request) {
        Long id = Inbox.origin(request.body());
        return (id == null ? Optional.<Request>empty() : inbox.find(id))
                .filter(origin ->
                        origin.team().equals(request.team()) && origin.channel().equals(request.channel()))
                .orElseThrow(() -> new Failure.NotFound(Phrases.TOO_OLD));
    }
}
