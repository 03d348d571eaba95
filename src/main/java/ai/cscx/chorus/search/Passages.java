package ai.cscx.chorus.search;

import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a transcript into passages: windows of whole utterances, long enough to hold a question with its answer and
 * short enough to be about one thing. What an answer gains from the words around its passage, ranking gives it
 * ({@link Fusion}).
 */
final class Passages {
    /** A passage with this many words is full. */
    static final int FULL = 100;
    /** A passage never grows beyond this many words, unless one utterance alone does. */
    static final int MOST = 120;
    /** Characters to a word in scripts that put no spaces between words. */
    private static final int DENSE_WORD = 8;

    private Passages() {}

    /** One window; utterances in their order, at least one. */
    record Passage(int number, List<Utterance> utterances) {
        Passage {
            utterances = List.copyOf(utterances);
        }

        int from() {
            return utterances.getFirst().index();
        }

        int to() {
            return utterances.getLast().index();
        }

        long startMs() {
            return utterances.getFirst().startMs();
        }

        long endMs() {
            return utterances.stream().mapToLong(Utterance::endMs).max().orElseThrow();
        }
    }

    /** The passages in their order, numbered from 0; every utterance is in one of them. */
    static List<Passage> of(Transcript transcript) {
        List<Passage> passages = new ArrayList<>();
        List<Utterance> window = new ArrayList<>();
        int words = 0;
        for (Utterance utterance : transcript.utterances()) {
            int more = words(utterance.text());
            if (!window.isEmpty() && (words >= FULL || words + more > MOST)) {
                passages.add(new Passage(passages.size(), window));
                window.clear();
                words = 0;
            }
            window.add(utterance);
            words += more;
        }
        if (!window.isEmpty()) {
            passages.add(new Passage(passages.size(), window));
        }
        return passages;
    }

    private static int words(String text) {
        int spaced = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            boolean space = Character.isWhitespace(text.charAt(i));
            if (!space && !inWord) {
                spaced++;
            }
            inWord = !space;
        }
        return Math.max(spaced, text.length() / DENSE_WORD);
    }
}
