package ai.cscx.chorus.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.cscx.chorus.base.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalServersIT {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    Path temporary;

    @Test
    void restart_onDirectoryWithSpaces_keepsDataAndIsAlone() throws Exception {
        Path directory = temporary.resolve("our data");
        LocalServers first = servers(directory);
        first.start();
        ProcessHandle postgres = process(first.postgresPid());
        ProcessHandle openSearch = process(first.openSearchPid());
        sql(first, "CREATE TABLE kept AS SELECT 'Zoë' AS name");
        http(first, "PUT", "/kept", "{}");
        http(first, "PUT", "/kept/_doc/1?refresh=true", "{\"name\":\"Zoë\"}");
        assertThat(http(first, "PUT", "/surprise/_doc/1", "{}")).contains("index_not_found_exception");
        assertThat(query(first, "SHOW fsync")).isEqualTo("on");
        assertThat(query(first, "SELECT upper('é') || (show_trgm('é') IS NOT NULL)", "CREATE EXTENSION pg_trgm"))
                .isEqualTo("Étrue");
        assertThat(Files.getPosixFilePermissions(directory)).isEqualTo(PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> servers(directory).start())
                .isInstanceOf(Failure.Conflict.class)
                .hasMessage("Another CSCX Chorus is using " + directory + "; stop it (pid "
                        + ProcessHandle.current().pid() + ") or set CSCX_DATA_DIR to another directory.");
        Process other = otherProcess(directory);
        assertThat(other.inputReader().lines().toList())
                .anyMatch(line ->
                        line.contains("stop it (pid " + ProcessHandle.current().pid() + ")"));
        assertThat(other.waitFor()).isEqualTo(1);
        assertThat(query(first, "SELECT 1")).isEqualTo("1");

        first.close();
        first.close();
        assertThat(Children.isRunning(postgres)).isFalse();
        assertThat(Children.isRunning(openSearch)).isFalse();
        assertThatThrownBy(first::jdbcUrl).isInstanceOf(IllegalStateException.class);

        try (LocalServers second = servers(directory)) {
            second.start();
            assertThat(query(second, "SELECT name FROM kept")).isEqualTo("Zoë");
            assertThat(http(second, "GET", "/kept/_doc/1", "")).contains("Zoë");
        }
    }

    @Test
    void start_afterProcessWasKilled_worksAndLeavesNothingOfIt() throws Exception {
        Path directory = temporary.resolve("data");
        Process killed = otherProcess(directory);
        String[] pids = awaitReady(killed).split(" ");
        ProcessHandle postgres = process(Long.valueOf(pids[0]));
        ProcessHandle openSearch = process(Long.valueOf(pids[1]));
        assertThatThrownBy(() -> servers(directory).start()).hasMessageContaining("stop it (pid " + killed.pid() + ")");
        killed.destroyForcibly().waitFor();
        assertThat(Children.isRunning(postgres)).isTrue();

        try (LocalServers next = servers(directory)) {
            next.start();
            assertThat(query(next, "SELECT 1")).isEqualTo("1");
            assertThat(http(next, "GET", "/", "")).contains("3.5.0");
            assertThat(Children.isRunning(postgres)).isFalse();
            assertThat(Children.isRunning(openSearch)).isFalse();
        }
    }

    @Test
    void openSearchKilled_isThereAgainOnTheSameAddress() throws Exception {
        try (LocalServers servers = servers(temporary.resolve("data"))) {
            servers.start();
            http(servers, "PUT", "/kept", "{}");
            http(servers, "PUT", "/kept/_doc/1?refresh=true", "{\"name\": \"Zoë\"}");
            URI address = servers.openSearchUrl();
            Long pid = Objects.requireNonNull(servers.openSearchPid());

            process(pid).destroyForcibly();

            await().atMost(START_TIMEOUT)
                    .ignoreExceptions()
                    .until(() -> http(servers, "GET", "/kept/_doc/1", "").contains("Zoë"));
            assertThat(servers.openSearchUrl()).isEqualTo(address);
            assertThat(servers.openSearchPid()).isNotEqualTo(pid);
        }
    }

    @Test
    void start_afterInterruptedFirstStart_beginsAgain() throws Exception {
        Path directory = temporary.resolve("data");
        for (String half : List.of("cache/postgres-partial/bin", "postgres-partial/base")) {
            Path folder = Files.createDirectories(directory.resolve(half));
            Files.writeString(folder.resolve("initdb"), "half of it");
        }
        Files.writeString(directory.resolve("cscx.password"), "half");

        try (PostgresServer postgres = new PostgresServer(directory, START_TIMEOUT)) {
            postgres.start();
        }
        assertThat(directory.resolve("postgres-partial")).doesNotExist();
        assertThat(directory.resolve("cscx.password")).doesNotExist();
    }

    @Test
    void start_stalePidFilesOfLivingStrangers_leavesThemAlone() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Path directory = Files.createDirectories(temporary.resolve("data"));
            try (PostgresServer postgres = new PostgresServer(directory, START_TIMEOUT)) {
                postgres.start();
            }
            Files.createDirectory(directory.resolve("opensearch"));
            Files.writeString(directory.resolve("postgres/postmaster.pid"), stranger.pid() + "\n");
            Files.writeString(directory.resolve("opensearch/opensearch.pid"), Long.toString(stranger.pid()));
            try (LocalServers servers = servers(directory)) {
                servers.start();
                assertThat(query(servers, "SELECT 1")).isEqualTo("1");
            }
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void close_duringStart_makesItFailAndLeavesNothing() throws Exception {
        Path directory = temporary.resolve("data");
        LocalServers servers = servers(directory);
        Thread starter = Thread.ofPlatform()
                .unstarted(() -> assertThatThrownBy(servers::start).isInstanceOf(Failure.Unavailable.class));
        starter.start();
        while (servers.openSearchPid() == null && starter.isAlive()) {
            Thread.onSpinWait();
        }
        servers.close();
        assertThat(starter.join(Duration.ofMinutes(1))).isTrue();
        assertThat(servers.postgresPid()).isNull();
        assertThat(servers.openSearchPid()).isNull();
        assertThat(directory.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void start_directoryIsFile_saysSo() throws IOException {
        Path file = Files.createFile(temporary.resolve("data"));

        assertThatThrownBy(() -> servers(file).start())
                .isInstanceOf(Failure.Unavailable.class)
                .hasMessage(file + " is a file; remove it or set CSCX_DATA_DIR to a directory that can hold the data.");
    }

    @Test
    void start_directoryCannotBeMade_saysSo() throws IOException {
        // Below a file, where not even root can make a directory.
        Path below = Files.createFile(temporary.resolve("file")).resolve("data");

        assertThatThrownBy(() -> servers(below).start())
                .isInstanceOf(Failure.Unavailable.class)
                .hasMessage("Nothing can be written to " + below
                        + "; make it writable or set CSCX_DATA_DIR to another directory.");
    }

    @Test
    void start_pathThatShellWouldRead_saysSo() {
        assertThatThrownBy(() -> servers(temporary.resolve("a$HOME")).start())
                .isInstanceOf(Failure.Unavailable.class)
                .hasMessageContaining("set CSCX_DATA_DIR to a path without quotes");
    }

    @Test
    void close_neverStarted_doesNothing() {
        servers(temporary.resolve("data")).close();

        assertThat(temporary.resolve("data")).doesNotExist();
    }

    @Test
    void available_withoutEmbeddedLibraries_isFalseAndSaysWhatToDo() throws Exception {
        assertThat(LocalServers.available()).isTrue();

        URL classes = LocalServers.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader production =
                new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class<?> hidden = production.loadClass(LocalServers.class.getName());
            assertThat(hidden.getMethod("available").invoke(null)).isEqualTo(false);
            assertThat((String) hidden.getMethod("unavailableMessage").invoke(null))
                    .contains("DATABASE_URL", "OPENSEARCH_URL", "mvn compile exec:exec");
        }
    }

    private static LocalServers servers(Path directory) {
        return new LocalServers(new LocalServers.Settings(directory, START_TIMEOUT));
    }

    private static Process otherProcess(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocalServersMain.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static ProcessHandle process(@Nullable Long pid) {
        return ProcessHandle.of(Objects.requireNonNull(pid)).orElseThrow();
    }

    private static String awaitReady(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(LocalServersMain.READY)) {
                return line.substring(LocalServersMain.READY.length());
            }
            seen.append(line).append('\n');
        }
        throw new AssertionError("The process ended before it was ready:\n" + seen);
    }

    private static void sql(LocalServers servers, String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(servers.jdbcUrl());
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    private static String query(LocalServers servers, String query, String... before) throws SQLException {
        for (String statement : before) {
            sql(servers, statement);
        }
        try (Connection connection = DriverManager.getConnection(servers.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static String http(LocalServers servers, String method, String path, String body)
            throws IOException, InterruptedException {
        URI address = servers.openSearchUrl().resolve(path);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
