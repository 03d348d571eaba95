package ai.cscx.chorus.sync;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.call.IndexOutbox;
import ai.cscx.chorus.customer.Links;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.sync.FetchQueue.Reason;
import ai.cscx.chorus.sync.FetchQueue.Wanted;
import ai.cscx.chorus.task.Tasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/**
 * The flow of a call from Chorus to us: list a window → fetch each new or changed call → save it with its customer and
 * its tasks → index it → settle the sync. Everything may run twice, on any instance, and be killed anywhere.
 */
public final class Synchronisation implements AutoCloseable {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    private static final Jobs.Kind LOOK_SOON = new Jobs.Kind("look-soon", 45, 8);
    private static final Duration SWEPT_WEEKLY = Duration.ofDays(30);
    private static final Duration SWEPT_MONTHLY = Duration.ofDays(180);

    private final Database database;
    private final Tasks tasks;
    private final Jobs jobs;
    private final Syncs syncs;
    private final RateLimiter limiter;
    private final Settings settings;
    private final FetchQueue queue;
    private final Fetcher fetcher;
    private final Indexer indexer;
    private final VectorWriter vectors;
    private final Settlement settlement;
    private final Quarantine quarantine;
    private final Drift drift;
    private final WindowLister lister;
    private final ChorusAccess chorus;

    /**
     * How it works.
     *
     * @param every pause between polls
     * @param overlap how far back a poll looks: late transcripts and changes arrive after the meeting
     * @param workers how many calls this instance fetches at once; 0 = it only serves
     * @param embeddingBusy the share of its time that embedding in the background works, above 0, at most 1
     */
    public record Settings(Duration every, Duration overlap, int workers, double embeddingBusy) {}

    /**
     * @param whenGone takes a call's words out of everything else that holds them, when Chorus took the call back
     * @param clock the product's clock, by which windows are cut
     * @param realTime for waits
     */
    public Synchronisation(
            Database database,
            Jobs jobs,
            Connections connections,
            Syncs syncs,
            RateLimiter limiter,
            CallStore calls,
            Links links,
            Search search,
            Tasks tasks,
            BiConsumer<Handle, CallId> whenGone,
            Clock clock,
            Clock realTime,
            Settings settings) {
        this.database = database;
        this.tasks = tasks;
        this.jobs = jobs;
        this.syncs = syncs;
        this.limiter = limiter;
        this.settings = settings;
        this.queue = new FetchQueue(database, realTime);
        this.chorus = new ChorusAccess(connections, limiter);
        SyncLedger ledger = new SyncLedger(database, realTime);
        CallWriter writer = new CallWriter(calls, links, tasks);
        Removals removals = new Removals(queue, ledger, connections, whenGone, clock);
        this.drift = new Drift(database, clock);
        this.quarantine = new Quarantine(database, queue, clock, this::wake);
        this.settlement = new Settlement(database, syncs, removals, queue, search, clock, this::wake);
        this.indexer = new Indexer(database, search, settlement::wake);
        this.vectors = new VectorWriter(database, search, settings.embeddingBusy());
        this.fetcher = new Fetcher(
                database,
                chorus,
                limiter,
                queue,
                writer,
                removals,
                ledger,
                quarantine,
                drift,
                realTime,
                settings.workers(),
                indexer::wake);
        this.lister = new WindowLister(
                database, limiter, chorus, calls, writer, removals, queue, ledger, quarantine, drift, realTime);
    }

    public Quarantine quarantine() {
        return quarantine;
    }

    public Drift drift() {
        return drift;
    }

    public Settlement settlement() {
        return settlement;
    }

