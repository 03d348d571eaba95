package ai.cscx.chorus.local;

import ai.cscx.chorus.base.Failure;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's programs, unpacked from zonky's archive.
 *
 * <p>Zonky's own launcher is not used: it takes a half-written file of an interrupted first start for a whole one, makes
 * the directory writable for everybody, and waits out its whole timeout when PostgreSQL refuses to start.
 */
final class PostgresBinaries {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);
    private static final int OWNER_MAY_EXECUTE = 0100;
    private static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /** Unpacks them below the cache unless these very ones are there. */
    static PostgresBinaries in(Path cache) {
        try {
            byte[] archive = archive();
            Path home = cache.resolve("postgres-" + digest(archive));
            if (!Files.isDirectory(home)) {
                LOG.info("Unpacking PostgreSQL; this happens once");
                Path partial = cache.resolve("postgres-partial");
                PostgresCluster.deleteTree(partial);
                Files.createDirectories(partial);
                unpack(archive, partial);
                Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
            }
            return new PostgresBinaries(home);
        } catch (IOException cause) {
            throw new Failure.Unavailable(
                    "PostgreSQL cannot be unpacked to " + cache + "; make room there or set DATABASE_URL.", cause);
        }
    }

    /** The command line of one of the programs; as root it runs where root is nobody, since PostgreSQL refuses root. */
    List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin")
                .resolve(WINDOWS ? program + ".exe" : program)
                .toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name");
        String name = WINDOWS ? "Windows" : system.startsWith("Mac") ? "Darwin" : system;
        try (InputStream archive =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(name, System.getProperty("os.arch"))) {
            return archive.readAllBytes();
        } catch (IllegalStateException noneForThisMachine) {
            throw new Failure.Unavailable(
                    "There is no embedded PostgreSQL for " + system + " on " + System.getProperty("os.arch")
                            + "; set DATABASE_URL and OPENSEARCH_URL.",
                    noneForThisMachine);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("The archive reaches outside: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.resolveSibling("."));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    makeExecutable(file, entry);
                }
            }
        }
    }

    private static void makeExecutable(Path file, TarArchiveEntry entry) throws IOException {
        boolean program = (entry.getMode() & OWNER_MAY_EXECUTE) != 0;
        if (program && !file.toFile().setExecutable(true, true)) {
            throw new IOException("Cannot be made executable: " + file);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
