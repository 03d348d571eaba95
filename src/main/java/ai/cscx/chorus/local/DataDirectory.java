package ai.cscx.chorus.local;

import ai.cscx.chorus.base.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory that holds both servers' data, locked for as long as it is open. */
final class DataDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
    private static final long NEEDED_MEGABYTES = 500;

    /** Characters that a shell, which pg_ctl starts PostgreSQL through, would read as its own. */
    private static final String SHELL_CHARACTERS = "\"$`\n\r";

    /** Far behind the content: Windows lets nobody read a locked region, and the process id is there to be read. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /**
     * What this process holds. A lock is the process's, and POSIX drops it when any channel to the file is closed: a
     * second one must not even be opened.
     */
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private @Nullable FileChannel channel;
    private @Nullable Path openHere;

    DataDirectory(Path directory) {
        this.directory = directory;
    }

    synchronized void open() {
        check();
        Path lockFile = directory.resolve(".lock");
        try {
            Path real = directory.toRealPath();
            if (!OPEN_HERE.add(real)) {
                throw inUse(Long.toString(ProcessHandle.current().pid()));
            }
            openHere = real;
            channel = FileChannel.open(
                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                String owner = content(channel);
                close();
                throw inUse(owner);
            }
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException denied) {
            close();
            throw notWritable(denied);
        }
    }

    /** Lets go of the lock; the file stays, since deleting it would let two processes lock two files of one name. */
    @Override
    public synchronized void close() {
        FileChannel held = channel;
        channel = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException alreadyGone) {
                LOG.debug("The lock went before it was let go", alreadyGone);
            }
        }
        Path opened = openHere;
        openHere = null;
        if (opened != null) {
            OPEN_HERE.remove(opened);
        }
    }

    private void check() {
        if (directory.toString().chars().anyMatch(c -> SHELL_CHARACTERS.indexOf(c) >= 0)
                || (isPosix() && directory.toString().indexOf('\\') >= 0)) {
            throw new Failure.Unavailable("PostgreSQL cannot live in " + directory
                    + "; set CSCX_DATA_DIR to a path without quotes, $, ` and \\.");
        }
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new Failure.Unavailable(
                    directory + " is a file; remove it or set CSCX_DATA_DIR to a directory that can hold the data.");
        }
        try {
            createOwnersOnly(directory);
        } catch (IOException denied) {
            throw notWritable(denied);
        }
        checkSpace();
    }

    private void checkSpace() {
        long megabytes;
        try {
            megabytes = Files.getFileStore(directory).getUsableSpace() >> 20;
        } catch (IOException unknown) {
            throw notWritable(unknown);
        }
        if (megabytes < NEEDED_MEGABYTES) {
            throw new Failure.Unavailable("The disk of " + directory + " has " + megabytes + " MB left and "
                    + NEEDED_MEGABYTES + " MB are needed; free some or set CSCX_DATA_DIR to another disk.");
        }
    }

    /** Makes what is missing of the path; the last directory for its owner alone, since it holds what people said. */
    private static void createOwnersOnly(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (isPosix()) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(directory);
        }
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static String content(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        int length = channel.read(bytes, 0);
        return length <= 0 ? "unknown" : new String(bytes.array(), 0, length, StandardCharsets.US_ASCII).strip();
    }

    private Failure.Conflict inUse(String pid) {
        return new Failure.Conflict(
                "data-directory-in-use",
                "Another CSCX Chorus is using " + directory + "; stop it (pid " + pid
                        + ") or set CSCX_DATA_DIR to another directory.",
                null);
    }

    private Failure.Unavailable notWritable(IOException cause) {
        return new Failure.Unavailable(
                "Nothing can be written to " + directory
                        + "; make it writable or set CSCX_DATA_DIR to another directory.",
                cause);
    }
}
