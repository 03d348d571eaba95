package ai.cscx.chorus.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.base.Failure;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Durable work (db-scheduler). A job is staged in the caller's transaction and runs after its commit, at least once, on
 * any instance that shares the database; so handlers are idempotent. After a {@code kill -9} the dead worker's jobs are
 * taken over within {@value #HEARTBEAT_SECONDS} s × {@value #MISSED_HEARTBEATS}, counted from its last sign of life.
 *
 * <p>A job that throws is tried again with growing waits and, after {@link Kind#tries} failures, parked where
 * {@link #parked} counts it. {@link Failure.Unavailable} never parks a job: what we depend on will be back.
 *
 * <p>Time here is real time, whatever the product's clock says: waits are waits.
 */
public final class Jobs implements AutoCloseable {
    static final int HEARTBEAT_SECONDS = 5;
    static final int MISSED_HEARTBEATS = 4;
    private static final String TABLE = "chorus_jobs";
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    private static final Duration LONGEST_WAIT_WHILE_AWAY = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    private final Database database;
    private final Clock clock;
    private final int workers;
    private final Map<String, Task<?>> tasks = new LinkedHashMap<>();
    private final List<Task<?>> recurring = new ArrayList<>();
    private @Nullable Scheduler scheduler;

    /**
     * @param clock real time
     * @param workers how many jobs this instance runs at once; 0 = it only stages them
     */
    public Jobs(Database database, Clock clock, int workers) {
        this.database = database;
        this.clock = clock;
        this.workers = workers;
    }

    /**
     * A sort of job.
     *
     * @param priority higher runs first
     * @param tries after how many failures it is parked
     */
    public record Kind(String name, int priority, int tries) {}

    /**
     * One job as its handler sees it.
     *
     * @param key a second job of the same kind and key is not staged while the first one waits
     * @param failures how often it failed before, in a row
     */
    public record Job(String key, String data, int failures) {}

    /** What became of a job that did not throw. */
    public sealed interface Outcome {
        Outcome DONE = new Done();

        record Done() implements Outcome {}

        /** Not now: put off by the wait that somebody computed. It is no failure. */
        record Later(Duration delay) implements Outcome {}
    }

    @FunctionalInterface
    public interface Handler {
        Outcome run(Job job);
    }

    @FunctionalInterface
    public interface WhenParked {
        void parked(Handle handle, Job job, String error);
    }

    /** Says what runs jobs of this kind. Only before {@link #start}. */
    public void handle(Kind kind, Handler handler, WhenParked whenParked) {
        tasks.put(
                kind.name(),
                Tasks.custom(kind.name(), String.class)
                        .defaultPriority(kind.priority())
                        .onFailure((complete, operations) -> failed(kind, whenParked, complete, operations))
                        .onDeadExecutionRevive()
                        .execute((instance, context) -> {
                            int failures = context.getExecution().consecutiveFailures;
                            return completion(handler.run(new Job(instance.getId(), instance.getData(), failures)));
                        }));
    }

    /** Runs the work again and again, {@code pause} after it ended, on one instance at a time. Only before {@link #start}. */
    public void every(String name, Duration pause, Runnable work) {
        recurring.add(Tasks.recurring(name, FixedDelay.of(pause)).execute((instance, context) -> {
            work.run();
        }));
    }

    /** Stages a job in the caller's transaction, unless one of the same kind and key waits already. */
    public void stage(Handle handle, Kind kind, String key, String data) {
        stage(handle, kind, List.of(new Staged(key, data)));
    }

    public record Staged(String key, String data) {}

    /** Stages many jobs of one kind at once. */
    public void stage(Handle handle, Kind kind, Collection<Staged> jobs) {
        SchedulerClient client = SchedulerClient.Builder.create(
                        new CallersConnection(handle.getConnection()), List.copyOf(tasks.values()))
                .serializer(TextSerializer.INSTANCE)
                .tableName(TABLE)
                .enablePriority()
                .build();
        for (Staged job : jobs) {
            client.scheduleIfNotExists(
                    new TaskInstance.Builder<String>(kind.name(), job.key())
                            .data(job.data())
                            .priority(kind.priority())
                            .build(),
                    clock.instant());
        }
    }

    /** Looks for due jobs now instead of at the next poll. Call it after the commit that staged some. */
    public void wake() {
        if (scheduler != null) {
            scheduler.triggerCheckForDueExecutions();
        }
    }

    public void start() {
        if (workers == 0) {
            return;
        }
        @SuppressWarnings({"unchecked", "rawtypes"})
        List<com.github.kagkarlsson.scheduler.task.helper.RecurringTask<Void>> startTasks = (List) recurring;
        Scheduler made = Scheduler.create(database.dataSource(), new ArrayList<>(tasks.values()))
                .startTasks(startTasks)
                .tableName(TABLE)
                .serializer(TextSerializer.INSTANCE)
                .schedulerName(new SchedulerName.Fixed("chorus-" + UUID.randomUUID()))
                .clock(clock::instant)
                .threads(workers)
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .pollingInterval(Duration.ofMillis(500))
                .pollUsingLockAndFetch(0.5, 2.0)
                .heartbeatInterval(Duration.ofSeconds(HEARTBEAT_SECONDS))
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(Duration.ofSeconds(10))
                .failureLogging(LogLevel.DEBUG, false)
                .enablePriority()
                .alwaysPersistTimestampInUTC()
                .build();
        made.start();
        scheduler = made;
    }

    /** How many jobs wait or run, by kind. */
    public Map<String, Long> backlog() {
        return database.read(handle -> handle.createQuery(
                        "SELECT task_name, count(*) AS jobs FROM chorus_jobs GROUP BY task_name ORDER BY task_name")
                .reduceRows(new LinkedHashMap<String, Long>(), (counts, row) -> {
                    counts.put(row.getColumn("task_name", String.class), row.getColumn("jobs", Long.class));
                    return counts;
                }));
    }

    /** How many jobs were given up and wait for somebody to look. */
    public long parked() {
        return database.read(handle -> handle.createQuery("SELECT count(*) FROM chorus_parked_jobs")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void close() {
        if (scheduler != null) {
            scheduler.stop();
        }
    }

    private static CompletionHandler<String> completion(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> new CompletionHandler.OnCompleteRemove<>();
            case Outcome.Later later ->
                (complete, operations) ->
                        operations.reschedule(complete, complete.getTimeDone().plus(later.delay()));
        };
    }

    private void failed(
            Kind kind, WhenParked whenParked, ExecutionComplete complete, ExecutionOperations<String> operations) {
        int failures = complete.getExecution().consecutiveFailures + 1;
        Throwable cause = complete.getCause().orElse(null);
        String error = describe(cause);
        String key = complete.getExecution().getId();
        if (cause instanceof Failure.Unavailable) {
            LOG.info("Job {} {} waits: {}", kind.name(), key, error);
            operations.reschedule(complete, complete.getTimeDone().plus(backoff(failures, LONGEST_WAIT_WHILE_AWAY)));
            return;
        }
        if (failures < kind.tries()) {
            LOG.warn("Job {} {} failed {} times, next try follows: {}", kind.name(), key, failures, error);
            operations.reschedule(complete, complete.getTimeDone().plus(backoff(failures, LONGEST_WAIT)));
            return;
        }
        LOG.error("Job {} {} is parked after {} failures: {}{}", kind.name(), key, failures, error, frames(cause));
        Job job = new Job(key, (String) complete.getExecution().taskInstance.getData(), failures);
        database.transact(handle -> {
            handle.createUpdate("""
                            INSERT INTO chorus_parked_jobs (kind, job_key, data, failures, error, parked_at)
                            VALUES (:kind, :key, :data, :failures, :error, now())
                            ON CONFLICT (kind, job_key) DO UPDATE SET data = excluded.data, failures = excluded.failures,
                                error = excluded.error, parked_at = excluded.parked_at
                            """)
                    .bind("kind", kind.name())
                    .bind("key", key)
                    .bind("data", job.data())
                    .bind("failures", failures)
                    .bind("error", error)
                    .execute();
            whenParked.parked(handle, job, error);
        });
        operations.remove();
    }

    /** 1, 2, 4, 8 … seconds after the first, second … failure in a row, up to the cap. */
    public static Duration backoff(int failures, Duration cap) {
        Duration wait = Duration.ofSeconds(1L << Math.min(failures - 1, 20));
        return wait.compareTo(cap) < 0 ? wait : cap;
    }

    /** Our own failures say what happened and hold no secrets; of foreign ones only the class is safe to keep. */
    private static String describe(@Nullable Throwable cause) {
        if (cause == null) {
            return "unknown";
        }
        return cause instanceof Failure
                ? String.valueOf(cause.getMessage())
                : cause.getClass().getName();
    }

    /** Where it happened, without the message, which may repeat what people said. */
    private static String frames(@Nullable Throwable cause) {
        if (cause == null) {
            return "";
        }
        return Arrays.stream(cause.getStackTrace())
                .limit(12)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    }

    /** Job data is text. */
    private enum TextSerializer implements Serializer {
        INSTANCE;

        @Override
        public byte[] serialize(Object data) {
            return data == null ? new byte[0] : data.toString().getBytes(UTF_8);
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] bytes) {
            return type.cast(new String(bytes, UTF_8));
        }
    }
}
