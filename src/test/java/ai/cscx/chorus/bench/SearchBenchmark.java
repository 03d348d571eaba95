package ai.cscx.chorus.bench;

import ai.cscx.chorus.NaughtyStrings;
import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.simulator.Profile;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Searches a large portfolio over HTTP: requests arrive at a steady rate, whether the ones before are answered or not, from
 * people whose portfolios have 1, 50 and 2,000 customers, who only see what is theirs. Arguments: a directory, filled by the
 * first run and used again by later ones; then {@code calls=20000 minutes=45 rate=10 seconds=120 mode=lexical,hybrid
 * embeddings=off naughty=no settle=0}, where {@code settle} is the seconds to wait before,
 * for facts of new calls are read in the background; {@code naughty=yes} asks whatever programs stumble over, one after the other, instead.
 */
public final class SearchBenchmark {
    private static final String KEY = "benchmark-chorus-key";
    private static final List<Integer> PORTFOLIOS = List.of(1, 50, 2_000);
    private static final int CUSTOMERS =
            PORTFOLIOS.stream().mapToInt(Integer::intValue).sum();
    /** What people look for: single words, names of things, half sentences, questions, phrases, exclusions. */
    private static final List<String> QUESTIONS = List.of(
            "pricing",
            "renewal discount",
            "security review",
            "who signs off on the security review?",
            "SOC 2 audit",
            "single sign-on",
            "data residency in Europe",
            "\"next quarter\"",
            "what did they say about the rollout plan?",
            "competitor",
            "budget cuts this year",
            "training for new users",
            "integration with Salesforce",
            "onboarding delayed",
            "champion left the company",
            "invoice was wrong",
            "API rate limit errors",
            "\"send us the\" contract",
            "why is the project late?",
            "reporting dashboard export",
            "support tickets unanswered",
            "mobile app crashes",
            "legal has concerns about the data processing agreement",
            "executive sponsor meeting",
            "pilot in the second plant",
            "renewal -discount",
            "what are the next steps for the security questionnaire",
            "price increase",
            "adoption in the finance team",
            "switching to another vendor");

