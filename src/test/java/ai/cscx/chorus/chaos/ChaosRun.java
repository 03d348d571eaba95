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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One run: a Chorus and a product in processes of their own, and while the first sync goes on, faults, changes and kills
 * as the plan has them. Then calm, two more syncs with the weekly sweep between them, and the checker.
 */
final class ChaosRun {
    private static final int REPORTED = 40;

    private final ChaosPlan plan;
    private final Stores stores;
    private final Path directory;
    private final Clock clock;
    private final Instant anchor;
    private final String database;
    private final int underWayMillis;
    private final @Nullable Product shared;
    private final List<String> acknowledged = new ArrayList<>();
    private volatile @Nullable Product listening;
    private final List<Long> kills = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();

    /** Something more to be done when all is checked, with the checker at hand. */
    @FunctionalInterface
    interface Afterwards {
        void look(Upstream chorus, Supplier<List<String>> checker);
    }

    /** With a database and a product of its own. */
    ChaosRun(ChaosPlan plan, Stores stores, Path directory, Clock clock) {
        this(plan, stores, directory, clock, 250, null);
    }

    /**
     * @param underWayMillis how late what was under way may arrive: longer where other things keep the machine busy
     * @param shared a product that other runs used before, emptied; null = one of its own. It is not killed.
     */
    ChaosRun(ChaosPlan plan, Stores stores, Path directory, Clock clock, int underWayMillis, @Nullable Product shared) {
        this.plan = plan;
        this.stores = stores;
        this.directory = directory.resolve("run-" + plan.seed() + "-" + clock.millis());
        this.clock = clock;
        this.anchor = clock.instant().truncatedTo(ChronoUnit.DAYS);
        this.underWayMillis = underWayMillis;
        this.shared = shared;
        this.database = shared != null
                ? shared.database()
                : "chaos_" + Long.toUnsignedString(plan.seed()) + "_"
                        + clock.instant().toEpochMilli();
    }

    /**
     * How it went.
     *
     * @param faults how often each kind struck
     */
    record Outcome(
            ChaosPlan plan,
            int kills,
            int requests,
            Map<String, Integer> faults,
            Duration took,
            List<String> breaches) {
        boolean passed() {
            return breaches.isEmpty();
        }

        @Override
        public String toString() {
            return "seed %d %s: %s, %d kills, %d faults of %d kinds, %d requests, %.1f s"
                    .formatted(
                            plan.seed(),
                            plan.dialect(),
                            passed() ? "passed" : "BROKEN " + breaches,
                            kills,
                            faults.values().stream().mapToInt(Integer::intValue).sum(),
                            faults.size(),
                            requests,
                            took.toMillis() / 1000.0);
        }
    }

    Outcome run() {
        return run((chorus, checker) -> {});
    }

    Outcome run(Afterwards afterwards) {
        Instant began = clock.instant();
        makeDirectory();
        if (shared == null) {
            stores.create(database);
        } else {
            stores.empty(database);
        }
        try (Upstream chorus = Upstream.start(plan, anchor, directory)) {
            Product product = shared == null ? product() : shared;
            try {
                product = storm(chorus, product);
                calm(chorus, product);
                breaches.addAll(check(chorus, product));
                Product last = product;
                afterwards.look(chorus, () -> check(chorus, last));
            } finally {
                if (shared == null) {
                    product.kill();
                }
            }
            Truth truth = Truth.read(chorus.ledger());
            stores.forget(truth.calls().keySet());
            List<Asked> log = truth.log();
            Map<String, Integer> faults = new TreeMap<>();
            log.stream()
                    .map(Asked::fault)
                    .filter(fault -> fault != null)
                    .forEach(fault -> faults.merge(String.valueOf(fault), 1, Integer::sum));
            return new Outcome(
                    plan,
                    kills.size(),
                    log.size(),
                    faults,
                    Duration.between(began, clock.instant()),
                    List.copyOf(breaches));
        } finally {
            if (shared == null) {
                stores.drop(database);
            }
        }
    }

