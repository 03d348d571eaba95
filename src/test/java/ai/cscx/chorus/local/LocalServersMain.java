package ai.cscx.chorus.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Duration;

/** A process that starts local servers, says so and their process ids on one line, and waits to be killed. */
final class LocalServersMain {
    static final String READY = "READY ";

    private LocalServersMain() {}

    public static void main(String[] args) throws Exception {
        LocalServers servers = new LocalServers(new LocalServers.Settings(Path.of(args[0]), Duration.ofMinutes(2)));
        servers.start();
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write((READY + servers.postgresPid() + " " + servers.openSearchPid() + "\n").getBytes(UTF_8));
            Thread.currentThread().join();
        }
    }
}
