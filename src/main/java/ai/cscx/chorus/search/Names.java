package ai.cscx.chorus.search;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** People's names as they are compared: without regard to case, accents and spacing. */
final class Names {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private Names() {}

    static String key(String name) {
        String plain = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return SPACES.matcher(plain).replaceAll(" ").strip();
    }

    /** What a person answers to: the full name and the first name. */
    static List<String> keys(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return List.of();
        }
        String full = key(name);
        return Stream.of(full, full.split(" ")[0]).distinct().toList();
    }
}
