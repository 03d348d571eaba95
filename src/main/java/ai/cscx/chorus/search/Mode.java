package ai.cscx.chorus.search;

import java.util.Locale;

/** How passages are found; sent in lower case. */
public enum Mode {
    /** By the words themselves and their inflections. */
    LEXICAL,
    /** By meaning. */
    SEMANTIC,
    /** By both; the answer says which of them took part. */
    HYBRID;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
