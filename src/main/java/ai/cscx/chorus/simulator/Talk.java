package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Phrasebook.Line;
import ai.cscx.chorus.simulator.SimulatedCall.Kind;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who speaks next, and the small words around a sentence. In a meeting of our own, some of us play the other side. */
final class Talk {
    private static final double USUAL = 0.3;
    private static final double PLAIN = 0.8;

    private final Dice dice;
    private final Wording wording;
    private final Phrasebook phrasebook;
    private final Participant host;
    private final List<Participant> us;
    private final List<Participant> them;
    private final @Nullable Participant guest;

    Talk(SimulatedCall call, Dice dice, Wording wording) {
        List<Participant> people = call.cast();
        List<Participant> inside =
                people.stream().filter(p -> p.side() == Side.INTERNAL).toList();
        List<Participant> outside =
                people.stream().filter(p -> p.side() == Side.EXTERNAL).toList();
        boolean internal = call.kind() == Kind.INTERNAL;
        this.dice = dice;
        this.wording = wording;
        this.phrasebook = call.world().phrasebook();
        this.host = inside.getFirst();
        this.us = internal ? inside.subList(0, 1) : inside;
        this.them = internal ? inside.subList(1, inside.size()) : outside;
        this.guest = people.stream()
                .filter(p -> p.side() == Side.UNKNOWN)
                .findFirst()
                .orElse(null);
    }

    Participant host() {
        return host;
    }

    Participant us() {
        return dice.chance(0.7) ? host : dice.pick(us);
    }

    Participant them() {
        return dice.chance(0.45) ? them.getFirst() : dice.pick(them);
    }

    @Nullable
    Participant guest() {
        return guest;
    }

    /** {@code rep} or {@code cust}, whichever part the speaker plays. */
    String oursOrTheirs(Participant speaker) {
        return us.contains(speaker) ? "rep" : "cust";
    }

    /** The sentence with a word in front or an afterthought, as people speak; more so if it holds nothing of its own. */
    String dressed(Template template, Wording.Scope scope) {
        Participant speaker = scope.me();
        String part = oursOrTheirs(speaker);
        String bare = wording.say(template, scope);
        double chance = template.fixed() ? PLAIN : USUAL;
        boolean question = bare.endsWith("?");
        boolean opened = Tape.words(bare) > 4 && !bare.startsWith("Yes") && dice.chance(question ? chance : USUAL);
        String text = opened
                ? spoken((question ? "ask-" : "open-") + part, speaker) + " " + wording.goOn(template, scope)
                : bare;
        if (!bare.endsWith(".") || Tape.words(bare) < 6 || !dice.chance(chance)) {
            return text;
        }
        return text.substring(0, text.length() - 1) + ", " + lowerTail(speaker) + ".";
    }

    static String lowerFirst(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private String lowerTail(Participant speaker) {
        Line line = dice.pick(phrasebook.scene("tail-" + oursOrTheirs(speaker)));
        return wording.goOn(line.first(), scope(speaker));
    }

    private Wording.Scope scope(Participant speaker) {
        return new Wording.Scope(new HashMap<>(), new HashMap<>(), speaker, host);
    }

    private String spoken(String scene, Participant speaker) {
        return wording.say(dice.pick(phrasebook.scene(scene)).first(), scope(speaker));
    }
}
