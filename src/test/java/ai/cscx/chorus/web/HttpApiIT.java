package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.web.HttpRig.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP contract, through the socket, on real servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpApiIT {
    @SuppressWarnings("NullAway.Init")
    private HttpRig rig;

    @BeforeAll
    void start() {
        rig = new HttpRig();
        rig.features.signals().catchUp();
    }

    @AfterAll
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chorus/meetings", "/api/users", "/api/nothing", "/api"})
    void withoutToken_everythingUnderApi_isUnauthenticated(String path) {
        Reply reply = rig.send(null, "GET", path, null);

        assertProblem(reply, 401, "unauthenticated");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void wrongToken_isUnauthenticated() {
        assertProblem(rig.get("nobody-s-token-00", "/api/chorus/meetings"), 401, "unauthenticated");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/users",
        "POST,/api/users",
        "POST,/api/customers",
        "POST,/api/customers/import",
        "POST,/api/chorus/sync",
        "GET,/api/chorus/sync",
        "GET,/api/integrations/chorus",
        "POST,/api/integrations/chorus/connect",
        "GET,/api/integrations/chorus/oauth/start",
        "DELETE,/api/integrations/chorus"
    })
    void settings_forCsm_areForbidden(String method, String path) {
        assertProblem(rig.send(HttpRig.MARIA, method, path, method.equals("POST") ? "{}" : null), 403, "forbidden");
    }

    @Test
    void service_actsForThePersonItNames() {
        assertProblem(rig.get(HttpRig.SERVICE, "/api/chorus/meetings"), 403, "forbidden");
        assertProblem(
                rig.send(HttpRig.SERVICE, "GET", "/api/chorus/meetings", null, "X-On-Behalf-Of", "nobody@cscx.example"),
                403,
                "forbidden");

        Reply reply =
                rig.send(HttpRig.SERVICE, "GET", "/api/chorus/meetings", null, "X-On-Behalf-Of", "maria@cscx.example");

        assertThat(reply.json().path("items").findValuesAsText("externalId")).containsExactly("E-1", "E-4");
    }

    @Test
    void meetings_areThoseOfTheAsker_newestFirst() {
        assertThat(externalIds(rig.get(HttpRig.MARIA, "/api/chorus/meetings"))).containsExactly("E-1", "E-4");
        assertThat(externalIds(rig.get(HttpRig.ADMIN, "/api/chorus/meetings")))
                .containsExactly("E-1", "E-2", "E-3", "E-4");
    }

    @Test
    void meetings_pageByPage_nameEachCallOnce() {
        Reply first = rig.get(HttpRig.ADMIN, "/api/chorus/meetings?limit=3&sort=oldest");
        String cursor = first.json().path("nextCursor").asText();
        Reply second = rig.get(HttpRig.ADMIN, "/api/chorus/meetings?limit=3&sort=oldest&cursor=" + cursor);

        assertThat(externalIds(first)).containsExactly("E-4", "E-3", "E-2");
        assertThat(externalIds(second)).containsExactly("E-1");
        assertThat(second.json().path("nextCursor").isNull()).isTrue();
        assertProblem(rig.get(HttpRig.ADMIN, "/api/chorus/meetings?cursor=" + cursor), 400, "malformed");
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-11-19&to=2026-11-20, E-1 E-2",
        "participant=reyes, E-1 E-2 E-3 E-4",
        "participant=nobody, ''",
        "hasOpenActionItems=true, E-1 E-2",
        "externalId=E-3, E-3",
        "title=renewal&state=done&from=2026-11-20, E-1",
        "state=failed, ''"
    })
    void meetings_filtered(String query, String expected) {
        assertThat(String.join(" ", externalIds(rig.get(HttpRig.ADMIN, "/api/chorus/meetings?" + query))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "sort=best",
                "from=soon",
                "cursor=x",
                "customerId=42",
                "state=",
                "custmerId=1",
                "limit=1&limit=2",
                "from=2026-11-20&to=2026-11-01",
                "title=%00",
                "title=%E4%ZZ"
            })
    void meetings_queryThatCannotBeRead_isRefused(String query) {
        assertThat(rig.sendRaw(HttpRig.ADMIN, "/api/chorus/meetings?" + query)).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"/api/chorus/meetings/%ZZ,400", "/%61pi/chorus/meetings,404", "//api/chorus/meetings,404"})
    void path_writtenOddly_reachesNothing(String path, int status) {
        assertThat(rig.sendRaw(HttpRig.ADMIN, path)).isEqualTo(status);
    }

    @Test
    void customerFilter_foreignAndUnknown_areTheSameEmptyList() {
        Reply foreign = rig.get(HttpRig.MARIA, "/api/chorus/meetings?customerId=" + rig.globex);
        Reply unknown = rig.get(HttpRig.MARIA, "/api/chorus/meetings?customerId=" + HttpRig.unknownId());

        assertThat(foreign.response().body()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
        assertThat(unknown.response().body()).isEqualTo(foreign.response().body());
    }

    @Test
    void meeting_hasEverythingButWhatWasSaid() {
        JsonNode call = rig.get(HttpRig.MARIA, "/api/chorus/meetings/" + rig.northwindCall)
                .json();

        assertThat(call.path("durationSeconds").asDouble()).isEqualTo(1800.4);
        assertThat(call.at("/customer/name").asText()).isEqualTo("Northwind Freight");
        assertThat(call.path("transcript").asText()).isEqualTo("available");
        assertThat(call.at("/participants/1/title").asText()).isEqualTo("CFO");
        assertThat(call.at("/trackers/0/mentions/0/startSeconds").asDouble()).isEqualTo(6.5);
        assertThat(call.at("/trackers/0/mentions/0/url").asText()).endsWith("?t=6");
        assertThat(call.at("/actionItems/0/taskId").asText()).isNotEmpty();
        assertThat(call.at("/match/confidence").asDouble()).isEqualTo(1.0);
        assertThat(call.at("/source/dialect").asText()).isEqualTo("engagements");
        assertThat(call.at("/momentum").isObject()).isTrue();
    }

    @Test
    void meeting_foreignUnknownAndMalformed_areTheSameNotFound() {
        List<ObjectNode> answers =
                List.of(rig.globexCall.toString(), HttpRig.unknownId(), rig.unmatchedCall.toString()).stream()
                        .map(id -> problem(rig.get(HttpRig.MARIA, "/api/chorus/meetings/" + id)))
                        .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isEqualTo(answers.getFirst()));
        assertProblem(rig.get(HttpRig.MARIA, "/api/chorus/meetings/E-1"), 404, "not-found");
    }

    @Test
    void transcript_inEveryFormat() {
        String path = "/api/chorus/meetings/" + rig.northwindCall + "/transcript";
        JsonNode json = rig.get(HttpRig.MARIA, path).json();

        assertThat(json.at("/utterances/1/startSeconds").asDouble()).isEqualTo(6.5);
        assertThat(json.path("speakers").findValuesAsText("name")).containsExactly("Maria Lopez", "Paula Reyes");
        assertThat(rig.get(HttpRig.MARIA, path + "?side=external").json().path("utterances"))
                .hasSize(1);
        assertThat(rig.get(HttpRig.MARIA, path + "?to=6.4").json().path("utterances"))
                .hasSize(1);
        Reply vtt = rig.get(HttpRig.MARIA, path + "?format=vtt");
        assertThat(vtt.response().body()).startsWith("WEBVTT\n");
        assertThat(vtt.header("Content-Type")).startsWith("text/vtt");
        assertProblem(rig.get(HttpRig.MARIA, path + "?format=pdf"), 400, "malformed");
    }

    @Test
    void transcript_pending_saysWhenToAskAgain() {
        Reply reply = rig.get(HttpRig.ADMIN, "/api/chorus/meetings/" + rig.unmatchedCall + "/transcript");

        assertProblem(reply, 409, "transcript-pending");
        assertThat(reply.json().path("retryAt").asText()).isEqualTo("2026-11-22T12:10:00Z");
    }

    @Test
    void transcript_ofACallWithoutWords_isEmpty() {
        JsonNode call =
                rig.get(HttpRig.MARIA, "/api/chorus/meetings?externalId=E-4").json();
        JsonNode transcript = rig.get(
                        HttpRig.MARIA,
                        "/api/chorus/meetings/" + call.at("/items/0/id").asText() + "/transcript")
                .json();

        assertThat(transcript.path("transcript").asText()).isEqualTo("empty");
        assertThat(transcript.path("utterances")).isEmpty();
    }

    @Test
    void customerHistory_showsCallsItemsTopicsAndPeople() {
        JsonNode history =
                rig.get(HttpRig.MARIA, "/api/chorus/customer/" + rig.northwind).json();

        assertThat(history.path("callCount").asInt()).isEqualTo(2);
        assertThat(history.path("lastCallAt").asText()).isEqualTo("2026-11-20T15:00:00Z");
        assertThat(history.at("/nextSteps/0/text").asText()).isEqualTo("Send the quote");
        assertThat(history.at("/topics/0/mentions").asInt()).isEqualTo(2);
        assertThat(history.at("/stakeholders/0/callCount").asInt()).isEqualTo(2);
        assertThat(history.at("/health/reason").asText()).isNotEmpty();
        assertProblem(rig.get(HttpRig.MARIA, "/api/chorus/customer/" + rig.globex), 404, "not-found");
    }

    @Test
    void search_findsWithinThePortfolioAndSaysWhatItLookedInto() {
        JsonNode found = rig.get(HttpRig.MARIA, "/api/chorus/search?q=discount").json();

        assertThat(found.path("items").findValuesAsText("externalId")).containsExactly("E-1");
        assertThat(found.at("/items/0/customer/name").asText()).isEqualTo("Northwind Freight");
        assertThat(found.at("/coverage/callsSearched").asInt()).isEqualTo(1);
        assertThat(found.at("/coverage/callsWithoutTranscript").asInt()).isEqualTo(1);
        assertThat(rig.get(HttpRig.MARIA, "/api/chorus/search?q=discount&customerId=" + rig.globex)
                        .json()
                        .path("items"))
                .isEmpty();
        assertProblem(rig.get(HttpRig.MARIA, "/api/chorus/search"), 400, "malformed");
        assertProblem(rig.get(HttpRig.MARIA, "/api/chorus/search?q=a&mode=magic"), 400, "malformed");
    }

    @Test
    void chat_answersAndRemembers_forTheAskerOnly() {
        Reply reply = rig.send(HttpRig.MARIA, "POST", "/api/chat", "{\"message\": \"show me calls with Northwind\"}");
        String conversation = "/api/chat/" + reply.json().path("conversationId").asText();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("outcome").asText()).isEqualTo("answered");
        assertThat(rig.get(HttpRig.MARIA, conversation).json().path("turns")).hasSize(1);
        assertProblem(rig.get(HttpRig.TOM, conversation), 404, "not-found");
        assertProblem(rig.get(HttpRig.TOM, "/api/chat/42"), 404, "not-found");
    }

    @Test
    void chat_asEvents_endsWithTheWholeAnswer() {
        Reply reply =
                rig.send(HttpRig.MARIA, "POST", "/api/chat", "{\"message\": \"help\"}", "Accept", "text/event-stream");

        assertThat(reply.header("Content-Type")).startsWith("text/event-stream");
        assertThat(reply.response().body()).contains("event: delta\ndata: {").contains("event: done\ndata: {");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"message\": \"\"}",
                "{\"message\": 5}",
                "{\"message\": \"a\", \"conversationId\": \"42\"}",
                "{\"message\": \"a\", \"timezone\": \"Mars/Base\"}",
                "{\"message\": \"a\\u0000\"}"
            })
    void chat_wrongBody_isRejected(String body) {
        assertProblem(rig.send(HttpRig.MARIA, "POST", "/api/chat", body), 422, "rejected");
    }

    @Test
    void tasks_areListedWithTheirOrigin() {
        JsonNode tasks = rig.get(HttpRig.TOM, "/api/tasks?status=open").json().path("items");

        assertThat(tasks).hasSize(1);
        assertThat(tasks.at("/0/sourceCallId").asText()).isEqualTo(rig.globexCall.toString());
        assertThat(tasks.at("/0/actionItemId").asText()).isNotEmpty();
        assertThat(rig.get(HttpRig.TOM, "/api/tasks?overdue=true").json().path("items"))
                .isEmpty();
    }

    @Test
    void person_added_getsATokenThatServes() {
        Reply added = rig.send(
                HttpRig.ADMIN,
                "POST",
                "/api/users",
                "{\"email\": \"Eve@CSCX.example\", \"name\": \"Eve\", \"role\": \"leader\"}");
        String id = added.json().path("id").asText();
        Reply token = rig.send(HttpRig.ADMIN, "POST", "/api/users/" + id + "/tokens", "{\"name\": \"laptop\"}");

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().path("email").asText()).isEqualTo("eve@cscx.example");
        assertThat(rig.get(token.json().path("token").asText(), "/api/chorus/meetings")
                        .status())
                .isEqualTo(200);
        assertThat(externalIds(rig.get(token.json().path("token").asText(), "/api/chorus/meetings")))
                .doesNotContain("E-3");
        assertProblem(
                rig.send(
                        HttpRig.ADMIN,
                        "POST",
                        "/api/users",
                        "{\"email\": \"eve@cscx.example\", \"name\": \"Eve\", \"role\": \"csm\"}"),
                409,
                "email-taken");
        assertProblem(
                rig.send(
                        HttpRig.ADMIN,
                        "POST",
                        "/api/users",
                        "{\"email\": \"a@b.example\", \"name\": \"A\", \"role\": \"csm\", \"teamId\": \""
                                + HttpRig.unknownId() + "\"}"),
                422,
                "rejected");
        assertProblem(
                rig.send(
                        HttpRig.ADMIN,
                        "POST",
                        "/api/users/" + HttpRig.unknownId() + "/tokens",
                        "{\"name\": \"laptop\"}"),
                404,
                "not-found");
    }

    @Test
    void customers_imported_answerPerRow_againUpdates() {
        String csv = "\uFEFFname,aliases,domains,crm_id,owner_email,segment,renewal_date\n"
                + "Initech,TPS;Inc,initech.example,C-9,tom@cscx.example,SMB,2027-01-31\n"
                + "Umbrella,,,,nobody@cscx.example,,\n";

        JsonNode first = rig.send(HttpRig.ADMIN, "POST", "/api/customers/import", csv, "Content-Type", "text/csv")
                .json();
        JsonNode again = rig.send(HttpRig.ADMIN, "POST", "/api/customers/import", csv, "Content-Type", "text/csv")
                .json();

        assertThat(first.path("created").asInt()).isEqualTo(1);
        assertThat(first.at("/rejected/0/line").asInt()).isEqualTo(3);
        assertThat(again.path("updated").asInt()).isEqualTo(1);
        assertThat(rig.get(HttpRig.TOM, "/api/customers").json().path("items").findValuesAsText("name"))
                .containsExactly("Globex", "Initech");
    }

    @Test
    void connection_atFirst_isDisconnected_andASyncAConflict() {
        assertThat(rig.get(HttpRig.ADMIN, "/api/integrations/chorus")
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("disconnected");
        assertProblem(rig.send(HttpRig.ADMIN, "POST", "/api/chorus/sync", null), 409, "not-connected");
        assertProblem(rig.get(HttpRig.ADMIN, "/api/chorus/sync/" + HttpRig.unknownId()), 404, "not-found");
        assertProblem(rig.send(HttpRig.ADMIN, "POST", "/api/chorus/sync", "{\"from\": \"soon\"}"), 422, "rejected");
    }

    @Test
    void bodies_brokenWrongOrTooLarge_areTold() {
        assertProblem(rig.send(HttpRig.ADMIN, "POST", "/api/users", "{\"name\":"), 400, "malformed");
        assertProblem(rig.send(HttpRig.ADMIN, "POST", "/api/users", null), 400, "malformed");
        Reply wrong = rig.send(HttpRig.ADMIN, "POST", "/api/customers", "{\"name\": 5}");
        assertProblem(wrong, 422, "rejected");
        assertThat(wrong.json().at("/errors/0/pointer").asText()).isEqualTo("/name");
        assertProblem(rig.send(HttpRig.ADMIN, "POST", "/api/users", " ".repeat(1024 * 1024 + 1)), 413, "too-large");
        assertProblem(
                rig.send(HttpRig.ADMIN, "POST", "/api/customers/import", "x".repeat(10 * 1024 * 1024 + 1)),
                413,
                "too-large");
    }

    @Test
    void unknownPathAndWrongMethod_areProblemsToo() {
        assertProblem(rig.get(HttpRig.MARIA, "/api/nothing"), 404, "not-found");
        Reply wrongMethod = rig.send(HttpRig.MARIA, "DELETE", "/api/chorus/meetings", null);
        assertProblem(wrongMethod, 405, "method-not-allowed");
        assertThat(wrongMethod.header("Allow")).contains("GET");
        assertProblem(rig.send(null, "GET", "/nothing", null), 404, "not-found");
    }

    @Test
    void requestId_isTheCallersIfSane_elseOurs() {
        assertThat(rig.send(HttpRig.MARIA, "GET", "/api/tasks", null, "X-Request-Id", "abc-123")
                        .header("X-Request-Id"))
                .isEqualTo("abc-123");
        assertThat(rig.send(HttpRig.MARIA, "GET", "/api/tasks", null, "X-Request-Id", "a b;c")
                        .header("X-Request-Id"))
                .hasSize(36);
    }

    @Test
    void headers_keepAnswersOutOfCachesAndFrames() {
        Reply reply = rig.get(HttpRig.MARIA, "/api/tasks");

        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(reply.header("Server")).isEmpty();
    }

    @Test
    void openPlaces_answerWithoutAToken() {
        assertThat(rig.send(null, "GET", "/healthz", null).status()).isEqualTo(200);
        assertThat(rig.send(null, "GET", "/readyz", null).json().path("status").asText())
                .isEqualTo("ready");
        assertThat(rig.send(null, "GET", "/openapi.json", null)
                        .json()
                        .path("openapi")
                        .asText())
                .isEqualTo("3.1.0");
    }

    @Test
    void openApi_onAPublicAddress_needsAToken() {
        try (WebServer open = new WebServer(new WebServer.Settings("0.0.0.0", 0, null), rig.features, null)) {
            open.start();
            assertThat(rig.sendTo(open.port(), null, "/openapi.json")).isEqualTo(401);
            assertThat(rig.sendTo(open.port(), HttpRig.MARIA, "/openapi.json")).isEqualTo(200);
        }
    }

    @Test
    void port_taken_saysWhatToDo() {
        try (WebServer second =
                new WebServer(new WebServer.Settings("127.0.0.1", rig.port(), null), rig.features, null)) {
            assertThatExceptionOfType(Failure.Unavailable.class)
                    .isThrownBy(second::start)
                    .withMessage("Port " + rig.port() + " is taken; stop what uses it or set CSCX_PORT.");
        }
    }

    private static List<String> externalIds(Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        return reply.json().path("items").findValuesAsText("externalId");
    }

    private static ObjectNode problem(Reply reply) {
        assertProblem(reply, 404, "not-found");
        ObjectNode problem = (ObjectNode) reply.json();
        problem.remove("instance");
        return problem;
    }

    private static void assertProblem(Reply reply, int status, String type) {
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:cscx:problem:" + type);
        assertThat(reply.json().path("status").asInt()).isEqualTo(status);
        assertThat(reply.json().path("detail").asText()).isNotBlank();
        assertThat(reply.header("X-Request-Id")).isNotBlank();
    }
}
