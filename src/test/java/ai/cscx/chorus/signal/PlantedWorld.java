package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A customer whose truth is known: calls with chance in everything, calm for a year, and from some day on, in a declining
 * one, worse in one respect. The numbers are made up by hand, not real; the cause is planted in calls, not in measures.
 */
final class PlantedWorld {
    static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    private static final int DAYS = 600;
    private static final List<String> STAFF = List.of("Ana", "Ben", "Cleo", "Dan", "Eva", "Finn");

    /** What goes wrong, and the indicator that should say so. */
    enum Cause {
        SILENCE(Indicator.RECENCY),
        CHAMPION_LEFT(Indicator.CHAMPION),
        OBJECTIONS(Indicator.OBJECTIONS),
        RISK(Indicator.RISK),
        COMPETITOR(Indicator.COMPETITORS),
        BROKEN_PROMISES(Indicator.PROMISES);

        final Indicator indicator;

        Cause(Indicator indicator) {
            this.indicator = indicator;
        }
    }

    private final SplittableRandom random;
    private final double gapDays;
    private final List<CallFacts> calls = new ArrayList<>();
    private final List<Promise> promises = new ArrayList<>();

    private PlantedWorld(long seed) {
        this.random = new SplittableRandom(seed);
        this.gapDays = List.of(7.0, 7.0, 10.0, 14.0, 14.0).get(random.nextInt(5));
    }

    /** Calm up to today. */
    static History calm(long seed) {
        return new PlantedWorld(seed).history(null, DAYS);
    }

    /**
     * Worse since so many days.
     *
     * @param days how long ago it began
     */
    static History declining(long seed, Cause cause, int days) {
        return new PlantedWorld(seed).history(cause, DAYS - days);
    }

    private History history(@org.jspecify.annotations.Nullable Cause cause, int declineDay) {
        double objecting = 0.1 + 0.25 * random.nextDouble();
        double day = gapDays * random.nextDouble();
        while (day < DAYS) {
            boolean bad = cause != null && day >= declineDay;
            if (!(bad && cause == Cause.SILENCE)) {
                call((int) day, bad ? cause : null, objecting);
            }
            // Every so often somebody is ill or on holiday.
            day += gapDays * (0.7 + 0.6 * random.nextDouble()) * (random.nextDouble() < 0.07 ? 2 : 1);
        }
        calls.sort(Comparator.comparing(CallFacts::startedAt).reversed());
        return new History(calls, promises, Categories.NONE, TODAY);
    }

    private void call(int day, @org.jspecify.annotations.Nullable Cause cause, double objecting) {
        Instant at = TODAY.minusDays(DAYS - 1L - day).atTime(10, 0).toInstant(ZoneOffset.UTC);
        List<String> people = new ArrayList<>();
        if (cause != Cause.CHAMPION_LEFT && random.nextDouble() < 0.8) {
            people.add("Champion");
        }
        int others = 1 + random.nextInt(3);
        for (int i = 0; i < others; i++) {
            String name = STAFF.get(random.nextInt(STAFF.size()));
            if (!people.contains(name)) {
                people.add(name);
            }
        }
        int objections = cause == Cause.OBJECTIONS ? 2 + random.nextInt(2) : random.nextDouble() < objecting ? 1 : 0;
        FactDraft draft = FactDraft.call()
                .with(people.toArray(String[]::new))
                .objections(objections)
                .nextSteps(random.nextInt(4))
                .theirSteps(random.nextDouble() < 0.4 ? 1 : 0)
                .theirShare(0.35 + 0.3 * random.nextDouble());
        if (random.nextDouble() < (cause == Cause.RISK ? 1 : 0.03)) {
            draft = draft.tracker("churn risk", 1, 1);
        }
        if (random.nextDouble() < (cause == Cause.COMPETITOR ? 1 : 0.05)) {
            draft = draft.tracker("competitors", 2, 2);
        }
        CallFacts facts = draft.at(at);
        calls.add(new CallFacts(
                new CallId(new UUID(random.nextLong(), random.nextLong())), at, true, true, facts.numbers()));
        for (int i = random.nextInt(3); i >= 0; i--) {
            promise(at, cause == Cause.BROKEN_PROMISES);
        }
    }

    /** Due within a week; kept in time nine times of ten, or never. */
    private void promise(Instant at, boolean broken) {
        LocalDate due = LocalDate.ofInstant(at, ZoneOffset.UTC).plusDays(2 + random.nextInt(5));
        boolean late = broken || random.nextDouble() < 0.1;
        Instant done = due.plusDays(late ? 10 : 0).atTime(9, 0).toInstant(ZoneOffset.UTC);
        promises.add(new Promise(
                new CallId(new UUID(random.nextLong(), random.nextLong())),
                "key",
                at,
                false,
                due,
                broken ? null : done));
    }
}
