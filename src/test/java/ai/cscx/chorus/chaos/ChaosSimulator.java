package ai.cscx.chorus.chaos;

import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.simulator.Profile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A simulated Chorus in a process of its own: {@code CALLS SEED ANCHOR MINUTES}. Says where it listens on one line. */
final class ChaosSimulator {
    static final String READY = "READY ";
    static final String API_KEY = "chaos-key";
    /** Calls at a time that start in the same second: the edge of a page then falls between them. */
    private static final int TIE = 3;

    private ChaosSimulator() {}

    public static void main(String[] args) throws Exception {
        ChorusSimulator simulator = new ChorusSimulator(new ChorusSimulator.Settings(
                        Integer.parseInt(args[0]), Long.parseLong(args[1]), Instant.parse(args[2]), 0, API_KEY)
                .profile(Profile.ofMinutes(Integer.parseInt(args[3])).tied(TIE)));
        simulator.start();
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            String line = READY + simulator.baseUri() + " " + simulator.adminUri() + "\n";
            out.write(line.getBytes(StandardCharsets.UTF_8));
            Thread.currentThread().join();
        }
    }
}
