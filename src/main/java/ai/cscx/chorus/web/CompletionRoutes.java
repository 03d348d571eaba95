package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.agent.Assistant;
import ai.cscx.chorus.agent.Assistant.Reply;
import ai.cscx.chorus.agent.ClientHistory;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.web.Completions.Chunk;
import ai.cscx.chorus.web.Completions.Completion;
import ai.cscx.chorus.web.Completions.Delta;
import ai.cscx.chorus.web.Completions.Model;
import ai.cscx.chorus.web.Completions.ModelList;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The assistant behind OpenAI's interface, for chat front ends that speak no other. */
final class CompletionRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(CompletionRoutes.class);
    /** What is wrong with a request is found sooner, and is then told by its status. */
    private static final Duration BEFORE_STREAM = Duration.ofSeconds(1);

    private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(10);
    private static final int PIECE = 120;

    private final Assistant assistant;
    private final Clock realTime;

    CompletionRoutes(Assistant assistant, Clock realTime) {
        this.assistant = assistant;
        this.realTime = realTime;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/models", "The models that chat completions know, as OpenAI lists them")
                        .answers(200, ModelList.class)
                        .handledBy(exchange -> exchange.answer(200, new ModelList("list", List.of(Model.OURS)))),
                Route.post(
                                "/v1/chat/completions",
                                "Answers the last message of a conversation as OpenAI's chat completions do, streamed if asked so")
                        .takes(Completions.CompletionRequest.class)
                        .answers(200, Completion.class)
                        .answersText(200, EventStream.CONTENT_TYPE)
                        .handledBy(this::complete));
    }

    private void complete(Exchange exchange) {
        Completions.CompletionRequest request = exchange.body(Completions.CompletionRequest.class);
        Asker asker = exchange.asker();
        String question = request.question();
        ClientHistory history = new ClientHistory(request.history(), Markdown::of);
        String id = "chatcmpl-" + UUID.randomUUID();
        long created = realTime.instant().getEpochSecond();
        Patience<Reply> patience = Patience.with(() -> assistant.ask(asker, history, question));
        if (!request.streams() || patience.isDoneWithin(BEFORE_STREAM)) {
            Reply reply = patience.result();
            String text = Markdown.of(reply.answer());
            if (!request.streams()) {
                exchange.answer(200, Completion.of(id, created, text, reply.usage()));
                return;
            }
        }
        try {
            stream(exchange.events(), request, id, created, patience, exchange.requestPath());
        } catch (UncheckedIOException gone) {
            LOG.debug("Somebody left before they were answered; the answer is kept");
        }
    }

    private static void stream(
            EventStream events,
            Completions.CompletionRequest request,
            String id,
            long created,
            Patience<Reply> patience,
            String path) {
        events.data(Chunk.of(id, created, new Delta("assistant", ""), null));
        while (!patience.isDoneWithin(BETWEEN_HEARTBEATS)) {
            events.heartbeat();
        }
        Reply reply;
        try {
            reply = patience.result();
        } catch (Failure failed) {
            events.data(OpenAiError.of(Problem.of(failed, path)));
            return;
        } catch (RuntimeException defect) {
            events.data(OpenAiError.of(Problems.of(defect, path)));
            return;
        }
        String text = Markdown.of(reply.answer());
        for (int from = 0; from < text.length(); ) {
            int to = end(text, from);
            events.data(Chunk.of(id, created, new Delta(null, text.substring(from, to)), null));
            from = to;
        }
        events.data(Chunk.of(id, created, new Delta(null, null), "stop"));
        if (request.tellsUsage()) {
            events.data(Chunk.of(id, created, reply.usage()));
        }
        events.done();
    }

    /** Where a piece of the text ends: behind a space, and never within a character. */
    private static int end(String text, int from) {
        if (text.length() - from <= PIECE) {
            return text.length();
        }
        int space = text.lastIndexOf(' ', from + PIECE);
        int end = space > from ? space + 1 : from + PIECE;
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end + 1 : end;
    }
}
