package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallContent.TranscriptState;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.sync.FetchQueue.Reason;
import ai.cscx.chorus.sync.FetchQueue.Wanted;
import ai.cscx.chorus.sync.SyncLedger.Item;
import ai.cscx.chorus.sync.SyncLedger.Outcome;
import ai.cscx.chorus.upstream.Answers;
import ai.cscx.chorus.upstream.ChorusClient;
import ai.cscx.chorus.upstream.ChorusClient.ListPage;
import ai.cscx.chorus.upstream.ChorusClient.Listed;
import ai.cscx.chorus.upstream.ChorusException;
import ai.cscx.chorus.upstream.Listing;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the list of one window, saves what it says of calls that are new, and asks for those that are new or changed.
 * After each page it notes how far it came, as a date and never as Chorus's key: who goes on after an interruption reads
 * on from there.
 */
final class WindowLister {
    private static final Logger LOG = LoggerFactory.getLogger(WindowLister.class);

    private final Database database;
    private final RateLimiter limiter;
    private final ChorusAccess chorus;
    private final CallStore calls;
    private final CallWriter writer;
    private final Removals removals;
    private final FetchQueue queue;
    private final SyncLedger ledger;
    private final Quarantine quarantine;
    private final Drift drift;
    private final Clock clock;

    WindowLister(
            Database database,
            RateLimiter limiter,
            ChorusAccess chorus,
            CallStore calls,
            CallWriter writer,
            Removals removals,
            FetchQueue queue,
            SyncLedger ledger,
            Quarantine quarantine,
            Drift drift,
            Clock clock) {
        this.database = database;
        this.limiter = limiter;
        this.chorus = chorus;
        this.calls = calls;
        this.writer = writer;
        this.removals = removals;
        this.queue = queue;
        this.ledger = ledger;
        this.quarantine = quarantine;
        this.drift = drift;
        this.clock = clock;
    }

    /**
     * A window of a sync.
     *
     * @param retryPending whether calls whose transcript is pending are asked for again, changed or not
     * @param sweep whether all of it is looked at again, whatever the list says
     */
    record Window(SyncId sync, Instant from, Instant until, boolean retryPending, boolean sweep) {}

    /** Later if Chorus or the limit says so; the next run goes on from there. */
    Jobs.Outcome list(Window window, Runnable wake) {
        ChorusClient client = chorus.client().orElse(null);
        if (client == null) {
            return new Jobs.Outcome.Later(ChorusAccess.WHILE_NOT_CONNECTED);
        }
        Instant from = window.from();
        Instant until = window.until();
        Instant progress = ledger.progress(window.sync(), window.from()).orElse(null);
        if (progress != null) {
            // Both ends of a list are included, so calls of the same second come again.
            from = client.dialect().oldestFirst() ? progress : from;
            until = client.dialect().oldestFirst() ? until : progress.plusSeconds(1);
        }
        Listing listing = new Listing(client, from, until);
        Direction direction = new Direction(client.dialect().oldestFirst());
        int seen = 0;
        while (!listing.isOver()) {
            RateLimiter.Permit permit = limiter.forList();
            if (permit.granted() == 0) {
                return new Jobs.Outcome.Later(permit.pause());
            }
            Instant sentAt = clock.instant();
            ListPage page;
            try {
                page = listing.page();
            } catch (ChorusException failed) {
                return chorus.putOff(failed, sentAt);
            }
            chorus.served(1);
            drift.observe(client.dialect(), page);
            Instant reached = direction.reached(page.calls());
            database.transact(handle -> {
                take(handle, client, window, page);
                ledger.pageRead(handle, window.sync(), window.from(), reached);
            });
            seen += page.calls().size();
            wake.run();
        }
        ledger.windowListed(window.sync(), window.from());
        LOG.info("Sync {} listed {} calls from {} to {}", window.sync(), seen, window.from(), window.until());
        return Jobs.Outcome.DONE;
    }

    private void take(Handle handle, ChorusClient client, Window window, ListPage page) {
        List<Listed> recordings = page.calls().stream()
                .filter(Listed::recording)
                // Lists by the day hold more than was asked for; the neighbouring window has it.
                .filter(call -> !call.startedAt().isBefore(window.from().minusSeconds(1))
                        && !call.startedAt().isAfter(window.until()))
                .toList();
        Map<String, CallStore.Known> known =
                calls.known(handle, recordings.stream().map(Listed::id).toList());
        page.unreadable()
                .forEach(element -> quarantine.add(handle, element.id(), "list", element.reason(), element.raw()));
        List<Item> items = new ArrayList<>();
        List<Wanted> wanted = new ArrayList<>();
        Map<String, byte[]> elements = new HashMap<>();
        List<CallContent> contents = new ArrayList<>();
        for (Listed call : recordings) {
            CallStore.Known here = known.get(call.id());
            if (call.isPrivate()) {
                removals.becamePrivate(handle, call.id());
                items.add(new Item(call.id(), call.hash(), Outcome.GONE));
                continue;
            }
            if (isCurrent(here, call, window)) {
                items.add(new Item(call.id(), call.hash(), Outcome.UNCHANGED));
                if (window.sweep()) {
                    wanted.add(new Wanted(call.id(), Reason.SWEEP, call.startedAt(), false, call.raw()));
                }
                continue;
            }
            items.add(new Item(call.id(), call.hash(), Outcome.PENDING));
            wanted.add(new Wanted(call.id(), Reason.LISTED, call.startedAt(), false, call.raw()));
            if (here == null) {
                CallContent content = listedContent(handle, client, call);
                if (content != null) {
                    contents.add(content);
                    elements.put(call.id(), call.raw());
                }
            }
        }
        writer.listed(handle, contents, elements, clock.instant());
        ledger.note(handle, window.sync(), items);
        queue.want(handle, withOwners(handle, wanted));
    }

    private @Nullable CallContent listedContent(Handle handle, ChorusClient client, Listed call) {
        try {
            return Translator.of(client.dialect()).translate(call.id(), Answers.listed(call.raw()));
        } catch (ChorusException | Failure.Rejected unreadable) {
            quarantine.add(handle, call.id(), "list", String.valueOf(unreadable.getMessage()), call.raw());
            return null;
        }
    }

    private List<Wanted> withOwners(Handle handle, List<Wanted> wanted) {
        var owned = calls.owned(handle, wanted.stream().map(Wanted::externalId).toList());
        return wanted.stream()
                .map(call -> new Wanted(
                        call.externalId(),
                        call.reason(),
                        call.startedAt(),
                        owned.contains(call.externalId()),
                        call.listElement()))
                .toList();
    }

    private static boolean isCurrent(CallStore.@Nullable Known known, Listed call, Window window) {
        return known != null
                && known.detailed()
                && call.hash().equals(known.listHash())
                && (known.transcript() != TranscriptState.PENDING || !window.retryPending());
    }

    /** Whether the list keeps its order; only then does a date say how far it was read. */
    private static final class Direction {
        private final boolean oldestFirst;
        private boolean kept = true;
        private @Nullable Instant last;

        Direction(boolean oldestFirst) {
            this.oldestFirst = oldestFirst;
        }

        @Nullable
        Instant reached(List<Listed> page) {
            for (Listed call : page) {
                Instant before = last;
                if (before != null
                        && (oldestFirst
                                ? call.startedAt().isBefore(before)
                                : call.startedAt().isAfter(before))) {
                    kept = false;
                }
                last = call.startedAt();
            }
            return kept ? last : null;
        }
    }
}
