package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.TestApplication.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tasks that people make and change, by the interface and through the assistant, which asks for a yes first. */
class TasksByHandIT {
    private static final TestApplication APP = TestApplication.get();
    private static final String TITLE = "Send the signed order form " + UUID.randomUUID();

    @Test
    void task_isMadeChangedAndListed_andAnOldVersionIsRefused() {
        String acme = customer("Acme");
        Reply made = APP.post("demo-csm", "/api/tasks", """
                {"title": "%s", "customerId": "%s", "dueDate": "2030-02-28"}""".formatted(TITLE, acme));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String path = "/api/tasks/" + made.json().get("id").asText();
        assertThat(made.json().get("version").asInt()).isEqualTo(1);
        assertThat(made.json().get("status").asText()).isEqualTo("open");

        Reply changed = patch("demo-csm", path, "{\"status\": \"done\"}", "\"1\"");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().get("dueDate").asText()).isEqualTo("2030-02-28");
        assertThat(changed.json().get("version").asInt()).isEqualTo(2);
        assertThat(changed.response().headers().firstValue("ETag")).contains("\"2\"");

        Reply late = patch("demo-csm", path, "{\"title\": \"Other\"}", "\"1\"");
        assertThat(late.status()).isEqualTo(409);
        assertThat(APP.get("demo-csm", path).json().get("title").asText()).isEqualTo(TITLE);
        Reply again = patch("demo-csm", path, "{\"status\": \"done\"}", "\"2\"");
        assertThat(again.json().get("version").asInt()).isEqualTo(2);

