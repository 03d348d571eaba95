package ai.cscx.chorus.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.TestApplication;
import ai.cscx.chorus.TestApplication.Reply;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the MCP door does before a message reaches the server. */
class McpHttpIT {
    private static final TestApplication APP = TestApplication.get();
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @Test
    void ping_isAnswered_alsoByClientsThatSayNoVersion() {
        Reply reply = post("demo-csm", PING);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("id").asInt()).isEqualTo(1);
        assertThat(reply.json().path("result").isObject()).isTrue();
        assertThat(reply.response().headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void stranger_getsA401_thatSaysHow() {
        for (String token : new String[] {null, "not-a-token"}) {
            Reply reply = post(token, PING);

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.response().headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Bearer");
        }
    }

    @Test
    void pagesOfStrangers_areRefused_ours_andToolsWithoutOrigin_areNot() {
        assertThat(post("demo-csm", PING, "Origin", "https://evil.example").status())
                .isEqualTo(403);
        assertThat(post("demo-csm", PING, "Origin", "null").status()).isEqualTo(403);
        assertThat(post("demo-csm", PING, "Origin", "http://localhost:6274").status())
                .isEqualTo(200);
    }

    @Test
    void nameThatWasMadeToResolveToUs_isRefused() throws IOException {
        assertThat(rawStatus("evil.example")).isEqualTo(403);
        assertThat(rawStatus("localhost:" + APP.address().getPort())).isEqualTo(200);
        assertThat(rawStatus("127.0.0.1")).isEqualTo(200);
    }

    @Test
    void unknownProtocolVersion_isRefused_withThoseThatAreSpoken() {
        Reply reply = post("demo-csm", PING, "MCP-Protocol-Version", "1999-01-01");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").path("message").asText()).contains("2025-11-25");
        assertThat(post("demo-csm", PING, "MCP-Protocol-Version", "2025-06-18").status())
                .isEqualTo(200);
    }

    @Test
    void whatIsNoMessage_isAParseError_withoutInternals() {
        for (String body : new String[] {"", "{", "[" + PING + "]", "{\"jsonrpc\":\"2.0\"}", "\"x\""}) {
            Reply reply = post("demo-csm", body);

            assertThat(reply.status()).as(body).isEqualTo(400);
            assertThat(reply.json().path("error").path("code").asInt()).isEqualTo(-32700);
            assertThat(reply.body()).doesNotContain("Exception", "stackTrace");
        }
    }

    @Test
    void whatDoesNotFitTheMethod_isAnError_withoutInternals() {
        for (String message : new String[] {
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":7,\"arguments\":\"x\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{}}",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"rm\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"resources/read\",\"params\":{\"uri\":\"file:///etc/passwd\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"prompts/get\",\"params\":{\"name\":\"none\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"no/such/method\"}"
        }) {
            Reply reply = post("demo-csm", message);

            assertThat(reply.status()).as(message).isEqualTo(200);
            assertThat(reply.json().path("id").asInt()).isEqualTo(7);
            assertThat(reply.json().path("error").path("message").asText())
                    .as(message)
                    .isNotBlank()
                    .doesNotContain("Exception", "java.", "com.");
        }
    }

    @Test
    void notification_isTaken_andStreamsAreNotThere() {
        assertThat(post("demo-csm", "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .status())
                .isEqualTo(202);
        assertThat(APP.send(APP.request("demo-csm", "/mcp")
                                .header("Accept", "text/event-stream")
                                .GET()
                                .build())
                        .status())
                .isEqualTo(405);
        assertThat(APP.send(APP.request("demo-csm", "/mcp").DELETE().build()).status())
                .isEqualTo(405);
    }

    @Test
    void largeBody_isRefused() {
        assertThat(post("demo-csm", " ".repeat(1024 * 1024) + PING).status()).isEqualTo(413);
    }

    private static Reply post(String token, String body, String... headers) {
        HttpRequest.Builder request = APP.request(token, "/mcp")
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return APP.send(request.build());
    }

    /** The status of a ping that says it was sent to this host. */
    private static int rawStatus(String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", APP.address().getPort())) {
            socket.getOutputStream()
                    .write(("POST /mcp HTTP/1.1\r\nHost: " + host
                                    + "\r\nConnection: close\r\nAuthorization: Bearer demo-csm\r\nContent-Length: "
                                    + PING.length() + "\r\n\r\n" + PING)
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }
    }
}
