package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.customer.Matcher;
import ai.cscx.chorus.search.IndexedCall;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
import ai.cscx.chorus.task.Tasks;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when a call was saved, in order: {@link #steps}. Each step is a job of its own, is idempotent, and stages
 * the next one when it is done; a step that keeps failing is parked and its call counts as failed in the sync.
 */
final class CallPipeline {
    private static final Logger LOG = LoggerFactory.getLogger(CallPipeline.class);
    private static final int TRIES = 6;

    private final Database database;
    private final Jobs jobs;
    private final CallStore calls;
    private final Matcher matcher;
    private final Search search;
    private final Tasks tasks;
    private final SyncLedger ledger;
    private final List<Step> steps;

    CallPipeline(
            Database database,
            Jobs jobs,
            CallStore calls,
            Matcher matcher,
            Search search,
            Tasks tasks,
            SyncLedger ledger) {
        this.database = database;
        this.jobs = jobs;
        this.calls = calls;
        this.matcher = matcher;
        this.search = search;
        this.tasks = tasks;
        this.ledger = ledger;
        this.steps = List.of(
                step("match-customer", 31, this::matchCustomer),
                step("index-passages", 32, this::indexPassages),
                step("create-tasks", 33, this::createTasks));
    }

    private record Step(Jobs.Kind kind, Work work) {}

    @FunctionalInterface
    private interface Work {
        void run(CallId call);
    }

    /** A saved version of a call, on its way through the steps, and the sync that brought it. */
    private record Passage(CallId call, long version, SyncId sync) {
        String key() {
            return call + "/" + version;
        }

        String data() {
            return call + "|" + version + "|" + sync;
        }

        static Passage parse(String data) {
            String[] parts = data.split("\\|", -1);
            return new Passage(
                    new CallId(UUID.fromString(parts[0])),
                    Long.parseLong(parts[1]),
                    new SyncId(UUID.fromString(parts[2])));
        }
    }

    private static Step step(String name, int priority, Work work) {
        return new Step(new Jobs.Kind(name, priority, TRIES), work);
    }

    void register() {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            int next = i + 1;
            jobs.handle(step.kind(), job -> run(step, next, Passage.parse(job.data())), (handle, job, error) -> {
                Passage passage = Passage.parse(job.data());
                ledger.failed(
                        handle, passage.sync(), passage.call(), step.kind().name() + ": " + error);
            });
        }
    }

    /** Stages the first step in the transaction that saved the call. */
    void begin(Handle handle, CallId call, long version, SyncId sync) {
        Passage passage = new Passage(call, version, sync);
        jobs.stage(handle, steps.getFirst().kind(), passage.key(), passage.data());
    }

    private Jobs.Outcome run(Step step, int next, Passage passage) {
        step.work().run(passage.call());
        database.transact(handle -> {
            if (next < steps.size()) {
                jobs.stage(handle, steps.get(next).kind(), passage.key(), passage.data());
            } else {
                ledger.stored(handle, passage.sync(), passage.call());
            }
        });
        if (next == steps.size()) {
            ledger.settle(passage.sync());
        }
        return Jobs.Outcome.DONE;
    }

    private void matchCustomer(CallId id) {
        database.transact(handle -> {
            Optional<CallStore.Matchable> call = calls.matchable(handle, id);
            if (call.isEmpty()) {
                return;
            }
            Matcher.Decision decision = matcher.decide(handle, call.get());
            calls.assign(handle, id, decision.customer(), decision.match());
            if (decision.customer() == null) {
                LOG.debug(
                        "Call {} has no sure customer, {} candidates",
                        id,
                        decision.match().candidates().size());
            }
        });
    }

    private void indexPassages(CallId id) {
        Optional<CallStore.Indexable> found = calls.indexable(id);
        if (found.isEmpty()) {
            return;
        }
        CallStore.Indexable call = found.get();
        int passages = search.index(
                new IndexedCall(
                        call.id(),
                        call.externalId(),
                        call.title(),
                        call.customer(),
                        call.customerName(),
                        call.ownerName(),
                        call.startedAt(),
                        call.language(),
                        call.url(),
                        call.version(),
                        call.transcript()),
                call.indexedPassages());
        calls.indexed(id, call.version(), passages);
    }

    private void createTasks(CallId id) {
        database.transact(handle -> {
            int made = tasks.createFromActionItems(handle, id);
            LOG.debug("Call {} made {} tasks", id, made);
        });
    }
}
