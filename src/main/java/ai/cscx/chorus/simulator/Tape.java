package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Script.Utterance;
import java.util.ArrayList;
import java.util.List;

/** Puts what is said one after the other on the clock of a recording. */
final class Tape {
    /** Nothing was recorded: the recording would have ended before. */
    static final int FULL = -1;

    private static final double SHORTEST = 3.0;
    private static final double LONGEST = 45.0;

    private final Dice dice;
    private final double end;
    private final double wordsPerSecond;
    private final List<Utterance> utterances = new ArrayList<>();
    private double clock;

    Tape(Dice dice, double end) {
        this.dice = dice;
        this.end = end;
        this.wordsPerSecond = 2.74 + 0.15 * dice.fraction();
        this.clock = 0.4 + dice.fraction() * 2;
    }

    double clock() {
        return clock;
    }

    List<Utterance> utterances() {
        return utterances;
    }

    /** Records one turn and returns its index, or {@link #FULL}. */
    int record(Participant speaker, String text) {
        double start = tenths(clock + 0.1 + dice.fraction() * 0.3);
        double pace = wordsPerSecond * (0.94 + 0.12 * dice.fraction());
        double length = tenths(Math.clamp(words(text) / pace, SHORTEST + dice.fraction() * 0.4, LONGEST));
        if (start + length > end) {
            return FULL;
        }
        utterances.add(new Utterance(utterances.size(), speaker, start, length, text, false));
        clock = start + length;
        return utterances.size() - 1;
    }

    static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean letter = text.charAt(i) != ' ';
            words += letter && !inside ? 1 : 0;
            inside = letter;
        }
        return words;
    }

    private static double tenths(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
