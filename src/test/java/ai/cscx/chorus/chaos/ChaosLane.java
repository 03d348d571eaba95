package ai.cscx.chorus.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Runs one after the other. One that kills has a product of its own; the others share one, which is emptied between them
 * and replaced after a run that broke a promise. Not thread-safe: one lane, one thread.
 */
final class ChaosLane implements AutoCloseable {
    private final Clock clock = Clock.systemUTC();
    private final String name;
    private final Stores stores;
    private final Path data;
    private final int underWayMillis;
    private @Nullable Product product;

    /**
     * @param name no other lane's, fit for a database and a directory
     * @param underWayMillis how late what was under way may arrive
     */
    ChaosLane(String name, Stores stores, Path data, int underWayMillis) {
        this.name = name;
        this.stores = stores;
        this.data = data;
        this.underWayMillis = underWayMillis;
    }

    /** Takes plans until there are none, says how each went; how many were broken. */
    int run(Queue<ChaosPlan> plans, PrintStream out) throws IOException {
        int broken = 0;
        for (ChaosPlan plan = plans.poll(); plan != null; plan = plans.poll()) {
            boolean passed = false;
            String line;
            try {
                ChaosRun.Outcome outcome = new ChaosRun(
                                plan, stores, data, clock, underWayMillis, plan.kills() > 0 ? null : shared())
                        .run();
                passed = outcome.passed();
                line = outcome + " " + outcome.faults();
            } catch (RuntimeException failed) {
                line = "seed " + plan.seed() + " " + plan.dialect() + ": FAILED with " + plan.kills() + " kills: "
                        + failed;
            }
            out.println(clock.instant() + " " + name + " " + line);
            if (!passed) {
                broken++;
                close();
            }
        }
        return broken;
    }

    private Product shared() throws IOException {
        Product there = product;
        if (there == null) {
            String database = "chaos_" + name.replace('-', '_') + "_" + clock.millis();
            stores.create(database);
            there = Product.start(stores, database, Files.createDirectories(data.resolve(database)), "product");
            product = there;
        }
        return there;
    }

    /** Ends the shared product; its database goes, too. */
    @Override
    public void close() {
        Product there = product;
        product = null;
        if (there != null) {
            there.close();
            stores.drop(there.database());
        }
    }
}
