package ai.cscx.chorus.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class UnderstoodTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void understood_ofToolThatWasCalled_isItsIntentWithArgumentsAsSlots() throws Exception {
        Understood understood = understood("""
                {"outcome": "answered", "toolCalls": [
                  {"name": "get_tracker_trends", "arguments": {"customer": ["Lumenary", "Apogee Learning"],
                    "from": "2026-10-01", "to": "2026-11-22", "groupBy": "customer", "limit": 3, "side": null}},
                  {"name": "get_health", "arguments": {"customer": "Lumenary"}}]}""");

        assertThat(understood.intent()).isEqualTo("tracker_trends");
        assertThat(understood.slots()).isEqualTo(JSON.readTree("""
                {"account": ["Lumenary", "Apogee Learning"], "date": {"from": "2026-10-01", "to": "2026-11-22"},
                 "group_by": "account", "limit": 3}"""));
    }

    @Test
    void understood_ofActionThatWaitsForYes_isItsIntent() throws Exception {
        Understood understood = understood("""
                {"outcome": "confirm", "toolCalls": [], "pendingAction": {"id": "1", "tool": "complete_action_item",
                  "arguments": {"item": "badge list", "customer": "Lumenary"}, "summary": "…"}}""");

        assertThat(understood.intent()).isEqualTo("complete_action_item");
        assertThat(understood.slots())
                .isEqualTo(JSON.readTree(
                        "{\"item_id\": \"badge list\", \"query\": \"badge list\", \"account\": \"Lumenary\"}"));
    }

    @Test
    void understood_ofItemById_hasNoWordsOfIt() throws Exception {
        Understood understood = understood("""
                {"outcome": "confirm", "pendingAction": {"tool": "complete_action_item",
                  "arguments": {"item": "1ebf2515-a080-4aa8-a7b2-dcb97cd15be4"}}}""");

        assertThat(understood.slots().has("query")).isFalse();
    }

    @Test
    void understood_withoutTool_isWhatTheOutcomeSays() throws Exception {
        assertThat(understood("{\"outcome\": \"help\", \"toolCalls\": []}").intent())
                .isEqualTo("help");
        assertThat(understood("{\"outcome\": \"refused\", \"toolCalls\": []}").intent())
                .isEqualTo("out_of_scope");
        assertThat(understood("{\"outcome\": \"clarify\", \"toolCalls\": []}").intent())
                .isEqualTo("ambiguous");
        assertThat(understood("{\"outcome\": \"not_found\", \"toolCalls\": []}").intent())
                .isEqualTo("ambiguous");
        assertThat(understood("{\"outcome\": \"answered\", \"toolCalls\": []}").intent())
                .isNull();
        assertThat(understood("{}").intent()).isNull();
    }

    @Test
    void understood_ofNothingFoundByATool_isItsIntent() throws Exception {
        assertThat(understood("""
                {"outcome": "not_found", "toolCalls": [{"name": "list_calls", "arguments": {}}]}""").intent()).isEqualTo("list_calls");
    }

    @Test
    void understood_ofToolThatDoesNotExist_isNothing() throws Exception {
        assertThat(understood("""
                {"outcome": "answered", "toolCalls": [{"name": "send_mail", "arguments": {}}]}""").intent()).isNull();
    }

    private static Understood understood(String answer) throws Exception {
        JsonNode tree = JSON.readTree(answer);
        return Understood.of(tree);
    }
}
