package ai.cscx.chorus.chaos;

import ai.cscx.chorus.chaos.Truth.Asked;
import ai.cscx.chorus.chaos.Truth.TrueCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Two products on one PostgreSQL and one OpenSearch share a first sync; one of them is killed in the middle of it. */
final class TwoInstances {
    /** As the HTTP client writes it down, by which one can tell who asked. */
    private static final Pattern DETAIL = Pattern.compile(">> GET /api/v1/(?:conversations|calls)/([0-9A-F]{32}) HTTP");

    private final ChaosPlan plan;
    private final Stores stores;
    private final Path directory;
    private final Clock clock;
    private final String database;

    TwoInstances(ChaosPlan plan, Stores stores, Path directory, Clock clock) {
        this.plan = plan;
        this.stores = stores;
        this.directory = directory.resolve("two-" + plan.seed() + "-" + clock.millis());
        this.clock = clock;
        this.database = "chaos_two_" + clock.millis();
    }

    /**
     * How it went.
     *
     * @param byTheKilled details that the first fetched, before it was killed
     * @param byTheOther details that the second fetched
     * @param twice calls that were fetched more than once
     * @param finishedAfter how long after the kill everything was here; zero without a kill
     */
    record Outcome(int byTheKilled, int byTheOther, long twice, Duration finishedAfter, List<String> breaches) {}

    /**
     * @param killAt kills the first when so many calls were fetched; 0 = not at all
     */
    Outcome run(int killAt) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        stores.create(database);
        Instant anchor = clock.instant().truncatedTo(ChronoUnit.DAYS);
        try (Upstream chorus = Upstream.start(plan, anchor, directory);
                Product first = Product.start(stores, database, directory, "first");
                Product second = Product.start(stores, database, directory, "second")) {
            second.connect(chorus.address(), plan.dialect());
            Instant killedAt = null;
            if (killAt > 0) {
                Awaitility.await("the middle of the sync")
                        .pollInSameThread()
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(20))
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> details(chorus) >= killAt);
                killedAt = clock.instant();
                first.kill();
            }
            second.awaitIdle();
            Duration after = killedAt == null ? Duration.ZERO : Duration.between(killedAt, clock.instant());
            Findings findings = new Findings();
            Truth truth = Truth.read(chorus.ledger());
            new CallChecks(second.api(), truth, findings, Set.of()).run();
            Map<String, Integer> fetched = new HashMap<>();
            truth.log().stream()
                    .filter(Asked::detail)
                    .forEach(asked -> fetched.merge(String.valueOf(asked.callId()), 1, Integer::sum));
            stores.forget(truth.calls().keySet());
            long twice = truth.calls().values().stream()
                    .filter(TrueCall::calm)
                    .filter(call -> fetched.getOrDefault(call.id(), 0) > 1)
                    .count();
            return new Outcome(
                    fetchedBy("first").size(), fetchedBy("second").size(), twice, after, findings.breaches());
        } finally {
            stores.drop(database);
        }
    }

    private static long details(Upstream chorus) {
        var requests = chorus.ledger().get("/_simulator/requests").json();
        return requests.path("detail").asLong() + requests.path("calls_detail").asLong();
    }

    private Set<String> fetchedBy(String name) {
        Set<String> calls = new HashSet<>();
        try {
            for (String line : Files.readAllLines(directory.resolve(name + ".log"))) {
                Matcher matcher = DETAIL.matcher(line);
                if (matcher.find()) {
                    calls.add(matcher.group(1));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return calls;
    }
}