    /** Says what runs the sync's jobs. Before {@link Jobs#start}. */
    public void register() {
        jobs.handle(
                Syncs.LIST_WINDOW,
                job -> lister.list(window(job.data()), this::wake),
                (handle, job, error) -> syncs.fail(handle, window(job.data()).sync(), error));
        jobs.handle(LOOK_SOON, job -> lookSoon(), (handle, job, error) -> {});
        jobs.every("poll-chorus", settings.every(), () -> look(settings.overlap(), Syncs.Cause.POLL));
        jobs.every("sweep-weekly", WEEK, () -> look(SWEPT_WEEKLY, Syncs.Cause.SWEEP));
        jobs.every("sweep-monthly", MONTH, () -> look(SWEPT_MONTHLY, Syncs.Cause.SWEEP));
    }

    /** Starts fetching and indexing; without workers this instance only serves. */
    public void start() {
        if (settings.workers() == 0) {
            return;
        }
        fetcher.start();
        indexer.start();
        vectors.start();
        settlement.start();
        drift.start();
    }

    /**
     * Somebody says that there is something about these calls: they are fetched before everything else. When it returns,
     * that is kept whatever happens.
     *
     * @throws ai.cscx.chorus.base.Failure.Unavailable if the database does not answer
     */
    public void hint(Collection<String> externalIds) {
        database.transact(handle -> queue.want(
                handle,
                externalIds.stream()
                        .distinct()
                        .map(id -> new Wanted(id, Reason.HINT, null, false, null))
                        .toList()));
        wake();
    }

    /**
     * Somebody says that there is something new, and not what: the last days are looked at, at most once a minute. When
     * it returns, that is kept whatever happens. Again, while it waits, changes nothing.
     *
     * @throws ai.cscx.chorus.base.Failure.Unavailable if the database does not answer
     */
    public void look() {
        database.transact(handle -> jobs.stage(handle, LOOK_SOON, "hint", ""));
        jobs.wake();
    }

    /** How fast Chorus is asked. */
    public RateLimiter.Budget budget() {
        return limiter.budget();
    }

    /** How the sync is, for whoever watches over it. */
    public Readings readings() {
        return new Readings(
                Readings.transcripts(database),
                queue.waiting(),
                database.read(Readings::connection),
                database.read(IndexOutbox::size),
                quarantine.size(),
                limiter.budget(),
                tasks.capture(),
                settlement.newest());
    }

    /** How many of the action items that Chorus lists are where they belong. */
    public Tasks.Capture capture(Asker asker) {
        asker.requireAdmin();
        return tasks.capture();
    }

    /** How long until this call is fetched again; empty if that is not planned. */
    public Optional<Duration> untilFetched(String externalId) {
        return queue.untilDue(externalId);
    }

    /** Looks for work now: after something was changed that the workers go by. */
    public void wake() {
        fetcher.wake();
        indexer.wake();
        settlement.wake();
    }

    @Override
    public void close() {
        fetcher.close();
        vectors.close();
        indexer.close();
        settlement.close();
        drift.close();
    }

    private Jobs.Outcome lookSoon() {
        if (chorus.client().isEmpty()) {
            return Jobs.Outcome.DONE;
        }
        Duration wait = syncs.untilNextLook(BETWEEN_LOOKS);
        if (wait.isPositive()) {
            return new Jobs.Outcome.Later(wait);
        }
        look(settings.overlap(), Syncs.Cause.POLL);
        return Jobs.Outcome.DONE;
    }

    private void look(Duration back, Syncs.Cause cause) {
        if (chorus.client().isPresent()) {
            syncs.look(back, cause);
        }
    }

    private static WindowLister.Window window(String data) {
        String[] parts = data.split("\\|", -1);
        Syncs.Cause cause = Syncs.Cause.valueOf(parts[3]);
        boolean retryPending = cause == Syncs.Cause.MANUAL || cause == Syncs.Cause.BACKFILL;
        return new WindowLister.Window(
                new SyncId(UUID.fromString(parts[0])),
                Instant.parse(parts[1]),
                Instant.parse(parts[2]),
                retryPending,
                cause == Syncs.Cause.SWEEP);
    }
}
