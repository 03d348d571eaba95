package ai.cscx.chorus.simulator;

import static ai.cscx.chorus.simulator.SimulatorBrowser.ANCHOR;
import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.simulator.ChorusSimulator.Settings;
import ai.cscx.chorus.simulator.Script.Utterance;
import ai.cscx.chorus.simulator.SimulatedCall.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorWorldTest {
    private static final World WORLD = World.create(new Settings(600, 7, ANCHOR, 0, "key"));

    @Test
    void world_ofSixHundred_hasTheRightMix() {
        Map<String, Integer> perAccount = new HashMap<>();
        int nobodys = 0;
        for (SimulatedCall call : WORLD.calls()) {
            assertThat(call.startedAt()).isBetween(ANCHOR.minus(Duration.ofDays(365)), ANCHOR);
            String account = call.accountKey();
            if (account != null) {
                perAccount.merge(account, 1, Integer::sum);
            } else if (call.state() == State.DONE) {
                nobodys++;
            }
            if (call.state() == State.PROCESSING) {
                assertThat(call.startedAt()).isAfter(ANCHOR.minus(Duration.ofDays(2)));
            }
        }
        assertThat(perAccount).hasSameSizeAs(WORLD.roster().customers());
        assertThat(perAccount.values()).allMatch(count -> count >= 5);
        assertThat(perAccount.get("acm")).isBetween(10, 18);
        assertThat(nobodys).isBetween(8, 35);
    }

    @Test
    void script_ofAnHour_isLong() {
        SimulatedCall longest = WORLD.calls().stream()
                .filter(call -> call.durationSeconds() >= 3600)
                .findFirst()
                .orElseThrow();
        List<Utterance> utterances = longest.script().utterances();

        assertThat(utterances).hasSizeBetween(400, 700);
        assertThat(words(longest.script())).isBetween(8000, 10_000);
    }

    @Test
    void speech_ofEveryCall_runsAtAHumanRate() {
        for (SimulatedCall call : done(80)) {
            Script script = call.script();
            double rate = words(script) / (call.durationSeconds() / 60);
            assertThat(rate).isBetween(132.0, 165.0);
            double before = 0;
            for (Utterance utterance : script.utterances()) {
                assertThat(utterance.startSeconds()).isGreaterThanOrEqualTo(before);
                assertThat(utterance.lengthSeconds()).isBetween(3.0, 45.0);
                before = utterance.endSeconds() - 0.05;
            }
            assertThat(before).isLessThanOrEqualTo(call.durationSeconds());
        }
    }

    @Test
    void longSentences_ofThirtyCalls_areMostlyDistinct() {
        var distinct = new HashSet<String>();
        int all = 0;
        for (SimulatedCall call : done(30)) {
            for (Utterance utterance : call.script().utterances()) {
                for (String sentence : utterance.text().split("(?<=[.?!]) ")) {
                    if (Tape.words(sentence) >= 8) {
                        all++;
                        distinct.add(sentence);
                    }
                }
            }
        }
        assertThat(distinct.size() / (double) all).isGreaterThan(0.85);
    }

    @Test
    void actionItem_ofADoneCall_standsWhereItWasPromised() {
        for (SimulatedCall call : done(100)) {
            Script script = call.script();
            assertThat(script.actionItems()).hasSizeBetween(1, 5);
            assertThat(script.summary()).isNotBlank();
            for (var item : script.actionItems()) {
                Utterance utterance = script.utterances().get(item.utterance());
                assertThat(utterance.expired()).isFalse();
                if (item.doer() != null) {
                    assertThat(utterance.speaker().name()).isEqualTo(item.doer());
                }
                if (item.due() != null) {
                    assertThat(utterance.text()).contains(item.due());
                }
            }
        }
    }

    @Test
    void text_ofEveryCall_hasNoHolesLeft() {
        for (SimulatedCall call : WORLD.calls()) {
            assertThat(call.title()).doesNotContainPattern("[{}\\[\\]|]").isNotBlank();
            Script script = call.script();
            assertThat(script.summary()).doesNotContainPattern("[{}\\[\\]|]");
            assertThat(script.utterances()).noneMatch(u -> u.text().matches(".*[{}\\[\\]|].*"));
        }
    }

    @Test
    void objections_comeUpMoreOftenAtTroubledAccounts() {
        assertThat(objections("red")).isGreaterThan(2 * objections("green"));
    }

    @Test
    void world_ofAHundredThousand_holdsEveryCallOnce() {
        World large = World.create(new Settings(100_000, 7, ANCHOR, 0, "key"));

        assertThat(large.calls()).hasSize(101_000);
        assertThat(large.listed()).hasSize(100_000);
        assertThat(large.calls().stream().map(SimulatedCall::id).distinct().count())
                .isEqualTo(101_000);
        for (SimulatedCall call : large.calls().subList(0, 3000)) {
            var account = call.account();
            assertThat(account == null
                            || call.participants().stream().anyMatch(person -> {
                                String email = person.email();
                                return email != null
                                        && account.domains().contains(email.substring(email.indexOf('@') + 1));
                            }))
                    .isTrue();
        }
    }

    private static double objections(String health) {
        return WORLD.calls().stream()
                .filter(call -> call.state() == State.DONE)
                .filter(call ->
                        call.account() != null && call.account().health().equals(health))
                .mapToInt(call -> call.script().objections().size())
                .average()
                .orElseThrow();
    }

    private static List<SimulatedCall> done(int count) {
        return WORLD.calls().stream()
                .filter(call -> call.state() == State.DONE)
                .limit(count)
                .toList();
    }

    private static int words(Script script) {
        return script.utterances().stream().mapToInt(u -> Tape.words(u.text())).sum();
    }
}
