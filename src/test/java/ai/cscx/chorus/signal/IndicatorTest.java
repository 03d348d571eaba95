package ai.cscx.chorus.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.cscx.chorus.call.Momentum.DealProgress;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each indicator by itself; the day is that of {@link FactDraft#NOW}, at its end. */
final class IndicatorTest {
    private static final LocalDate TODAY = LocalDate.ofInstant(FactDraft.NOW, ZoneOffset.UTC);
    private static final FactDraft CALL = FactDraft.call();

    @Test
    void recency_isZeroWithinAUsualWait_andGrowsBeyondIt() {
        assertThat(amount(Indicator.RECENCY, weekly(3))).isZero();
        assertThat(amount(Indicator.RECENCY, weekly(7))).isZero();
        assertThat(amount(Indicator.RECENCY, weekly(21))).isEqualTo(2, within(1e-9));
    }

    @Test
    void recency_takesAHabit() {
        Measured measured = Indicator.RECENCY.measure(history(CALL.daysAgo(1), CALL.daysAgo(8), CALL.daysAgo(15)));

        assertThat(measured.amount()).isNull();
        assertThat(measured.why()).contains("3 days of a year");
    }

    @Test
    void oneLongHoliday_isNoHabit() {
        List<CallFacts> calls = new ArrayList<>(weekly(3).calls());
        calls.removeIf(call -> age(call) > 20 && age(call) < 60);

        assertThat(amount(Indicator.RECENCY, history(calls))).isZero();
    }

    @Test
    void cadence_isTheShareOfTheUsualNumber() {
        assertThat(amount(Indicator.CADENCE, weekly(3))).isBetween(0.85, 1.2);
        List<CallFacts> slower = new ArrayList<>(weekly(3).calls());
        slower.removeIf(call -> age(call) < 60 && age(call) > 5);
        assertThat(amount(Indicator.CADENCE, history(slower))).isLessThan(0.3);
        assertThat(Indicator.CADENCE
                        .measure(history(CALL.daysAgo(1), CALL.daysAgo(80)))
                        .amount())
                .isNull();
    }

    @Test
    void stakeholders_areCountedOnce_for90Days() {
        History history = history(
                CALL.with("Ana", "Ben").daysAgo(5),
                CALL.with("Ana").daysAgo(60),
                CALL.with("Cleo").daysAgo(120));

        assertThat(amount(Indicator.STAKEHOLDERS, history)).isEqualTo(2);
        assertThat(Indicator.STAKEHOLDERS.measure(history).why()).contains("1 in the 90 days before");
        assertThat(Indicator.STAKEHOLDERS.measure(history(CALL.daysAgo(5))).amount())
                .isNull();
        assertThat(amount(Indicator.STAKEHOLDERS, history())).isZero();
    }

    @Test
    void samePersonByAddressOrName_isOne() {
        CallNumbers numbers = CALL.with("Ana Lima").numbers();
        CallFacts byName = CALL.with("Ana Lima").daysAgo(5);
        CallFacts byAddress = new CallFacts(
                byName.call(),
                byName.startedAt().minusSeconds(900_000),
                true,
                true,
                withPeople(numbers, new CallNumbers.Person("ana@x.example", "Ana Lima")));
        CallFacts renamed = new CallFacts(
                byName.call(),
                byName.startedAt().minusSeconds(1_800_000),
                true,
                true,
                withPeople(numbers, new CallNumbers.Person("ana@x.example", "Ana Lima Costa")));

        assertThat(amount(Indicator.STAKEHOLDERS, history(byName, byAddress, renamed)))
                .isEqualTo(1);
        assertThat(amount(Indicator.CHAMPION, history(byName, byAddress, renamed)))
                .isZero();
    }

    private static CallNumbers withPeople(CallNumbers numbers, CallNumbers.Person person) {
        return new CallNumbers(
                numbers.origin(),
                numbers.progress(),
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                numbers.theirShare(),
                List.of(person),
                List.of());
    }

    @Test
    void champion_isDoubted_theMoreCallsInARowTheyMiss() {
        List<Double> doubts = new ArrayList<>();
        for (int missed = 0; missed < 4; missed++) {
            List<CallFacts> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                calls.add(CALL.with(i < missed ? new String[] {"Ben"} : new String[] {"Ana", "Ben"})
                        .daysAgo(3 + 7 * i));
            }
            // Ben was in fewer calls over all.
            calls.add(CALL.with("Ana").daysAgo(80));
            calls.add(CALL.with("Ana").daysAgo(90));
            calls.add(CALL.with("Ana").daysAgo(100));
            calls.add(CALL.with("Ana").daysAgo(110));
            doubts.add(amount(Indicator.CHAMPION, history(calls)));
        }
        assertThat(doubts.getFirst()).isZero();
        assertThat(doubts).isSorted();
        assertThat(doubts.get(2)).isGreaterThanOrEqualTo(1.4);
    }

    @Test
    void departureSpokenOf_addsDoubt_withTheWords() {
        List<CallFacts> calls = new ArrayList<>(regular("Ana"));
        double before = amount(Indicator.CHAMPION, history(calls));
        calls.addFirst(CALL.with("Ana").departures(1).daysAgo(1));

        Measured after = Indicator.CHAMPION.measure(history(calls));

        assertThat(after.amount()).isEqualTo(before + 1);
        assertThat(after.why()).contains("departure");
        assertThat(after.evidence())
                .containsExactly(new Ref.ByCue(calls.getFirst().call(), Cue.DEPARTURE));
    }

    @Test
    void withoutARegular_thereIsNoChampion() {
        assertThat(Indicator.CHAMPION
                        .measure(history(
                                CALL.with("Ana").daysAgo(2), CALL.with("Ben").daysAgo(9)))
                        .amount())
                .isNull();
    }

    @Test
    void objections_areCountedPerCall_laterOnesMore() {
        double late = amount(Indicator.OBJECTIONS, history(CALL.objections(2).daysAgo(1), CALL.daysAgo(60)));
        double early = amount(
                Indicator.OBJECTIONS,
                history(CALL.daysAgo(1), CALL.objections(2).daysAgo(60)));

        assertThat(late).isGreaterThan(early).isLessThan(2);
        assertThat(amount(Indicator.OBJECTIONS, history(CALL.daysAgo(1)))).isZero();
        assertThat(amount(Indicator.OBJECTIONS, history(CALL.objections(50).daysAgo(0.5))))
                .isLessThan(4);
        assertThat(Indicator.OBJECTIONS
                        .measure(history(CALL.objections(1).daysAgo(100)))
                        .amount())
                .isNull();
        assertThat(Indicator.OBJECTIONS
                        .measure(history(CALL.withoutTranscript().daysAgo(1)))
                        .amount())
                .isNull();
    }

    @Test
    void riskAndCompetitors_areSharesOfCalls_inTheCustomersWords() {
        History history = history(
                CALL.tracker("churn risk", 4, 1).daysAgo(1),
                CALL.tracker("competitors", 3, 0).daysAgo(2),
                CALL.declines(1).daysAgo(3),
                CALL.daysAgo(4));

        assertThat(amount(Indicator.RISK, history)).isBetween(0.4, 0.5);
        assertThat(amount(Indicator.COMPETITORS, history)).isZero();
        assertThat(Indicator.RISK.measure(history).evidence()).hasSize(2);
    }

    @Test
    void categoriesAndTrackers_areMeasuredLikeThem() {
        History history = history(CALL.tracker("feature requests", 2, 1).daysAgo(1));
        SignalRule rule = new SignalRule("category: Feature", "adoption", SignalRule.Direction.POSITIVE, 10, 0.5);
        SignalRule tracker =
                new SignalRule("tracker:Feature  Requests", "adoption", SignalRule.Direction.POSITIVE, 10, 0.5);

        assertThat(rule.measure(history).amount()).isGreaterThan(0.5);
        assertThat(tracker.measure(history))
                .extracting(Measured::amount)
                .isEqualTo(rule.measure(history).amount());
        assertThat(rule.value(rule.measure(history).amount())).isEqualTo(100);
    }

    @Test
    void momentum_isTheScoreOfTheCalls() {
        assertThat(amount(
                        Indicator.MOMENTUM,
                        history(CALL.source(DealProgress.DECLINING).daysAgo(1))))
                .isLessThan(40);
        assertThat(Indicator.MOMENTUM.measure(history()).amount()).isNull();
    }

    @Test
    void talkBalance_isTheCustomersShare() {
        assertThat(amount(
                        Indicator.TALK_BALANCE,
                        history(
                                CALL.theirShare(0.2).daysAgo(1),
                                CALL.theirShare(0.4).daysAgo(1))))
                .isEqualTo(0.3, within(1e-6));
        assertThat(Indicator.TALK_BALANCE
                        .measure(history(CALL.daysAgo(1), CALL.theirShare(null).daysAgo(2)))
                        .amount())
                .isNull();
    }

    @Test
    void whatLiesAhead_isNotKnown() {
        History history = history(CALL.objections(3).daysAgo(1), CALL.daysAgo(10));

        assertThat(amount(Indicator.OBJECTIONS, history.at(TODAY.minusDays(5)))).isZero();
    }

    private static List<CallFacts> regular(String name) {
        List<CallFacts> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(CALL.with(name).daysAgo(3 + 7 * i));
        }
        return calls;
    }

    /** A call a week for a year. */
    private static History weekly(int lastDaysAgo) {
        List<CallFacts> calls = new ArrayList<>();
        for (int day = lastDaysAgo; day < 365; day += 7) {
            calls.add(CALL.with("Ana").daysAgo(day));
        }
        return history(calls);
    }

    private static double age(CallFacts call) {
        return Duration.between(call.startedAt(), FactDraft.NOW).toHours() / 24.0;
    }

    private static double amount(Indicator indicator, History history) {
        return Objects.requireNonNull(
                indicator.measure(history).amount(), indicator.measure(history).why());
    }

    private static History history(CallFacts... calls) {
        return history(Arrays.asList(calls));
    }

    private static History history(List<CallFacts> calls) {
        List<CallFacts> sorted = new ArrayList<>(calls);
        sorted.sort(Comparator.comparing(CallFacts::startedAt).reversed());
        return new History(sorted, List.of(), Categories.NONE, TODAY);
    }
}
