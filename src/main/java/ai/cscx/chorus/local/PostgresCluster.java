package ai.cscx.chorus.local;

import ai.cscx.chorus.base.Failure;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one PostgreSQL, and beside them the password that opens it. */
final class PostgresCluster {
    static final String USER = "cscx";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
    private static final String PASSWORD_FILE = "cscx.password";
    private static final int PASSWORD_BYTES = 24;
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private PostgresCluster() {}

    /** Makes it beside its place and then moves it there, so that what stands in its place is always whole. */
    static void createIfMissing(PostgresBinaries programs, Path data, Path log) throws IOException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        if (Files.isDirectory(data) && !isEmpty(data)) {
            throw new Failure.Unavailable(data + " holds something other than PostgreSQL's data; move it away.");
        }
        LOG.info("Creating the database; this happens once");
        Path partial = data.resolveSibling("postgres-partial");
        deleteTree(partial);
        Path password = data.resolveSibling(PASSWORD_FILE);
        writePassword(password);
        List<String> command = programs.command(
                "initdb",
                "-D",
                partial.toString(),
                "-U",
                USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // The same order and the same upper case on every system; the words of pg_trgm hang on lc-ctype.
                "--locale=C",
                "--lc-ctype=" + letters(),
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        if (Children.run(command, log, TIMEOUT) != 0) {
            throw new Failure.Unavailable("PostgreSQL's data could not be created; " + log + " says why.");
        }
        Files.move(password, partial.resolve(PASSWORD_FILE));
        Files.deleteIfExists(data);
        Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
    }

    static String password(Path data) throws IOException {
        return Files.readString(data.resolve(PASSWORD_FILE)).strip();
    }

    /** Removes a directory and all in it, if it is there. */
    static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void writePassword(Path file) throws IOException {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(file);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, HexFormat.of().formatHex(random));
    }

    private static String letters() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return "C";
        }
        return system.startsWith("mac") ? "UTF-8" : "C.UTF-8";
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }
}
