package ai.cscx.chorus.chaos;

import ai.cscx.chorus.local.LocalServers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many seeded runs by hand:
 * {@code --runs N --calls N --kills N --seed N [--data DIR] [--two yes] [--lanes N] [--under-way MILLIS]}. The kills are
 * spread over the runs; {@code --two} lets two instances share a sync before; {@code --lanes} go on beside each other, on
 * the same servers; {@code --under-way} is how late may arrive what was under way at a 429, longer where other things keep
 * the machine busy. Says how each run went; exit code 1: a promise was broken.
 */
final class ChaosMain {
    private ChaosMain() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Map<String, String> options = new HashMap<>(Map.of(
                "runs",
                "10",
                "calls",
                "2000",
                "kills",
                "3",
                "seed",
                "1",
                "data",
                "target/chaos",
                "lanes",
                "1",
                "under-way",
                "250"));
        for (int at = 0; at + 1 < args.length; at += 2) {
            options.put(args[at].replaceFirst("^--", ""), args[at + 1]);
        }
        int runs = number(options, "runs");
        int calls = number(options, "calls");
        long seed = Long.parseLong(options.getOrDefault("seed", ""));
        int[] kills = spread(number(options, "kills"), runs, seed);
        Path data = Path.of(options.getOrDefault("data", "")).toAbsolutePath();
        Queue<ChaosPlan> plans = new ConcurrentLinkedQueue<>();
        for (int run = 0; run < runs; run++) {
            plans.add(ChaosPlan.of(seed + run, calls, kills[run]));
        }
        int broken = 0;
        try (LocalServers servers =
                        new LocalServers(new LocalServers.Settings(data.resolve("servers"), Duration.ofMinutes(3)));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            servers.start();
            Stores stores = new Stores(servers.jdbcUrl(), servers.openSearchUrl());
            if (options.containsKey("two")) {
                for (int killAt : new int[] {0, calls / 3}) {
                    out.println("two instances, kill at " + killAt + ": "
                            + new TwoInstances(ChaosPlan.of(seed + killAt, calls, 0), stores, data, Clock.systemUTC())
                                    .run(killAt));
                }
            }
            List<Future<Integer>> lanes = new ArrayList<>();
            for (int lane = 0; lane < number(options, "lanes"); lane++) {
                String name = "lane-" + lane;
                lanes.add(threads.submit(() -> {
                    try (ChaosLane runner = new ChaosLane(name, stores, data, number(options, "under-way"))) {
                        return runner.run(plans, out);
                    }
                }));
            }
            for (Future<Integer> lane : lanes) {
                broken += lane.get();
            }
        }
        out.println(runs + " runs, " + broken + " broken");
        System.exit(broken == 0 ? 0 : 1);
    }

    private static int number(Map<String, String> options, String name) {
        return Integer.parseInt(options.getOrDefault(name, ""));
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
