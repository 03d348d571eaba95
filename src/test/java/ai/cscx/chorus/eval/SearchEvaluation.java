package ai.cscx.chorus.eval;

import ai.cscx.chorus.bench.Product;
import ai.cscx.chorus.eval.MeetingSet.Query;
import ai.cscx.chorus.eval.MeetingSet.Range;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Asks the product's search the questions of a {@link MeetingSet}, over all of its meetings, and prints how well it
 * answers: a row a mode. The product runs as a process of its own and got the meetings by a sync. What it found stands in
 * {@code target/eval/NAME.run}, a line a hit: question, meeting, first and last utterance, score.
 */
public final class SearchEvaluation {
    private static final Path RUNS = Path.of("target", "eval");
    private static final int WARM_UP = 50;

    private final Product product;
    private final MeetingSet set;
    private final Measures measures;
    private final int limit;

    private SearchEvaluation(Product product, MeetingSet set, int limit) {
        this.product = product;
        this.set = set;
        this.measures = new Measures(set);
        this.limit = limit;
    }

    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.read(
                    System.getProperty(Options.SET, ""), Options.words(args, System.getProperty("eval", "")));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        MeetingSet set = MeetingSet.read(options.set());
        Path wanted = options.data();
        Path data = wanted == null ? Files.createTempDirectory("search-evaluation") : wanted;
        boolean synced = Files.exists(data.resolve("postgres"));
        Files.createDirectories(data);
        Product product = new Product(data, options.heapMegabytes(), "-Dcscx.stopWithParent=true")
                .with("CSCX_EMBEDDINGS", "minilm")
                .with("CSCX_EMBEDDING_SHARE", "1");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(product, wanted == null ? data : null)));
        product.start();
        MeetingSync sync = new MeetingSync(product, set);
        if (!synced) {
            sync.sync();
        }
        sync.awaitSearchable(options.waitForVectors());
        sync.verify();
        SearchEvaluation evaluation = new SearchEvaluation(product, set, options.limit());
        List<String> rows = new ArrayList<>();
        for (String mode : options.modes()) {
            rows.add(evaluation.row(mode, options.run(mode)));
        }
        print("%n%s", Measures.head());
        rows.forEach(row -> print("%s", row));
        if (options.keep()) {
            print("%n%s stays up until this is stopped; Authorization: Bearer %s", product.url(), Product.TOKEN);
            Thread.currentThread().join();
        }
    }

    private record Answer(List<Measures.Hit> hits, String mode, double millis) {}

    private String row(String mode, String name) throws Exception {
        for (Query query :
                set.queries().subList(0, Math.min(WARM_UP, set.queries().size()))) {
            ask(query, mode);
        }
        List<double[]> numbers = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        List<String> run = new ArrayList<>();
        int otherwise = 0;
        int empty = 0;
        int unordered = 0;
        int failed = 0;
        for (Query query : set.queries()) {
            Answer answer = ask(query, mode);
            if (answer == null) {
                failed++;
                numbers.add(measures.of(query, List.of()));
                continue;
            }
            millis.add(answer.millis());
            numbers.add(measures.of(query, answer.hits()));
            otherwise += answer.mode().equals(mode) ? 0 : 1;
            if (answer.hits().isEmpty()) {
                empty++;
                print("%s: nothing found for %s", name, query.qid());
            }
            double before = Double.POSITIVE_INFINITY;
            boolean descending = true;
            for (Measures.Hit hit : answer.hits()) {
                descending &= hit.score() <= before;
                before = hit.score();
                run.add("%s\t%s\t%d\t%d\t%s"
                        .formatted(
                                query.qid(),
                                hit.meetingId(),
                                hit.utterances().first(),
                                hit.utterances().last(),
                                hit.score()));
            }
            unordered += descending ? 0 : 1;
        }
        Files.createDirectories(RUNS);
        Path file = RUNS.resolve(name + ".run");
        Files.write(file, run);
        Collections.sort(millis);
        print(
                "%s: %d questions, %d without a hit, %d failed, %d answered in another mode, %d not in the order of scores;"
                        + " p50 %.0f ms, p99 %.0f ms; %s",
                name,
                set.queries().size(),
                empty,
                failed,
                otherwise,
                unordered,
                percentile(millis, 0.5),
                percentile(millis, 0.99),
                file);
        return Measures.row(name, numbers);
    }

    /** Null if it failed, which is said at once. */
    private @Nullable Answer ask(Query query, String mode) throws Exception {
        String path = "/api/chorus/search?limit=" + limit + "&mode=" + mode + "&q="
                + URLEncoder.encode(query.text(), StandardCharsets.UTF_8);
        long begin = System.nanoTime();
        JsonNode found;
        try {
            found = product.get(path);
        } catch (IllegalStateException refused) {
            print("%s in mode %s failed: %s", query.qid(), mode, refused);
            return null;
        }
        double millis = (System.nanoTime() - begin) / 1e6;
        List<Measures.Hit> hits = new ArrayList<>();
        for (JsonNode item : found.get("items")) {
            hits.add(new Measures.Hit(
                    item.get("externalId").asText(),
                    new Range(
                            item.get("utteranceFrom").asInt(),
                            item.get("utteranceTo").asInt()),
                    item.get("score").asDouble()));
        }
        return new Answer(hits, found.get("mode").asText(), millis);
    }

    /** 0 without any. */
    static double percentile(List<Double> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    private static void end(Product product, @Nullable Path garbage) {
        try {
            product.close();
            if (garbage != null) {
                Product.deleteAll(garbage);
            }
        } catch (Exception unfinished) {
            print("Not all was cleaned up: %s", unfinished);
        }
    }

    static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
