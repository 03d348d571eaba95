package ai.cscx.chorus.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java program of ours in a process of its own, with this one's class path. Its output goes to a file. */
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern NEVER = Pattern.compile("(?!)");

    private final Process process;
    private final CompletableFuture<Matcher> ready = new CompletableFuture<>();
    private final Thread reader;

    private Program(Process process, Pattern readyLine, Path log) {
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().unstarted(() -> read(readyLine, log));
    }

    /**
     * @param environment beside ours, less every setting of ours
     * @param ready the line that says that it has started
     */
    static Program start(
            Class<?> main,
            List<String> jvm,
            List<String> args,
            Map<String, String> environment,
            Pattern ready,
            Path log) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(args);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("CSCX_")
                        || name.startsWith("OPENAI_")
                        || name.equals("DATABASE_URL")
                        || name.equals("OPENSEARCH_URL"));
        builder.environment().putAll(environment);
        try {
            Program program = new Program(builder.start(), ready, log);
            program.reader.start();
            return program;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs it to its end; its exit code. */
    static int run(Class<?> main, List<String> args, Path log) {
        try (Program program = start(main, List.of("-Xmx512m"), args, Map.of(), NEVER, log)) {
            if (!program.process.waitFor(PATIENCE.toSeconds() * 5, TimeUnit.SECONDS)) {
                throw new IllegalStateException(main.getSimpleName() + " does not come to an end, see " + log);
            }
            program.reader.join();
            return program.process.exitValue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** What the line said that says that it has started; returns when it did. */
    Matcher ready() {
        try {
            return ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException never) {
            throw new IllegalStateException("The program did not start", never);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    long pid() {
        return process.pid();
    }

    /** {@code kill -9}; returns when it is dead. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
            reader.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void read(Pattern readyLine, Path log) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                Writer out = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.write(line + "\n");
                out.flush();
                Matcher matcher = readyLine.matcher(line);
                if (matcher.find()) {
                    ready.complete(matcher);
                }
            }
        } catch (IOException ended) {
            ready.completeExceptionally(ended);
        }
        ready.completeExceptionally(new IllegalStateException("It ended, see " + log));
    }
}
