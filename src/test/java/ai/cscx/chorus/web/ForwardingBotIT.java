package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The example of docs/slack.md, run as it stands there. */
class ForwardingBotIT {
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void example_asksOnBehalfOfThePerson_andAThreadIsAConversation() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (HttpRig rig = new HttpRig()) {
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "docs/examples/ForwardingBot.java",
                    Integer.toString(port));
            builder.environment().put("CSCX_URL", "http://127.0.0.1:" + rig.port());
            builder.environment().put("CSCX_SERVICE_TOKEN", HttpRig.SERVICE);
            Process bot = builder.inheritIO().start();
            try {
                String maria = "/?thread=t1&email=maria@cscx.example";
                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptionsInstanceOf(IOException.class)
                        .until(() -> ask(port, maria, "help").statusCode() == 200);

                JsonNode first = json(ask(port, maria, "Show calls for \"Northwind Freight\""));
                JsonNode second = json(ask(port, maria, "and for Globex?"));
                JsonNode toms =
                        json(ask(port, "/?thread=t1&email=tom@cscx.example", "Show calls for Northwind Freight"));

                assertThat(first.path("reply").asText()).startsWith("I found 2 calls");
                assertThat(second.path("conversationId")).isEqualTo(first.path("conversationId"));
                assertThat(toms.path("conversationId")).isNotEqualTo(first.path("conversationId"));
                assertThat(toms.path("outcome").asText()).isEqualTo("not_found");
                assertThat(ask(port, "/?thread=t1&email=stranger@cscx.example", "help")
                                .statusCode())
                        .isEqualTo(403);
            } finally {
                bot.destroyForcibly().waitFor();
            }
        }
    }

    private HttpResponse<String> ask(int port, String path, String message) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .POST(HttpRequest.BodyPublishers.ofString(message))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return WireJson.MAPPER.readTree(answer.body());
    }
}