        Reply cleared = patch("demo-csm", path, "{\"dueDate\": null, \"status\": \"open\"}", null);
        assertThat(cleared.json().has("dueDate")
                        && !cleared.json().get("dueDate").isNull())
                .isFalse();
        JsonNode listed = APP.get("demo-csm", "/api/tasks?status=open&limit=200&customerId=" + acme)
                .json();
        assertThat(listed.get("items").findValuesAsText("title")).contains(TITLE);
    }

    @Test
    void taskOfAnothersCustomer_doesNotExist() {
        String acme = customer("Acme");
        String title = "{\"title\": \"Look at it\", \"customerId\": \"%s\"}";
        String id = APP.post("demo-csm", "/api/tasks", title.formatted(acme))
                .json()
                .get("id")
                .asText();

        assertThat(APP.get("demo-csm-2", "/api/tasks/" + id).status()).isEqualTo(404);
        assertThat(patch("demo-csm-2", "/api/tasks/" + id, "{\"status\": \"done\"}", null)
                        .status())
                .isEqualTo(404);
        Reply foreign = APP.post("demo-csm-2", "/api/tasks", title.formatted(acme));
        Reply unknown = APP.post("demo-csm-2", "/api/tasks", title.formatted(UUID.randomUUID()));
        assertThat(foreign.status()).isEqualTo(422);
        assertThat(foreign.body()).isEqualTo(unknown.body());
    }

    @Test
    void badTask_isRefusedWithThePlace() {
        Reply blank = APP.post("demo-csm", "/api/tasks", "{\"title\": \" \"}");
        assertThat(blank.status()).isEqualTo(422);
        assertThat(blank.body()).contains("/title");
        Reply status = APP.post("demo-csm", "/api/tasks", "{\"title\": \"x\", \"status\": \"gone\"}");
        assertThat(status.body()).contains("/status");
        Reply nobody = APP.post(
                "demo-csm", "/api/tasks", "{\"title\": \"x\", \"assigneeId\": \"%s\"}".formatted(UUID.randomUUID()));
        assertThat(nobody.body()).contains("/assigneeId");
    }

    @Test
    void proposedTask_isMadeByAYes_once() {
        String words = "send renewal paper " + UUID.randomUUID().toString().substring(0, 8);
        JsonNode proposal = APP.ask("demo-csm", "Create a task for Acme: " + words + " by December 3");
        assertThat(proposal.get("outcome").asText()).as(proposal.toString()).isEqualTo("confirm");
        assertThat(proposal.get("pendingAction").get("tool").asText()).isEqualTo("create_task");
        assertThat(proposal.get("pendingAction").get("summary").asText())
                .contains(words)
                .contains("Acme Corporation");
        assertThat(tasks("demo-csm", words)).isZero();

        JsonNode done = say("demo-csm", proposal, "yes");
        assertThat(done.get("outcome").asText()).as(done.toString()).isEqualTo("answered");
        assertThat(done.get("cards").get(0).get("type").asText()).isEqualTo("task");
        assertThat(done.get("toolCalls").get(0).get("name").asText()).isEqualTo("create_task");
        assertThat(tasks("demo-csm", words)).isOne();

        String click =
                "/api/chat/actions/" + proposal.get("pendingAction").get("id").asText();
        assertThat(APP.post("demo-csm", click, "").json()).isEqualTo(done);
        assertThat(APP.post("demo-csm-2", click, "").status()).isEqualTo(404);
        assertThat(tasks("demo-csm", words)).isOne();
    }

    @Test
    void proposedTask_isNotMade_whenSomethingElseIsSaid() {
        String words = "call the board " + UUID.randomUUID().toString().substring(0, 8);
        JsonNode proposal = APP.ask("demo-csm", "remind me to " + words);
        assertThat(proposal.get("outcome").asText()).as(proposal.toString()).isEqualTo("confirm");
        say("demo-csm", proposal, "Show Chorus calls for Acme");

        assertThat(say("demo-csm", proposal, "yes").get("outcome").asText()).isNotEqualTo("answered");
        Reply click = APP.post(
                "demo-csm",
                "/api/chat/actions/" + proposal.get("pendingAction").get("id").asText(),
                "");
        assertThat(click.status()).isEqualTo(409);
        assertThat(click.body()).contains("action-declined");
        assertThat(tasks("demo-csm", words)).isZero();
    }

    @Test
    void listedItem_isCompletedByItsNumber() {
        JsonNode listed = APP.ask("demo-leader", "What open action items for Ferro?");
        JsonNode items = listed.get("cards").get(0).get("items");
        JsonNode proposal = say("demo-leader", listed, "complete the first");
        assertThat(proposal.get("outcome").asText()).as(proposal.toString()).isEqualTo("confirm");
        assertThat(proposal.get("pendingAction").get("arguments").get("item").asText())
                .isEqualTo(items.get(0).get("id").asText());

        assertThat(say("demo-leader", proposal, "yes please").get("outcome").asText())
                .isEqualTo("answered");
        JsonNode after = APP.ask("demo-leader", "What open action items for Ferro?");
        assertThat(after.get("cards").get(0).get("total").asInt())
                .isEqualTo(listed.get("cards").get(0).get("total").asInt() - 1);
    }

    @Test
    void transcriptAndSyncStatus_areAnswered() {
        JsonNode transcript = APP.ask("demo-csm", "transcript of the first Acme call");
        assertThat(transcript.get("cards").get(0).get("type").asText()).isEqualTo("transcript");
        assertThat(transcript.get("citations")).isNotEmpty();

        JsonNode sync = APP.ask("demo-csm", "when did the last sync finish?");
        assertThat(sync.get("outcome").asText()).isEqualTo("answered");
        assertThat(sync.get("cards")
                        .get(0)
                        .get("items")
                        .get(0)
                        .get("connection")
                        .asText())
                .isEqualTo("connected");
    }

    private static String customer(String name) {
        for (JsonNode item :
                APP.get("demo-admin", "/api/customers?limit=200").json().get("items")) {
            if (item.get("name").asText().startsWith(name)) {
                return item.get("id").asText();
            }
        }
        throw new AssertionError("No customer " + name);
    }

    private static int tasks(String token, String words) {
        int found = 0;
        for (JsonNode item : APP.get(token, "/api/tasks?limit=200").json().get("items")) {
            found += item.get("title").asText().contains(words) ? 1 : 0;
        }
        return found;
    }

    private static JsonNode say(String token, JsonNode before, String message) {
        Reply reply = APP.post(token, "/api/chat", """
                {"message": "%s", "conversationId": "%s"}""".formatted(
                        message, before.get("conversationId").asText()));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static Reply patch(String token, String path, String body, @Nullable String version) {
        HttpRequest.Builder request = APP.request(token, path)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body));
        return APP.send((version == null ? request : request.header("If-Match", version)).build());
    }
}
