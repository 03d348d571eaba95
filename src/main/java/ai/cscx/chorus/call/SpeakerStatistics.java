package ai.cscx.chorus.call;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who spoke how much in a call, reckoned from its transcript alone. Durations are milliseconds.
 *
 * <p>An utterance has a length if it ends after it begins; sources that do not say when one ended leave none. What cannot
 * be known is null, never 0: the durations of somebody none of whose utterances has a length, and all shares where no
 * utterance has one.
 *
 * @param speakers who talked longest comes first, then those whose time is unknown, by words
 * @param utterances how many there are
 * @param timed how many of them have a length; only they count into durations and shares
 * @param uncertain of how many the source only guessed the speaker
 * @param talkMs the talk time of all speakers, added up: silence is not in it, talking at once is in it for each; null if
 *     unknown
 */
public record SpeakerStatistics(
        List<OfSpeaker> speakers,
        int utterances,
        int timed,
        int uncertain,
        @Nullable Long talkMs) {
    /**
     * Others' talk that does not take the floor: agreement ("right", "got it") belongs to listening. So much of it in all
     * between two utterances of one speaker leaves a monologue whole.
     */
    public static final long INTERJECTION_MS = 2_000;

    /** A longer silence ends a monologue; the source may have left out what was said in it. */
    public static final long PAUSE_MS = 10_000;

    /** How long a word takes at 150 a minute: for others' utterances that have no length. */
    private static final long WORD_MS = 400;

    private static final String MARKS =
            "\\u037E\\u055E\\u061F\\u1367\\u203D\\u2047-\\u2049\\u2E2E\\uA60F\\uFE56\\uFF1F";
    /**
     * A run of question marks of any script. The ASCII one not where an address goes on after it; a semicolon after a
     * Greek letter is what Greeks type.
     */
    private static final Pattern QUESTION =
            Pattern.compile("(?:[" + MARKS + "]|\\?(?![A-Za-z0-9=&/%#])|;(?<=\\p{IsGreek};))[?!\\uFF01" + MARKS + "]*");

    public SpeakerStatistics {
        speakers = List.copyOf(speakers);
    }

    /**
     * One speaker. Name, address and side together tell speakers apart, as in the transcript; those without a name are one
     * a side.
     *
     * @param words as {@link BreakIterator} cuts them
     * @param talkMs how long they spoke; where their own utterances overlap, that time counts once
     * @param talkShare of the talk time of all, 0–1; all shares add up to 1
     * @param questions sentences that end with a question mark of whatever script; several marks in a row are one
     * @param longestMonologue the first of the longest
     * @param firstMs where their first utterance begins
     */
    public record OfSpeaker(
            @Nullable String name,
            @Nullable String email,
            Side side,
            int utterances,
            int words,
            @Nullable Long talkMs,
            @Nullable Double talkShare,
            int questions,
            @Nullable Monologue longestMonologue,
            long firstMs) {}

    /**
     * A stretch in which one speaker had the floor: from the beginning of their utterance to the end of one of their later
     * ones (or the same), with pauses of up to {@link #PAUSE_MS} and others' interjections of up to
     * {@link #INTERJECTION_MS} in it. So it may be longer than what they spoke in it.
     */
    public record Monologue(long startMs, long endMs) {
        public Monologue {
            if (endMs <= startMs) {
                throw new IllegalArgumentException("A monologue takes time");
            }
        }

        public long lengthMs() {
            return endMs - startMs;
        }
    }

    public static SpeakerStatistics of(Transcript transcript) {
        // By time: indices are the source's own order, which need not be that of time.
        List<Utterance> said = transcript.utterances().stream()
                .sorted(Comparator.comparingLong(Utterance::startMs).thenComparingInt(Utterance::index))
                .toList();
        Map<Key, Tally> tallies = new LinkedHashMap<>();
        BreakIterator breaks = BreakIterator.getWordInstance(Locale.ROOT);
        long floor = 0;
        for (Utterance utterance : said) {
            int words = words(breaks, utterance.text());
            long length = length(utterance);
            long taken = length > 0 ? length : words * WORD_MS;
            Key key = new Key(utterance.speaker(), utterance.email(), utterance.side());
            tallies.computeIfAbsent(key, fresh -> new Tally(utterance.startMs()))
                    .add(utterance, words, questions(utterance.text()), floor, floor + taken);
            floor += taken;
        }
        Long all = tallies.values().stream()
                .filter(tally -> tally.timed > 0)
                .map(tally -> tally.talkMs)
                .reduce(Long::sum)
                .orElse(null);
        List<OfSpeaker> speakers = new ArrayList<>();
        tallies.forEach((key, tally) -> speakers.add(tally.result(key, all)));
        speakers.sort(Comparator.comparingLong(SpeakerStatistics::known)
                .thenComparingInt(OfSpeaker::words)
                .reversed());
        return new SpeakerStatistics(
                speakers,
                said.size(),
                tallies.values().stream().mapToInt(tally -> tally.timed).sum(),
                (int) said.stream().filter(Utterance::uncertain).count(),
                all);
    }

    /** The share of each side in {@link #talkMs}, 0–1, all sides in it; empty if unknown. */
    public Map<Side, Double> sides() {
        Map<Side, Double> shares = new EnumMap<>(Side.class);
        if (talkMs == null) {
            return shares;
        }
        for (Side side : Side.values()) {
            long spoken = speakers.stream()
                    .filter(speaker -> speaker.side() == side)
                    .mapToLong(SpeakerStatistics::known)
                    .sum();
            shares.put(side, (double) spoken / talkMs);
        }
        return shares;
    }

    static int questions(String text) {
        return (int) QUESTION.matcher(text).results().count();
    }

    static int words(String text) {
        return words(BreakIterator.getWordInstance(Locale.ROOT), text);
    }

    private static int words(BreakIterator breaks, String text) {
        breaks.setText(text);
        int words = 0;
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (isWord(text, start, end)) {
                words++;
            }
            start = end;
        }
        return words;
    }

    private static boolean isWord(String text, int start, int end) {
        for (int i = start; i < end; i += Character.charCount(text.codePointAt(i))) {
            if (Character.isLetterOrDigit(text.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static long known(OfSpeaker speaker) {
        Long talk = speaker.talkMs();
        return talk == null ? 0 : talk;
    }

    private static long length(Utterance utterance) {
        return utterance.endMs() - utterance.startMs();
    }

    private record Key(@Nullable String name, @Nullable String email, Side side) {}

    /** What is known of one speaker so far; takes utterances in the order of their start. */
    private static final class Tally {
        private final long firstMs;
        private int utterances;
        private int timed;
        private int words;
        private int questions;
        private long talkMs;
        private long spokenUntil = -1;
        private long runStart;
        private long runEnd = -1;
        /** All talk of the call up to and with this speaker's last utterance. */
        private long floorAtLast;

        private @Nullable Monologue longest;

        Tally(long firstMs) {
            this.firstMs = firstMs;
        }

        /**
         * @param floorBefore all talk of the call before this utterance
         * @param floorAfter the same with it
         */
        void add(Utterance utterance, int itsWords, int itsQuestions, long floorBefore, long floorAfter) {
            long start = utterance.startMs();
            long end = utterance.endMs();
            boolean goesOn = runEnd >= 0 && floorBefore - floorAtLast <= INTERJECTION_MS && start - runEnd <= PAUSE_MS;
            runStart = goesOn ? runStart : start;
            runEnd = goesOn ? Math.max(runEnd, end) : end;
            floorAtLast = floorAfter;
            if (end > start) {
                timed++;
                talkMs += Math.max(0, end - Math.max(start, spokenUntil));
                spokenUntil = Math.max(spokenUntil, end);
                if (longest == null || runEnd - runStart > longest.lengthMs()) {
                    longest = new Monologue(runStart, runEnd);
                }
            }
            utterances++;
            words += itsWords;
            questions += itsQuestions;
        }

        OfSpeaker result(Key key, @Nullable Long all) {
            Long talk = timed == 0 ? null : talkMs;
            return new OfSpeaker(
                    key.name(),
                    key.email(),
                    key.side(),
                    utterances,
                    words,
                    talk,
                    talk == null || all == null ? null : (double) talk / all,
                    questions,
                    longest,
                    firstMs);
        }
    }
}
