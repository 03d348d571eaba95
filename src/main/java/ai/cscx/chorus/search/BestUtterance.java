package ai.cscx.chorus.search;

import ai.cscx.chorus.search.Marks.Marked;
import ai.cscx.chorus.search.Marks.Span;
import ai.cscx.chorus.search.PassageDocument.Spoken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The utterance of a passage that answers best: the one with the most different words of the question, the earlier one
 * if two have as many; the longest if none has any.
 *
 * @param spans what was found in it
 */
record BestUtterance(Spoken utterance, List<Span> spans) {
    /** Endings that one word takes on in a sentence; enough to count "price" and "prices" as one. */
    private static final Pattern ENDING = Pattern.compile("(?:['\u2019]s|ings?|ed|es|s|e)$");

    BestUtterance {
        spans = List.copyOf(spans);
    }

    /**
     * @param fragments whole utterances with marks, a list for each field that was searched, each in the order of the
     *     passage; utterances without marks are left out
     * @return empty if no utterance is eligible
     */
    static Optional<BestUtterance> of(
            PassageDocument passage, Collection<List<String>> fragments, Predicate<Spoken> eligible) {
        List<Spoken> utterances = passage.spoken();
        List<List<Span>> spans = new ArrayList<>();
        int[] distinct = new int[utterances.size()];
        utterances.forEach(utterance -> spans.add(new ArrayList<>()));
        for (List<String> field : fragments) {
            int next = 0;
            for (String fragment : field) {
                Marked marked = Marks.read(fragment);
                int at = find(marked.text(), utterances, next);
                if (at < 0) {
                    continue;
                }
                int indent = indent(utterances.get(at).text()) - indent(marked.text());
                marked.spans().forEach(span -> spans.get(at).add(new Span(span.begin() + indent, span.end() + indent)));
                distinct[at] += distinct(marked);
                next = at + 1;
            }
        }
        int best = -1;
        for (int i = 0; i < distinct.length; i++) {
            if (eligible.test(utterances.get(i))
                    && (best < 0
                            || distinct[i] > distinct[best]
                            || (distinct[best] == 0 && isLonger(utterances, i, best)))) {
                best = i;
            }
        }
        return best < 0 ? Optional.empty() : Optional.of(new BestUtterance(utterances.get(best), spans.get(best)));
    }

    String html() {
        return Marks.html(utterance.text(), spans);
    }

    private static boolean isLonger(List<Spoken> utterances, int one, int other) {
        return utterances.get(one).text().length()
                > utterances.get(other).text().length();
    }

    /** OpenSearch trims what it marks. */
    private static int find(String text, List<Spoken> utterances, int from) {
        for (int i = from; i < utterances.size(); i++) {
            if (utterances.get(i).text().trim().equals(text.trim())) {
                return i;
            }
        }
        return -1;
    }

    private static int indent(String text) {
        int indent = 0;
        while (indent < text.length() && text.charAt(indent) <= ' ') {
            indent++;
        }
        return indent;
    }

    private static int distinct(Marked marked) {
        Set<String> words = new HashSet<>();
        for (Span span : marked.spans()) {
            String word = marked.text().substring(span.begin(), span.end()).toLowerCase(Locale.ROOT);
            words.add(ENDING.matcher(word).replaceFirst(""));
        }
        return words.size();
    }
}
