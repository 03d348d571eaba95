package ai.cscx.chorus.web;

import ai.cscx.chorus.call.Utterance;
import java.util.List;
import java.util.Locale;

/** Transcripts as text: plain, WebVTT (W3C) and SubRip. Line breaks in an utterance become spaces: they end a cue. */
final class TranscriptText {
    private static final String NOBODY = "Unknown speaker";

    private TranscriptText() {}

    static String plain(List<Utterance> utterances) {
        StringBuilder text = new StringBuilder();
        for (Utterance utterance : utterances) {
            text.append('[')
                    .append(clock(utterance.startMs()))
                    .append("] ")
                    .append(speaker(utterance))
                    .append(": ")
                    .append(oneLine(utterance.text()))
                    .append('\n');
        }
        return text.toString();
    }

    static String webVtt(List<Utterance> utterances) {
        StringBuilder text = new StringBuilder("WEBVTT\n");
        for (Utterance utterance : utterances) {
            text.append('\n')
                    .append(span(utterance, '.'))
                    .append("\n<v ")
                    .append(escaped(speaker(utterance)))
                    .append('>')
                    .append(escaped(oneLine(utterance.text())))
                    .append('\n');
        }
        return text.toString();
    }

    static String subRip(List<Utterance> utterances) {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (Utterance utterance : utterances) {
            text.append(number++)
                    .append('\n')
                    .append(span(utterance, ','))
                    .append('\n')
                    .append(speaker(utterance))
                    .append(": ")
                    .append(oneLine(utterance.text()).replace("-->", "->"))
                    .append("\n\n");
        }
        return text.toString();
    }

    private static String span(Utterance utterance, char point) {
        long end = Math.max(utterance.endMs(), utterance.startMs() + 1);
        return precise(utterance.startMs(), point) + " --> " + precise(end, point);
    }

    private static String precise(long millis, char point) {
        return clock(millis) + point + String.format(Locale.ROOT, "%03d", millis % 1000);
    }

    private static String clock(long millis) {
        long seconds = millis / 1000;
        return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static String speaker(Utterance utterance) {
        return utterance.speaker() == null ? NOBODY : oneLine(utterance.speaker());
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*[\\r\\n\\u0085\\u2028\\u2029]+\\s*", " ");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
