package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.mcp.McpTestClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same question through every door: the same answer, or the same nothing. */
class DoorsIT {
    private static final TestApplication APP = TestApplication.get();
    private static final Pattern LINK = Pattern.compile("\\[(\\[\\d+])]\\([^)]*\\)");
    private static String service = "";

    @BeforeAll
    static void addService() {
        JsonNode added = APP.post(
                        "demo-admin",
                        "/api/users",
                        "{\"email\":\"doors-%s@cscx.invalid\",\"name\":\"Doors\",\"role\":\"service\"}"
                                .formatted(UUID.randomUUID()))
                .json();
        service = APP.post("demo-admin", "/api/users/" + added.path("id").asText() + "/tokens", "{\"name\":\"it\"}")
                .json()
                .path("token")
                .asText();
    }

    /** Somebody who asks: a token, and whom a service acts for. */
    private record Who(String token, String... headers) {}

    @Test
    void everybody_getsTheSameThroughEveryDoor() {
        for (Who who : List.of(
                new Who("demo-csm"),
                new Who("demo-csm-2"),
                new Who("demo-leader"),
                new Who("demo-admin"),
                new Who(service, "X-On-Behalf-Of", email("demo-csm-2")))) {
            for (String customer : List.of("Acme", "Globex", "Zorbat")) {
                String question = "Show Chorus calls for " + customer;
                JsonNode chat = chat(who, question).json();
                String completion = completion(who, question);
                McpTestClient.Called tool = mcp(who, Map.of("customer", customer));

                assertThat(withoutSources(completion))
                        .as("%s of %s", question, who.token())
                        .isEqualTo(chat.path("reply").asText());
                assertThat(tool.json().path("reply"))
                        .as("%s of %s", question, who.token())
                        .isEqualTo(chat.path("reply"));
                assertThat(tool.outcome()).isEqualTo(chat.path("outcome").asText());
                assertThat(ids(chat)).containsAll(ids(tool.json()));
            }
        }
    }

    @Test
    void service_seesWhatThePersonSees() {
        String question = "Show Chorus calls for Acme";

        for (String token : List.of("demo-csm", "demo-csm-2")) {
            Who served = new Who(service, "X-On-Behalf-Of", email(token));
            assertThat(chat(served, question).json().path("reply"))
                    .isEqualTo(chat(new Who(token), question).json().path("reply"));
        }
    }

    @Test
    void foreignAndUnknownCustomers_areTheSameNothing_throughEveryDoor() {
        Who marcus = new Who("demo-csm-2");

        assertThat(completion(marcus, "Show Chorus calls for Acme").replace("Acme", "Zorbat"))
                .isEqualTo(completion(marcus, "Show Chorus calls for Zorbat"));
        assertThat(mcp(marcus, Map.of("customer", "Acme")).json().toString().replace("Acme", "Zorbat"))
                .isEqualTo(mcp(marcus, Map.of("customer", "Zorbat")).json().toString());
    }

    @Test
    void strangers_andServicesWithoutAPerson_getNothing_throughEveryDoor() {
        String question = "Show Chorus calls for Acme";
        for (Who who : List.of(
                new Who("nobody-s-token"),
                new Who(service),
                new Who(service, "X-On-Behalf-Of", "stranger@example.com"))) {
            int status = who.token().equals(service) ? 403 : 401;

            assertThat(chat(who, question).status()).isEqualTo(status);
            assertThat(v1(who, question).status()).isEqualTo(status);
            assertThat(APP.send(request(who, "/mcp")
                                    .POST(BodyPublishers.ofString(
                                            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"))
                                    .build())
                            .status())
                    .isEqualTo(status);
            assertThatThrownBy(() -> mcp(who, Map.of("customer", "Acme"))).isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void otherPeoplesTokens_withOnBehalfOf_stayThemselves() {
        Who csm = new Who("demo-csm-2", "X-On-Behalf-Of", email("demo-leader"));

        assertThat(chat(csm, "Show Chorus calls for Acme")
                        .json()
                        .path("outcome")
                        .asText())
                .isEqualTo("not_found");
        assertThat(mcp(csm, Map.of("customer", "Acme")).outcome()).isEqualTo("not_found");
    }

    private static String email(String token) {
        String name = switch (token) {
            case "demo-csm" -> "Dana Whitfield";
            case "demo-csm-2" -> "Marcus Oyelaran";
            default -> "Helen Ashworth";
        };
        for (JsonNode person : APP.get("demo-admin", "/api/users").json().path("items")) {
            if (person.path("name").asText().equals(name)) {
                return person.path("email").asText();
            }
        }
        throw new AssertionError("There is no " + name);
    }

    private static HttpRequest.Builder request(Who who, String path) {
        HttpRequest.Builder request = APP.request(who.token(), path).header("Content-Type", "application/json");
        return who.headers().length == 0 ? request : request.headers(who.headers());
    }

    private static TestApplication.Reply chat(Who who, String question) {
        return APP.send(request(who, "/api/chat")
                .POST(BodyPublishers.ofString("{\"message\":\"" + question + "\"}"))
                .build());
    }

    private static TestApplication.Reply v1(Who who, String question) {
        return APP.send(request(who, "/v1/chat/completions")
                .POST(BodyPublishers.ofString("{\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]}"))
                .build());
    }

    private static String completion(Who who, String question) {
        return v1(who, question).json().at("/choices/0/message/content").asText();
    }

    private static McpTestClient.Called mcp(Who who, Map<String, Object> arguments) {
        try (McpTestClient client = new McpTestClient(APP.address(), who.token(), who.headers())) {
            return client.call("list_calls", arguments);
        }
    }

    private static String withoutSources(String markdown) {
        return LINK.matcher(markdown)
                .replaceAll("$1")
                .replaceFirst("(?s)\n\nSources\n.*", "")
                .replaceFirst("(?s)\n\nYou can say:\n.*", "");
    }

    private static TreeSet<String> ids(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.path("cards")
                .forEach(card -> card.path("items")
                        .forEach(item -> ids.add(item.path("id").asText())));
        return new TreeSet<>(ids);
    }
}
