package ai.cscx.chorus.sync;

import ai.cscx.chorus.upstream.Dialect;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The dialects that can be spoken, in the order of probing. */
final class Dialects {
    static final List<String> ALL =
            Arrays.stream(Dialect.values()).map(Dialect::word).toList();

    private Dialects() {}

    static List<String> orAll(@Nullable String named) {
        return named == null ? ALL : List.of(named);
    }
}
