package ai.cscx.chorus.sync;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Small conversions of foreign fields that both dialects need. */
final class Texts {
    /** The column for seconds is no wider. */
    private static final double LONGEST_SECONDS = Integer.MAX_VALUE;

    private Texts() {}

    /** The first that is not null or blank, stripped. */
    static @Nullable String first(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null && !candidate.isBlank()) {
                return candidate.strip();
            }
        }
        return null;
    }

    /** The first list that holds something. */
    static <T> List<T> first(@Nullable List<T> one, @Nullable List<T> other) {
        if (one != null && !one.isEmpty()) {
            return one;
        }
        return other == null ? List.of() : other;
    }

    static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    /** Untrusted text: line breaks stay line breaks, all other markup goes. */
    static @Nullable String plain(@Nullable String marked) {
        if (marked == null) {
            return null;
        }
        return first(
                marked.replace("\0", "").replaceAll("(?i)<br\\s*/?>", "\n").replaceAll("</?[A-Za-z!][^>]{0,200}>", ""));
    }

    /** For telling whether two texts are the same but for case and punctuation. */
    static String normalised(String words) {
        return words.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }

    /** Seconds as integer milliseconds; 0 where nothing sensible is said. */
    static long millis(@Nullable Double seconds) {
        return seconds == null || !(seconds >= 0 && seconds <= LONGEST_SECONDS) ? 0 : Math.round(seconds * 1000);
    }
}
