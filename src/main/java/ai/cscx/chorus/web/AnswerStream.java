package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.agent.Answer;
import ai.cscx.chorus.agent.Assistant;
import ai.cscx.chorus.base.Failure;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a message as events: {@code tool}, {@code card}, {@code delta}, last {@code done} or {@code error}. Their ids
 * name the answer and a place in it. Who loses the connection asks again with the last of them as {@code Last-Event-ID} and
 * gets the rest of the same answer, from whichever instance; nothing is asked twice. Thread-safe.
 */
final class AnswerStream {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerStream.class);
    /** What is wrong with a request is found sooner, and is then told by its status. */
    private static final Duration BEFORE_STREAM = Duration.ofSeconds(1);

    private static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    /** Longer than a language model may think in all its turns. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(160);

    private static final Duration RETRY = Duration.ofSeconds(3);
    private static final Pattern EVENT_ID = Pattern.compile("([0-9a-f-]{36})/(\\d{1,6})");

    private final Assistant assistant;

    AnswerStream(Assistant assistant) {
        this.assistant = assistant;
    }

    /**
     * Asks and streams, or goes on with the stream that broke off.
     *
     * @param ask what makes the answer under this id
     * @throws Failure.Malformed if the last event's id is none of ours
     */
    void send(Exchange exchange, Function<UUID, Answer> ask) {
        String lastEvent = exchange.header("Last-Event-ID");
        if (lastEvent != null && !lastEvent.isBlank()) {
            goOn(exchange, lastEvent.strip());
            return;
        }
        UUID id = UUID.randomUUID();
        Patience<Answer> patience = Patience.with(() -> ask.apply(id));
        if (patience.isDoneWithin(BEFORE_STREAM)) {
            patience.result();
        }
        stream(exchange, id, 0, () -> {
            EventStream events = exchange.events();
            begin(events, id);
            while (!patience.isDoneWithin(BETWEEN_HEARTBEATS)) {
                events.heartbeat();
            }
            return new Told(events, patience.result());
        });
    }

    private void goOn(Exchange exchange, String lastEvent) {
        Matcher matcher = EVENT_ID.matcher(lastEvent);
        if (!matcher.matches()) {
            throw new Failure.Malformed(
                    "Last-Event-ID is the id of the last event that came; leave it out to ask something.");
        }
        UUID id = uuid(matcher.group(1));
        Asker asker = exchange.asker();
        stream(exchange, id, Integer.parseInt(matcher.group(2)), () -> {
            EventStream events = exchange.events();
            begin(events, null);
            return new Told(events, kept(asker, id, events));
        });
    }

    private record Told(EventStream events, Answer answer) {}

    private static void stream(Exchange exchange, UUID id, int from, Supplier<Told> answer) {
        try {
            try {
                Told told = answer.get();
                List<Event> all = events(WireJson.MAPPER.valueToTree(told.answer()));
                for (int i = from; i < all.size(); i++) {
                    told.events()
                            .event(all.get(i).name(), WireJson.bytes(all.get(i).data()), id + "/" + (i + 1));
                }
            } catch (Failure failed) {
                error(exchange, Problem.of(failed, exchange.requestPath()));
            } catch (UncheckedIOException gone) {
                throw gone;
            } catch (RuntimeException defect) {
                error(exchange, Problems.of(defect, exchange.requestPath()));
            }
        } catch (UncheckedIOException gone) {
            LOG.debug("Somebody left before they were answered; the answer is kept");
        }
    }

    private static void error(Exchange exchange, Problem problem) {
        exchange.events().event("error", WireJson.bytes(problem));
    }

    private static void begin(EventStream events, @Nullable UUID id) {
        events.retry(RETRY.toMillis(), id == null ? null : id + "/0");
    }

    /** The answer of that id, once it is there. */
    private Answer kept(Asker asker, UUID id, EventStream events) {
        long began = System.nanoTime();
        long heartbeat = began;
        while (true) {
            Optional<Answer> answer = assistant.answer(asker, id);
            if (answer.isPresent()) {
                return answer.get();
            }
            long now = System.nanoTime();
            if (now - began > LONGEST_ANSWER.toNanos() || Thread.currentThread().isInterrupted()) {
                throw new Failure.NotFound("There is no such answer, or it was lost; ask again without Last-Event-ID.");
            }
            if (now - heartbeat > BETWEEN_HEARTBEATS.toNanos()) {
                events.heartbeat();
                heartbeat = now;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            throw new Failure.Malformed("Last-Event-ID is the id of the last event that came.", none);
        }
    }

    private record Event(String name, JsonNode data) {}

    /** The answer's parts, last the whole of it. */
    private static List<Event> events(JsonNode answer) {
        List<Event> events = new ArrayList<>();
        answer.path("toolCalls").forEach(call -> events.add(new Event("tool", call)));
        answer.path("cards").forEach(card -> events.add(new Event("card", card)));
        events.add(new Event("delta", WireJson.MAPPER.valueToTree(Map.of("text", answer.path("reply")))));
        events.add(new Event("done", answer));
        return events;
    }
}
