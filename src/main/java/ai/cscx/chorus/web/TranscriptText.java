package ai.cscx.chorus.web;

import ai.cscx.chorus.call.Utterance;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Transcripts as text: plain, WebVTT (W3C) and SubRip. Line breaks in an utterance become spaces: they end a cue. Cues
 * stand in the order of their start, as WebVTT demands. A cue takes time: where the end of an utterance is unknown it
 * lasts until the next one begins, for five seconds at most.
 */
final class TranscriptText {
    private static final String NOBODY = "Unknown speaker";
    private static final long LONGEST_GUESS_MS = 5_000;
    /** All that some reader of subtitles takes for the end of a line. */
    private static final Pattern LINE_BREAKS =
            Pattern.compile("\\s*[\\n\\x0B\\f\\r\\x1C-\\x1E\\u0085\\u2028\\u2029]\\s*");

    private TranscriptText() {}

    /** A line an utterance; the focus begins with {@code >}. */
    static String plain(Excerpt excerpt) {
        StringBuilder text = new StringBuilder();
        for (Utterance utterance : excerpt.utterances()) {
            text.append(isFocus(utterance, excerpt) ? "> [" : "[");
            clock(text, utterance.startMs());
            text.append("] ")
                    .append(speaker(utterance))
                    .append(": ")
                    .append(oneLine(utterance.text()))
                    .append('\n');
        }
        return text.toString();
    }

    /** Cues are named by the index of their utterance; the focus has the class {@code focus}. */
    static String webVtt(Excerpt excerpt) {
        StringBuilder text = new StringBuilder("WEBVTT\n");
        List<Utterance> cues = byTime(excerpt);
        for (int place = 0; place < cues.size(); place++) {
            Utterance utterance = cues.get(place);
            boolean focus = isFocus(utterance, excerpt);
            text.append('\n').append(utterance.index()).append('\n');
            span(text, cues, place, '.');
            text.append("\n<v ")
                    .append(escaped(speaker(utterance)))
                    .append('>')
                    .append(focus ? "<c.focus>" : "")
                    .append(escaped(oneLine(utterance.text())))
                    .append(focus ? "</c>\n" : "\n");
        }
        return text.toString();
    }

    /** Cues are numbered from one; the focus is bold. */
    static String subRip(Excerpt excerpt) {
        StringBuilder text = new StringBuilder();
        List<Utterance> cues = byTime(excerpt);
        for (int place = 0; place < cues.size(); place++) {
            Utterance utterance = cues.get(place);
            boolean focus = isFocus(utterance, excerpt);
            text.append(place + 1).append('\n');
            span(text, cues, place, ',');
            text.append('\n')
                    .append(focus ? "<b>" : "")
                    .append((speaker(utterance) + ": " + oneLine(utterance.text())).replace("-->", "->"))
                    .append(focus ? "</b>\n\n" : "\n\n");
        }
        return text.toString();
    }

    private static boolean isFocus(Utterance utterance, Excerpt excerpt) {
        Utterance focus = excerpt.focus();
        return focus != null && focus.index() == utterance.index();
    }

    private static List<Utterance> byTime(Excerpt excerpt) {
        return excerpt.utterances().stream()
                .sorted(Comparator.comparingLong(Utterance::startMs))
                .toList();
    }

    private static void span(StringBuilder text, List<Utterance> cues, int place, char point) {
        long start = cues.get(place).startMs();
        long end = cues.get(place).endMs();
        if (end <= start) {
            long next = place + 1 < cues.size() ? cues.get(place + 1).startMs() : Long.MAX_VALUE;
            end = Math.clamp(next, start + 1, start + LONGEST_GUESS_MS);
        }
        precise(text, start, point);
        text.append(" --> ");
        precise(text, end, point);
    }

    private static void precise(StringBuilder text, long millis, char point) {
        clock(text, millis);
        text.append(point);
        padded(text, millis % 1000, 100);
    }

    private static void clock(StringBuilder text, long millis) {
        long seconds = millis / 1000;
        padded(text, seconds / 3600, 10);
        text.append(':');
        padded(text, seconds / 60 % 60, 10);
        text.append(':');
        padded(text, seconds % 60, 10);
    }

    /** With zeros in front up to the place of so many. */
    private static void padded(StringBuilder text, long number, int place) {
        for (int zeros = place; zeros > 1 && number < zeros; zeros /= 10) {
            text.append('0');
        }
        text.append(number);
    }

    private static String speaker(Utterance utterance) {
        return utterance.speaker() == null ? NOBODY : oneLine(utterance.speaker());
    }

    private static String oneLine(String text) {
        String stripped = text.strip();
        return stripped.chars().anyMatch(TranscriptText::mayBreak)
                ? LINE_BREAKS.matcher(stripped).replaceAll(" ")
                : stripped;
    }

    /** Nearly no text has one, and looking for one is cheaper than for all. */
    private static boolean mayBreak(int character) {
        return character < ' ' || character == 0x85 || character == 0x2028 || character == 0x2029;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
