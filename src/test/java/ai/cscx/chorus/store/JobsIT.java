package ai.cscx.chorus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ai.cscx.chorus.base.Failure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobsIT {
    private static final Jobs.Kind KIND = new Jobs.Kind("work", 10, 2);

    private final List<String> ran = new CopyOnWriteArrayList<>();
    private final List<String> parked = new CopyOnWriteArrayList<>();
    private Database database;
    private Jobs jobs;

    @BeforeEach
    void start() {
        database = MigrationIT.started(Databases.create());
        jobs = new Jobs(database, Clock.systemUTC(), 2);
    }

    @AfterEach
    void stop() {
        jobs.close();
        database.close();
    }

    @Test
    void job_stagedInATransaction_runsAfterItsCommit_once() {
        handle(job -> Jobs.Outcome.DONE);
        jobs.start();

        database.transact(handle -> {
            jobs.stage(handle, KIND, "a", "first");
            jobs.stage(handle, KIND, "a", "again");
        });
        jobs.wake();

        await().until(() -> jobs.backlog().isEmpty());
        assertThat(ran).containsExactly("a=first");
    }

    @Test
    void job_stagedInATransactionThatFails_doesNotExist() {
        handle(job -> Jobs.Outcome.DONE);

        assertThatThrownBy(() -> database.transact(handle -> {
                    jobs.stage(handle, KIND, "a", "first");
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(jobs.backlog()).isEmpty();
    }

    @Test
    void job_thatKeepsFailing_isParkedAndTold_withItsData() {
        handle(job -> {
            throw new IllegalArgumentException("text that somebody said");
        });
        jobs.start();

        database.transact(handle -> jobs.stage(handle, KIND, "a", "data"));
        jobs.wake();

        await().atMost(Duration.ofSeconds(20)).until(() -> jobs.parked() == 1);
        await().until(() -> jobs.backlog().isEmpty());
        assertThat(ran).containsExactly("a=data", "a=data");
        assertThat(parked).containsExactly("a: java.lang.IllegalArgumentException");
    }

    @Test
    void job_whoseServerIsAway_waitsAndIsNeverParked() {
        AtomicInteger tries = new AtomicInteger();
        handle(job -> {
            if (tries.incrementAndGet() < 4) {
                throw new Failure.Unavailable("away");
            }
            return Jobs.Outcome.DONE;
        });
        jobs.start();

        database.transact(handle -> jobs.stage(handle, KIND, "a", "data"));
        jobs.wake();

        await().atMost(Duration.ofSeconds(30)).until(() -> jobs.backlog().isEmpty());
        assertThat(tries).hasValue(4);
        assertThat(jobs.parked()).isZero();
    }

    @Test
    void job_putOff_isNoFailure() {
        AtomicInteger tries = new AtomicInteger();
        handle(job -> {
            assertThat(job.failures()).isZero();
            return tries.incrementAndGet() < 4 ? new Jobs.Outcome.Later(Duration.ofMillis(10)) : Jobs.Outcome.DONE;
        });
        jobs.start();

        database.transact(handle -> jobs.stage(handle, KIND, "a", "data"));
        jobs.wake();

        await().atMost(Duration.ofSeconds(20)).until(() -> jobs.backlog().isEmpty());
        assertThat(tries).hasValue(4);
        assertThat(parked).isEmpty();
    }

    @Test
    void backoff_doublesUpToItsCap() {
        assertThat(Jobs.backoff(1, Duration.ofMinutes(15))).isEqualTo(Duration.ofSeconds(1));
        assertThat(Jobs.backoff(4, Duration.ofMinutes(15))).isEqualTo(Duration.ofSeconds(8));
        assertThat(Jobs.backoff(99, Duration.ofMinutes(15))).isEqualTo(Duration.ofMinutes(15));
    }

    private void handle(Jobs.Handler handler) {
        jobs.handle(
                KIND,
                job -> {
                    ran.add(job.key() + "=" + job.data());
                    return handler.run(job);
                },
                (handle, job, error) -> parked.add(job.key() + ": " + error));
    }
}
