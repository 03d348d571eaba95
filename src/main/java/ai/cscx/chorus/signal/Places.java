package ai.cscx.chorus.signal;

import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.call.Utterance;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds in a transcript where something was said that the source gives without its place. */
final class Places {
    /** A text stands for an utterance that has so large a share of its telling words, and so many of them. */
    private static final double ALIKE = 0.6;
    /** The same where the side that is to do it spoke: it does not name itself. */
    private static final double ALIKE_THEMSELVES = 0.5;

    private static final int FEWEST_WORDS = 3;
    /** Shorter words tell little. */
    private static final int TELLING = 4;

    private final List<Utterance> utterances;
    private final List<Participant> participants;
    private @Nullable Map<String, Utterance> byText;
    private @Nullable Map<Integer, Utterance> byIndex;
    private @Nullable List<Set<String>> words;

    Places(List<Utterance> utterances, List<Participant> participants) {
        this.utterances = utterances;
        this.participants = participants;
    }

    static Quote quote(Utterance said, @Nullable String about, @Nullable String item) {
        return new Quote(said.index(), said.startMs(), said.speaker(), said.side(), said.text(), about, item);
    }

    /** Words that the source quotes: of the utterance that says just this, else of the one at that time. */
    Quote find(String text, @Nullable Long startMs, @Nullable String speaker) {
        Utterance said = saying(text);
        if (said == null && startMs != null) {
            said = at(startMs);
        }
        return said == null
                ? new Quote(null, startMs, speaker, sideOf(speaker), text, null, null)
                : new Quote(said.index(), said.startMs(), said.speaker(), said.side(), said.text(), text, null);
    }

    /**
     * Something to be done, with the utterance in which it was promised.
     *
     * @param side whose it is to do
     */
    Quote step(String text, @Nullable Long startMs, Side side, @Nullable String item) {
        Utterance said = startMs == null ? promising(text, side) : at(startMs);
        return said == null
                ? new Quote(null, startMs, null, side, text, text, item)
                : new Quote(
                        said.index(),
                        said.startMs(),
                        said.speaker(),
                        side == Side.UNKNOWN ? said.side() : side,
                        said.text(),
                        text,
                        item);
    }

    /** The words of a tracker's hit; null where nobody knows them. */
    @Nullable
    Quote hit(TrackerHits.Hit hit) {
        Utterance said = hit.utterance() == null ? null : indexed().get(hit.utterance());
        if (said != null) {
            return quote(said, null, null);
        }
        String text = hit.text();
        return text == null || text.isBlank()
                ? null
                : new Quote(hit.utterance(), hit.startMs(), null, Side.UNKNOWN, text, null, null);
    }

    /** The side of the participant of this name; unknown if there is none, or several. */
    Side sideOf(@Nullable String name) {
        if (name == null) {
            return Side.UNKNOWN;
        }
        Set<Side> sides = new HashSet<>();
        participants.stream()
                .filter(person -> name.equalsIgnoreCase(person.name()))
                .forEach(person -> sides.add(person.side()));
        return sides.size() == 1 ? sides.iterator().next() : Side.UNKNOWN;
    }

    private Map<Integer, Utterance> indexed() {
        Map<Integer, Utterance> known = byIndex;
        if (known == null) {
            known = new HashMap<>();
            for (Utterance utterance : utterances) {
                known.putIfAbsent(utterance.index(), utterance);
            }
            byIndex = known;
        }
        return known;
    }

    private @Nullable Utterance saying(String text) {
        Map<String, Utterance> known = byText;
        if (known == null) {
            known = new HashMap<>();
            for (Utterance utterance : utterances) {
                known.putIfAbsent(plain(utterance.text()), utterance);
            }
            byText = known;
        }
        return known.get(plain(text));
    }

    /** The last one that had begun. */
    private @Nullable Utterance at(long startMs) {
        Utterance last = null;
        for (Utterance utterance : utterances) {
            if (utterance.startMs() <= startMs && (last == null || utterance.startMs() >= last.startMs())) {
                last = utterance;
            }
        }
        return last;
    }

    /**
     * The one with most of the words, the later of two: promises are made in the end. What the side itself said goes before
     * what others said of it.
     */
    private @Nullable Utterance promising(String text, Side side) {
        Set<String> wanted = telling(text);
        if (wanted.size() < FEWEST_WORDS) {
            return null;
        }
        Utterance theirs = null;
        Utterance anybodys = null;
        int mostTheirs = Math.max(FEWEST_WORDS, (int) Math.ceil(ALIKE_THEMSELVES * wanted.size()));
        int most = Math.max(FEWEST_WORDS, (int) Math.ceil(ALIKE * wanted.size()));
        List<Set<String>> said = words();
        for (int i = 0; i < said.size(); i++) {
            int common = 0;
            for (String word : wanted) {
                common += said.get(i).contains(word) ? 1 : 0;
            }
            Utterance utterance = utterances.get(i);
            if (common >= most) {
                anybodys = utterance;
                most = common;
            }
            if (common >= mostTheirs && utterance.side() == side) {
                theirs = utterance;
                mostTheirs = common;
            }
        }
        return theirs == null ? anybodys : theirs;
    }

    private List<Set<String>> words() {
        List<Set<String>> known = words;
        if (known == null) {
            known = utterances.stream()
                    .map(utterance -> telling(utterance.text()))
                    .toList();
            words = known;
        }
        return known;
    }

    /** A loop over letters: every utterance of every call passes here. */
    private static Set<String> telling(String text) {
        Set<String> words = new HashSet<>();
        String lower = text.toLowerCase(Locale.ROOT);
        int start = 0;
        for (int i = 0; i <= lower.length(); i++) {
            if (i == lower.length() || !Character.isLetterOrDigit(lower.charAt(i))) {
                if (i - start >= TELLING) {
                    words.add(lower.substring(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    private static String plain(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
