package ai.cscx.chorus.local;

import ai.cscx.chorus.base.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL with its data in {@code postgres}, its programs in {@code cache} and its log in {@code postgres.log}.
 *
 * <p>It survives the death of this process, whatever the cause, so that a shutdown hook can still use it; the next
 * start stops the one left behind.
 */
final class PostgresServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final String DATABASE = "cscx";
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_NOW_TIMEOUT = Duration.ofSeconds(15);

    private final Path directory;
    private final Path data;
    private final Path log;
    private final Duration startTimeout;
    private @Nullable PostgresBinaries binaries;
    private boolean closed;
    private volatile @Nullable String jdbcUrl;
    private volatile @Nullable Long pid;

    PostgresServer(Path directory, Duration startTimeout) {
        this.directory = directory;
        this.data = directory.resolve("postgres");
        this.log = directory.resolve("postgres.log");
        this.startTimeout = startTimeout;
    }

    synchronized void start() {
        if (closed) {
            throw new Failure.Unavailable("PostgreSQL was stopped before it had started.");
        }
        long begin = System.nanoTime();
        PostgresBinaries programs = PostgresBinaries.in(directory.resolve("cache"));
        binaries = programs;
        try {
            Files.deleteIfExists(log);
            stopLeftover(programs);
            PostgresCluster.createIfMissing(programs, data, log);
            int port = startOnFreePort(programs);
            pid = leftover().map(ProcessHandle::pid).orElse(null);
            String password = PostgresCluster.password(data);
            createDatabase(url(port, "postgres", password));
            jdbcUrl = url(port, DATABASE, password);
            LOG.info("PostgreSQL answers on port {} after {} ms", port, (System.nanoTime() - begin) / 1_000_000);
        } catch (IOException | SQLException cause) {
            throw new Failure.Unavailable("PostgreSQL could not be started; its log, " + log + ", says why.", cause);
        }
    }

    String jdbcUrl() {
        String url = jdbcUrl;
        if (url == null) {
            throw new IllegalStateException("PostgreSQL is not running");
        }
        return url;
    }

    @Nullable
    Long pid() {
        return pid;
    }

    @Override
    public synchronized void close() {
        closed = true;
        jdbcUrl = null;
        pid = null;
        PostgresBinaries programs = binaries;
        binaries = null;
        if (programs != null) {
            stopLeftover(programs);
        }
    }

    private int startOnFreePort(PostgresBinaries programs) throws IOException {
        int port = freePort();
        if (!startOn(port, programs)) {
            LOG.warn("PostgreSQL did not start on port {}; trying another one", port);
            port = freePort();
            if (!startOn(port, programs)) {
                throw new Failure.Unavailable("PostgreSQL did not start; its log, " + log + ", says why.");
            }
        }
        return port;
    }

    private boolean startOn(int port, PostgresBinaries programs) {
        // The log must not repeat what people said: no failed statement, no values in details.
        String options = "-p " + port
                + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
                + " -c max_connections=200 -c shared_buffers=128MB -c fsync=on -c synchronous_commit=on"
                + " -c timezone=UTC -c log_timezone=UTC"
                + " -c log_min_messages=log -c log_min_error_statement=panic -c log_error_verbosity=terse";
        String seconds = Long.toString(Math.max(1, startTimeout.toSeconds()));
        List<String> command = programs.command(
                "pg_ctl", "start", "-w", "-t", seconds, "-D", data.toString(), "-l", log.toString(), "-o", options);
        boolean started = Children.run(command, log, startTimeout.plusSeconds(5)) == 0;
        if (!started) {
            stopLeftover(programs);
        }
        return started;
    }

    private void createDatabase(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            boolean exists;
            try (ResultSet found =
                    statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                exists = found.next();
            }
            if (!exists) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    /** Stops the PostgreSQL that runs on our data, whoever started it. */
    private void stopLeftover(PostgresBinaries programs) {
        Optional<ProcessHandle> leftover = leftover();
        if (leftover.isEmpty()) {
            return;
        }
        ProcessHandle postmaster = leftover.get();
        if (stop(programs, "fast", STOP_TIMEOUT)
                || stop(programs, "immediate", STOP_NOW_TIMEOUT)
                || !Children.isRunning(postmaster)) {
            return;
        }
        throw new Failure.Conflict(
                "postgres-does-not-stop",
                "PostgreSQL of an earlier run (pid " + postmaster.pid() + ") does not stop; end it and start again.",
                null);
    }

    private boolean stop(PostgresBinaries programs, String mode, Duration timeout) {
        List<String> command = programs.command(
                "pg_ctl", "stop", "-w", "-t", Long.toString(timeout.toSeconds()), "-m", mode, "-D", data.toString());
        return Children.run(command, log, timeout.plusSeconds(5)) == 0;
    }

    /**
     * The postmaster that runs on our data. PostgreSQL itself sees to a pid file whose process is gone, but takes any
     * living process of that number for a postmaster, such as after a reboot: a foreigner's file is removed here.
     */
    private Optional<ProcessHandle> leftover() {
        Path pidFile = data.resolve("postmaster.pid");
        Optional<ProcessHandle> process = Children.named(pidFile);
        if (process.isEmpty()) {
            return process;
        }
        Optional<Path> program = process.get().info().command().map(Path::of);
        if (program.isPresent() && isOurs(program.get())) {
            return process;
        }
        if (program.isPresent() && program.get().getFileName().toString().startsWith("postgres")) {
            throw new Failure.Conflict(
                    "postgres-of-somebody-else",
                    "Another PostgreSQL (pid " + process.get().pid() + ") may be using " + data
                            + "; stop it or set CSCX_DATA_DIR to another directory.",
                    null);
        }
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException denied) {
            throw new Failure.Unavailable(
                    "Delete " + pidFile + ", which an earlier run left, and start again.", denied);
        }
        return Optional.empty();
    }

    /** Ours alone runs from programs inside our own directory. */
    private boolean isOurs(Path program) {
        try {
            return program.toRealPath().startsWith(directory.toRealPath());
        } catch (IOException gone) {
            return program.startsWith(directory);
        }
    }

    private static String url(int port, String database, String password) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + PostgresCluster.USER + "&password="
                + password;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
