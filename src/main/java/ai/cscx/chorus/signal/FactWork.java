package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.IndexOutbox;
import ai.cscx.chorus.signal.FactStore.Due;
import ai.cscx.chorus.signal.FactStore.Read;
import ai.cscx.chorus.signal.FactStore.Unread;
import ai.cscx.chorus.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the facts off calls that came or changed. It works a third of its time at most, and less while calls wait to be
 * indexed: a call is to be found first. After any failure the same calls are taken again.
 */
final class FactWork {
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(FactWork.class);
    private static final Duration SPAN = Duration.ofMillis(500);
    private static final int BATCH = 10;

    private final Database database;
    private final Clock clock;
    private boolean renewed;

    FactWork(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** One stretch of work. */
    synchronized void run() {
        long begin = System.nanoTime();
        if (!renewed) {
            int others = database.inTransaction(handle -> FactStore.renew(handle, CallReader.RULES));
            if (others > 0) {
                LOG.info("The facts of {} calls are read again by newer rules", others);
            }
            renewed = true;
        }
        boolean more = step();
        while (more && System.nanoTime() - begin < SPAN.toNanos() && !isBusy()) {
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

    private boolean isBusy() {
        return database.read(IndexOutbox::size) > 0;
    }

    private boolean step() {
        List<Due> due = database.read(handle -> FactStore.due(handle, BATCH));
        if (due.isEmpty()) {
            return false;
        }
        Set<CallId> calls = new LinkedHashSet<>();
        due.forEach(one -> calls.add(one.call()));
        database.transact(handle -> {
            List<Read> read = new ArrayList<>();
            for (Unread call : FactStore.unread(handle, calls)) {
                read(call, read);
            }
            FactStore.save(handle, read, clock.instant());
            FactStore.done(handle, due);
            HealthStore.changed(handle, calls.stream().map(CallId::value).toList());
        });
        return true;
    }

    /** A call that our rules stumble over stays without facts and stops no other. */
    private static void read(Unread call, List<Read> read) {
        try {
            read.add(new Read(call, CallReader.read(call.recorded())));
        } catch (RuntimeException defect) {
            LOG.error(
                    "Nothing can be read off call {} until it changes, it is missing in insights: {} at {}",
                    call.id(),
                    defect.getClass().getName(),
                    defect.getStackTrace().length == 0 ? "?" : defect.getStackTrace()[0]);
        }
    }
}
