package ai.cscx.chorus.signal;

import ai.cscx.chorus.signal.HealthFormula.Standing;
import ai.cscx.chorus.signal.HealthReader.Settings;
import ai.cscx.chorus.signal.HealthStore.Due;
import ai.cscx.chorus.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Reckons health again where a call, a promise, a setting or the day changed, and keeps it. After any failure the same
 * customers are taken again.
 */
final class HealthWork {
    static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Duration SPAN = Duration.ofSeconds(1);
    private static final int BATCH = 50;

    private final Database database;
    private final Clock clock;

    HealthWork(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** One stretch of work. */
    synchronized void run() {
        long begin = System.nanoTime();
        boolean more = step();
        while (more && System.nanoTime() - begin < SPAN.toNanos()) {
            more = step();
        }
    }

    /** Everything that is due. */
    synchronized void finish() {
        boolean more = step();
        while (more) {
            more = step();
        }
    }

    private boolean step() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return database.inTransaction(handle -> {
            Settings settings = HealthReader.settings(handle);
            List<Due> due = HealthStore.due(handle, BATCH);
            Set<UUID> customers = new LinkedHashSet<>();
            due.forEach(one -> customers.add(one.customer()));
            if (customers.size() < BATCH) {
                customers.addAll(HealthStore.outdated(handle, today, settings, BATCH - customers.size()));
            }
            if (customers.isEmpty()) {
                return false;
            }
            Map<UUID, Standing> standings = new HashMap<>();
            HealthReader.histories(handle, customers, today, settings.categories())
                    .forEach((customer, known) ->
                            standings.put(customer, HealthFormula.standing(known, settings.mapping())));
            HealthStore.save(handle, standings, today, settings, clock.instant());
            HealthStore.done(handle, due);
            return true;
        });
    }
}
