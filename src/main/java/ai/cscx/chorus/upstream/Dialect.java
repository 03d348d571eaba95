package ai.cscx.chorus.upstream;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a Chorus speaks. In the order of probing. */
public enum Dialect {
    /** The published API: {@code /v3/engagements} and {@code /api/v1/conversations/{id}}. Lists newest first. */
    ENGAGEMENTS(1, false),
    /** The requirement document's API: {@code /api/v1/calls…}. Lists oldest first. */
    CALLS(3, true);

    private final int requestsPerCall;
    private final boolean oldestFirst;

    Dialect(int requestsPerCall, boolean oldestFirst) {
        this.requestsPerCall = requestsPerCall;
        this.oldestFirst = oldestFirst;
    }

    /** How many requests it takes to read one call whole. */
    public int requestsPerCall() {
        return requestsPerCall;
    }

    /** The order in which calls are listed. */
    public boolean oldestFirst() {
        return oldestFirst;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of this word, none if there is none; of null, all, in the order of probing. */
    public static List<Dialect> named(@Nullable String word) {
        return Arrays.stream(values())
                .filter(dialect -> word == null || dialect.word().equals(word))
                .toList();
    }

    /** The dialect of this word; null if there is none. */
    public static @Nullable Dialect of(String word) {
        return named(word).stream().findFirst().orElse(null);
    }
}
