package ai.cscx.chorus.signal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.signal.HealthFormula.Standing;
import ai.cscx.chorus.signal.PlantedWorld.Cause;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Made-up customers whose truth is known: what declines moves health and is named, what is calm stays. */
final class PlantedWorldTest {
    private static final int WORLDS = 200;
    /** Weights and thresholds were chosen on the worlds from 0 on. */
    private static final int FIRST = 10_000;

    /** A decline that shows in calls is five weeks old: a customer who calls every other week had two or three of them. */
    private static final int AGE_DAYS = 35;

    @ParameterizedTest
    @EnumSource(Cause.class)
    void decline_movesHealthDown_andItsCauseIsNamedFirst(Cause cause) {
        int named = 0;
        int down = 0;
        List<String> others = new ArrayList<>();
        for (int seed = FIRST; seed < FIRST + WORLDS; seed++) {
            History known = PlantedWorld.declining(seed, cause, AGE_DAYS);
            Standing now = standing(known, known.day());
            double before = score(standing(known, known.day().minusDays(AGE_DAYS)));
            down += score(now) < before ? 1 : 0;
            String first = now.parts().getFirst().rule().insight();
            if (first.equals(cause.indicator.word())) {
                named++;
            } else {
                others.add(first);
            }
        }
        assertThat(named).as("named first: %s", others).isGreaterThanOrEqualTo(WORLDS * 9 / 10);
        assertThat(down).isGreaterThanOrEqualTo(WORLDS * 95 / 100);
    }

    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"OBJECTIONS", "RISK", "COMPETITOR"})
    void badCall_movesItsComponentDownWithinTheWeek(Cause cause) {
        int down = 0;
        for (int seed = FIRST; seed < FIRST + WORLDS; seed++) {
            History known = PlantedWorld.declining(seed, cause, AGE_DAYS);
            LocalDate begin = known.day().minusDays(AGE_DAYS);
            LocalDate firstBad = known.calls().stream()
                    .map(call -> LocalDate.ofInstant(call.startedAt(), java.time.ZoneOffset.UTC))
                    .filter(day -> day.isAfter(begin))
                    .min(LocalDate::compareTo)
                    .orElseThrow();
            double before = value(known, firstBad.minusDays(1), cause);
            double after = value(known, firstBad.plusDays(6), cause);
            down += after < before ? 1 : 0;
        }
        assertThat(down).isGreaterThanOrEqualTo(WORLDS * 95 / 100);
    }

    @Test
    void calmCustomers_doNotFlicker() {
        int flickering = 0;
        int red = 0;
        for (int seed = FIRST; seed < FIRST + WORLDS; seed++) {
            History known = PlantedWorld.calm(seed);
            Standing now = standing(known, known.day());
            int changes = 0;
            for (int week = 1; week < now.trend().size(); week++) {
                changes += now.trend().get(week).band()
                                == now.trend().get(week - 1).band()
                        ? 0
                        : 1;
            }
            flickering += changes > 1 ? 1 : 0;
            red += now.band() == Band.RED ? 1 : 0;
        }
        assertThat(flickering).isZero();
        assertThat(red).isZero();
    }

    private static Standing standing(History known, LocalDate day) {
        return HealthFormula.standing(
                new History(known.calls(), known.promises(), known.categories(), day), SignalMapping.STANDARD);
    }

    private static double score(Standing standing) {
        return Objects.requireNonNull(standing.score());
    }

    private static double value(History known, LocalDate day, Cause cause) {
        return Objects.requireNonNull(HealthFormula.day(known.at(day), SignalMapping.STANDARD).parts().stream()
                .filter(part -> part.rule().insight().equals(cause.indicator.word()))
                .findFirst()
                .orElseThrow()
                .value());
    }
}
