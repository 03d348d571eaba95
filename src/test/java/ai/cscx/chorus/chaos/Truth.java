package ai.cscx.chorus.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The simulator's ledger: what is true of every call, and what Chorus was asked. */
final class Truth {
    private final Peer simulator;
    private final Map<String, TrueCall> calls;

    private Truth(Peer simulator, Map<String, TrueCall> calls) {
        this.simulator = simulator;
        this.calls = calls;
    }

    /**
     * A call as Chorus has it now.
     *
     * @param listed neither private nor deleted
     * @param version how often it was changed
     * @param people name, e-mail address and side of each
     */
    record TrueCall(
            String id,
            boolean listed,
            String state,
            int version,
            Instant startedAt,
            String title,
            List<String> actionItems,
            List<String> people) {
        boolean done() {
            return state.equals("DONE");
        }

        /** Nothing ever happened to it that would make anybody look again. */
        boolean calm() {
            return listed && done() && version == 0;
        }
    }

    record Said(double start, double end, String speaker, String text) {}

    /**
     * A request that Chorus answered, or did not.
     *
     * @param at milliseconds since 1970
     * @param status 0 if the connection ended before an answer
     */
    record Asked(
            long at,
            long answeredAt,
            String kind,
            @Nullable String callId,
            int status,
            @Nullable Long retryAfterSeconds,
            @Nullable String fault) {
        boolean list() {
            return kind.equals("list") || kind.equals("calls_list");
        }

        boolean detail() {
            return kind.equals("detail") || kind.equals("calls_detail");
        }

        boolean aboutACall() {
            return callId != null;
        }
    }

    static Truth read(Peer simulator) {
        return new Truth(
                simulator,
                stream(simulator.get("/_simulator/calls").ok("ledger"))
                        .map(Truth::call)
                        .collect(Collectors.toMap(TrueCall::id, Function.identity())));
    }

    Map<String, TrueCall> calls() {
        return calls;
    }

    List<TrueCall> gone() {
        return calls.values().stream().filter(call -> !call.listed()).toList();
    }

    List<Said> transcript(String id) {
        return stream(simulator.get("/_simulator/calls/" + id + "/transcript").ok("ledger"))
                .map(said -> new Said(
                        said.path("startSeconds").asDouble(),
                        said.path("endSeconds").asDouble(),
                        said.path("speaker").asText(),
                        said.path("text").asText()))
                .toList();
    }

    /** Everything that Chorus was asked, in the order of the answers. */
    List<Asked> log() {
        List<Asked> log = new ArrayList<>();
        simulator.get("/_simulator/log").body().lines().forEach(line -> {
            try {
                JsonNode entry = Peer.JSON.readTree(line);
                log.add(new Asked(
                        entry.path("at").asLong(),
                        entry.path("answeredAt").asLong(),
                        entry.path("kind").asText(),
                        entry.path("callId").textValue(),
                        entry.path("status").asInt(),
                        entry.hasNonNull("retryAfterSeconds")
                                ? Long.valueOf(entry.path("retryAfterSeconds").asLong())
                                : null,
                        entry.path("fault").textValue()));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
        return log;
    }

    static String person(String name, @Nullable String email, String side) {
        return name + " <" + (email == null ? "" : email) + "> " + side;
    }

    private static TrueCall call(JsonNode call) {
        return new TrueCall(
                call.path("id").asText(),
                call.path("listed").asBoolean(),
                call.path("state").asText(),
                call.path("version").asInt(),
                Instant.parse(call.path("startedAt").asText()),
                call.path("title").asText(),
                stream(call.path("actionItems"))
                        .map(item -> item.path("text").asText())
                        .toList(),
                stream(call.path("participants"))
                        .map(person -> person(
                                person.path("name").asText(),
                                person.path("email").textValue(),
                                person.path("side").asText()))
                        .sorted()
                        .toList());
    }

    static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
