package ai.cscx.chorus.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.TestServers;
import ai.cscx.chorus.store.PostgresUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The runs of {@link ChaosMain}, few and small, some at a time: they mostly wait. */
class ChaosIT {
    private static final int RUNS = 10;
    private static final int CALLS = 60;
    private static final int KILLS = 3;
    private static final int AT_ONCE = 3;
    private static final int SHARED_CALLS = 200;

    private static final List<ChaosRun.Outcome> RUN = new ArrayList<>();
    private static TwoInstances.Outcome shared = new TwoInstances.Outcome(0, 0, 0, Duration.ZERO, List.of());

    @BeforeAll
    static void run() throws Exception {
        Stores stores = new Stores(
                jdbcUrl(TestServers.get().database()), TestServers.get().openSearch());
        Path data = Path.of("target", "it-chaos").toAbsolutePath();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            // The longest go first: after a kill what was under way rests until its lease is over.
            ChaosPlan two = ChaosPlan.of(RUNS + 2, SHARED_CALLS, 0);
            Future<TwoInstances.Outcome> both =
                    threads.submit(() -> new TwoInstances(two, stores, data, Clock.systemUTC()).run(SHARED_CALLS / 3));
            List<Future<ChaosRun.Outcome>> runs = new ArrayList<>();
            for (int seed = 1; seed <= RUNS; seed++) {
                ChaosPlan plan = ChaosPlan.of(seed, CALLS, seed == 1 ? KILLS : 0);
                runs.add(threads.submit(() -> new ChaosRun(plan, stores, data, Clock.systemUTC()).run()));
            }
            shared = both.get();
            for (Future<ChaosRun.Outcome> outcome : runs) {
                RUN.add(outcome.get());
            }
        }
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