    private Product storm(Upstream chorus, Product product) {
        WorldChanges changes = new WorldChanges(chorus, plan.random("changes"), anchor, this::webhook);
        changes.before(Math.max(2, plan.calls() / 100));
        if (plan.limit() > 0) {
            chorus.limit(plan.limit());
        }
        acknowledged.add("sync " + product.connect(chorus.address(), plan.dialect()));
        listening = product;
        plan.faults().forEach(chorus::fault);
        try (ScheduledExecutorService weather = Executors.newSingleThreadScheduledExecutor()) {
            SplittableRandom random = plan.random("moments");
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < plan.changes(); i++) {
                done.add(weather.schedule(
                        changes::change, random.nextLong(plan.lasts().toMillis()), TimeUnit.MILLISECONDS));
            }
            Product alive = killed(chorus, product, random);
            if (plan.kills() > 0) {
                // What is left of the storm hits the one that lives.
                weather.schedule(() -> {}, plan.lasts().toMillis() / 2, TimeUnit.MILLISECONDS)
                        .get();
            }
            for (Future<?> change : done) {
                change.get();
            }
            changes.after();
            return alive;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Kills the product and starts it again as often as planned, each time at a random moment after its start. */
    private Product killed(Upstream chorus, Product first, SplittableRandom random)
            throws InterruptedException, ExecutionException {
        Product product = first;
        try (ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; i < plan.kills(); i++) {
                Product victim = product;
                long moment = random.nextLong(plan.lasts().toMillis() / plan.kills());
                boolean withSync = random.nextBoolean();
                product = killer.schedule(() -> killAndStart(chorus, victim, withSync), moment, TimeUnit.MILLISECONDS)
                        .get();
            }
        }
        return product;
    }

    private Product killAndStart(Upstream chorus, Product victim, boolean withSync) {
        List<String> before = victim.acknowledged();
        if (withSync) {
            noteSync(victim);
        }
        listening = null;
        kills.add(clock.millis());
        victim.kill();
        Product next = product();
        listening = next;
        Map<String, String> here = next.calls();
        Map<String, TrueCall> truth = Truth.read(chorus.ledger()).calls();
        for (String line : before) {
            String[] words = line.split(" ");
            boolean restoredMeanwhile =
                    truth.get(words[1]) != null && truth.get(words[1]).version() > 0;
            if (!words[2].equals(here.get(words[1])) && !restoredMeanwhile) {
                breaches.add(Promise.I4 + ": " + words[1] + " was listed before a kill and is not after it");
            }
        }
        acknowledged.addAll(before);
        return next;
    }

    private void calm(Upstream chorus, Product product) {
        chorus.calm();
        acknowledged.addAll(product.acknowledged());
        product.awaitIdle();
        noteSync(product);
        product.awaitIdle();
        int syncs = product.syncs().size();
        stores.sweep(database);
        Awaitility.await("the weekly sweep")
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(60))
                .until(() -> product.syncs().size() > syncs);
        product.awaitIdle();
        noteSync(product);
        product.awaitIdle();
    }

    /** What the checker finds broken. */
    private List<String> check(Upstream chorus, Product product) {
        Path facts = directory.resolve("acknowledged.txt");
        Path report = directory.resolve("checker.log");
        List<String> args = new ArrayList<>(List.of(
                "--app", product.address().toString(),
                "--token", Product.TOKEN,
                "--simulator", chorus.address().toString(),
                "--key", ChaosSimulator.API_KEY,
                "--opensearch", stores.openSearch().toString(),
                "--database", stores.url(database),
                "--under-way", Integer.toString(underWayMillis),
                "--workers", Integer.toString(Product.WORKERS),
                "--acknowledged", facts.toString()));
        kills.forEach(kill -> args.addAll(List.of("--kill", Long.toString(kill))));
        try {
            Files.write(facts, acknowledged.stream().distinct().toList());
            Files.deleteIfExists(report);
            return Program.run(Checker.class, args, report) == 0
                    ? List.of()
                    : Files.readAllLines(report).stream().limit(REPORTED).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** While nobody is there to hear it, it is lost. */
    private void webhook(String call) {
        Product there = listening;
        if (there != null) {
            try {
                there.hint(call);
            } catch (UncheckedIOException killed) {
                listening = null;
            }
        }
    }

    private void noteSync(Product product) {
        acknowledged.add("sync " + product.sync());
    }

    private Product product() {
        return Product.start(stores, database, directory, "product");
    }

    private void makeDirectory() {
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
