package ai.cscx.chorus.chaos;

import ai.cscx.chorus.local.LocalServers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Many seeded runs, one after the other, by hand: {@code --runs N --calls N --kills N --seed N [--data DIR] [--two yes]}.
 * The kills are spread over the runs; {@code --two} lets two instances share a sync before. Says how each run went; exit code 1: a promise was broken.
 */
final class ChaosMain {
    private ChaosMain() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Map<String, String> options =
                new HashMap<>(Map.of("runs", "10", "calls", "2000", "kills", "3", "seed", "1", "data", "target/chaos"));
        for (int at = 0; at + 1 < args.length; at += 2) {
            options.put(args[at].replaceFirst("^--", ""), args[at + 1]);
        }
        int runs = Integer.parseInt(options.getOrDefault("runs", ""));
        long seed = Long.parseLong(options.getOrDefault("seed", ""));
        int[] kills = spread(Integer.parseInt(options.getOrDefault("kills", "")), runs, seed);
        Path data = Path.of(options.getOrDefault("data", "")).toAbsolutePath();
        int broken = 0;
        try (LocalServers servers =
                new LocalServers(new LocalServers.Settings(data.resolve("servers"), Duration.ofMinutes(3)))) {
            servers.start();
            Stores stores = new Stores(servers.jdbcUrl(), servers.openSearchUrl());
            if (options.containsKey("two")) {
                int calls = Integer.parseInt(options.getOrDefault("calls", ""));
                for (int killAt : new int[] {0, calls / 3}) {
                    out.println("two instances, kill at " + killAt + ": "
                            + new TwoInstances(ChaosPlan.of(seed + killAt, calls, 0), stores, data, Clock.systemUTC())
                                    .run(killAt));
                }
            }
            for (int run = 0; run < runs; run++) {
                ChaosPlan plan =
                        ChaosPlan.of(seed + run, Integer.parseInt(options.getOrDefault("calls", "")), kills[run]);
                stores.dropIndex();
                String line;
                try {
                    ChaosRun.Outcome outcome = new ChaosRun(plan, stores, data, Clock.systemUTC()).run();
                    broken += outcome.passed() ? 0 : 1;
                    line = outcome + " " + outcome.faults();
                } catch (RuntimeException failed) {
                    broken++;
                    line = "seed " + plan.seed() + " " + plan.dialect() + ": FAILED with " + plan.kills() + " kills: "
                            + failed;
                }
                out.println(Clock.systemUTC().instant() + " " + line);
            }
        }
        out.println(runs + " runs, " + broken + " broken");
        System.exit(broken == 0 ? 0 : 1);
    }

    /** How many kills each run gets. */
    private static int[] spread(int kills, int runs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] spread = new int[runs];
        for (int i = 0; i < kills; i++) {
            spread[random.nextInt(runs)]++;
        }
        return spread;
    }
}
