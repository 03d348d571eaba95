package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.PostgresUrl;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The document and the routes say the same. */
final class OpenApiTest {
    private final WebServer server = new WebServer(
            new WebServer.Settings("127.0.0.1", 0, null),
            RealFeatures.of(
                    new Database(new Database.Settings(PostgresUrl.parse("jdbc:postgresql://127.0.0.1:1/none"), 1)),
                    URI.create("http://127.0.0.1:1"),
                    Clock.systemUTC()),
            null);
    private final JsonNode json = tree(OpenApi.describe(server.routes()));
    private final SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(json.toString());
    private final OpenAPI document = parsed.getOpenAPI();

    @Test
    void document_isValid() {
        assertThat(parsed.getMessages()).isEmpty();
    }

    @Test
    void document_hasEveryRouteAndNoOther() {
        Set<String> routed = new TreeSet<>();
        Javalin javalin = server.create();
        javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsedEndpoint -> parsedEndpoint.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .forEach(endpoint -> routed.add(endpoint.method.name() + " " + endpoint.path));

        Set<String> described = new TreeSet<>();
        document.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().keySet().forEach(method -> described.add(method + " " + path)));

        assertThat(described).isEqualTo(routed);
    }

    @Test
    void operations_haveIdsOfTheirOwn() {
        assertThat(document.getPaths().values().stream()
                        .flatMap(item -> item.readOperations().stream())
                        .map(operation -> operation.getOperationId()))
                .doesNotHaveDuplicates();
    }

    @Test
    void parameters_areThoseThatTheRouteChecks() {
        assertThat(json.at("/paths/~1api~1chorus~1meetings/get/parameters").findValuesAsText("name"))
                .contains("customerId", "from", "to", "participant", "ownerId", "title", "sort", "limit", "cursor");
    }

    @Test
    void unwrappedFields_standBesideTheOthers() {
        JsonNode properties = json.at("/components/schemas/MeetingDetail/properties");

        assertThat(properties.fieldNames())
                .toIterable()
                .contains("durationSeconds", "trackers", "syncedAt")
                .doesNotContain("call");
    }

    @Test
    void nullableFields_saySo() {
        JsonNode meeting = json.at("/components/schemas/Meeting");

        assertThat(meeting.path("required"))
                .extracting(JsonNode::asText)
                .contains("id")
                .doesNotContain("title");
        assertThat(meeting.at("/properties/title/type"))
                .extracting(JsonNode::asText)
                .containsExactly("string", "null");
        assertThat(meeting.at("/properties/customer/anyOf")).hasSize(2);
    }

    private static JsonNode tree(byte[] json) {
        try {
            return WireJson.MAPPER.readTree(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
