package ai.cscx.chorus.local;

import ai.cscx.chorus.base.Failure;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenSearch in a process of its own, which ends when its standard input does: on {@link #requestStop} and, since the
 * pipe breaks, however this process dies.
 */
final class OpenSearchProcess {
    private static final Logger LOG = LoggerFactory.getLogger(OpenSearchProcess.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int ANY_PORT = 0;

    private final Path home;
    private final Duration startTimeout;
    private volatile boolean stopping;
    private volatile @Nullable Process process;
    private volatile @Nullable URI url;

    OpenSearchProcess(Path home, Duration startTimeout) {
        this.home = home;
        this.startTimeout = startTimeout;
    }

    void start() {
        long begin = System.nanoTime();
        try {
            Files.createDirectories(home.resolve("config"));
            Files.createDirectories(home.resolve("logs"));
            awaitLeftover();
            Files.deleteIfExists(portFile());
            Files.deleteIfExists(console());
            Process started = launch(ANY_PORT);
            URI address = URI.create("http://127.0.0.1:" + awaitPort(started, begin));
            check(address);
            url = address;
            watching(started);
            LOG.info(
                    "OpenSearch answers on port {} after {} ms",
                    address.getPort(),
                    (System.nanoTime() - begin) / 1_000_000);
        } catch (IOException cause) {
            throw new Failure.Unavailable("OpenSearch could not be started; " + logs() + " says why.", cause);
        } catch (InterruptedException interrupted) {
            throw Children.interrupted(interrupted);
        }
    }

    URI url() {
        URI address = url;
        if (address == null) {
            throw new IllegalStateException("OpenSearch is not running");
        }
        return address;
    }

    @Nullable
    Long pid() {
        Process running = process;
        return running == null ? null : running.pid();
    }

    /** Returns at once; a start that is under way fails. */
    void requestStop() {
        stopping = true;
        url = null;
        Process running = process;
        if (running != null) {
            closeInput(running);
        }
    }

    void awaitStop() {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        try {
            if (!running.waitFor(STOP_TIMEOUT)) {
                LOG.warn("OpenSearch (pid {}) does not stop and is ended; its journal keeps the data", running.pid());
                running.destroyForcibly().waitFor(STOP_TIMEOUT);
            }
        } catch (InterruptedException interrupted) {
            throw Children.interrupted(interrupted);
        }
    }

    private Process launch(int port) throws IOException {
        Process started = Children.prepare(command(port), console()).start();
        process = started;
        Files.writeString(pidFile(), Long.toString(started.pid()));
        if (stopping) {
            closeInput(started);
        }
        return started;
    }

    /** The class path goes through a file, since it is longer than some systems allow a command line to be. */
    private List<String> command(int port) throws IOException {
        Path arguments = home.resolve("java.arguments");
        String classPath = Stream.concat(
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                // The application's logging would write to a console that nobody reads.
                                .filter(entry -> !String.valueOf(Path.of(entry).getFileName())
                                        .startsWith("logback-")),
                        OpenSearchPlugins.jars().stream().map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator));
        Files.writeString(
                arguments,
                "-cp \"" + classPath.replace("\\", "\\\\") + "\"\n",
                Charset.forName(System.getProperty("native.encoding", "UTF-8")));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlog4j2.configurationFile=classpath:ai/cscx/chorus/local/opensearch-log4j2.properties",
                "-Dlog4j.shutdownHookEnabled=false",
                "-Dcscx.opensearch.logs=" + logs(),
                "-D" + OpenSearchNode.PORT + "=" + port,
                "@" + arguments,
                OpenSearchNode.class.getName(),
                home.toString());
    }

    private int awaitPort(Process started, long begin) throws IOException, InterruptedException {
        while (!Files.exists(portFile())) {
            if (started.waitFor(POLL)) {
                throw new Failure.Unavailable(
                        stopping
                                ? "OpenSearch was stopped before it had started."
                                : "OpenSearch stopped while it was starting; " + logs() + " says why.");
            }
            if (System.nanoTime() - begin > startTimeout.toNanos()) {
                throw new Failure.Unavailable("OpenSearch did not answer within " + startTimeout.toSeconds()
                        + " s; close other programs and start again, or see " + logs() + ".");
            }
        }
        return Integer.parseInt(Files.readString(portFile()).strip());
    }

    private void check(URI address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(startTimeout).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new Failure.Unavailable("OpenSearch answers with status " + status + "; see " + logs() + ".");
            }
        }
    }

    /** The node of a run that was killed sees its input end and closes; until then it holds the data. */
    private void awaitLeftover() {
        ProcessHandle leftover = Children.named(pidFile()).filter(this::isOurs).orElse(null);
        if (leftover == null || Children.awaitEnd(leftover, STOP_TIMEOUT)) {
            return;
        }
        LOG.warn("OpenSearch of an earlier run (pid {}) did not stop by itself and is ended", leftover.pid());
        leftover.destroyForcibly();
        if (!Children.awaitEnd(leftover, STOP_TIMEOUT)) {
            throw new Failure.Conflict(
                    "opensearch-does-not-stop",
                    "OpenSearch of an earlier run (pid " + leftover.pid() + ") does not stop; end it and start again.",
                    null);
        }
    }

    /** Ours is the process that was asked to run our program on our directory; what hides its arguments is not. */
    private boolean isOurs(ProcessHandle candidate) {
        List<String> arguments = candidate.info().arguments().map(List::of).orElse(List.of());
        try {
            return arguments.contains(OpenSearchNode.class.getName())
                    && Files.isSameFile(Path.of(arguments.getLast()), home);
        } catch (IOException | InvalidPathException elsewhere) {
            return false;
        }
    }

    private void watching(Process started) {
        Thread.ofVirtual().name("opensearch-watch").start(() -> watch(started));
    }

    /** Starts it again if it ends by itself: on the same port, since others know its address. */
    private void watch(Process started) {
        int code = started.onExit().join().exitValue();
        URI address = url;
        if (stopping || address == null) {
            return;
        }
        LOG.error(
                "OpenSearch (pid {}) ended by itself with code {} and is started again; see {}",
                started.pid(),
                code,
                logs());
        Duration wait = Duration.ofSeconds(1);
        while (!stopping && !restarted(address.getPort())) {
            try {
                Thread.sleep(wait);
            } catch (InterruptedException interrupted) {
                throw Children.interrupted(interrupted);
            }
            wait = wait.compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        }
    }

    private boolean restarted(int port) {
        long begin = System.nanoTime();
        try {
            Files.deleteIfExists(portFile());
            Process again = launch(port);
            try {
                awaitPort(again, begin);
            } catch (Failure.Unavailable failed) {
                again.destroyForcibly();
                throw failed;
            }
            watching(again);
            LOG.info("OpenSearch answers on port {} again after {} ms", port, (System.nanoTime() - begin) / 1_000_000);
            return true;
        } catch (IOException | Failure.Unavailable failed) {
            // Its message names the log of OpenSearch, nothing else.
            LOG.error("OpenSearch could not be started again: {}", failed.getMessage());
            return false;
        } catch (InterruptedException interrupted) {
            throw Children.interrupted(interrupted);
        }
    }

    private static void closeInput(Process running) {
        try {
            running.getOutputStream().close();
        } catch (IOException alreadyGone) {
            LOG.debug("OpenSearch was gone before it was told to stop", alreadyGone);
        }
    }

    private Path pidFile() {
        return home.resolve("opensearch.pid");
    }

    private Path portFile() {
        return home.resolve("http.port");
    }

    private Path console() {
        return logs().resolve("console.log");
    }

    private Path logs() {
        return home.resolve("logs");
    }
}
