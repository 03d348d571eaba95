package ai.cscx.chorus.chaos;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A sentence that nobody else says: a word to look for, and a secret that only who holds the sentence knows. */
final class Planted {
    private static final Pattern WORD = Pattern.compile("zzq[0-9a-f]{12}");

    private Planted() {}

    static String sentence(long number) {
        String word = "zzq%012x".formatted(number & 0xffff_ffff_ffffL);
        return "Our code word is " + word + " and the safe opens with " + secretOf(word) + ".";
    }

    static @Nullable String wordIn(String text) {
        Matcher matcher = WORD.matcher(text);
        return matcher.find() ? matcher.group() : null;
    }

    static String secretOf(String word) {
        return "kkw" + new StringBuilder(word.substring(3)).reverse();
    }
}
