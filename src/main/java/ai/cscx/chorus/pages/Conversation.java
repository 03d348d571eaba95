package ai.cscx.chorus.pages;

import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A transcript as it is read: blocks of one speaker, utterances that can be linked to, and what was looked for marked.
 *
 * @param found how many places were found
 */
record Conversation(List<Block> blocks, int found) {
    /** A block that is longer is cut, so that a monologue shows on its way who speaks. */
    private static final int LONGEST_BLOCK = 12;

    Conversation {
        blocks = List.copyOf(blocks);
    }

    /**
     * What one speaker said without another in between.
     *
     * @param uncertain Chorus only guessed who spoke
     * @param recording where to hear it; null = nowhere
     */
    record Block(
            String speaker,
            Side side,
            boolean uncertain,
            String place,
            @Nullable String recording,
            List<Line> lines) {}

    /** An utterance. */
    record Line(int index, String place, List<Part> parts) {}

    /**
     * A stretch of an utterance.
     *
     * @param found which place it is of those found, from 1; 0 = none
     */
    record Part(String text, int found) {}

    /**
     * @param wanted literal words to mark, in any case; null = none
     * @param url page of the recording; null = none
     */
    static Conversation of(Transcript transcript, @Nullable String wanted, @Nullable String url) {
        List<Block> blocks = new ArrayList<>();
        int found = 0;
        Utterance before = null;
        List<Line> lines = new ArrayList<>();
        for (Utterance utterance : transcript.utterances()) {
            if (before == null || lines.size() >= LONGEST_BLOCK || !sameSpeaker(before, utterance)) {
                lines = new ArrayList<>();
                blocks.add(new Block(
                        speakerOf(utterance),
                        utterance.side(),
                        utterance.uncertain(),
                        Reader.place(utterance.startMs()),
                        Outside.link(Call.deepLink(url, utterance.startMs())),
                        lines));
            }
            List<Part> parts = parts(utterance.text(), wanted, found);
            found += (int) parts.stream().filter(part -> part.found() > 0).count();
            lines.add(new Line(utterance.index(), Reader.place(utterance.startMs()), parts));
            before = utterance;
        }
        return new Conversation(blocks, found);
    }

    static String speakerOf(Utterance utterance) {
        return Objects.requireNonNullElse(utterance.speaker(), "Somebody");
    }

    /** Where each utterance begins, by milliseconds. */
    static TreeMap<Long, Integer> places(Transcript transcript) {
        TreeMap<Long, Integer> places = new TreeMap<>();
        transcript.utterances().forEach(utterance -> places.putIfAbsent(utterance.startMs(), utterance.index()));
        return places;
    }

    /** The utterance that is spoken at that moment, or the first; null if nothing is said in the call. */
    static @Nullable Integer at(TreeMap<Long, Integer> places, long millis) {
        Map.Entry<Long, Integer> entry = places.floorEntry(millis);
        if (entry == null) {
            entry = places.firstEntry();
        }
        return entry == null ? null : entry.getValue();
    }

    /**
     * Who spoke when, as stretches of a line that is {@value #WIDTH} long.
     *
     * @param path SVG path of the stretches
     */
    record Lane(String speaker, Side side, String path) {
        static final int WIDTH = 1000;
        private static final int HEIGHT = 10;
        private static final long TOGETHER_MS = 1_500;

        /** One lane a speaker, who began first comes first; empty if the source does not say when anybody stopped. */
        static List<Lane> of(Transcript transcript, long lengthMs) {
            Map<String, List<long[]>> spoken = new LinkedHashMap<>();
            Map<String, Utterance> firsts = new LinkedHashMap<>();
            for (Utterance utterance : transcript.utterances()) {
                if (utterance.endMs() > utterance.startMs()) {
                    String key = speakerOf(utterance) + '\0' + utterance.side();
                    firsts.putIfAbsent(key, utterance);
                    add(spoken.computeIfAbsent(key, fresh -> new ArrayList<>()), utterance);
                }
            }
            List<Lane> lanes = new ArrayList<>();
            spoken.forEach((key, stretches) -> {
                Utterance first = Objects.requireNonNull(firsts.get(key));
                lanes.add(new Lane(speakerOf(first), first.side(), path(stretches, lengthMs)));
            });
            return lanes;
        }

        private static void add(List<long[]> stretches, Utterance utterance) {
            long[] last = stretches.isEmpty() ? null : stretches.getLast();
            if (last != null && utterance.startMs() >= last[0] && utterance.startMs() - last[1] <= TOGETHER_MS) {
                last[1] = Math.max(last[1], utterance.endMs());
            } else {
                stretches.add(new long[] {utterance.startMs(), utterance.endMs()});
            }
        }

        private static String path(List<long[]> stretches, long lengthMs) {
            StringBuilder path = new StringBuilder();
            for (long[] stretch : stretches) {
                double width = Math.max(1.5, x(stretch[1] - stretch[0], lengthMs));
                path.append(String.format(
                        Locale.ROOT, "M%.1f 0h%.1fv%dh-%.1fz", x(stretch[0], lengthMs), width, HEIGHT, width));
            }
            return path.toString();
        }

        static double x(long millis, long lengthMs) {
            return Math.min(WIDTH, Math.max(0, (double) millis / Math.max(1, lengthMs) * WIDTH));
        }
    }

    private static boolean sameSpeaker(Utterance one, Utterance other) {
        return Objects.equals(one.speaker(), other.speaker())
                && Objects.equals(one.email(), other.email())
                && one.side() == other.side();
    }

    private static List<Part> parts(String text, @Nullable String wanted, int foundBefore) {
        if (wanted == null) {
            return List.of(new Part(text, 0));
        }
        List<Part> parts = new ArrayList<>();
        int found = foundBefore;
        int from = 0;
        for (int i = 0; i + wanted.length() <= text.length(); ) {
            if (text.regionMatches(true, i, wanted, 0, wanted.length())) {
                if (i > from) {
                    parts.add(new Part(text.substring(from, i), 0));
                }
                found++;
                parts.add(new Part(text.substring(i, i + wanted.length()), found));
                i += wanted.length();
                from = i;
            } else {
                i++;
            }
        }
        if (from < text.length()) {
            parts.add(new Part(text.substring(from), 0));
        }
        return parts;
    }
}