    private SearchBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]).toAbsolutePath();
        Map<String, String> options = new HashMap<>(Map.of(
                "calls",
                "20000",
                "minutes",
                "45",
                "rate",
                "10",
                "seconds",
                "120",
                "mode",
                "lexical",
                "embeddings",
                "off",
                "naughty",
                "no",
                "settle",
                "0"));
        for (int i = 1; i < args.length; i++) {
            String[] option = args[i].split("=", 2);
            if (options.put(option[0], option[1]) == null) {
                throw new IllegalArgumentException("Unknown argument " + args[i]);
            }
        }
        boolean filled = Files.exists(data.resolve("tokens"));
        Files.createDirectories(data);
        try (Product product = new Product(data.resolve("product"), 512)
                .with("CSCX_EMBEDDINGS", options.getOrDefault("embeddings", ""))) {
            Files.createDirectories(data.resolve("product"));
            product.start();
            if (!filled) {
                fill(
                        product,
                        data,
                        Integer.parseInt(options.getOrDefault("calls", "")),
                        Integer.parseInt(options.getOrDefault("minutes", "")));
            }
            Thread.sleep(Duration.ofSeconds(Long.parseLong(options.getOrDefault("settle", ""))));
            List<String> tokens = Files.readAllLines(data.resolve("tokens"));
            int rate = Integer.parseInt(options.getOrDefault("rate", ""));
            int seconds = Integer.parseInt(options.getOrDefault("seconds", ""));
            for (String mode : options.getOrDefault("mode", "").split(",")) {
                if ("yes".equals(options.get("naughty"))) {
                    stumble(product, tokens.getLast(), mode);
                    continue;
                }
                measure("warm-up, " + mode, product, tokens, mode, rate, 30);
                measure(mode, product, tokens, mode, rate, seconds);
                for (int i = 0; i < PORTFOLIOS.size(); i++) {
                    measure(
                            mode + ", " + PORTFOLIOS.get(i) + " customers",
                            product,
                            List.of(tokens.get(i)),
                            mode,
                            rate,
                            seconds / 2);
                }
            }
            SyncBenchmark.print("product %d MB", product.memoryMegabytes());
        }
    }

    private static void fill(Product product, Path data, int calls, int minutes) throws Exception {
        ChorusSimulator.Settings settings = new ChorusSimulator.Settings(calls, 194, Instant.now(), 0, KEY)
                .profile(Profile.ofMinutes(minutes).customers(CUSTOMERS));
        try (ChorusSimulator simulator = new ChorusSimulator(settings)) {
            simulator.start();
            List<String> tokens = new ArrayList<>();
            for (int size : PORTFOLIOS) {
                String id = product.post(
                                "/api/users",
                                "{\"email\": \"csm%d@example.com\", \"name\": \"Csm %d\", \"role\": \"csm\"}"
                                        .formatted(size, size))
                        .get("id")
                        .asText();
                tokens.add(product.post("/api/users/" + id + "/tokens", "{\"name\": \"benchmark\"}")
                        .get("token")
                        .asText());
            }
            // The first customer is the first person's, the next fifty the second's, all others the third's.
            product.importCustomers(
                    simulator.world().roster(),
                    place -> "csm%d@example.com".formatted(place < 1 ? 1 : place < 51 ? 50 : 2_000));
            String sync = product.connect(simulator.baseUri(), KEY);
            long begin = System.nanoTime();
            long line = 0;
            JsonNode status = product.get("/api/chorus/sync/" + sync);
            while (!status.hasNonNull("finishedAt")) {
                double now = (System.nanoTime() - begin) / 1e9;
                if (now > line) {
                    line += 60;
                    SyncBenchmark.print(
                            "%.0f s: %d of %d stored, memory %d MB",
                            now, status.get("stored").asLong(), calls, product.memoryMegabytes());
                }
                Thread.sleep(1_000);
                status = product.get("/api/chorus/sync/" + sync);
            }
            SyncBenchmark.print("%s after %.0f s", status.get("state").asText(), (System.nanoTime() - begin) / 1e9);
            Files.write(data.resolve("tokens"), tokens);
        }
    }

    /** Says how each kind of answer to naughty strings went, and how long the longest took. */
    private static void stumble(Product product, String token, String mode) throws Exception {
        Map<Integer, Integer> statuses = new TreeMap<>();
        List<Double> millis = new ArrayList<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String q : NaughtyStrings.all()) {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create(product.url() + "/api/chorus/search?limit=20&mode=" + mode + "&q="
                                        + URLEncoder.encode(q, StandardCharsets.UTF_8)))
                        .header("Authorization", "Bearer " + token)
                        .build();
                long begun = System.nanoTime();
                int status = http.send(request, BodyHandlers.ofByteArray()).statusCode();
                millis.add((System.nanoTime() - begun) / 1e6);
                statuses.merge(status, 1, Integer::sum);
            }
        }
        millis.sort(null);
        SyncBenchmark.print(
                "naughty, %s: answers by status %s, p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                mode, statuses, at(millis, 0.5), at(millis, 0.99), at(millis, 1));
    }

    private record Answer(double millis, double ownMillis, int hits) {}

    private static void measure(String what, Product product, List<String> tokens, String mode, int rate, int seconds)
            throws Exception {
        List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
        List<String> failures = Collections.synchronizedList(new ArrayList<>());
        SplittableRandom random = new SplittableRandom(194);
        try (HttpClient http = HttpClient.newHttpClient();
                ScheduledExecutorService clock = Executors.newScheduledThreadPool(32)) {
            for (int i = 0; i < rate * seconds; i++) {
                String question = QUESTIONS.get(random.nextInt(QUESTIONS.size()));
                URI uri = URI.create(product.url() + "/api/chorus/search?limit=20&mode=" + mode + "&q="
                        + URLEncoder.encode(question, StandardCharsets.UTF_8));
                HttpRequest request = HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + tokens.get(i % tokens.size()))
                        .build();
                long due =
                        System.nanoTime() + Duration.ofMillis(1000L * i / rate).toNanos();
                var unused = clock.schedule(
                        () -> {
                            try {
                                answers.add(ask(http, request, due));
                            } catch (Exception failed) {
                                failures.add(String.valueOf(failed));
                            }
                        },
                        due - System.nanoTime(),
                        TimeUnit.NANOSECONDS);
            }
        }
        if (answers.isEmpty()) {
            throw new IllegalStateException("Every request failed: " + failures.getFirst());
        }
        SyncBenchmark.print(
                "%s: %d answers, %d failures, p50 %.1f ms, p99 %.1f ms, longest %.1f ms; but for OpenSearch p50 %.1f ms,"
                        + " p99 %.1f ms; %d without a hit",
                what,
                answers.size(),
                failures.size(),
                at(answers.stream().map(Answer::millis).sorted().toList(), 0.5),
                at(answers.stream().map(Answer::millis).sorted().toList(), 0.99),
                at(answers.stream().map(Answer::millis).sorted().toList(), 1),
                at(answers.stream().map(Answer::ownMillis).sorted().toList(), 0.5),
                at(answers.stream().map(Answer::ownMillis).sorted().toList(), 0.99),
                answers.stream().filter(answer -> answer.hits() == 0).count());
    }

    /** From when the request was due, so that an answer that holds up the next one counts for both. */
    private static Answer ask(HttpClient http, HttpRequest request, long due) throws Exception {
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        double millis = (System.nanoTime() - due) / 1e6;
        if (response.statusCode() != 200) {
            throw new IllegalStateException("status " + response.statusCode());
        }
        double index = Double.parseDouble(
                response.headers().firstValue("Server-Timing").orElseThrow().replaceAll("^index;dur=", ""));
        JsonNode body = Product.JSON.readTree(response.body());
        return new Answer(millis, millis - index, body.get("items").size());
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * share) - 1));
    }
}
