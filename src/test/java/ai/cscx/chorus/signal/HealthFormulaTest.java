package ai.cscx.chorus.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.signal.HealthFormula.Day;
import ai.cscx.chorus.signal.HealthFormula.Standing;
import ai.cscx.chorus.signal.SignalRule.Direction;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class HealthFormulaTest {
    private static final LocalDate TODAY = LocalDate.ofInstant(FactDraft.NOW, ZoneOffset.UTC);

    @Test
    void value_isFullAtTheThreshold_inEitherDirection() {
        SignalRule good = new SignalRule("talkBalance", "a", Direction.POSITIVE, 1, 0.4);
        SignalRule bad = new SignalRule("objections", "a", Direction.NEGATIVE, 1, 2);

        assertThat(good.value(0.2)).isEqualTo(50);
        assertThat(good.value(0.9)).isEqualTo(100);
        assertThat(bad.value(0.0)).isEqualTo(100);
        assertThat(bad.value(0.5)).isEqualTo(75);
        assertThat(bad.value(7.0)).isZero();
        assertThat(bad.value(null)).isNull();
    }

    @Test
    void score_isTheWeightedMeanOfWhatIsKnown() {
        SignalMapping mapping = new SignalMapping(
                15,
                List.of(
                        new SignalRule("objections", "a", Direction.NEGATIVE, 30, 2),
                        new SignalRule("talkBalance", "a", Direction.POSITIVE, 10, 1),
                        new SignalRule("promises", "a", Direction.NEGATIVE, 50, 1)));

        Day day = HealthFormula.day(calls(5, FactDraft.call().theirShare(0.5)), mapping);

        // Nothing was promised: (30 · 100 + 10 · 50) / 40.
        assertThat(Objects.requireNonNull(day.score())).isEqualTo(87.5, within(1e-6));
    }

    @Test
    void fewCalls_haveNoScore_andTheReasonSaysSo() {
        Standing standing = HealthFormula.standing(calls(2, FactDraft.call()), SignalMapping.STANDARD);

        assertThat(standing.score()).isNull();
        assertThat(standing.band()).isNull();
        assertThat(standing.reason()).isEqualTo("There are 2 calls of the last year; a score takes 3.");
        assertThat(standing.trend())
                .hasSize(13)
                .allSatisfy(week -> assertThat(week.score()).isNull());
    }

    @Test
    void littleKnown_hasNoScore() {
        SignalMapping mapping = new SignalMapping(
                15,
                List.of(
                        new SignalRule("promises", "a", Direction.NEGATIVE, 80, 1),
                        new SignalRule("objections", "a", Direction.NEGATIVE, 20, 1)));

        Day day = HealthFormula.day(calls(5, FactDraft.call()), mapping);

        assertThat(day.score()).isNull();
        assertThat(day.reason()).contains("promised nothing");
    }

    @Test
    void ruleOfWeightZero_isShownAndDoesNotCount() {
        SignalRule counted = new SignalRule("objections", "a", Direction.NEGATIVE, 10, 2);
        SignalRule shown = new SignalRule("risk", "a", Direction.NEGATIVE, 0, 0.5);
        History history = calls(5, FactDraft.call().declines(1));

        Day with = HealthFormula.day(history, new SignalMapping(15, List.of(counted, shown)));

        assertThat(with.score())
                .isEqualTo(HealthFormula.day(history, new SignalMapping(15, List.of(counted)))
                        .score());
        assertThat(with.parts()).hasSize(2);
    }

    @Test
    void trend_endsToday_andEachWeekIsAsItWas() {
        History history = calls(20, FactDraft.call());

        Standing standing = HealthFormula.standing(history, SignalMapping.STANDARD);

        assertThat(standing.trend().getLast().monday()).isEqualTo(LocalDate.parse("2026-11-16"));
        assertThat(standing.trend().getLast().score()).isEqualTo(standing.score());
        assertThat(standing.trend().get(5).score())
                .isEqualTo(HealthFormula.day(
                                history.at(standing.trend().get(5).monday().plusDays(6)), SignalMapping.STANDARD)
                        .score());
    }

    @Test
    void parts_areSortedByWhatTheyCost() {
        Standing standing = HealthFormula.standing(calls(20, FactDraft.call().objections(4)), SignalMapping.STANDARD);

        assertThat(standing.parts().getFirst().rule().insight()).isEqualTo("objections");
        assertThat(standing.parts().getLast().value()).isNull();
    }

    @Test
    void band_isLeftOnlyWellBeyondItsEdge() {
        assertThat(Band.of(70, null)).isEqualTo(Band.GREEN);
        assertThat(Band.of(68, Band.GREEN)).isEqualTo(Band.GREEN);
        assertThat(Band.of(65.9, Band.GREEN)).isEqualTo(Band.YELLOW);
        assertThat(Band.of(72, Band.YELLOW)).isEqualTo(Band.YELLOW);
        assertThat(Band.of(74, Band.YELLOW)).isEqualTo(Band.GREEN);
        assertThat(Band.of(43, Band.YELLOW)).isEqualTo(Band.YELLOW);
        assertThat(Band.of(40.9, Band.YELLOW)).isEqualTo(Band.RED);
        assertThat(Band.of(10, Band.GREEN)).isEqualTo(Band.RED);
        assertThat(Band.of(95, Band.RED)).isEqualTo(Band.GREEN);
        assertThat(Band.of(43, Band.GREEN)).isEqualTo(Band.RED);
    }

    @Test
    void mappingThatMakesNoSense_isRefused_withEveryPlace() {
        assertThatThrownBy(() -> new SignalMapping(
                        101,
                        List.of(
                                new SignalRule("weather", "a", Direction.POSITIVE, 1, 1),
                                new SignalRule("risk", "A b", Direction.POSITIVE, -1, 1.5),
                                new SignalRule("risk", "a", Direction.POSITIVE, Double.NaN, 0),
                                new SignalRule("tracker: ", "a", Direction.POSITIVE, 1, 1))))
                .isInstanceOfSatisfying(
                        Failure.Rejected.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Failure.Rejected.Problem::pointer)
                                .containsExactly(
                                        "/weight",
                                        "/rules/0/insight",
                                        "/rules/1/signal",
                                        "/rules/1/weight",
                                        "/rules/1/threshold",
                                        "/rules/2/insight",
                                        "/rules/2/weight",
                                        "/rules/2/threshold",
                                        "/rules/3/insight"));
        assertThatThrownBy(() -> new SignalMapping(15, List.of(new SignalRule("risk", "a", Direction.NEGATIVE, 0, 1))))
                .isInstanceOf(Failure.Rejected.class);
        assertThatThrownBy(() -> new SignalMapping(15, List.of())).isInstanceOf(Failure.Rejected.class);
    }

    /** So many calls like this, one a week. */
    private static History calls(int count, FactDraft draft) {
        List<CallFacts> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(draft.daysAgo(1 + 7 * i));
        }
        return new History(calls, List.of(), Categories.NONE, TODAY);
    }
}
