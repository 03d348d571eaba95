package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Fingerprint;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallContent.TranscriptState;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.sync.FetchQueue.Leased;
import ai.cscx.chorus.sync.FetchQueue.Reason;
import ai.cscx.chorus.sync.SyncLedger.Outcome;
import ai.cscx.chorus.upstream.Answers;
import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.ChorusClient;
import ai.cscx.chorus.upstream.ChorusClient.Fetched;
import ai.cscx.chorus.upstream.ChorusException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what the queue holds, as many calls at once as there are workers and as fast as the pace allows: first it gets
 * the permits, then it chooses the most urgent calls. Each call is saved in one transaction with its customer, its tasks
 * and its leaving the queue.
 */
final class Fetcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);
    /** Another instance may have asked for calls; nobody rings our bell for those. */
    private static final Duration LONGEST_LOOK_AWAY = Duration.ofMillis(500);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);
    /** An answer that cannot be read is asked for again so often, then set aside. */
    private static final int TRIES_UNREADABLE = 6;
    /** After so many failures in a row a sync stops waiting for the call; the call itself is tried on. */
    private static final int TRIES_AWAY = 8;

    private static final Duration LONGEST_RETRY = Duration.ofHours(4);
    /** So many answers in a row missing: Chorus is away, and one request at a time finds out when it is back. */
    private static final int OUTAGE = 5;

    private static final Duration LONGEST_OUTAGE_WAIT = Duration.ofSeconds(10);
    /** When a transcript that was not ready is looked for again; then daily. */
    private static final List<Duration> TRANSCRIPT_RETRIES = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(60),
            Duration.ofHours(4),
            Duration.ofHours(24));

    /** Two weeks: a transcript that is not there by then does not come; a change of the list brings the call back. */
    private static final int TRANSCRIPT_TRIES = 18;

    private final Database database;
    private final ChorusAccess chorus;
    private final RateLimiter limiter;
    private final FetchQueue queue;
    private final CallWriter writer;
    private final Removals removals;
    private final SyncLedger ledger;
    private final Quarantine quarantine;
    private final Drift drift;
    private final Clock clock;
    private final int workers;
    private final Runnable whenSaved;
    private final Loop loop = new Loop("fetch-calls", this::fetchSome);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger missingAnswers = new AtomicInteger();
    private volatile Instant pausedUntil = Instant.EPOCH;

    /**
     * @param whenSaved rung after each call
     */
    Fetcher(
            Database database,
            ChorusAccess chorus,
            RateLimiter limiter,
            FetchQueue queue,
            CallWriter writer,
            Removals removals,
            SyncLedger ledger,
            Quarantine quarantine,
            Drift drift,
            Clock clock,
            int workers,
            Runnable whenSaved) {
        this.database = database;
        this.chorus = chorus;
        this.limiter = limiter;
        this.queue = queue;
        this.writer = writer;
        this.removals = removals;
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.drift = drift;
        this.clock = clock;
        this.workers = workers;
        this.whenSaved = whenSaved;
    }

    void start() {
        loop.start();
    }

    void wake() {
        loop.wake();
    }

    /** Waits for what is under way, as long as that takes no more than a moment. */
    @Override
    public void close() {
        loop.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private Duration fetchSome() {
        int free = freeWorkers();
        Duration pause = Duration.between(clock.instant(), pausedUntil);
        if (free <= 0 || pause.isPositive()) {
            return pause.isPositive() ? shorter(pause) : LONGEST_LOOK_AWAY;
        }
        int due = queue.due(free);
        if (due == 0) {
            return queue.untilNext()
                    .filter(Duration::isPositive)
                    .map(Fetcher::shorter)
                    .orElse(LONGEST_LOOK_AWAY);
        }
        ChorusClient client = chorus.client().orElse(null);
        if (client == null) {
            return LONGEST_LOOK_AWAY;
        }
        int each = client.dialect().requestsPerCall();
        RateLimiter.Permit permit = limiter.forCalls(due, each);
        if (permit.granted() == 0) {
            return shorter(permit.pause());
        }
        List<Leased> calls = queue.lease(permit.granted() / each);
        limiter.giveBack(permit.granted() - calls.size() * each);
        for (Leased call : calls) {
            inFlight.incrementAndGet();
            threads.execute(() -> {
                try {
                    fetch(client, call);
                } finally {
                    inFlight.decrementAndGet();
                    loop.wake();
                }
            });
        }
        return freeWorkers() > 0 ? Duration.ZERO : LONGEST_LOOK_AWAY;
    }

    private int freeWorkers() {
        boolean outage = missingAnswers.get() >= OUTAGE;
        return (outage ? 1 : workers) - inFlight.get();
    }

    private void fetch(ChorusClient client, Leased call) {
        Instant sentAt = clock.instant();
        try {
            Fetched fetched = client.fetch(call.externalId());
            chorus.served(fetched.requests());
            missingAnswers.set(0);
            database.transact(handle -> keep(handle, client, call, fetched, sentAt));
            whenSaved.run();
        } catch (ChorusException failed) {
            put(() -> failed(call, failed, sentAt));
        } catch (Unreadable wrong) {
            put(() -> unreadable(call, wrong.reason, wrong.raw));
        } catch (Failure.Unavailable away) {
            // The lease runs out by itself once the database is back.
            LOG.info("Call {} waits: {}", call.externalId(), away.getMessage());
        } catch (RuntimeException defect) {
            LOG.error(
                    "Call {} could not be saved, and that is a defect of ours: {} at {}",
                    call.externalId(),
                    defect.getClass().getName(),
                    defect.getStackTrace().length == 0 ? "?" : defect.getStackTrace()[0]);
            put(() -> unreadable(
                    call, "It could not be saved: " + defect.getClass().getName(), null));
        }
    }

    private void put(Runnable work) {
        try {
            work.run();
        } catch (Failure.Unavailable away) {
            LOG.info("A call waits for its lease to run out: {}", away.getMessage());
        }
    }

    private void keep(Handle handle, ChorusClient client, Leased call, Fetched fetched, Instant sentAt) {
        switch (fetched) {
            case Fetched.Gone gone -> {
                removals.gone(handle, call.externalId(), call.reason() == Reason.CONFIRM);
                left(handle, call, gone.requests());
            }
            case Fetched.Found found -> {
                if (found.isPrivate()) {
                    removals.becamePrivate(handle, call.externalId());
                    left(handle, call, found.requests());
                } else {
                    save(handle, client, call, found, sentAt);
                }
            }
        }
    }

    private void left(Handle handle, Leased call, int requests) {
        queue.done(handle, call);
        ledger.fetched(handle, call.externalId(), Outcome.GONE, requests, null);
    }

    private void save(Handle handle, ChorusClient client, Leased call, Fetched.Found found, Instant sentAt) {
        drift.observe(client.dialect(), found.answers());
        byte[] element = call.listElement();
        Answers answers = found.answers().withList(element);
        CallContent content = translated(client, call, answers);
        boolean changed =
                writer.fetched(handle, content, answers, element == null ? null : Fingerprint.of(element), sentAt);
        quarantine.healed(handle, call.externalId());
        // The queue before the ledger: who lists the call meanwhile is waited for there, and their sync learns of it,
        // too.
        if (content.transcriptState() == TranscriptState.PENDING && call.transcriptTries() < TRANSCRIPT_TRIES) {
            queue.transcriptLater(handle, call, transcriptRetry(call.transcriptTries()), content.startedAt());
        } else {
            queue.done(handle, call);
        }
        ledger.fetched(handle, call.externalId(), changed ? Outcome.STORED : Outcome.UNCHANGED, found.requests(), null);
    }

    private static CallContent translated(ChorusClient client, Leased call, Answers answers) {
        try {
            return Translator.of(client.dialect()).translate(call.externalId(), answers);
        } catch (ChorusException | Failure.Rejected wrong) {
            throw new Unreadable(String.valueOf(wrong.getMessage()), answers.part(Part.DETAIL), wrong);
        }
    }

    static Duration transcriptRetry(int tries) {
        return TRANSCRIPT_RETRIES.get(Math.min(tries, TRANSCRIPT_RETRIES.size() - 1));
    }

    private void failed(Leased call, ChorusException failed, Instant sentAt) {
        Optional<Duration> wait = chorus.waitAfter(failed, sentAt);
        if (wait.isPresent()) {
            pause(wait.get());
            database.transact(handle -> queue.release(handle, call));
            return;
        }
        if (failed instanceof ChorusException.Away) {
            away(call, String.valueOf(failed.getMessage()));
        } else {
            unreadable(call, String.valueOf(failed.getMessage()), null);
        }
    }

    private void away(Leased call, String error) {
        int missing = missingAnswers.incrementAndGet();
        if (missing >= OUTAGE) {
            Duration wait = Jobs.backoff(missing - OUTAGE + 1, LONGEST_OUTAGE_WAIT);
            LOG.info("Chorus has not answered {} times in a row; next try in {} s", missing, wait.toSeconds());
            pause(wait);
            database.transact(handle -> queue.release(handle, call));
            return;
        }
        database.transact(handle -> {
            queue.failed(handle, call, Jobs.backoff(call.failures() + 1, LONGEST_RETRY), error);
            if (call.failures() + 1 >= TRIES_AWAY) {
                ledger.fetched(handle, call.externalId(), Outcome.FAILED, 1, error);
            }
        });
    }

    private void unreadable(Leased call, String error, byte @Nullable [] raw) {
        LOG.warn("Call {} cannot be read, try {}: {}", call.externalId(), call.failures() + 1, error);
        database.transact(handle -> {
            if (call.failures() + 1 < TRIES_UNREADABLE) {
                queue.failed(handle, call, Jobs.backoff(call.failures() + 1, LONGEST_RETRY), error);
                return;
            }
            quarantine.add(handle, call.externalId(), "detail", error, raw == null ? call.listElement() : raw);
            queue.done(handle, call);
            ledger.fetched(handle, call.externalId(), Outcome.FAILED, 1, error);
        });
        whenSaved.run();
    }

    private void pause(Duration wait) {
        Instant until = clock.instant().plus(wait);
        if (until.isAfter(pausedUntil)) {
            pausedUntil = until;
        }
    }

    private static Duration shorter(Duration wait) {
        return wait.compareTo(LONGEST_LOOK_AWAY) < 0 ? wait : LONGEST_LOOK_AWAY;
    }

    /** The answer came, and is no call. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String reason;
        private final transient byte @Nullable [] raw;

        Unreadable(String reason, byte @Nullable [] raw, Throwable cause) {
            super(reason, cause);
            this.reason = reason;
            this.raw = raw;
        }
    }
}
