package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.TestApplication.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A chat front end that loses its connection gets the rest of the same answer. */
class AnswerStreamIT {
    private static final TestApplication APP = TestApplication.get();

    @Test
    void stream_beginsWithHowLongToWait_andEveryEventHasAnId() {
        String body = stream("demo-leader", "Show Chorus calls for Acme", null).body();

        assertThat(body).startsWith("retry: 3000\nid: ").contains("event: done\n");
        List<String> events = List.of(body.split("\n\n"));
        assertThat(events).allMatch(event -> event.contains("id: "));
        assertThat(events.getLast()).contains("event: done");
    }

    @Test
    void rest_isThatOfTheSameAnswer_andNothingIsAskedTwice() {
        UUID conversation = UUID.randomUUID();
        String body = stream("demo-leader", "Show Chorus calls for Acme", conversation)
                .body();
        List<String> events = List.of(body.split("\n\n"));

        for (int lost = 0; lost < events.size() - 1; lost++) {
            Reply rest = resumed("demo-leader", id(events.get(lost)));
            assertThat(rest.body()).startsWith("retry: 3000\n\n");
            assertThat(parsed(rest.body())).isEqualTo(parsed(body).subList(lost, events.size() - 1));
        }
        assertThat(APP.get("demo-leader", "/api/chat/" + conversation).json().path("turns"))
                .hasSize(1);
    }

    @Test
    void yes_thatWasLost_isFoundAgain_too() {
        UUID conversation = UUID.randomUUID();
        String title = "Write to " + UUID.randomUUID();
        stream("demo-leader", "create a task: " + title, conversation);
        String done = stream("demo-leader", "yes", conversation).body();

        String rest = resumed("demo-leader", id(done)).body();

        assertThat(done).contains("event: done", "Done.");
        assertThat(parsed(rest)).isEqualTo(parsed(done));
    }

    @Test
    void idThatIsNone_isRefused() {
        assertThat(resumed("demo-leader", "42").status()).isEqualTo(400);
    }

    @Test
    void wrongMessage_isRefusedByItsStatus() {
        assertThat(stream("demo-leader", "", null).status()).isEqualTo(422);
        assertThat(stream("demo-leader", "x".repeat(4_001), null).status()).isEqualTo(422);
    }

    private record Event(String head, JsonNode data) {}

    private static List<Event> parsed(String body) {
        return Pattern.compile("(id: \\S+\nevent: \\w+)\ndata: (.*)")
                .matcher(body)
                .results()
                .map(event -> new Event(event.group(1), json(event.group(2))))
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException none) {
            throw new AssertionError(text, none);
        }
    }

    private static String id(String event) {
        return event.lines()
                .filter(line -> line.startsWith("id: "))
                .findFirst()
                .orElseThrow()
                .substring(4);
    }

    private static Reply stream(String token, String message, @Nullable UUID conversation) {
        String id = conversation == null ? "" : ",\"conversationId\":\"" + conversation + "\"";
        return APP.send(request(token)
                .POST(BodyPublishers.ofString("{\"message\":\"" + message + "\"" + id + "}"))
                .build());
    }

    private static Reply resumed(String token, String lastEvent) {
        return APP.send(request(token)
                .header("Last-Event-ID", lastEvent)
                .POST(BodyPublishers.ofString("{\"message\":\"Show Chorus calls for Acme\"}"))
                .build());
    }

    private static HttpRequest.Builder request(String token) {
        return APP.request(token, "/api/chat")
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream");
    }
}
