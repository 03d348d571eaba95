package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Phrasebook.Topic;
import ai.cscx.chorus.simulator.Roster.Account;
import ai.cscx.chorus.simulator.SimulatedCall.Kind;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where a call stands in its account's year, and so what it is about. */
final class Story {
    private static final int SECONDS_PER_TOPIC = 175;
    private static final int MOST_TOPICS = 20;

    private final SimulatedCall call;

    Story(SimulatedCall call) {
        this.call = call;
    }

    /** The subjects in the order they come up. */
    List<Topic> topics() {
        var dice = call.dice("topics");
        int wanted = Math.clamp(Math.round(call.durationSeconds() / SECONDS_PER_TOPIC), 3, MOST_TOPICS);
        String stage = stage();
        var left = new ArrayList<>(call.world().phrasebook().topics());
        var chosen = new ArrayList<Topic>();
        while (chosen.size() < wanted) {
            double total = 0;
            for (Topic topic : left) {
                total += weight(topic, stage);
            }
            if (total <= 0) {
                break;
            }
            double position = dice.fraction() * total;
            Topic next = left.getFirst();
            for (Topic topic : left) {
                double weight = weight(topic, stage);
                if (weight > 0) {
                    next = topic;
                    position -= weight;
                    if (position < 0) {
                        break;
                    }
                }
            }
            chosen.add(next);
            left.remove(next);
        }
        return chosen;
    }

    /** How far the year had gone, from 0 to 1. */
    double progress() {
        var start = call.world().anchor().minus(Diary.YEAR);
        double gone = Duration.between(start, call.startedAt()).toSeconds() / (double) Diary.YEAR.toSeconds();
        return Math.clamp(gone, 0.0, 1.0);
    }

    /** How many objections the customer brings along: troubled accounts more, and more of them late in the year. */
    int objections() {
        Account account = call.account();
        var dice = call.dice("objections");
        double drawn = dice.fraction();
        if (account == null) {
            return 0;
        }
        return switch (account.health()) {
            case "red" -> drawn < progress() ? 3 : drawn < 0.8 ? 1 : 2;
            case "yellow" -> drawn < 0.5 * progress() ? 2 : drawn < 0.7 ? 1 : 0;
            default -> drawn < 0.2 ? 1 : 0;
        };
    }

    String title() {
        var dice = call.dice("title");
        Phrasebook phrasebook = call.world().phrasebook();
        var wording = new Wording(call, dice);
        return switch (call.kind()) {
            case INTERNAL ->
                wording.plain(dice.pick(phrasebook.scene("title-internal")).first());
            case FREE_MAIL ->
                wording.plain(dice.pick(phrasebook.scene("title-free")).first());
            case PROSPECT ->
                wording.plain(dice.pick(phrasebook.scene("title-free")).first());
            case CUSTOMER -> {
                double drawn = dice.fraction();
                if (call.state() == SimulatedCall.State.NO_SHOW) {
                    yield dice.chance(0.5) ? "Intro" : "Quick sync";
                }
                if (drawn < 0.2) {
                    yield wording.plain(
                            dice.pick(phrasebook.scene("title-weekly")).first());
                }
                if (drawn < 0.45) {
                    yield wording.plain(
                            dice.pick(phrasebook.scene("title-other")).first());
                }
                yield wording.plain(dice.pick(topics().getFirst().titles()));
            }
        };
    }

    private String stage() {
        Account account = call.account();
        if (account == null) {
            return call.kind() == Kind.INTERNAL ? "internal" : "prospect";
        }
        double progress = progress();
        var fate = new Dice(call.world().settings().seed(), "fate " + account.key());
        boolean newcomer = fate.chance(0.4);
        double shift = fate.fraction() * 0.12;
        if (newcomer && progress < 0.16 + shift) {
            return "onboarding";
        }
        long daysToRenewal = ChronoUnit.DAYS.between(
                call.startedAt().atOffset(ZoneOffset.UTC).toLocalDate(), account.renewalDate());
        boolean troubled = account.health().equals("red");
        if ((daysToRenewal > 0 && daysToRenewal < 110) || (troubled && progress > 0.85)) {
            return "renewal";
        }
        boolean rough = progress > 0.42 - shift && progress < 0.72 + shift;
        return rough && (!account.health().equals("green") || fate.chance(0.3)) ? "issues" : "adoption";
    }

    /** An account's health shows more and more as the year goes by. */
    private double weight(Topic topic, String stage) {
        double weight = topic.weights().getOrDefault(stage, 0.0);
        Account account = call.account();
        if (account == null) {
            return weight;
        }
        Map<String, Double> healths = topic.healths();
        return weight * (1 + (healths.getOrDefault(account.health(), 1.0) - 1) * progress());
    }
}
