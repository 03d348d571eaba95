package ai.cscx.chorus.customer;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** How people write one name in different ways: slips, abbreviations, only the beginning. */
final class Spelling {
    private static final Pattern DOUBLED = Pattern.compile("(.)\\1");
    private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(3);

    private Spelling() {}

    /** Word by word the same or the short for it, and as many words. */
    static boolean abbreviates(List<String> shorter, List<String> longer) {
        if (shorter.size() != longer.size()) {
            return false;
        }
        int same = 0;
        for (int i = 0; i < shorter.size(); i++) {
            String brief = shorter.get(i);
            String whole = longer.get(i);
            if (brief.equals(whole)) {
                same++;
            } else if (brief.length() < 2 || brief.length() > whole.length() - 2 || !standsFor(brief, whole)) {
                return false;
            }
        }
        return same > 0;
    }

    /** The beginning, or consonants in their order, as in {@code mfg}. */
    private static boolean standsFor(String brief, String whole) {
        if (whole.startsWith(brief)) {
            return brief.length() >= 3;
        }
        if (brief.charAt(0) != whole.charAt(0)
                || brief.length() > 5
                || brief.chars().anyMatch(c -> "aeiou".indexOf(c) > 0)) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < brief.length(); i++) {
            at = whole.indexOf(brief.charAt(i), at) + 1;
            if (at == 0) {
                return false;
            }
        }
        return true;
    }

    /** How many letters to mend, or −1 if that is too many for the length, or a digit. */
    static int typos(String given, String name, String digits) {
        int length = Math.min(given.length(), name.length());
        int allowed = length < 5 ? 0 : length < 9 ? 1 : length < 16 ? 2 : 3;
        if (allowed == 0
                || Math.abs(given.length() - name.length()) > allowed
                || !digits(given).equals(digits)) {
            return -1;
        }
        int distance = DISTANCE.apply(given, name);
        // Two letters swapped, or the wrong one doubled where people know that one is.
        if (distance == 2
                && (letters(given).equals(letters(name))
                        || given.length() == name.length() && single(given).equals(single(name)))) {
            return 1;
        }
        return distance <= allowed ? distance : -1;
    }

    static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        text.chars().filter(Character::isDigit).forEach(digits::appendCodePoint);
        return digits.toString();
    }

    private static String single(String text) {
        return DOUBLED.matcher(text).replaceAll("$1");
    }

    private static String letters(String text) {
        char[] letters = text.toCharArray();
        Arrays.sort(letters);
        return new String(letters);
    }

    static boolean begins(List<String> beginning, List<String> whole) {
        return beginning.size() < whole.size()
                && whole.subList(0, beginning.size()).equals(beginning);
    }

    static Set<String> trigrams(String text) {
        Set<String> trigrams = new HashSet<>();
        for (int i = 0; i + 3 <= text.length(); i++) {
            trigrams.add(text.substring(i, i + 3));
        }
        return trigrams;
    }
}
