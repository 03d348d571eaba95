package ai.cscx.chorus.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.TestApplication;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** MCP as the official Java SDK's client meets it. */
class McpIT {
    private static final TestApplication APP = TestApplication.get();
    private static final McpTestClient LEADER = new McpTestClient(APP.address(), "demo-leader");
    private static final McpTestClient MARCUS = new McpTestClient(APP.address(), "demo-csm-2");
    private static final int MOST_TOKENS = 15_000;

    private static final Map<String, Map<String, Object>> CALLS = Map.ofEntries(
            Map.entry("list_calls", Map.of("limit", 200)),
            Map.entry("get_call", Map.of("customer", "Acme", "call", "latest")),
            Map.entry("search_transcripts", Map.of("query", "pricing", "limit", 200)),
            Map.entry("get_transcript", Map.of("customer", "Acme")),
            Map.entry("list_action_items", Map.of("sort", "newest")),
            Map.entry("create_task", Map.of("task", "Send the quote", "customer", "Acme", "due", "2026-11-30")),
            Map.entry("complete_action_item", Map.of("item", "xylophone embargo")),
            Map.entry("get_insights", Map.of()),
            Map.entry("get_tracker_trends", Map.of("groupBy", "month", "limit", 200)),
            Map.entry("get_health", Map.of("customer", "Acme")),
            Map.entry("get_portfolio", Map.of()),
            Map.entry("get_sync_status", Map.of()));

    @AfterAll
    static void close() {
        LEADER.close();
        MARCUS.close();
    }

    @Test
    void tools_haveTheAssistantsNames_schemasAndHints() {
        List<Tool> tools = LEADER.sdk().listTools().tools();

        Set<String> expected = new java.util.HashSet<>(CALLS.keySet());
        expected.add("confirm_action");
        assertThat(tools.stream().map(Tool::name).collect(Collectors.toSet())).isEqualTo(expected);
        for (Tool tool : tools) {
            boolean writes = Set.of("create_task", "complete_action_item", "confirm_action")
                    .contains(tool.name());
            assertThat(tool.description()).as(tool.name()).isNotBlank();
            assertThat(tool.inputSchema()).as(tool.name()).containsEntry("type", "object");
            assertThat(tool.outputSchema()).as(tool.name()).containsKey("properties");
            assertThat(tool.annotations().readOnlyHint()).as(tool.name()).isEqualTo(!writes);
            assertThat(tool.annotations().destructiveHint())
                    .as(tool.name())
                    .isEqualTo(tool.name().equals("confirm_action"));
        }
    }

    @Test
    void everyTool_answers_inTheShapeThatItDescribes_belowTheMostTokens() {
        CALLS.forEach((tool, arguments) -> {
            McpTestClient.Called called = LEADER.call(tool, arguments);

            assertThat(called.result().isError())
                    .as("%s: %s", tool, called.text())
                    .isFalse();
            assertThat(called.outcome())
                    .as(tool)
                    .isIn("answered", tool.equals("create_task") ? "confirm" : "not_found");
            assertThat(called.text())
                    .as(tool)
                    .contains(called.json().path("reply").asText());
            assertThat(called.tokens()).as(tool).isLessThan(MOST_TOKENS);
        });
    }

    @Test
    void pages_holdEveryItemOnce() {
        for (String tool : List.of("list_calls", "search_transcripts", "list_action_items")) {
            Map<String, Object> arguments = new LinkedHashMap<>(CALLS.getOrDefault(tool, Map.of()));
            List<JsonNode> items = new ArrayList<>();
            long total;
            int pages = 0;
            do {
                McpTestClient.Called page = LEADER.call(tool, arguments);
                assertThat(page.result().isError()).as(page.text()).isFalse();
                assertThat(page.tokens()).isLessThan(MOST_TOKENS);
                JsonNode card = page.json().path("cards").get(0);
                card.path("items").forEach(items::add);
                total = card.path("total").asLong();
                arguments.put("cursor", page.json().path("nextCursor").asText());
                pages++;
            } while (!"null".equals(arguments.get("cursor")));

            assertThat(pages).as(tool).isGreaterThan(1);
            assertThat(items).as(tool).doesNotHaveDuplicates().hasSize((int) Math.min(200, total));
        }
    }

