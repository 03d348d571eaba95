package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Fingerprint;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.customer.Matcher;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.task.Tasks;
import ai.cscx.chorus.upstream.ChorusClient;
import ai.cscx.chorus.upstream.ChorusClient.Detail;
import ai.cscx.chorus.upstream.ChorusClient.Listed;
import ai.cscx.chorus.upstream.ChorusException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flow of a call from Chorus to us, as jobs: list a window → fetch each new or changed call → save it and begin its
 * {@link CallPipeline}. Every job may run twice.
 */
public final class Synchronisation {
    private static final Jobs.Kind FETCH_CALL = new Jobs.Kind("fetch-call", 20, 6);
    /** Not conversations: they have no recording to fetch. */
    private static final Set<String> NO_CALLS = Set.of("email", "content_viewed");

    private static final Duration WHILE_NOT_CONNECTED = Duration.ofSeconds(30);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(20);
    private static final Duration SETTLE_PAUSE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Synchronisation.class);

    private final Database database;
    private final Jobs jobs;
    private final Connections connections;
    private final Syncs syncs;
    private final CallStore calls;
    private final Search search;
    private final Clock clock;
    private final Polling polling;
    private final SyncLedger ledger;
    private final CallPipeline pipeline;

    /**
     * @param every pause between polls
     * @param overlap how far back a poll looks: late transcripts and changes arrive after the meeting
     */
    public record Polling(Duration every, Duration overlap) {}

    public Synchronisation(
            Database database,
            Jobs jobs,
            Connections connections,
            Syncs syncs,
            CallStore calls,
            Matcher matcher,
            Search search,
            Tasks tasks,
            Clock clock,
            Polling polling) {
        this.database = database;
        this.jobs = jobs;
        this.connections = connections;
        this.syncs = syncs;
        this.calls = calls;
        this.search = search;
        this.clock = clock;
        this.polling = polling;
        this.ledger = new SyncLedger(database, syncs, search, clock);
        this.pipeline = new CallPipeline(database, jobs, calls, matcher, search, tasks, ledger);
    }

    /** Says what runs the sync's jobs. Before {@link Jobs#start}. */
    public void register() {
        jobs.handle(
                Syncs.LIST_WINDOW,
                job -> listWindow(WindowRef.parse(job.data())),
                (handle, job, error) ->
                        syncs.fail(handle, WindowRef.parse(job.data()).sync(), error));
        jobs.handle(FETCH_CALL, job -> fetchCall(FetchRef.parse(job.key()), job.data()), (handle, job, error) -> {
            FetchRef ref = FetchRef.parse(job.key());
            ledger.failed(handle, ref.sync(), ref.externalId(), error);
        });
        pipeline.register();
        jobs.every("settle-syncs", SETTLE_PAUSE, () -> syncs.running().forEach(ledger::settle));
        jobs.every("poll-chorus", polling.every(), () -> {
            if (connections.client().isPresent()) {
                syncs.poll(polling.overlap());
            }
        });
    }

    private record WindowRef(SyncId sync, Instant from, Instant until) {
        static WindowRef parse(String data) {
            String[] parts = data.split("\\|", -1);
            return new WindowRef(
                    new SyncId(UUID.fromString(parts[0])), Instant.parse(parts[1]), Instant.parse(parts[2]));
        }
    }

    private record FetchRef(SyncId sync, String externalId) {
        static FetchRef parse(String key) {
            int slash = key.indexOf('/');
            return new FetchRef(new SyncId(UUID.fromString(key.substring(0, slash))), key.substring(slash + 1));
        }

        static String key(SyncId sync, String externalId) {
            return sync + "/" + externalId;
        }
    }

    private Jobs.Outcome listWindow(WindowRef window) {
        ChorusClient client = connections.client().orElse(null);
        if (client == null) {
            return new Jobs.Outcome.Later(WHILE_NOT_CONNECTED);
        }
        AtomicInteger listed = new AtomicInteger();
        int pages;
        try {
            pages = client.list(window.from(), window.until(), page -> {
                stageFetches(window.sync(), page);
                listed.addAndGet(page.size());
                jobs.wake();
            });
        } catch (ChorusException failed) {
            return putOff(failed);
        }
        connections.served();
        ledger.windowListed(window.sync(), window.from(), pages);
        ledger.settle(window.sync());
        LOG.info("Sync {} listed {} calls from {} to {}", window.sync(), listed.get(), window.from(), window.until());
        return Jobs.Outcome.DONE;
    }

    private void stageFetches(SyncId sync, List<Listed> page) {
        List<Listed> conversations = page.stream()
                .filter(call -> call.type() == null || !NO_CALLS.contains(call.type()))
                .toList();
        database.transact(handle -> {
            Map<String, CallStore.Known> known =
                    calls.known(handle, conversations.stream().map(Listed::id).toList());
            List<Jobs.Staged> fetches = new ArrayList<>();
            List<String> pending = new ArrayList<>();
            List<String> unchanged = new ArrayList<>();
            for (Listed call : conversations) {
                if (isCurrent(known.get(call.id()), call)) {
                    unchanged.add(call.id());
                } else {
                    pending.add(call.id());
                    fetches.add(new Jobs.Staged(FetchRef.key(sync, call.id()), call.raw()));
                }
            }
            ledger.listed(handle, sync, pending, "pending");
            ledger.listed(handle, sync, unchanged, "unchanged");
            jobs.stage(handle, FETCH_CALL, fetches);
        });
    }

    private static boolean isCurrent(CallStore.@Nullable Known known, Listed call) {
        return known != null
                && call.hash().equals(known.listHash())
                && known.transcript() != CallContent.TranscriptState.PENDING;
    }

    private Jobs.Outcome fetchCall(FetchRef ref, String listElement) {
        ChorusClient client = connections.client().orElse(null);
        if (client == null) {
            return new Jobs.Outcome.Later(WHILE_NOT_CONNECTED);
        }
        Instant sentAt = clock.instant();
        try {
            switch (client.fetch(ref.externalId())) {
                case Detail.Found found -> save(ref, listElement, found, sentAt);
                case Detail.Gone gone ->
                    database.transact(handle -> ledger.fetched(handle, ref.sync(), ref.externalId(), "gone"));
            }
        } catch (ChorusException failed) {
            return putOff(failed);
        }
        ledger.settle(ref.sync());
        return Jobs.Outcome.DONE;
    }

    private void save(FetchRef ref, String listElement, Detail.Found found, Instant sentAt) throws ChorusException {
        if (Boolean.TRUE.equals(found.conversation().isPrivate())) {
            forget(ref);
            return;
        }
        CallContent content = EngagementTranslator.translate(
                ref.externalId(), ChorusClient.engagement(listElement), found.conversation());
        byte[] list = listElement.getBytes(StandardCharsets.UTF_8);
        String listHash = Fingerprint.of(list);
        database.transact(handle -> {
            CallStore.Saved saved = calls.save(handle, content, new CallStore.Raw(list, found.raw()), listHash, sentAt);
            ledger.fetched(handle, ref.sync(), ref.externalId(), saved.changed() ? "fetched" : "unchanged");
            if (saved.changed()) {
                pipeline.begin(handle, saved.id(), saved.version(), ref.sync());
            }
        });
        jobs.wake();
    }

    /** Private recordings are not kept, not even what was here before they became private. */
    private void forget(FetchRef ref) {
        calls.indexableByExternalId(ref.externalId())
                .ifPresent(call -> search.remove(call.id(), call.indexedPassages()));
        database.transact(handle -> {
            calls.delete(handle, ref.externalId());
            ledger.fetched(handle, ref.sync(), ref.externalId(), "gone");
        });
    }

    /** What can be done about it: wait as long as Chorus says, or a while, or count it as a failure. */
    private Jobs.Outcome putOff(ChorusException failed) {
        return switch (failed) {
            case ChorusException.RateLimited limited -> new Jobs.Outcome.Later(limited.retryAfter());
            case ChorusException.Refused refused -> {
                LOG.warn("Chorus refuses the credential: {}", refused.getMessage());
                connections.refused(String.valueOf(refused.getMessage()));
                yield new Jobs.Outcome.Later(AFTER_REFUSAL);
            }
            case ChorusException.Away away -> throw new Failure.Unavailable(String.valueOf(away.getMessage()), away);
            case ChorusException.Broken broken ->
                throw new Failure.Rejected(String.valueOf(broken.getMessage()), broken);
        };
    }
}
