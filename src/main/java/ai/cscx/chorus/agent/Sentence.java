package ai.cscx.chorus.agent;

import ai.cscx.chorus.date.Folding;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message as words, with what they lose by folding: capitals, quotes, possessives.
 *
 * @param text tidied, without the address of the bot in front
 */
record Sentence(String text, List<Word> words) {
    private static final Pattern ADDRESS = Pattern.compile(
            "^(?:\\s*(?:<@[^>]*>|@[\\w.-]+|(?:hey|hi|ok|hello)[ ,]+(?=<@|@))[,:;]?)+\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK = Pattern.compile("<(?:mailto:|tel:|https?://)[^>|]*\\|([^>]*)>");
    private static final Pattern BARE_LINK = Pattern.compile("<(?:mailto:)?([^<>\\s]+)>");
    private static final Pattern WORD = Pattern.compile(
            "[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+|[\\p{L}\\p{N}]+(?:'(?!s\\b)\\p{L}+)*|&");
    private static final Pattern QUOTE =
            Pattern.compile("\"([^\"]+)\"|(?<![\\p{L}\\p{N}])'([^']{2,})'(?![\\p{L}\\p{N}])");

    /**
     * One word.
     *
     * @param folded without case, accents and apostrophes; "&amp;" is "and"
     * @param possessive ends on 's, which is not part of it
     */
    record Word(
            String folded, int start, int end, boolean capital, boolean shouting, boolean possessive, boolean quoted) {}

    static Sentence of(String typed) {
        String text = Folding.tidy(typed);
        text = LINK.matcher(text).replaceAll("$1");
        text = ADDRESS.matcher(text).replaceFirst("");
        text = BARE_LINK.matcher(text).replaceAll("$1").replace("*", " ").strip();
        return new Sentence(text, cut(text));
    }

    private static List<Word> cut(String text) {
        String folded = Folding.fold(text);
        List<int[]> quotes = quotes(text);
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(folded);
        while (matcher.find()) {
            int start = matcher.start();
            int end = matcher.end();
            boolean possessive =
                    folded.startsWith("'s", end) || folded.startsWith("'", end) && folded.charAt(end - 1) == 's';
            if (matcher.group().equals("s") && start > 0 && folded.charAt(start - 1) == '\'') {
                continue;
            }
            String raw = text.substring(start, end);
            boolean quoted = quotes.stream().anyMatch(quote -> quote[0] <= start && end <= quote[1]);
            boolean shouting = raw.length() > 1 && raw.equals(raw.toUpperCase(java.util.Locale.ROOT));
            words.add(new Word(
                    matcher.group().equals("&") ? "and" : matcher.group().replace("'", ""),
                    start,
                    end,
                    Character.isUpperCase(raw.charAt(0)),
                    shouting,
                    possessive && !quoted,
                    quoted));
        }
        return List.copyOf(words);
    }

    private static List<int[]> quotes(String text) {
        List<int[]> quotes = new ArrayList<>();
        Matcher matcher = QUOTE.matcher(text);
        while (matcher.find()) {
            quotes.add(new int[] {matcher.start(), matcher.end()});
        }
        return quotes;
    }

    /** What the words from {@code first} to before {@code after} look like as typed. */
    String typed(int first, int after) {
        return text.substring(words.get(first).start, words.get(after - 1).end);
    }

    Word word(int index) {
        return words.get(index);
    }

    String folded(int index) {
        return index < 0 || index >= words.size() ? "" : words.get(index).folded;
    }

    int size() {
        return words.size();
    }

    /** Whether capitals say something: not when everything, or nothing but the first word, has them. */
    boolean capitalsMean(int index) {
        Word word = words.get(index);
        if (!word.capital || index == 0) {
            return false;
        }
        return words.stream()
                .anyMatch(other -> !other.capital && !other.quoted && Character.isLetter(other.folded.charAt(0)));
    }
}
