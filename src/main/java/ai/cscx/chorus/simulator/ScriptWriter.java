package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Phrasebook.Line;
import ai.cscx.chorus.simulator.Phrasebook.Topic;
import ai.cscx.chorus.simulator.Script.ActionItem;
import ai.cscx.chorus.simulator.Script.CompetitorMention;
import ai.cscx.chorus.simulator.Script.Mention;
import ai.cscx.chorus.simulator.Script.Objection;
import ai.cscx.chorus.simulator.Script.Utterance;
import ai.cscx.chorus.simulator.SimulatedCall.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the words of one call, the same ones each time. */
final class ScriptWriter {
    private static final double CLOSING_SECONDS = 48;
    private static final int EXCHANGES_BEFORE_OBJECTION = 3;

    private final SimulatedCall call;
    private final Dice dice;
    private final Wording wording;
    private final Tape tape;
    private final Ear ear;
    private final Talk talk;
    private final Deck deck;
    private final List<ActionItem> items = new ArrayList<>();
    private final List<Objection> objections = new ArrayList<>();
    private final Map<Topic, Map<String, String>> lasting = new HashMap<>();

    ScriptWriter(SimulatedCall call) {
        this.call = call;
        this.dice = call.dice("script");
        this.wording = new Wording(call, dice);
        this.tape = new Tape(dice, call.durationSeconds());
        this.ear = new Ear(call.world().roster().competitors());
        this.talk = new Talk(call, dice, wording);
        this.deck = new Deck(dice);
    }

    Script write() {
        List<Topic> topics = new Story(call).topics();
        opening(topics);
        body(topics);
        closing(topics.getLast());
        Set<Topic> touched = new LinkedHashSet<>(topics);
        touched.retainAll(lasting.keySet());
        return new Script(
                withGaps(),
                summary(List.copyOf(touched)),
                items,
                ear.mentions(),
                objections,
                ear.named(),
                touched.stream().map(Topic::key).toList());
    }

    private void opening(List<Topic> topics) {
        Topic first = topics.getFirst();
        Participant host = talk.host();
        Participant guest = talk.them();
        exchange(first, scene("hello"), host, scene("hello-back"), guest);
        for (int i = dice.between(1, 2); i > 0; i--) {
            Line small = deck.draw("small", scene("small"));
            pair(first, small, talk.us(), talk.them(), fresh());
        }
        if (call.kind() != Kind.INTERNAL && dice.chance(0.4)) {
            exchange(first, scene("intro"), host, scene("intro-back"), talk.them());
        }
        String labels = topics.stream().limit(3).map(Topic::label).collect(Collectors.joining(", "));
        int comma = labels.lastIndexOf(", ");
        var settled = new HashMap<String, String>();
        settled.put("labels", comma < 0 ? labels : labels.substring(0, comma) + " and " + labels.substring(comma + 2));
        say(first, dice.pick(scene("agenda")).first(), host, guest, settled);
        say(first, dice.pick(scene("agenda-back")).first(), talk.them(), host, fresh());
    }

    private void body(List<Topic> topics) {
        double end = call.durationSeconds() - CLOSING_SECONDS;
        double start = tape.clock();
        int promises = dice.between(1, 2) + dice.below(call.durationSeconds() > 1500 ? 4 : 2);
        int unspoken = new Story(call).objections();
        int rounds = Math.max(topics.size(), (int) Math.round((end - start) / 300));
        for (int round = 0; round < rounds && tape.clock() < end; round++) {
            Topic topic = topics.get(round % topics.size());
            double deadline = start + (end - start) * (round + 1) / rounds;
            boolean objects =
                    objections.size() < unspoken && !topic.section("object").isEmpty();
            block(topic, deadline, objects);
            int due = Math.ceilDiv(promises * (round + 1), rounds) - items.size();
            for (int i = 0; i < due && items.size() < 5; i++) {
                promise(topic);
            }
        }
    }

    private void block(Topic topic, double deadline, boolean objects) {
        lasting.computeIfAbsent(topic, fresh -> new HashMap<>());
        Participant host = talk.us();
        if (dice.chance(0.5)) {
            say(topic, deck.draw("bridge", scene("bridge")).first(), host, talk.them(), fresh());
        }
        pair(topic, deck.draw(topic.key() + "open", topic.section("open")), host, talk.them(), fresh());
        for (int exchange = 0; tape.clock() < deadline; exchange++) {
            if (objects && exchange == EXCHANGES_BEFORE_OBJECTION) {
                objection(topic);
            }
            String section = deck.draw("moves", List.of("qa", "qa", "qa", "cq", "cq", "say", "say", "say", "tell"));
            Line line = deck.draw(topic.key() + section, topic.section(section));
            boolean oursFirst = section.equals("qa") || section.equals("tell");
            Participant first = oursFirst ? talk.us() : talk.them();
            pair(topic, line, first, oursFirst ? talk.them() : talk.us(), fresh());
            if (talk.guest() != null && dice.chance(0.05)) {
                say(topic, deck.draw("guest", scene("guest")).first(), talk.guest(), talk.host(), fresh());
            }
        }
    }

    private void objection(Topic topic) {
        Line line = deck.draw(topic.key() + "object", topic.section("object"));
        Participant speaker = talk.them();
        int index = pair(topic, line, speaker, talk.us(), fresh());
        if (index != Tape.FULL) {
            objections.add(new Objection(
                    topic.key(),
                    speaker.name(),
                    index,
                    tape.utterances().get(index).text()));
        }
    }

