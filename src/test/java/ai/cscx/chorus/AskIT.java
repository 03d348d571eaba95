package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.simulator.SimulatedCall;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions in plain words, through the front door, against what the simulated Chorus holds. */
class AskIT {
    private static final TestApplication APP = TestApplication.get();

    @Test
    void showCalls_listsExactlyTheCustomersCalls_newestFirst() {
        List<String> expected = acmeCalls().stream().map(SimulatedCall::id).toList();

        for (String token : List.of("demo-leader", "demo-csm", "demo-admin")) {
            JsonNode answer = APP.ask(token, "Show Chorus calls for Acme");

            assertThat(answer.get("outcome").asText()).isEqualTo("answered");
            assertThat(texts(card(answer, "calls").get("items"), "externalId")).isEqualTo(expected);
            assertThat(card(answer, "calls").get("total").asInt()).isEqualTo(expected.size());
            JsonNode tool = answer.get("toolCalls").get(0);
            assertThat(tool.get("name").asText()).isEqualTo("list_calls");
            assertThat(tool.get("arguments").get("customer").asText()).isEqualTo("Acme Corporation");
        }
    }

    @Test
    void actionItems_areExactlyTheCustomersItems_withSources() {
        List<String> expected = new ArrayList<>();
        for (SimulatedCall call : acmeCalls()) {
            if (call.state() == SimulatedCall.State.DONE) {
                call.script().actionItems().forEach(item -> expected.add(item.text()));
            }
        }

        JsonNode answer = APP.ask("demo-leader", "What action items from Acme calls?");

        assertThat(answer.get("outcome").asText()).isEqualTo("answered");
        assertThat(texts(card(answer, "actionItems").get("items"), "text"))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(answer.get("citations")).isNotEmpty();
    }

    @Test
    void foreignCustomer_isAnsweredLikeOneThatDoesNotExist() {
        JsonNode foreign = APP.ask("demo-csm-2", "Show Chorus calls for Acme");
        JsonNode unknown = APP.ask("demo-csm-2", "Show Chorus calls for Zorbat");

        assertThat(foreign.get("outcome")).isEqualTo(unknown.get("outcome"));
        assertThat(foreign.get("reply").asText().replace("Acme", "Zorbat"))
                .isEqualTo(unknown.get("reply").asText());
        assertThat(foreign.get("toolCalls")).isEqualTo(unknown.get("toolCalls"));
        assertThat(foreign.get("cards")).isEqualTo(unknown.get("cards"));
        assertThat(foreign.get("options")).isEqualTo(unknown.get("options"));
    }

    @Test
    void ambiguousCustomer_isAskedBack_toThoseWhoMaySeeBoth() {
        JsonNode answer = APP.ask("demo-leader", "Show calls for Northwind");

        assertThat(answer.get("outcome").asText()).isEqualTo("clarify");
        assertThat(answer.get("toolCalls")).isEmpty();
        assertThat(texts(answer.get("options"), "label"))
                .containsExactlyInAnyOrder("Northwind Freight Systems, Inc.", "Northwind Health Partners");
    }

    @Test
    void ambiguousCustomer_ofWhichOneIsVisible_isThatOne() {
        JsonNode answer = APP.ask("demo-csm", "Show calls for Northwind");

        assertThat(answer.get("toolCalls")
                        .get(0)
                        .get("arguments")
                        .get("customer")
                        .asText())
                .isEqualTo("Northwind Freight Systems, Inc.");
        assertThat(answer.toString()).doesNotContain("Northwind Health");
    }

    @Test
    void citations_standInTheTranscriptOfACallThatTheAskerMayRead() {
        JsonNode answer = APP.ask("demo-csm", "what did customers say about pricing");

        assertThat(answer.get("outcome").asText()).isEqualTo("answered");
        assertThat(answer.get("citations")).isNotEmpty();
        for (JsonNode citation : answer.get("citations")) {
            JsonNode transcript = APP.get(
                            "demo-csm",
                            "/api/chorus/meetings/" + citation.get("callId").asText() + "/transcript")
                    .json();
            assertThat(texts(transcript.get("utterances"), "text"))
                    .anyMatch(text -> text.contains(citation.get("quote").asText()));
        }
    }

    @Test
    void absentTopic_isNotFound() {
        JsonNode answer = APP.ask("demo-leader", "did anyone mention xylophone embargo quotas");

        assertThat(answer.get("outcome").asText()).isEqualTo("not_found");
        assertThat(answer.get("citations")).isEmpty();
    }

    @Test
    void conversation_ofSomebodyElse_doesNotExist() {
        JsonNode answer = APP.ask("demo-csm", "Show Chorus calls for Acme");
        String path = "/api/chat/" + answer.get("conversationId").asText();

        assertThat(APP.get("demo-csm", path).status()).isEqualTo(200);
        assertThat(APP.get("demo-csm-2", path).status()).isEqualTo(404);
    }

    private static List<SimulatedCall> acmeCalls() {
        return APP.simulator().world().calls().stream()
                .filter(call -> "acm".equals(call.accountKey()) && !call.isPrivate())
                .sorted(Comparator.comparing(SimulatedCall::startedAt).reversed())
                .toList();
    }

    private static JsonNode card(JsonNode answer, String type) {
        for (JsonNode card : answer.get("cards")) {
            if (card.get("type").asText().equals(type)) {
                return card;
            }
        }
        throw new AssertionError("No card " + type + " in " + answer);
    }

    private static List<String> texts(JsonNode items, String field) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.get(field).asText()));
        return texts;
    }
}
