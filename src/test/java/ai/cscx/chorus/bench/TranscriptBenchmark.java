package ai.cscx.chorus.bench;

import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.simulator.Profile;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Syncs a few long calls into an empty product that runs as a process of its own, reads their transcripts over HTTP one
 * after the other, and tells how long an answer took until its last byte. Arguments: minutes a call (3 hours if left
 * out), requests a kind (1000), rounds (3), and options of the product's JVM.
 */
public final class TranscriptBenchmark {
    private static final String KEY = "benchmark-chorus-key";
    private static final int CALLS = 5;
    private static final int WARM_UP = 200;
    private static final List<String> KINDS = List.of(
            "/transcript",
            "/transcript gzip",
            "/transcript?format=txt",
            "/transcript?format=vtt",
            "/transcript?format=srt",
            "/transcript?at=5000",
            "/speakers");

    private TranscriptBenchmark() {}

    public static void main(String[] args) throws Exception {
        int minutes = args.length > 0 ? Integer.parseInt(args[0]) : 180;
        int requests = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        String[] options = args.length > 3 ? Arrays.copyOfRange(args, 3, args.length) : new String[0];
        Path data = Files.createTempDirectory("transcript-benchmark");
        ChorusSimulator.Settings settings = new ChorusSimulator.Settings(CALLS, 194, Instant.now(), 0, KEY)
                .profile(Profile.ofMinutes(minutes))
                .prerender(true);
        try (ChorusSimulator simulator = new ChorusSimulator(settings);
                Product product = new Product(data, 512, options)) {
            simulator.start();
            product.start();
            List<String> calls = synced(product, simulator);
            for (String kind : KINDS) {
                measure("first answer of", product, calls.subList(0, 1), kind, 1);
            }
            for (String kind : KINDS) {
                measure("warm-up of", product, calls, kind, WARM_UP);
            }
            for (int round = 1; round <= rounds; round++) {
                for (String kind : KINDS) {
                    measure("round " + round, product, calls, kind, requests);
                }
            }
        } finally {
            Product.deleteAll(data);
        }
    }

    private static List<String> synced(Product product, ChorusSimulator simulator) throws Exception {
        String sync = product.connect(simulator.baseUri(), KEY);
        while (!product.get("/api/chorus/sync/" + sync).hasNonNull("finishedAt")) {
            Thread.sleep(200);
        }
        return StreamSupport.stream(
                        product.get("/api/chorus/meetings").get("items").spliterator(), false)
                .filter(call -> call.get("transcript").asText().equals("available"))
                .map((JsonNode call) -> call.get("id").asText())
                .toList();
    }

    private static void measure(String what, Product product, List<String> calls, String kind, int requests)
            throws Exception {
        boolean gzip = kind.endsWith(" gzip");
        String path = gzip ? kind.substring(0, kind.length() - " gzip".length()) : kind;
        List<Double> millis = new ArrayList<>();
        int longest = 0;
        for (int i = 0; i < requests; i++) {
            long begin = System.nanoTime();
            byte[] answer = product.bytes("/api/chorus/meetings/" + calls.get(i % calls.size()) + path, gzip);
            millis.add((System.nanoTime() - begin) / 1e6);
            longest = Math.max(longest, answer.length);
        }
        millis.sort(null);
        SyncBenchmark.print(
                "%s %s: %d answers of up to %d bytes, p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                what,
                kind,
                requests,
                longest,
                millis.get(requests / 2),
                millis.get((int) Math.ceil(requests * 0.99) - 1),
                millis.getLast());
    }
}
