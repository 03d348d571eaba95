package ai.cscx.chorus.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a language model's text may be passed on: no links, no ids, and no sentence that nothing was found for. */
final class Claims {
    private static final Pattern IMAGE = Pattern.compile("!\\[[^\\]]*\\]\\([^)]*\\)?");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]\\[]*)\\]\\((?!\\s)[^)]*\\)?");
    private static final Pattern REFERENCE = Pattern.compile("(?m)^\\s*\\[[^\\]]+\\]:.*$");
    private static final Pattern TAG = Pattern.compile("<[^>\\n]{0,500}>");
    private static final Pattern URL =
            Pattern.compile("(?i)\\b(?:[a-z][a-z0-9+.-]{1,20}://|www\\.|mailto:|javascript:|data:)\\S*");
    private static final Pattern BARE_DOMAIN =
            Pattern.compile("(?i)\\b(?:[a-z0-9-]+\\.)+(?:com|net|org|io|ai|dev|app|co)/\\S*");
    private static final Pattern UUID =
            Pattern.compile("(?i)\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b");
    /** The end of a sentence with the handles that belong to it; not the full stop of an abbreviation. */
    private static final Pattern SENTENCE_END = Pattern.compile(
            "(?<!\\b(?:Inc|Ltd|Corp|Co|Dr|Mr|Mrs|Ms|St|vs|No|approx|e\\.g|i\\.e))[.!?](?:\\s?\\[\\d{1,3}\\])*\\s+(?=[\\p{Lu}\\p{N}\"“*-])");

    private Claims() {}

    /** Plain text: link texts without their targets; no images, tags, addresses and ids. */
    static String plain(String text) {
        String plain = IMAGE.matcher(Wording.keepable(text)).replaceAll("");
        plain = LINK.matcher(plain).replaceAll("$1");
        plain = REFERENCE.matcher(plain).replaceAll("");
        plain = TAG.matcher(plain).replaceAll("");
        plain = URL.matcher(plain).replaceAll("");
        plain = BARE_DOMAIN.matcher(plain).replaceAll("");
        plain = UUID.matcher(plain).replaceAll("");
        return plain.replaceAll("[ \\t]{2,}", " ").strip();
    }

    /**
     * The sentences that refer to evidence; empty if none does. Beside a handle with evidence a sentence may still have
     * one without.
     */
    static String supported(String text, EvidenceLog log) {
        List<String> kept = new ArrayList<>();
        for (String line : text.split("\\R")) {
            if (line.isBlank()) {
                continue;
            }
            List<String> sentences = new ArrayList<>();
            for (String sentence : sentences(line.strip())) {
                if (Handles.any(sentence, log)) {
                    sentences.add(sentence);
                }
            }
            if (!sentences.isEmpty()) {
                kept.add(String.join(" ", sentences));
            }
        }
        return String.join("\n", kept);
    }

    private static List<String> sentences(String line) {
        List<String> sentences = new ArrayList<>();
        Matcher end = SENTENCE_END.matcher(line);
        int from = 0;
        while (end.find()) {
            sentences.add(line.substring(from, end.end()).strip());
            from = end.end();
        }
        sentences.add(line.substring(from));
        return sentences;
    }

    /** Whether the text does nothing but ask. */
    static boolean isQuestion(String text) {
        return text.endsWith("?") && text.length() <= 300 && sentences(text).size() == 1 && !text.contains("\n");
    }
}
