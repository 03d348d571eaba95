package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.web.CustomerHistory.Stakeholder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CustomerHistoryTest {
    private static final Instant MONDAY = Instant.parse("2026-11-16T10:00:00Z");
    private static final Instant FRIDAY = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void stakeholders_areTheCustomersPeople_onceEach() {
        List<Call> calls = List.of(
                call(
                        FRIDAY,
                        person("Paula Reyes", "paula@northwind.example", null, Side.EXTERNAL),
                        person("Paula R.", "paula@northwind.example", null, Side.EXTERNAL),
                        person("Sarah Chen", "sarah@cscx.example", null, Side.INTERNAL)),
                call(MONDAY, person("P. Reyes", "paula@northwind.example", "CFO", Side.EXTERNAL)));

        assertThat(CustomerHistory.stakeholders(calls))
                .containsExactly(new Stakeholder("Paula Reyes", "paula@northwind.example", "CFO", FRIDAY, 2));
    }

    @Test
    void nextSteps_withNothingOpen_areNone() {
        assertThat(CustomerHistory.nextSteps(List.of())).isEmpty();
    }

    private static Call call(Instant startedAt, Participant... participants) {
        return new Call(
                new CallId(new UUID(startedAt.getEpochSecond(), 1)),
                "E" + startedAt.getEpochSecond(),
                null,
                startedAt,
                60_000,
                null,
                null,
                List.of(participants),
                null,
                CallContent.State.DONE,
                CallContent.TranscriptState.AVAILABLE,
                null,
                0);
    }

    private static Participant person(String name, String email, @Nullable String title, Side side) {
        return new Participant(name, email, null, title, side);
    }
}