    @Test
    void cursor_ofAnotherTool_isAnErrorThatSaysWhatToDo() {
        String cursor = LEADER.call("list_calls", Map.of("limit", 200))
                .json()
                .path("nextCursor")
                .asText();

        McpTestClient.Called called = LEADER.call("search_transcripts", Map.of("query", "pricing", "cursor", cursor));

        assertThat(called.result().isError()).isTrue();
        assertThat(called.text()).contains("start again without");
    }

    @Test
    void citations_sayWhoWhereAndWhen() {
        McpTestClient.Called called = LEADER.call("search_transcripts", Map.of("query", "pricing"));

        JsonNode citation = called.json().path("citations").get(0);
        assertThat(citation.path("speaker").asText()).isNotBlank();
        assertThat(citation.path("url").asText()).startsWith("https://").contains("?t=");
        assertThat(citation.path("resource").asText())
                .isEqualTo("chorus://calls/" + citation.path("callId").asText());
        assertThat(called.text())
                .contains("[1]", "Sources:", citation.path("url").asText());
    }

    @Test
    void tools_answerWhatTheAssistantAnswers() {
        JsonNode chat = APP.ask("demo-leader", "Show Chorus calls for Acme");
        McpTestClient.Called tool = LEADER.call("list_calls", Map.of("customer", "Acme"));

        assertThat(tool.json().path("reply")).isEqualTo(chat.path("reply"));
        assertThat(tool.json().path("arguments"))
                .isEqualTo(chat.path("toolCalls").get(0).path("arguments"));
    }

    @Test
    void somebodyElsesCustomer_isAnsweredLikeOneThatDoesNotExist() {
        for (String tool : List.of("list_calls", "get_call", "get_health", "get_insights", "create_task")) {
            Map<String, Object> extra = tool.equals("create_task") ? Map.of("task", "x") : Map.of();
            McpTestClient.Called foreign = MARCUS.call(tool, with(extra, "customer", "Acme"));
            McpTestClient.Called unknown = MARCUS.call(tool, with(extra, "customer", "Zorbat"));

            assertThat(foreign.outcome()).isEqualTo("not_found");
            assertThat(foreign.text().replace("Acme", "Zorbat")).isEqualTo(unknown.text());
            assertThat(foreign.json().toString().replace("Acme", "Zorbat"))
                    .isEqualTo(unknown.json().toString());
        }
    }

    @Test
    void somebodyElsesCall_isNoResource() {
        String acme = anAcmeCall();
        for (String path : List.of("", "/transcript", "/transcript?from=0")) {
            assertThatThrownBy(() -> MARCUS.read("chorus://calls/" + acme + path))
                    .isInstanceOfSatisfying(
                            McpError.class,
                            error -> assertThat(error.getJsonRpcError().code())
                                    .isEqualTo(McpSchema.ErrorCodes.RESOURCE_NOT_FOUND));
            String unknown = "chorus://calls/" + UUID.randomUUID() + path;
            assertThatThrownBy(() -> MARCUS.read(unknown))
                    .isInstanceOfSatisfying(
                            McpError.class,
                            error -> assertThat(error.getJsonRpcError().code())
                                    .isEqualTo(McpSchema.ErrorCodes.RESOURCE_NOT_FOUND));
        }
        assertThat(MARCUS.call("get_call", Map.of("call", acme)).text())
                .isEqualTo(
                        MARCUS.call("get_call", Map.of("call", UUID.randomUUID().toString()))
                                .text());
    }

    @Test
    void ambiguousCustomer_isAskedBackAbout_withOptions() {
        McpTestClient.Called called = LEADER.call("list_calls", Map.of("customer", "Northwind"));

        assertThat(called.result().isError()).isFalse();
        assertThat(called.outcome()).isEqualTo("clarify");
        assertThat(called.json().path("options").findValuesAsText("label"))
                .containsExactlyInAnyOrder("Northwind Freight Systems, Inc.", "Northwind Health Partners");
    }

    @Test
    void wrongArguments_areToolErrorsWithAdvice() {
        McpTestClient.Called unknown = LEADER.call("list_calls", Map.of("client", "Acme"));
        McpTestClient.Called day = LEADER.call("list_calls", Map.of("from", "yesterday"));
        McpTestClient.Called missing = LEADER.call("search_transcripts", Map.of());

        for (McpTestClient.Called called : List.of(unknown, day, missing)) {
            assertThat(called.result().isError()).as(called.text()).isTrue();
            assertThat(called.outcome()).isEqualTo("error");
        }
        assertThat(unknown.text()).contains("customer");
        assertThat(day.text()).contains("2026-11-22");
        assertThat(missing.text()).contains("query");
    }

