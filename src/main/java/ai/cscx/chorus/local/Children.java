package ai.cscx.chorus.local;

import ai.cscx.chorus.base.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs programs of ours and recognises those that an earlier run of ours left behind. */
final class Children {
    /** What a server needs of our environment. The rest, our secrets and JVM options among it, is none of its business. */
    private static final Set<String> PASSED_ON = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "TMPDIR",
            "TMP",
            "TEMP",
            "SYSTEMROOT",
            "SYSTEMDRIVE",
            "WINDIR",
            "PATHEXT",
            "COMSPEC",
            "USERNAME",
            "USERPROFILE",
            "APPDATA",
            "LOCALAPPDATA",
            "PROGRAMDATA");

    private static final long POLL_MILLISECONDS = 100;

    private Children() {}

    /** A program with a clean environment whose output goes to the end of the log. */
    static ProcessBuilder prepare(List<String> command, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> !PASSED_ON.contains(name.toUpperCase(Locale.ROOT)));
        return builder;
    }

    /** Runs a program to its end and returns its exit code; one that takes too long is ended and counts as failed. */
    static int run(List<String> command, Path log, Duration timeout) {
        try {
            Process process = prepare(command, log).start();
            process.getOutputStream().close();
            try {
                if (!process.waitFor(timeout)) {
                    process.destroyForcibly();
                    return -1;
                }
                return process.exitValue();
            } catch (InterruptedException interrupted) {
                process.destroyForcibly();
                throw interrupted(interrupted);
            }
        } catch (IOException cause) {
            throw new Failure.Unavailable(
                    command.getFirst() + " cannot be run on this machine; set DATABASE_URL and OPENSEARCH_URL.", cause);
        }
    }

    /** The running process whose id is the first line of the file; empty if there is no such file or process. */
    static Optional<ProcessHandle> named(Path pidFile) {
        try {
            String firstLine =
                    Files.readString(pidFile).lines().findFirst().orElse("").strip();
            return ProcessHandle.of(Long.parseLong(firstLine)).filter(ProcessHandle::isAlive);
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    /**
     * Whether the process still does something. One that has ended is listed until its parent takes note, which a
     * careless init never does, and has no command any more; neither has one that is hidden from us.
     */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /** Waits for the end of a process that is not our child; false if it takes longer. */
    static boolean awaitEnd(ProcessHandle process, Duration timeout) {
        long begin = System.nanoTime();
        while (isRunning(process)) {
            if (System.nanoTime() - begin > timeout.toNanos()) {
                return false;
            }
            try {
                process.onExit().get(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException lookAgain) {
                // isRunning knows better than onExit.
            } catch (InterruptedException interrupted) {
                throw interrupted(interrupted);
            }
        }
        return true;
    }

    static Failure.Unavailable interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new Failure.Unavailable("The start or stop of the local servers was interrupted.", cause);
    }
}
