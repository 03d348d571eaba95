package ai.cscx.chorus.search;

import ai.cscx.chorus.base.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody typed into the search box, read. Only whitespace, {@code "} and a leading {@code -} mean anything;
 * every other character is part of a word.
 *
 * @param words that the passage is about, without those that questions are made of, each once; the first 48, fewer
 *     where the index takes one for several
 * @param phrases that it must hold as they are
 * @param without words and phrases that it must not hold
 * @param text the question as a model reads it: everything but what it must not hold
 */
record Question(List<String> words, List<String> phrases, List<String> without, String text) {
    static final int MAX_LENGTH = 1_000;
    /** OpenSearch refuses queries of more than 1,024 parts; each word takes up to twenty. What is beyond adds little. */
    private static final int MAX_WORDS = 48;
    /** What the index may take for a word: scripts without spaces and pictures are words character by character. */
    private static final String ALONE =
            "\\p{So}\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}";

    private static final Pattern WORD = Pattern.compile("[" + ALONE + "]|[\\p{L}\\p{N}\\p{M}&&[^" + ALONE + "]]+");

    private static final Pattern CURLY_QUOTES = Pattern.compile("[\u201c\u201d\u201e\u00ab\u00bb]");
    private static final Pattern EDGES = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$");

    /** What English questions are made of, and what is in every sentence of a call anyway. */
    private static final Set<String> EMPTY_WORDS =
            Set.copyOf(List.of("""
            a an and are as at be but by for if in into is it no not of on or such that the their then there these
            they this to was will with
            what who whom whose when where why which how what's who's did do does done doing has have had having can
            could would should shall may might must am were been being i me my we us our you your he him his she her
            its them those about any anyone anybody anything some someone somebody something from so than also just
            please tell show find give list search say says said saying mention mentions mentioned talk talks talked
            talking speak spoke discuss discussed discussion discussions summarize summarise summary think thinks thought
            thoughts opinion opinions feel felt feels regarding concerning according during participants everyone
            group team people member members participant meeting meetings decide decided decision agree agreed agreement
            suggest suggested conclude conclusion towards toward
            """.strip().split("\\s+")));

    Question {
        words = List.copyOf(words);
        phrases = List.copyOf(phrases);
        without = List.copyOf(without);
    }

    /**
     * @throws Failure.Malformed if it is too long or names nothing to look for
     */
    static Question parse(String q) {
        if (q.length() > MAX_LENGTH) {
            throw new Failure.Malformed("The question has more than 1,000 characters; shorten it to what matters.");
        }
        List<String> words = new ArrayList<>();
        List<String> phrases = new ArrayList<>();
        List<String> without = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        String text = CURLY_QUOTES.matcher(Marks.clean(q)).replaceAll("\"");
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at)) || Character.isSpaceChar(text.charAt(at))) {
                at++;
                continue;
            }
            int begin = at;
            while (at < text.length() && text.charAt(at) == '-') {
                at++;
            }
            boolean not = at > begin;
            int close = at < text.length() && text.charAt(at) == '"' ? text.indexOf('"', at + 1) : -1;
            int end = close >= 0 ? close : endOfWord(text, at);
            int from = at < text.length() && text.charAt(at) == '"' ? at + 1 : at;
            String term = text.substring(Math.min(from, end), end).strip();
            at = Math.max(close >= 0 ? close + 1 : end, begin + 1);
            if (!hasWord(term)) {
                continue;
            }
            (not ? without : close >= 0 ? phrases : words).add(term);
            if (!not) {
                asked.add(term);
            }
        }
        return meaningful(words, phrases, without, String.join(" ", asked));
    }

    private static Question meaningful(List<String> words, List<String> phrases, List<String> without, String text) {
        if (words.isEmpty() && phrases.isEmpty()) {
            throw new Failure.Malformed(
                    without.isEmpty()
                            ? "The question has no words; say in q what to look for."
                            : "The question only says what to leave out; say in q what to look for, too.");
        }
        List<String> topics = first(words.stream()
                .filter(word -> !EMPTY_WORDS.contains(bare(word)))
                .distinct()
                .toList());
        if (topics.isEmpty() && phrases.isEmpty()) {
            // Nothing but little words: only the very sequence of them means anything.
            return new Question(List.of(), List.of(String.join(" ", words)), without, text);
        }
        return new Question(topics, phrases, without, text);
    }

    /** So many as fit into a query; one that is too long by itself is cut. */
    private static List<String> first(List<String> words) {
        List<String> first = new ArrayList<>();
        int left = MAX_WORDS;
        for (String word : words) {
            Matcher part = WORD.matcher(word);
            int end = 0;
            while (left > 0 && part.find()) {
                end = part.end();
                left--;
            }
            if (end > 0) {
                first.add(left == 0 ? word.substring(0, end) : word);
            }
        }
        return first;
    }

    /** A word ends before whitespace or a quote that begins a phrase; the quote at its own beginning is skipped. */
    private static int endOfWord(String text, int from) {
        int at = from < text.length() && text.charAt(from) == '"' ? from + 1 : from;
        while (at < text.length()
                && text.charAt(at) != '"'
                && !Character.isWhitespace(text.charAt(at))
                && !Character.isSpaceChar(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static String bare(String word) {
        return EDGES.matcher(word.toLowerCase(Locale.ROOT).replace('\u2019', '\''))
                .replaceAll("");
    }

    /** Letters and digits make words, and so does a picture such as an emoji. */
    private static boolean hasWord(String term) {
        return term.codePoints()
                .anyMatch(character ->
                        Character.isLetterOrDigit(character) || Character.getType(character) == Character.OTHER_SYMBOL);
    }
}
