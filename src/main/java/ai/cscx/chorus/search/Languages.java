package ai.cscx.chorus.search;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The languages, other than English, whose words the index knows the forms of. Each has a field of its own in
 * {@code passages.json}, with the analyzer that OpenSearch brings for it.
 */
final class Languages {
    /** ISO 639-1 codes. */
    static final List<String> ALL = List.of(
            "ar", "bg", "ca", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "hi", "hu", "id", "it", "ja", "ko", "nl",
            "no", "pt", "ro", "ru", "sv", "th", "tr", "zh");

    private Languages() {}

    /**
     * @param tag what Chorus calls the language: {@code de}, {@code de-AT}, {@code pt_BR}
     * @return its code in {@link #ALL}; null if it is English, unknown or not one of these, which are read as English
     */
    static @Nullable String of(@Nullable String tag) {
        if (tag == null) {
            return null;
        }
        String code = Locale.forLanguageTag(tag.strip().replace('_', '-')).getLanguage();
        String known = code.equals("nb") || code.equals("nn") ? "no" : code;
        return ALL.contains(known) ? known : null;
    }

    static String field(String code) {
        return "native." + code;
    }
}