    private void promise(Topic topic) {
        double drawn = dice.fraction();
        String kind = drawn < 0.6 || topic.section("task").isEmpty() ? "promise" : "task";
        kind = drawn > 0.86 && !topic.section("loose").isEmpty() ? "loose" : kind;
        Line line = deck.draw(topic.key() + kind, topic.section(kind));
        boolean ours = !kind.equals("task");
        Participant speaker = ours ? talk.us() : talk.them();
        Participant hearer = ours ? talk.them() : talk.us();
        var settled = fresh();
        int index = say(topic, line.first(), speaker, hearer, settled);
        if (index == Tape.FULL || line.second() == null) {
            return;
        }
        String text = wording.say(line.second(), scope(topic, settled, speaker, hearer));
        boolean loose = kind.equals("loose");
        Side side = loose ? Side.UNKNOWN : speaker.side();
        String due = settled.getOrDefault("due", "");
        items.add(new ActionItem(text, loose ? null : speaker.name(), side, due.isEmpty() ? null : due, index));
        backchannel(topic, hearer, speaker);
    }

    private void closing(Topic last) {
        Participant host = talk.host();
        say(last, dice.pick(scene("next")).first(), host, talk.them(), fresh());
        if (!items.isEmpty() && dice.chance(0.6)) {
            ActionItem item = dice.pick(items);
            var settled = fresh();
            settled.put("item", item.doerSide() == Side.EXTERNAL ? item.text() : Talk.lowerFirst(item.text()));
            say(last, dice.pick(scene("recap")).first(), host, talk.them(), settled);
            backchannel(last, talk.them(), host);
        }
        exchange(last, scene("nextcall"), host, scene("nextcall-back"), talk.them());
        exchange(last, scene("bye"), host, scene("bye-back"), talk.them());
    }

    private void exchange(Topic topic, List<Line> first, Participant a, List<Line> second, Participant b) {
        var settled = fresh();
        say(topic, dice.pick(first).first(), a, b, settled);
        say(topic, dice.pick(second).first(), b, a, settled);
    }

    /** Says a line and what it leads to; returns the index of the first utterance. */
    private int pair(Topic topic, Line line, Participant first, Participant second, Map<String, String> settled) {
        String text = talk.dressed(line.first(), scope(topic, settled, first, second));
        if (dice.chance(0.18)) {
            text = detail(topic, first, second) + " " + text;
        }
        int index = record(topic, first, text);
        if (line.second() != null) {
            String answer = talk.dressed(line.second(), scope(topic, settled, second, first));
            if (dice.chance(0.45)) {
                answer = answer + " " + detail(topic, second, first);
            }
            record(topic, second, answer);
            if (dice.chance(0.3)) {
                backchannel(topic, first, second);
            }
        }
        return index;
    }

    private String detail(Topic topic, Participant speaker, Participant hearer) {
        String side = talk.oursOrTheirs(speaker);
        Line line = deck.draw("detail-" + side, scene("detail-" + side));
        return wording.say(line.first(), scope(topic, fresh(), speaker, hearer));
    }

    private void backchannel(Topic topic, Participant speaker, Participant hearer) {
        say(topic, dice.pick(scene("back-" + talk.oursOrTheirs(speaker))).first(), speaker, hearer, fresh());
    }

    private int say(Topic topic, Template template, Participant me, Participant you, Map<String, String> settled) {
        return record(topic, me, wording.say(template, scope(topic, settled, me, you)));
    }

    private int record(Topic topic, Participant speaker, String text) {
        int index = tape.record(speaker, text);
        if (index != Tape.FULL) {
            ear.hear(topic, index, text);
        }
        return index;
    }

    private Wording.Scope scope(Topic topic, Map<String, String> settled, Participant me, Participant you) {
        return new Wording.Scope(lasting.getOrDefault(topic, new HashMap<>()), settled, me, you);
    }

    private String summary(List<Topic> topics) {
        var sentences = new ArrayList<String>();
        for (Topic topic : topics.subList(0, Math.min(3, topics.size()))) {
            Line line = dice.pick(topic.section("sum"));
            sentences.add(wording.say(line.first(), scope(topic, fresh(), talk.host(), talk.them())));
        }
        @Nullable
        CompetitorMention rival = ear.named().isEmpty() ? null : ear.named().getFirst();
        if (rival != null && sentences.stream().noneMatch(s -> s.contains(rival.competitor()))) {
            sentences.add(rival.competitor() + " was mentioned as an alternative.");
        } else if (sentences.size() < 2) {
            sentences.add("Next steps were agreed at the end.");
        }
        return String.join(dice.chance(0.4) ? "<br/>" : " ", sentences);
    }

    /** A few turns have lost their text, never one that something else points at. */
    private List<Utterance> withGaps() {
        Set<Integer> needed = new HashSet<>();
        items.forEach(item -> needed.add(item.utterance()));
        objections.forEach(objection -> needed.add(objection.utterance()));
        ear.mentions().stream().map(Mention::utterance).forEach(needed::add);
        return tape.utterances().stream()
                .map(u -> !needed.contains(u.index()) && dice.chance(0.006)
                        ? new Utterance(u.index(), u.speaker(), u.startSeconds(), u.lengthSeconds(), "", true)
                        : u)
                .toList();
    }

    private List<Line> scene(String name) {
        return call.world().phrasebook().scene(name);
    }

    private static Map<String, String> fresh() {
        return new HashMap<>();
    }
}
