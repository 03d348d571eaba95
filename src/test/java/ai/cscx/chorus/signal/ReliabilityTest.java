package ai.cscx.chorus.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.cscx.chorus.base.CallId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReliabilityTest {
    private static final LocalDate TODAY = LocalDate.ofInstant(FactDraft.NOW, ZoneOffset.UTC);

    @Test
    void promises_countOursThatAreLate() {
        Promise kept = promise(20, false, TODAY.minusDays(10), FactDraft.NOW.minus(Duration.ofDays(12)));
        Promise overdue = promise(20, false, TODAY.minusDays(1), null);
        Promise dueToday = promise(20, false, TODAY, null);
        Promise forgotten = promise(40, false, null, null);
        Promise theirs = promise(20, true, TODAY.minusDays(1), null);

        assertThat(late(kept, overdue, dueToday, forgotten, theirs)).isEqualTo(1.25 / 4, within(1e-9));
        // One of one is not everything.
        assertThat(late(overdue)).isEqualTo(1.0 / 3, within(1e-9));
        assertThat(Indicator.PROMISES.measure(history(theirs)).amount()).isNull();
    }

    @Test
    void promiseThatWasKeptLater_wasOverdueThen() {
        Promise keptLate = promise(20, false, TODAY.minusDays(10), FactDraft.NOW.minus(Duration.ofDays(2)));
        History now = history(keptLate, keptLate, keptLate);

        assertThat(amount(Indicator.PROMISES, now)).isZero();
        assertThat(amount(Indicator.PROMISES, now.at(TODAY.minusDays(5)))).isEqualTo(1);
        assertThat(Indicator.PROMISES.measure(now.at(TODAY.minusDays(30))).amount())
                .isNull();
    }

    private static Promise promise(int daysAgo, boolean theirs, @Nullable LocalDate due, @Nullable Instant done) {
        return new Promise(
                new CallId(new UUID(1, daysAgo)),
                "key",
                FactDraft.NOW.minus(Duration.ofDays(daysAgo)),
                theirs,
                due,
                done);
    }

    private static double late(Promise... promises) {
        return amount(Indicator.PROMISES, history(promises));
    }

    private static double amount(Indicator indicator, History history) {
        return Objects.requireNonNull(indicator.measure(history).amount());
    }

    private static History history(Promise... promises) {
        return new History(List.of(), List.of(promises), Categories.NONE, TODAY);
    }
}
