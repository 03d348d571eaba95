package ai.cscx.chorus.local;

import ai.cscx.chorus.base.Failure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL and a real OpenSearch on this machine, on loopback, with their data kept in one directory.
 *
 * <p>The libraries they come from are not on the production class path: ask {@link #available} first. One instance is
 * started once and closed once; {@link #close} may be called from a shutdown hook while {@link #start} is still busy,
 * and then makes it fail.
 */
public final class LocalServers implements AutoCloseable {
    private static final List<String> EMBEDDED_CLASSES = List.of(
            "io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver",
            "org.opensearch.node.Node",
            "org.opensearch.transport.Netty4ModulePlugin");

    private final DataDirectory directory;
    private final PostgresServer postgres;
    private final OpenSearchProcess openSearch;

    /**
     * @param dataDirectory made if missing; holds somebody's only copy of the data
     * @param startTimeout how long each server may take to answer; a busy machine needs two minutes
     */
    public record Settings(Path dataDirectory, Duration startTimeout) {
        public Settings {
            dataDirectory = dataDirectory.toAbsolutePath().normalize();
            if (!startTimeout.isPositive()) {
                throw new IllegalArgumentException("startTimeout must be positive");
            }
        }
    }

    public LocalServers(Settings settings) {
        this.directory = new DataDirectory(settings.dataDirectory());
        this.postgres = new PostgresServer(settings.dataDirectory(), settings.startTimeout());
        this.openSearch =
                new OpenSearchProcess(settings.dataDirectory().resolve("opensearch"), settings.startTimeout());
    }

    /** Whether the embedded servers are on the class path. */
    public static boolean available() {
        return EMBEDDED_CLASSES.stream().allMatch(LocalServers::isOnClassPath);
    }

    /** What to tell the person who wants local servers where there are none. */
    public static String unavailableMessage() {
        return "No servers are configured and none are built in: set DATABASE_URL and OPENSEARCH_URL,"
                + " or run from the source tree with `mvn compile exec:exec`.";
    }

    /**
     * Starts both and returns when both answer.
     *
     * @throws Failure.Conflict if another process uses the data directory
     * @throws Failure.Unavailable if a server does not come up; nothing is left running then
     */
    public void start() {
        if (!available()) {
            throw new Failure.Unavailable(unavailableMessage());
        }
        directory.open();
        try {
            startBoth();
        } catch (RuntimeException | Error failed) {
            closeAfter(failed);
            throw failed;
        }
    }

    /** Holds the password: not for logs. */
    public String jdbcUrl() {
        return postgres.jdbcUrl();
    }

    public URI openSearchUrl() {
        return openSearch.url();
    }

    /** Null unless it runs. */
    public @Nullable Long postgresPid() {
        return postgres.pid();
    }

    /** Null unless it runs. */
    public @Nullable Long openSearchPid() {
        return openSearch.pid();
    }

    /** Stops both, lets go of the data directory and returns when they are gone. Calling it again changes nothing. */
    @Override
    public void close() {
        openSearch.requestStop();
        try {
            postgres.close();
        } finally {
            openSearch.awaitStop();
            directory.close();
        }
    }

    private void closeAfter(Throwable failed) {
        try {
            close();
        } catch (Failure second) {
            failed.addSuppressed(second);
        }
    }

    private void startBoth() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> search = threads.submit(openSearch::start);
            Future<?> database = threads.submit(postgres::start);
            try {
                await(database);
            } catch (RuntimeException failed) {
                openSearch.requestStop();
                throw failed;
            }
            await(search);
        }
    }

    private static void await(Future<?> start) {
        try {
            start.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure.Unavailable("The start of the local servers was interrupted.", interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Failure failure) {
                throw failure;
            }
            throw new IllegalStateException("A local server could not be started", failed.getCause());
        }
    }

    private static boolean isOnClassPath(String name) {
        try {
            Class.forName(name, false, LocalServers.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }
}
