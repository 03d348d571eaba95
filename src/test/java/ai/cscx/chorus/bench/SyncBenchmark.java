package ai.cscx.chorus.bench;

import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.simulator.Profile;
import ai.cscx.chorus.simulator.RequestKind;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Syncs made-up calls into an empty product that runs as a process of its own with a heap of 512 MB, and tells how long
 * it took. Arguments: calls, minutes each, requests a minute (0 = no limit), then optionally {@code ratio} (the same rows
 * by a bare loop) and {@code stop=SECONDS} (to look at a long run after that time).
 */
public final class SyncBenchmark {
    private static final String KEY = "benchmark-chorus-key";

    private SyncBenchmark() {}

    public static void main(String[] args) throws Exception {
        int calls = Integer.parseInt(args[0]);
        int minutes = Integer.parseInt(args[1]);
        int limit = Integer.parseInt(args[2]);
        boolean ratio = false;
        Duration stop = Duration.ofHours(12);
        for (int i = 3; i < args.length; i++) {
            if (args[i].equals("ratio")) {
                ratio = true;
            } else if (args[i].startsWith("stop=")) {
                stop = Duration.ofSeconds(Long.parseLong(args[i].substring(5)));
            } else {
                throw new IllegalArgumentException("Unknown argument " + args[i]);
            }
        }
        Path data = Files.createTempDirectory("sync-benchmark");
        boolean prerender = (long) calls * minutes <= 100_000;
        ChorusSimulator.Settings settings = new ChorusSimulator.Settings(calls, 194, Instant.now(), 0, KEY)
                .profile(Profile.ofMinutes(minutes))
                .prerender(prerender);
        try (ChorusSimulator simulator = new ChorusSimulator(settings);
                Product product = new Product(data, 512)) {
            simulator.start();
            product.start();
            product.importCustomers(simulator.world().roster(), place -> "");
            if (limit > 0) {
                simulator.limit(limit);
            }
            double seconds = sync(product, simulator, calls, limit, stop);
            if (ratio) {
                BareLoop.Seconds bare = new BareLoop(data).run();
                print("bare loop: %s; ratio %.2f", bare, bare.total() / seconds);
            }
        } finally {
            Product.deleteAll(data);
        }
    }

    private static double sync(Product product, ChorusSimulator simulator, int calls, int limit, Duration stop)
            throws Exception {
        long begin = System.nanoTime();
        String sync = product.connect(simulator.baseUri(), KEY);
        boolean listed = false;
        long nextLine = 0;
        while (true) {
            JsonNode status = product.get("/api/chorus/sync/" + sync);
            double seconds = (System.nanoTime() - begin) / 1e9;
            long seen = status.get("seen").asLong();
            if (!listed && seen == calls) {
                listed = true;
                print("%.1f s: metadata, summaries and action items of all %d calls", seconds, calls);
            }
            boolean over = status.hasNonNull("finishedAt");
            if (over || seconds > nextLine) {
                nextLine = (long) seconds + (calls > 10_000 ? 30 : 5);
                print(
                        "%.1f s: %d seen, %d stored, %d failed, %d requests, memory %d MB",
                        seconds,
                        seen,
                        status.get("stored").asLong(),
                        status.get("failed").asLong(),
                        status.get("requests").asLong(),
                        product.memoryMegabytes());
            }
            if (over || seconds > stop.toSeconds()) {
                long details = simulator.requestsByKind().getOrDefault(RequestKind.DETAIL, 0L);
                print(
                        "%s after %.1f s: %.1f calls/s, %.2f ms a call; simulator counted %d requests, %d details",
                        over ? status.get("state").asText() : "stopped",
                        seconds,
                        status.get("stored").asLong() / seconds,
                        seconds * 1000 / Math.max(1, status.get("stored").asLong()),
                        simulator.requests(),
                        details);
                if (limit > 0) {
                    long answered = status.get("requests").asLong();
                    print("of the limit used: %.1f %%", 100.0 * answered / (limit * seconds / 60));
                }
                return seconds;
            }
            // Asking counts the calls: not so often that it is what is measured.
            Thread.sleep(calls > 10_000 ? 2_000 : 100);
        }
    }

    static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
