package ai.cscx.chorus.date;

import java.text.Normalizer;
import java.util.Locale;

/** Text without case and accents, character for character: what is at an index in one is at that index in the other. */
public final class Folding {
    private Folding() {}

    /** Composes accents and straightens quotes and dashes, so that {@link #fold} keeps every index. */
    public static String tidy(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder tidy = new StringBuilder(composed.length());
        for (int i = 0; i < composed.length(); i++) {
            tidy.append(tidy(composed.charAt(i)));
        }
        return tidy.toString();
    }

    private static char tidy(char c) {
        return switch (c) {
            case '\u2018', '\u2019', '\u02bc', '\u00b4', '`' -> '\'';
            case '\u201c', '\u201d', '\u201e', '\u00ab', '\u00bb' -> '"';
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212' -> '-';
            case '\u00a0', '\u202f', '\t', '\n', '\r' -> ' ';
            default -> Character.isISOControl(c) ? ' ' : c;
        };
    }

    public static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            folded.append(c < 0x80 ? Character.toLowerCase(c) : base(c));
        }
        return folded.toString();
    }

    private static char base(char c) {
        if (c == '\u00df') {
            return 's';
        }
        if (c == '\u00f8' || c == '\u00d8') {
            return 'o';
        }
        if (c == '\u0142' || c == '\u0141') {
            return 'l';
        }
        String lower = String.valueOf(c).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(lower, Normalizer.Form.NFD).charAt(0);
    }
}
