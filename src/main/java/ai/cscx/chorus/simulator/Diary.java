package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Roster.Account;
import ai.cscx.chorus.simulator.Roster.TeamMember;
import ai.cscx.chorus.simulator.SimulatedCall.Kind;
import ai.cscx.chorus.simulator.SimulatedCall.State;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides who called whom, when and for how long; each call for itself, whatever the order. */
final class Diary {
    static final Duration YEAR = Duration.ofDays(365);

    private static final Duration STILL_PROCESSING = Duration.ofHours(47);
    private static final double LONGEST = 180 * 60;
    private static final double GOLDEN = 0.6180339887498949;
    private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private final World world;
    private final List<Account> accounts;
    private final double[] cumulativeWeights;

    Diary(World world) {
        this.world = world;
        this.accounts = world.roster().customers();
        this.cumulativeWeights = new double[accounts.size()];
    }

    List<SimulatedCall> calls() {
        double sum = 0;
        for (int i = 0; i < accounts.size(); i++) {
            sum += weight(accounts.get(i));
            cumulativeWeights[i] = sum;
        }
        int listed = world.settings().calls();
        int confidential = Math.ceilDiv(listed, 100);
        var calls = new ArrayList<SimulatedCall>(listed + confidential);
        for (int index = 0; index < listed + confidential; index++) {
            calls.add(call(index, listed));
        }
        return calls;
    }

    private SimulatedCall call(int index, int listed) {
        long seed = Dice.mix(world.settings().seed(), index);
        var dice = new Dice(seed, "diary");
        int onePercent = Math.toIntExact(Math.round(listed / 100.0));
        Integer minutes = world.settings().profile().minutes();
        int unfinished = minutes == null ? onePercent : 0;
        State state = index < unfinished ? State.PROCESSING : index < 2 * unfinished ? State.NO_SHOW : State.DONE;
        int doneIndex = index - 2 * unfinished;
        Kind kind = doneIndex <= 2 ? Kind.CUSTOMER : kind(dice);
        Account account = account(index);
        double duration =
                minutes != null ? 60.0 * minutes : state == State.NO_SHOW ? 0 : duration(dice, kind, doneIndex);
        return new SimulatedCall(
                world,
                seed,
                start(tied(index, state, dice), state, duration),
                duration,
                kind,
                kind == Kind.CUSTOMER && state != State.NO_SHOW ? account : null,
                state,
                index >= listed,
                owner(dice, kind, account));
    }

    /** The dice that decide when a call starts: calls of one tie throw the same ones. */
    private Dice tied(int index, State state, Dice own) {
        Integer tie = world.settings().profile().tie();
        return tie == null || state != State.DONE
                ? own
                : new Dice(Dice.mix(world.settings().seed(), index / tie), "tie");
    }

    private static Kind kind(Dice dice) {
        double share = dice.fraction();
        if (share < 0.013) {
            return Kind.PROSPECT;
        }
        if (share < 0.020) {
            return Kind.FREE_MAIL;
        }
        return share < 0.031 ? Kind.INTERNAL : Kind.CUSTOMER;
    }

    /** Multiples of the golden ratio spread any number of calls over the accounts close to their weights. */
    private Account account(int index) {
        double offset = new Dice(world.settings().seed(), "accounts").fraction();
        double position = (offset + index * GOLDEN) % 1.0 * cumulativeWeights[cumulativeWeights.length - 1];
        int at = 0;
        while (cumulativeWeights[at] <= position) {
            at++;
        }
        return accounts.get(at);
    }

    private static double weight(Account account) {
        return switch (account.segment()) {
            case "Enterprise" -> account.key().equals("acm") ? 14.5 : 22;
            case "Mid-Market" -> 14;
            case "Public" -> 12;
            case "Startup" -> 11;
            default -> 9;
        };
    }

    private static double duration(Dice dice, Kind kind, int doneIndex) {
        double fraction = dice.below(4) * 0.25;
        if (doneIndex == 0) {
            return 3600 + dice.between(0, 120) + fraction;
        }
        if (doneIndex == 1 || doneIndex == 2) {
            return 3300 + dice.between(0, 290) + fraction;
        }
        double share = dice.fraction();
        if (kind == Kind.INTERNAL || share < 0.25) {
            return 60.0 * dice.between(15, 24) + dice.below(60) + fraction;
        }
        if (share < 0.62) {
            return 60.0 * dice.between(25, 34) + dice.below(60) + fraction;
        }
        if (share < 0.90) {
            return 60.0 * dice.between(35, 52) + dice.below(60) + fraction;
        }
        return 60.0 * dice.between(53, 59) + dice.below(60) + fraction;
    }

    private Instant start(Dice dice, State state, double duration) {
        Duration window = state == State.PROCESSING ? STILL_PROCESSING : YEAR;
        Instant from = world.anchor().minus(window);
        double room = world.settings().profile().tie() == null ? duration : LONGEST;
        Instant last = world.anchor().minusSeconds(Math.max(60, (long) room + 60));
        for (int attempt = 0; attempt < 60; attempt++) {
            double position = Math.pow(dice.fraction(), 0.92);
            LocalDate day = from.plusSeconds((long) (window.toSeconds() * position))
                    .atOffset(ZoneOffset.UTC)
                    .toLocalDate();
            boolean freeDay = WEEKEND.contains(day.getDayOfWeek()) && !dice.chance(0.04);
            LocalTime time = LocalTime.of(dice.between(8, 17), 15 * (dice.chance(0.5) ? 0 : dice.below(4)));
            Instant start = day.atTime(time).toInstant(ZoneOffset.UTC);
            if (!freeDay && !start.isBefore(from) && !start.isAfter(last)) {
                return start;
            }
        }
        long seconds = Duration.between(from, last).toSeconds();
        return from.plusSeconds(900 * (long) (dice.fraction() * (seconds / 900.0)));
    }

    private TeamMember owner(Dice dice, Kind kind, @Nullable Account account) {
        Roster roster = world.roster();
        if (kind == Kind.PROSPECT || kind == Kind.FREE_MAIL) {
            return dice.pick(roster.team().stream()
                    .filter(member -> member.role().equals("AE"))
                    .toList());
        }
        if (kind == Kind.INTERNAL || account == null || dice.chance(0.1)) {
            return dice.pick(roster.team());
        }
        return roster.member(account.owner());
    }
}
