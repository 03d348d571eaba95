package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People;
import ai.cscx.chorus.agent.Answer;
import ai.cscx.chorus.agent.Assistant;
import ai.cscx.chorus.agent.Turn;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Questions in plain words. */
final class ChatRoutes {
    private final Assistant assistant;
    private final AnswerStream stream;

    ChatRoutes(Assistant assistant, AnswerStream stream) {
        this.assistant = assistant;
        this.stream = stream;
    }

    /**
     * @param timezone in which days are meant, such as Europe/Berlin; left out: the asker's
     */
    record ChatRequest(
            String message,
            @Nullable UUID conversationId,
            @Nullable String timezone) {
        ChatRequest {
            message = Objects.requireNonNullElse(message, "");
        }
    }

    record Conversation(UUID conversationId, List<TurnView> turns) {}

    record TurnView(String message, Answer answer, Instant at) {
        static TurnView of(Turn turn) {
            return new TurnView(turn.message(), turn.answer(), turn.at());
        }
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/chat", "Answers a question; as server-sent events if they are accepted")
                        .takes(ChatRequest.class)
                        .answers(200, Answer.class)
                        .answersText(200, EventStream.CONTENT_TYPE)
                        .handledBy(this::ask),
                Route.post(
                                "/api/chat/actions/{id}",
                                "Carries out a change that the assistant proposed; again answers the same")
                        .answers(200, Answer.class)
                        .handledBy(exchange -> exchange.answer(
                                200, assistant.confirm(exchange.asker(), id(exchange, "id", "pending action")))),
                Route.get("/api/chat/{conversationId}", "The turns of a conversation so far")
                        .answers(200, Conversation.class)
                        .handledBy(this::turns));
    }

    private void ask(Exchange exchange) {
        ChatRequest request = exchange.body(ChatRequest.class);
        Asker asker = exchange.asker();
        if (request.timezone() != null) {
            asker = asker.in(zone(request.timezone()));
        }
        UUID conversation = request.conversationId();
        Asker whose = asker;
        Function<UUID, Answer> ask = id ->
                assistant.ask(whose, conversation == null ? null : conversation.toString(), request.message(), id);
        if (exchange.accepts(EventStream.CONTENT_TYPE)) {
            stream.send(exchange, ask);
        } else {
            exchange.answer(200, ask.apply(UUID.randomUUID()));
        }
    }

    private void turns(Exchange exchange) {
        UUID conversation = id(exchange, "conversationId", "conversation");
        List<Turn> turns = assistant.turns(exchange.asker(), conversation.toString());
        exchange.answer(
                200,
                new Conversation(conversation, turns.stream().map(TurnView::of).toList()));
    }

    private static UUID id(Exchange exchange, String name, String what) {
        try {
            return UUID.fromString(exchange.path(name));
        } catch (IllegalArgumentException noUuid) {
            throw new Failure.NotFound("There is no " + what + " with this id.", noUuid);
        }
    }

    private static ZoneId zone(String name) {
        try {
            return People.zone(name);
        } catch (Failure.Rejected unknown) {
            throw new Failure.Rejected(
                    "The body does not fit.", List.of(new Problem("/timezone", String.valueOf(unknown.getMessage()))));
        }
    }
}
