package ai.cscx.chorus.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.PostgresUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** The types for chat front ends say what the OpenAPI document says. */
final class TypeScriptTest {
    private static final Path TYPES = Path.of("docs", "chorus-api.d.ts");
    private static final Path NEW_TYPES = Path.of("target", "chorus-api.d.ts");

    @Test
    void types_areInStepWithTheDocument() throws IOException {
        WebServer server = new WebServer(
                new WebServer.Settings("127.0.0.1", 0, null),
                RealFeatures.of(
                        new Database(new Database.Settings(PostgresUrl.parse("jdbc:postgresql://127.0.0.1:1/none"), 1)),
                        URI.create("http://127.0.0.1:1"),
                        Clock.systemUTC()),
                null);
        String types = TypeScript.of(WireJson.MAPPER.readTree(OpenApi.describe(server.routes())));
        Files.createDirectories(NEW_TYPES.getParent());
        Files.writeString(NEW_TYPES, types, UTF_8);

        assertThat(Files.exists(TYPES) ? Files.readString(TYPES, UTF_8) : "")
                .as("the interface has changed: cp %s %s", NEW_TYPES, TYPES)
                .isEqualTo(types);
    }
}
