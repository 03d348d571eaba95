package ai.cscx.chorus;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.SyncId;
import ai.cscx.chorus.sync.SyncStatus;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SyncReportTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void withoutATerminal_aLineIsLogged_wheneverItChanged() {
        AtomicReference<@Nullable SyncStatus> newest = new AtomicReference<>();
        Logger logger = (Logger) LoggerFactory.getLogger(SyncReport.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try (SyncReport report = new SyncReport(newest::get, false)) {
            report.run();
            newest.set(status(20, 5L, null));
            report.run();
            report.run();
            newest.set(status(0, null, NOW));
            report.run();
            report.run();
        } finally {
            logger.detachAppender(appender);
        }

        assertThat(appender.list.stream().map(ILoggingEvent::getFormattedMessage))
                .isEqualTo(List.of(
                        "Sync: 80 of 100 calls done, about 5 s left",
                        "Sync finished: 99 calls stored, 0 unchanged, 1 failed"));
    }

    @Test
    void databaseAway_isNoReasonToStop() {
        try (SyncReport report = new SyncReport(
                () -> {
                    throw new Failure.Unavailable("away");
                },
                false)) {
            report.run();
        }
    }

    private static SyncStatus status(long remaining, @Nullable Long left, @Nullable Instant finishedAt) {
        return new SyncStatus(
                new SyncId(new UUID(0, 1)),
                "backfill",
                finishedAt == null ? "running" : "finished",
                NOW,
                NOW,
                100,
                99,
                0,
                1,
                remaining,
                100,
                NOW,
                finishedAt,
                left,
                null);
    }
}
