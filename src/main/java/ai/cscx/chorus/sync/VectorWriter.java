package ai.cscx.chorus.sync;

import ai.cscx.chorus.call.IndexOutbox;
import ai.cscx.chorus.call.IndexedCall;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives calls vectors once their words can be found: one call after the other, the newest first, with pauses, so that it
 * takes no more of the processor than it is given. After any failure the same call is simply taken again.
 */
final class VectorWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VectorWriter.class);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LOOK_FOR_INDEX = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Database database;
    private final Search search;
    private final double busy;
    private final Loop loop = new Loop("write-vectors", this::writeOne);

    /**
     * @param busy the share of its time that its one thread works, above 0, at most 1
     */
    VectorWriter(Database database, Search search, double busy) {
        this.database = database;
        this.search = search;
        this.busy = busy;
    }

    void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    private Duration writeOne() {
        Optional<String> identity = search.prepareVectors();
        if (identity.isEmpty()) {
            return LOOK_FOR_INDEX;
        }
        if (database.inTransaction(handle -> IndexOutbox.isNewOfVectors(handle, identity.get()))) {
            LOG.info("The index of vectors is new; every call gets its vectors");
        }
        if (database.read(IndexOutbox::size) > 0) {
            // Words first.
            return LOOK;
        }
        List<IndexedCall> calls = database.inTransaction(handle -> IndexOutbox.takeWithoutVectors(handle, 1));
        if (calls.isEmpty()) {
            return LOOK;
        }
        long begin = System.nanoTime();
        IndexedCall call = calls.getFirst();
        search.indexMeaning(call);
        database.transact(handle -> IndexOutbox.hasVectors(handle, call));
        return pause(Duration.ofNanos(System.nanoTime() - begin));
    }

    private Duration pause(Duration worked) {
        Duration pause = Duration.ofNanos((long) (worked.toNanos() * (1 / busy - 1)));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
