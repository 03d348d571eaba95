package ai.cscx.chorus.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.cscx.chorus.call.Momentum.DealProgress;
import ai.cscx.chorus.call.Momentum.Origin;
import ai.cscx.chorus.signal.CallMomentum.Part;
import ai.cscx.chorus.signal.MomentumScore.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class MomentumScoreTest {
    private static final FactDraft GOOD =
            FactDraft.call().advances(1).nextSteps(2).theirSteps(1);
    private static final FactDraft BAD = FactDraft.call().objections(2).declines(1);

    @Test
    void progress_isTheSources_orElseWhatTheWordsSay() {
        assertThat(progress(GOOD)).isEqualTo(DealProgress.ADVANCING);
        assertThat(progress(BAD)).isEqualTo(DealProgress.DECLINING);
        assertThat(progress(FactDraft.call().objections(1))).isEqualTo(DealProgress.STALLED);
        assertThat(progress(FactDraft.call().stalls(1))).isEqualTo(DealProgress.STALLED);
        assertThat(progress(FactDraft.call().objections(1).advances(1))).isEqualTo(DealProgress.UNKNOWN);
        assertThat(progress(FactDraft.call())).isEqualTo(DealProgress.UNKNOWN);
        assertThat(progress(BAD.source(DealProgress.ADVANCING))).isEqualTo(DealProgress.ADVANCING);
    }

    @Test
    void trackersOfCategories_countAsTheAdminSays() {
        FactDraft draft = FactDraft.call().tracker("price pain", 3, 2);
        Categories mapped = new Categories(Map.of("price pain", Categories.OBJECTION), Map.of());

        assertThat(CallMomentum.objections(draft.numbers(), Categories.NONE)).isZero();
        assertThat(CallMomentum.objections(draft.numbers(), mapped)).isEqualTo(2);
        assertThat(CallMomentum.progress(draft.numbers(), mapped)).isEqualTo(DealProgress.STALLED);
    }

    @Test
    void parts_stayWithinOne() {
        Map<Part, Double> parts = Objects.requireNonNull(CallMomentum.parts(
                FactDraft.call()
                        .objections(9)
                        .declines(2)
                        .tracker("churn risk", 1, 1)
                        .daysAgo(1),
                Categories.NONE));

        assertThat(parts.values().stream().mapToDouble(Double::doubleValue).sum())
                .isEqualTo(-1, within(1e-9));
    }

    @Test
    void callWithoutWords_tellsNothing_unlessTheSourceDoes() {
        assertThat(CallMomentum.parts(BAD.withoutTranscript().daysAgo(1), Categories.NONE))
                .isNull();
        assertThat(CallMomentum.parts(
                        BAD.withoutTranscript().source(DealProgress.STALLED).daysAgo(1), Categories.NONE))
                .isNotNull();
        assertThat(MomentumScore.of(List.of(BAD.withoutTranscript().daysAgo(1)), Categories.NONE, FactDraft.NOW))
                .isEqualTo(new MomentumScore(null, Direction.UNKNOWN, List.of()));
    }

    @Test
    void score_isAboveTheMiddleForGoodCalls_andBelowForBadOnes() {
        assertThat(score(List.of(GOOD.daysAgo(1), GOOD.daysAgo(8)))).isBetween(60.0, 100.0);
        assertThat(score(List.of(BAD.daysAgo(1), BAD.daysAgo(8)))).isBetween(0.0, 25.0);
        assertThat(score(List.of(FactDraft.call().daysAgo(1)))).isEqualTo(50);
    }

    @Test
    void oneCall_saysLessThanMany() {
        assertThat(score(List.of(BAD.daysAgo(1)))).isGreaterThan(score(List.of(BAD.daysAgo(1), BAD.daysAgo(2))));
    }

    @Test
    void laterCalls_countMore() {
        double lateGood = score(List.of(GOOD.daysAgo(1), BAD.daysAgo(60)));
        double lateBad = score(List.of(BAD.daysAgo(1), GOOD.daysAgo(60)));

        assertThat(lateGood).isGreaterThan(50).isGreaterThan(lateBad);
        assertThat(lateBad).isLessThan(50);
    }

    @Test
    void driversPoints_addUpToTheScore() {
        MomentumScore momentum = MomentumScore.of(
                List.of(GOOD.daysAgo(1), BAD.daysAgo(5), GOOD.daysAgo(40)), Categories.NONE, FactDraft.NOW);

        assertThat(momentum.drivers().stream().mapToDouble(Driver::points).sum())
                .isEqualTo(Objects.requireNonNull(momentum.score()) - 50, within(1e-9));
        assertThat(momentum.drivers().getFirst().evidence()).isNotEmpty();
        assertThat(momentum.drivers().getFirst().why()).contains("of the last 3 calls");
    }

    @Test
    void direction_takesCallsBeforeAndAfter() {
        assertThat(direction(List.of(BAD.daysAgo(1), BAD.daysAgo(3)))).isEqualTo(Direction.UNKNOWN);
        assertThat(direction(List.of(BAD.daysAgo(1), BAD.daysAgo(9), GOOD.daysAgo(50), GOOD.daysAgo(60))))
                .isEqualTo(Direction.FALLING);
        assertThat(direction(List.of(GOOD.daysAgo(1), GOOD.daysAgo(9), BAD.daysAgo(50), BAD.daysAgo(60))))
                .isEqualTo(Direction.RISING);
        assertThat(direction(List.of(GOOD.daysAgo(1), GOOD.daysAgo(9), GOOD.daysAgo(50), GOOD.daysAgo(60))))
                .isEqualTo(Direction.STEADY);
    }

    @Test
    void callsAhead_areLeftOut() {
        List<CallFacts> calls = new ArrayList<>(List.of(GOOD.daysAgo(1)));
        double before = score(calls);
        calls.addFirst(BAD.daysAgo(-3));

        assertThat(score(calls)).isEqualTo(before);
    }

    private static DealProgress progress(FactDraft draft) {
        return CallMomentum.progress(draft.numbers(), Categories.NONE);
    }

    private static double score(List<CallFacts> calls) {
        return Objects.requireNonNull(
                MomentumScore.of(calls, Categories.NONE, FactDraft.NOW).score());
    }

    private static Direction direction(List<CallFacts> calls) {
        return MomentumScore.of(calls, Categories.NONE, FactDraft.NOW).direction();
    }

    @Test
    void origin_ofASilentCallIsNone() {
        assertThat(FactDraft.call().numbers().origin()).isEqualTo(Origin.DERIVED);
        assertThat(CallMomentum.parts(FactDraft.call().unread().daysAgo(1), Categories.NONE))
                .isNull();
    }
}
