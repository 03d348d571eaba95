package ai.cscx.chorus;

import ai.cscx.chorus.local.LocalServers;
import ai.cscx.chorus.store.PostgresUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.opensearch.testcontainers.OpenSearchContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Real PostgreSQL and OpenSearch, started once per run: embedded, or from Docker with {@code -Pcontainers}. */
public final class TestServers {
    private static final Path DATA = Path.of("target", "it-data").toAbsolutePath();
    private static final TestServers SERVERS = start();

    private final PostgresUrl database;
    private final URI openSearch;

    private TestServers(PostgresUrl database, URI openSearch) {
        this.database = database;
        this.openSearch = openSearch;
    }

    public static TestServers get() {
        return SERVERS;
    }

    public PostgresUrl database() {
        return database;
    }

    public URI openSearch() {
        return openSearch;
    }

    private static TestServers start() {
        if ("containers".equals(System.getProperty("cscx.test.servers"))) {
            return containers();
        }
        deleteAll(DATA);
        LocalServers local = new LocalServers(new LocalServers.Settings(DATA, Duration.ofSeconds(180)));
        local.start();
        Runtime.getRuntime().addShutdownHook(new Thread(local::close));
        return new TestServers(PostgresUrl.parse(local.jdbcUrl()), local.openSearchUrl());
    }

    @SuppressWarnings("resource") // Testcontainers removes them when the JVM ends.
    private static TestServers containers() {
        PostgreSQLContainer postgres =
                new PostgreSQLContainer("postgres:18").withCommand("postgres", "-c", "max_connections=200");
        postgres.start();
        OpenSearchContainer<?> search = new OpenSearchContainer<>("opensearchproject/opensearch:3");
        search.start();
        return new TestServers(
                new PostgresUrl(postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword()),
                URI.create(search.getHttpHostAddress()));
    }

    static void deleteAll(Path directory) {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
