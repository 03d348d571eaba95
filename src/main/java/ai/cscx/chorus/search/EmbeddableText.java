package ai.cscx.chorus.search;

import java.util.List;
import java.util.regex.Pattern;

/** Texts as every embedding model takes them: models refuse what has nothing to read. */
final class EmbeddableText {
    private static final Pattern UNREADABLE = Pattern.compile("[\\p{C}\\uFFFD\\s]+");
    private static final Pattern READABLE = Pattern.compile("[\\p{L}\\p{N}\\p{P}\\p{S}]");
    private static final String NOTHING_SAID = ".";

    private EmbeddableText() {}

    static List<String> all(List<String> texts) {
        return texts.stream().map(EmbeddableText::of).toList();
    }

    static String of(String text) {
        String clean = UNREADABLE.matcher(text).replaceAll(" ").strip();
        return READABLE.matcher(clean).find() ? clean : NOTHING_SAID;
    }
}
