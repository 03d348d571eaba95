package ai.cscx.chorus.sync;

import ai.cscx.chorus.call.IndexOutbox;
import ai.cscx.chorus.call.IndexOutbox.Indexed;
import ai.cscx.chorus.call.IndexOutbox.Removal;
import ai.cscx.chorus.call.IndexOutbox.Unindexed;
import ai.cscx.chorus.call.IndexedCall;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.store.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the search index in step with the database, and alive: takes what the outbox holds, many calls at a time, and notes what of
 * them is in the index in the same transaction. After any failure the same calls are simply taken again.
 */
final class Indexer implements AutoCloseable {
    private static final int CALLS = 25;
    /** Another instance may have saved calls; nobody rings our bell for those. */
    private static final Duration LONGEST_LOOK_AWAY = Duration.ofMillis(500);

    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

    private final Database database;
    private final Search search;
    private final Runnable whenIndexed;
    /** Two, so that one prepares while the other waits for OpenSearch; they never take the same call. */
    private final List<Loop> loops =
            List.of(new Loop("index-calls-1", this::indexSome), new Loop("index-calls-2", this::indexSome));

    private final Loop keeper = new Loop("keep-index", this::keep);

    Indexer(Database database, Search search, Runnable whenIndexed) {
        this.database = database;
        this.search = search;
        this.whenIndexed = whenIndexed;
    }

    void start() {
        loops.forEach(Loop::start);
        keeper.start();
    }

    void wake() {
        loops.forEach(Loop::wake);
    }

    @Override
    public void close() {
        keeper.close();
        loops.forEach(Loop::close);
    }

    /** A wiped index, or one of a new version, is made and filled from the database while reads go on. */
    private Duration keep() {
        String identity = search.prepare();
        boolean fresh = database.inTransaction(handle -> IndexOutbox.isNew(handle, identity));
        if (fresh) {
            LOG.info("The search index is new; every call is written to it");
            wake();
        } else if (database.read(IndexOutbox::size) == 0) {
            search.complete();
        }
        return BETWEEN_CHECKS;
    }

    private Duration indexSome() {
        int done = database.inTransaction(handle -> {
            List<Removal> removals = IndexOutbox.takeRemovals(handle, CALLS);
            for (Removal removal : removals) {
                search.remove(removal.id(), removal.passages());
            }
            IndexOutbox.removed(handle, removals);
            List<Unindexed> calls = IndexOutbox.take(handle, CALLS);
            List<Integer> passages = search.index(calls);
            List<Indexed> indexed = new ArrayList<>();
            for (int i = 0; i < calls.size(); i++) {
                IndexedCall call = calls.get(i).call();
                indexed.add(new Indexed(call.id(), call.version(), passages.get(i)));
            }
            IndexOutbox.indexed(handle, indexed);
            return removals.size() + calls.size();
        });
        if (done == 0) {
            return LONGEST_LOOK_AWAY;
        }
        whenIndexed.run();
        return Duration.ZERO;
    }
}