    @Test
    void change_isProposedFirst_andCarriedOutOnce() {
        String title = "Call back " + UUID.randomUUID();

        McpTestClient.Called proposed = LEADER.call("create_task", Map.of("task", title, "customer", "Acme"));

        assertThat(proposed.outcome()).isEqualTo("confirm");
        assertThat(tasks(title)).isZero();
        Map<String, Object> id =
                Map.of("id", proposed.json().path("pendingAction").path("id").asText());
        McpTestClient.Called somebodyElse = MARCUS.call("confirm_action", id);
        assertThat(somebodyElse.result().isError()).isTrue();
        assertThat(tasks(title)).isZero();
        McpTestClient.Called done = LEADER.call("confirm_action", id);
        assertThat(done.outcome()).isEqualTo("answered");
        assertThat(done.json().path("cards").get(0).path("type").asText()).isEqualTo("task");
        McpTestClient.Called again = LEADER.call("confirm_action", id);
        assertThat(again.json().path("reply")).isEqualTo(done.json().path("reply"));
        assertThat(tasks(title)).isOne();
        assertThat(LEADER.call("confirm_action", Map.of("id", "no id")).result().isError())
                .isTrue();
    }

    @Test
    void transcript_comesInPagesThatHoldAllOfIt() throws IOException {
        String call = anAcmeCall();
        JsonNode whole = APP.get("demo-leader", "/api/chorus/meetings/" + call + "/transcript")
                .json();
        List<String> texts = new ArrayList<>();
        String next = "chorus://calls/" + call + "/transcript";
        while (!next.equals("null")) {
            JsonNode page = LEADER.read(next);
            assertThat(McpTestClient.tokens(page)).isLessThan(MOST_TOKENS);
            page.path("utterances")
                    .forEach(utterance -> texts.add(utterance.path("text").asText()));
            next = page.path("next").asText();
        }
        assertThat(texts).isEqualTo(whole.path("utterances").findValuesAsText("text"));

        JsonNode part = LEADER.read("chorus://calls/" + call + "/transcript?from=60&to=120");
        part.path("utterances")
                .forEach(utterance ->
                        assertThat(utterance.path("startSeconds").asDouble()).isBetween(60.0, 120.0));
        assertThatThrownBy(() -> LEADER.read("chorus://calls/" + call + "/transcript?from=x"))
                .hasMessageContaining("seconds");
    }

    @Test
    void call_isAResource() throws IOException {
        String id = anAcmeCall();

        JsonNode call = LEADER.read("chorus://calls/" + id);

        assertThat(call.path("id").asText()).isEqualTo(id);
        assertThat(call.path("customer").path("name").asText()).isEqualTo("Acme Corporation");
        assertThat(call.path("transcriptResource").asText()).isEqualTo("chorus://calls/" + id + "/transcript");
        assertThat(LEADER.sdk().listResourceTemplates().resourceTemplates()).hasSize(2);
        assertThat(LEADER.sdk().listResources().resources()).isEmpty();
    }

    @Test
    void prompts_nameTheToolsThatThereAre() {
        Set<String> prompts = LEADER.sdk().listPrompts().prompts().stream()
                .map(McpSchema.Prompt::name)
                .collect(Collectors.toSet());

        assertThat(prompts).containsExactlyInAnyOrder("account_brief", "call_preparation");
        for (String prompt : prompts) {
            assertThat(LEADER.prompt(prompt, Map.of("customer", "Acme")))
                    .contains("“Acme”", "get_health", "list_action_items");
            assertThatThrownBy(() -> LEADER.prompt(prompt, Map.of())).isInstanceOf(McpError.class);
        }
    }

    private static String anAcmeCall() {
        return LEADER.call("search_transcripts", Map.of("query", "pricing", "customer", "Acme"))
                .json()
                .path("cards")
                .get(0)
                .path("items")
                .get(0)
                .path("callId")
                .asText();
    }

    private static long tasks(String title) {
        return APP.all("demo-leader", "/api/tasks?limit=200").stream()
                .filter(task -> task.path("title").asText().equals(title))
                .count();
    }

    private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }
}
