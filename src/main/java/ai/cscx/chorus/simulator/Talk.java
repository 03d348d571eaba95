package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Phrasebook.Line;
import ai.cscx.chorus.simulator.SimulatedCall.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who speaks next, and the small words around a sentence. In a meeting of our own, some of us play the other side. */
final class Talk {
    private static final Set<String> STARTERS = Set.of(
            "A",
            "About",
            "After",
            "All",
            "An",
            "Are",
            "At",
            "Before",
            "Between",
            "By",
            "Can",
            "Could",
            "Did",
            "Do",
            "Does",
            "Every",
            "Everything",
            "For",
            "From",
            "Has",
            "Have",
            "How",
            "If",
            "In",
            "Is",
            "It",
            "It's",
            "Last",
            "Let",
            "Let's",
            "Most",
            "My",
            "No",
            "Nobody",
            "Not",
            "On",
            "One",
            "Only",
            "Our",
            "People",
            "Since",
            "Some",
            "Somebody",
            "That",
            "That's",
            "The",
            "Their",
            "Then",
            "There",
            "There's",
            "They",
            "They've",
            "This",
            "Two",
            "We",
            "We'd",
            "We'll",
            "We're",
            "We've",
            "What",
            "What's",
            "When",
            "Where",
            "Which",
            "While",
            "Who",
            "Who'd",
            "Why",
            "Will",
            "With",
            "Without",
            "Would",
            "Yes",
            "You",
            "You're",
            "Your",
            "You've");

    private final Dice dice;
    private final Wording wording;
    private final Phrasebook phrasebook;
    private final Participant host;
    private final List<Participant> us;
    private final List<Participant> them;
    private final @Nullable Participant guest;

    Talk(SimulatedCall call, Dice dice) {
        List<Participant> people = call.participants();
        List<Participant> inside =
                people.stream().filter(p -> p.side() == Side.INTERNAL).toList();
        List<Participant> outside =
                people.stream().filter(p -> p.side() == Side.EXTERNAL).toList();
        boolean internal = call.kind() == Kind.INTERNAL;
        this.dice = dice;
        this.wording = new Wording(call, dice);
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

    /** The sentence with a word in front or an afterthought, as people speak. */
    String dressed(String sentence, Participant speaker) {
        String part = oursOrTheirs(speaker);
        String text = sentence;
        if (sentence.endsWith(".") && Tape.words(sentence) > 6 && dice.chance(0.28)) {
            String tail = spoken("tail-" + part, speaker);
            text = text.substring(0, text.length() - 1) + ", " + lowerFirst(tail) + ".";
        }
        if (Tape.words(sentence) > 4 && !sentence.startsWith("Yes") && dice.chance(0.25)) {
            text = spoken("open-" + part, speaker) + " " + afterOpener(text);
        }
        return text;
    }

    static String lowerFirst(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private static String afterOpener(String text) {
        int space = text.indexOf(' ');
        String first = space < 0 ? text : text.substring(0, space);
        return STARTERS.contains(first.replace(",", "")) ? lowerFirst(text) : text;
    }

    private String spoken(String scene, Participant speaker) {
        Line line = dice.pick(phrasebook.scene(scene));
        return wording.say(line.first(), new Wording.Scope(new HashMap<>(), new HashMap<>(), speaker, host));
    }
}
