package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.web.SyncRoutes.SyncRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class SyncRequestTest {
    @Test
    void range_ofDays_includesTheLast() {
        assertThat(new SyncRequest("2026-10-01", "2026-10-31", null).range(ZoneOffset.UTC))
                .isEqualTo(new TimeRange(Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z")));
    }

    @Test
    void range_unreadable_namesTheField() {
        assertThatExceptionOfType(Failure.Rejected.class)
                .isThrownBy(() -> new SyncRequest("soon", null, null).range(ZoneOffset.UTC))
                .satisfies(rejected ->
                        assertThat(rejected.problems().getFirst().pointer()).isEqualTo("/from"));
    }
}
