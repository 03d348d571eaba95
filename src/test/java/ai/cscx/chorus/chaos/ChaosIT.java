package ai.cscx.chorus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.TestServers;
import ai.cscx.chorus.store.PostgresUrl;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The runs of {@link ChaosMain}, few and small, in four lanes, since they mostly wait: what is killed has a product of
 * its own, the others share one a lane, emptied between runs.
 */
class ChaosIT {
    private static final int RUNS = 10;
    private static final int CALLS = 60;
    private static final int KILLS = 3;
    private static final int SHARED_CALLS = 200;
    /** More often than faults explain. */
    private static final int OFTEN = 20;
    /** Two cores serve all lanes. */
    private static final int UNDER_WAY_MILLIS = 1000;

    private static final Path DATA = Path.of("target", "it-chaos").toAbsolutePath();
    private static final List<ChaosRun.Outcome> RUN = new ArrayList<>();
    private static final List<String> SABOTAGE = new ArrayList<>();
    private static TwoInstances.Outcome shared = new TwoInstances.Outcome(0, 0, 0, Duration.ZERO, List.of());

    @BeforeAll
    static void run() throws Exception {
        Stores stores = new Stores(
                jdbcUrl(TestServers.get().database()), TestServers.get().openSearch());
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Future<ChaosRun.Outcome> killed = threads.submit(
                    () -> new ChaosRun(plan(1, KILLS), stores, DATA, Clock.systemUTC(), UNDER_WAY_MILLIS, null).run());
            Future<List<ChaosRun.Outcome>> even = threads.submit(() -> lane(stores, "even", 2));
            Future<List<ChaosRun.Outcome>> odd = threads.submit(() -> lane(stores, "odd", 3));
            ChaosPlan two = ChaosPlan.of(RUNS + 2, SHARED_CALLS, 0);
            shared = new TwoInstances(two, stores, DATA, Clock.systemUTC()).run(SHARED_CALLS / 3);
            RUN.add(killed.get());
            RUN.addAll(even.get());
            RUN.addAll(odd.get());
        }
    }

    /** Every other seed, with one product. */
    private static List<ChaosRun.Outcome> lane(Stores stores, String name, int firstSeed) throws IOException {
        String database = "chaos_" + name + "_" + Clock.systemUTC().millis();
        Path directory = Files.createDirectories(DATA.resolve(database));
        stores.create(database);
        List<ChaosRun.Outcome> outcomes = new ArrayList<>();
        try (Product product = Product.start(stores, database, directory, "product")) {
            for (int seed = firstSeed; seed <= RUNS; seed += 2) {
                ChaosRun run = new ChaosRun(plan(seed, 0), stores, DATA, Clock.systemUTC(), UNDER_WAY_MILLIS, product);
                outcomes.add(
                        seed == RUNS ? run.run((chorus, checker) -> sabotage(stores, chorus, checker)) : run.run());
            }
        } finally {
            stores.drop(database);
        }
        return outcomes;
    }

    /** Breaks promises behind the product's back. The checker's own requests break I11 for the next one. */
    private static void sabotage(Stores stores, Upstream chorus, Supplier<List<String>> checker) {
        List<String> calm = chorus.calls().stream()
                .filter(call ->
                        call.path("listed").asBoolean() && call.path("version").asInt() == 0)
                .map(call -> call.path("id").asText())
                .toList();
        chorus.change(calm.get(0), "delete", Map.of());
        chorus.change(calm.get(1), "retitle", Map.of("title", "Changed behind your back"));
        stores.forget(List.of(calm.get(2)));
        chorus.newCall(Instant.parse("2026-01-01T00:00:00Z"));
        Peer anybody = new Peer(chorus.address(), ChaosSimulator.API_KEY);
        for (int i = 0; i < OFTEN; i++) {
            anybody.get("/api/v1/conversations/" + calm.get(3));
        }
        chorus.fault(Map.of("kind", "rate-limit-seconds", "target", "detail", "seconds", 600));
        anybody.get("/api/v1/conversations/" + calm.get(4));
        SABOTAGE.addAll(checker.get());
        SABOTAGE.addAll(checker.get());
    }

    private static ChaosPlan plan(int seed, int kills) {
        return ChaosPlan.of(seed, CALLS, kills);
    }

    @Test
    void seededFaultsChangesAndKills_afterCalm_everyPromiseHolds() {
        assertThat(RUN)
                .hasSize(RUNS)
                .allSatisfy(run -> assertThat(run.breaches())
                        .as("seed %d", run.plan().seed())
                        .isEmpty());
        assertThat(RUN.stream().mapToInt(ChaosRun.Outcome::kills).sum()).isEqualTo(KILLS);
    }

    @Test
    void seededFaults_overAllRuns_areOfManyKinds() {
        TreeSet<String> kinds = new TreeSet<>();
        RUN.forEach(run -> kinds.addAll(run.faults().keySet()));

        assertThat(kinds).hasSizeGreaterThan(12);
    }

    @Test
    void checker_whereEverythingIsBroken_findsIt() {
        assertThat(SABOTAGE).anySatisfy(line -> assertThat(line).contains("I1 ").contains("is not here"));
        assertThat(SABOTAGE).anySatisfy(line -> assertThat(line).contains("I3 ").contains("behind your back"));
        assertThat(SABOTAGE).anySatisfy(line -> assertThat(line).contains("I5 ").contains("listed here"));
        assertThat(SABOTAGE).anySatisfy(line -> assertThat(line).contains("I5 ").contains("by search"));
        assertThat(SABOTAGE).anySatisfy(line -> assertThat(line).contains("I6 ").contains("in the index"));
        assertThat(SABOTAGE).anySatisfy(line -> assertThat(line).contains("I7 ").contains("never changed"));
        assertThat(SABOTAGE)
                .anySatisfy(line -> assertThat(line).contains("I11 ").contains("429"));
    }

    @Test
    void twoInstances_oneIsKilled_theOtherFinishesWithinAMinute() {
        assertThat(shared.breaches()).isEmpty();
        assertThat(shared.byTheKilled()).isPositive();
        assertThat(shared.byTheOther()).isPositive();
        assertThat(shared.twice()).isLessThanOrEqualTo(Product.WORKERS);
        assertThat(shared.finishedAfter()).isPositive().isLessThan(Duration.ofSeconds(60));
    }

    private static String jdbcUrl(PostgresUrl url) {
        if (url.user() == null || url.password() == null) {
            return url.jdbcUrl();
        }
        return url.jdbcUrl() + (url.jdbcUrl().contains("?") ? "&" : "?") + "user=" + encoded(url.user()) + "&password="
                + encoded(url.password());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
