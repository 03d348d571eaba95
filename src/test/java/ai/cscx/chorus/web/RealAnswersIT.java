package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.TestApplication;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the server really answers has the shape that /openapi.json, and so the TypeScript types, tell: everything that is
 * required, nothing else, every type right.
 */
final class RealAnswersIT {
    private static final TestApplication APP = TestApplication.get();
    private static final JsonSchemaValidator VALIDATOR = McpJsonDefaults.getSchemaValidator();
    private static final ObjectNode DOCUMENT = strict();

    @Test
    void reads_answerWhatIsDescribed() {
        String call = first("/api/chorus/meetings?hasOpenActionItems=true&limit=1", "id");
        String transcribed = firstTranscribed();
        String customer = first("/api/customers?limit=1", "id");
        for (String path : List.of(
                "/api/chorus/meetings?limit=20",
                "/api/chorus/meetings/" + call,
                "/api/chorus/meetings/" + transcribed,
                "/api/chorus/meetings/" + transcribed + "/transcript",
                "/api/chorus/meetings/" + transcribed + "/speakers",
                "/api/chorus/customer/" + customer,
                "/api/chorus/insights?limit=5",
                "/api/chorus/insights/" + customer,
                "/api/customers?limit=20",
                "/api/customers/" + customer,
                "/api/customers/" + customer + "/health",
                "/api/chorus/search?q=pricing",
                "/api/tasks?limit=50",
                "/api/chorus/trackers/trends?groupBy=month",
                "/api/chorus/sync",
                "/api/chorus/unmatched",
                "/api/integrations/chorus",
                "/api/users",
                "/v1/models",
                "/readyz")) {
            TestApplication.Reply reply = APP.get("demo-admin", path);
            assertThat(reply.status()).as(path).isEqualTo(200);
            check("get", path, reply.json());
        }
    }

    @Test
    void chat_answersWhatIsDescribed_withEveryTypeOfCardThatThereIs() throws IOException {
        Set<String> types = new TreeSet<>();
        for (String message : List.of(
                "Show Chorus calls for Acme",
                "Summarize the latest call with Acme",
                "what did customers say about pricing",
                "What action items from Acme calls?",
                "show the transcript of the first call with Acme",
                "How healthy is Acme?",
                "Which accounts are at risk?",
                "What objections came up this month?",
                "Competitor mentions by month",
                "is the sync up to date?",
                "Show calls for Northwind",
                "help",
                "create a task to ring Acme")) {
            JsonNode answer = APP.ask("demo-leader", message);
            check("post", "/api/chat", answer);
            answer.path("cards").forEach(card -> types.add(card.path("type").asText()));
            JsonNode done = answer.path("pendingAction").isNull()
                    ? answer
                    : APP.post(
                                    "demo-leader",
                                    "/api/chat/actions/"
                                            + answer.path("pendingAction")
                                                    .path("id")
                                                    .asText(),
                                    "")
                            .json();
            check("post", "/api/chat/actions/{id}", done);
            done.path("cards").forEach(card -> types.add(card.path("type").asText()));
        }
        assertThat(types)
                .isEqualTo(
                        new TreeSet<>(ai.cscx.chorus.agent.Answer.Card.types().keySet()));
    }

    @Test
    void events_areThoseOfTheTypes() throws IOException {
        String events = APP.send(APP.request("demo-leader", "/api/chat")
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream")
                        .POST(BodyPublishers.ofString("{\"message\":\"Show Chorus calls for Acme\"}"))
                        .build())
                .body();
        Map<String, String> schemas = Map.of("tool", "AnswerToolCall", "card", "AnswerCard", "done", "Answer");
        Set<String> seen = new TreeSet<>();
        for (String event : events.split("\n\n")) {
            var matcher =
                    Pattern.compile("event: (\\w+)\ndata: (.*)", Pattern.DOTALL).matcher(event);
            if (matcher.find()) {
                JsonNode data = WireJson.MAPPER.readTree(matcher.group(2));
                seen.add(matcher.group(1));
                if (matcher.group(1).equals("delta")) {
                    assertThat(data.path("text").isTextual()).isTrue();
                } else {
                    validate("/components/schemas/" + schemas.get(matcher.group(1)), data, event);
                }
            }
        }
        assertThat(seen).containsExactly("card", "delta", "done", "tool");
    }

    @Test
    void completionsAndErrors_areWhatIsDescribed() {
        check(
                "post",
                "/v1/chat/completions",
                APP.post(
                                "demo-leader",
                                "/v1/chat/completions",
                                "{\"messages\":[{\"role\":\"user\",\"content\":\"help\"}]}")
                        .json());
        validate(
                "/components/schemas/OpenAiError",
                APP.post("demo-leader", "/v1/chat/completions", "{}").json(),
                "400");
        validate(
                "/components/schemas/Problem",
                APP.post("demo-leader", "/api/chat", "{}").json(),
                "422");
        validate(
                "/components/schemas/Problem",
                APP.get("demo-csm", "/api/chorus/meetings/none").json(),
                "404");
    }

    private static void check(String method, String path, JsonNode answer) {
        String plain = path.replaceFirst("\\?.*", "");
        for (var known : DOCUMENT.path("paths").properties()) {
            String pattern = known.getKey().replaceAll("\\{\\w+}", "[^/]+");
            if ((plain.equals(known.getKey()) || plain.matches(pattern))
                    && known.getValue().has(method)) {
                validate(
                        "/paths/" + known.getKey().replace("~", "~0").replace("/", "~1") + "/" + method
                                + "/responses/200/content/application~1json/schema",
                        answer,
                        path);
                return;
            }
        }
        throw new AssertionError("Nothing describes " + method + " " + path);
    }

    private static void validate(String pointer, JsonNode answer, String what) {
        JsonNode described = DOCUMENT.at(pointer);
        assertThat(described.isObject()).as("%s is described", what).isTrue();
        ObjectNode schema = described.deepCopy();
        schema.set("components", DOCUMENT.path("components"));
        ValidationResponse response = VALIDATOR.validate(
                WireJson.MAPPER.convertValue(schema, new TypeReference<Map<String, Object>>() {}),
                WireJson.MAPPER.convertValue(answer, Object.class));
        assertThat(response.valid()).as("%s: %s", what, response.errorMessage()).isTrue();
    }

    /** The document as it is served, but objects may have no field that it does not tell. */
    private static ObjectNode strict() {
        ObjectNode document =
                (ObjectNode) APP.get("demo-admin", "/openapi.json").json();
        close(document.path("components").path("schemas"));
        return document;
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object && object.path("properties").isObject()) {
            object.put("additionalProperties", false);
        }
        node.forEach(RealAnswersIT::close);
    }

    private static String first(String path, String field) {
        return APP.get("demo-admin", path)
                .json()
                .path("items")
                .get(0)
                .path(field)
                .asText();
    }

    private static String firstTranscribed() {
        for (JsonNode meeting :
                APP.get("demo-admin", "/api/chorus/meetings?limit=100").json().path("items")) {
            if (meeting.path("transcript").asText().equals("available")) {
                return meeting.path("id").asText();
            }
        }
        throw new AssertionError("No call has a transcript");
    }
}
