package ai.cscx.chorus.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;

/**
 * The place after which the next page begins, as opaque text: the sort keys of the last item seen (keyset paging), so
 * that calls which arrive meanwhile neither repeat nor hide an item. It names its ordering; a cursor of another one is
 * refused.
 */
public record Cursor(String ordering, List<String> keys) {
    private static final String SEPARATOR = "\u001f";

    public Cursor {
        keys = List.copyOf(keys);
    }

    public String encode() {
        String plain = ordering + SEPARATOR + String.join(SEPARATOR, keys);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(UTF_8));
    }

    /**
     * @throws Failure.Malformed unless the text was made by {@link #encode} for this ordering with this many keys
     */
    public static Cursor decode(String text, String ordering, int keys) {
        String plain;
        try {
            plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new Failure.Malformed("The cursor is damaged; start again without one.", notBase64);
        }
        List<String> parts = List.of(plain.split(SEPARATOR, -1));
        if (parts.size() != keys + 1 || !parts.getFirst().equals(ordering)) {
            throw new Failure.Malformed("The cursor belongs to another list or sort order; start again without one.");
        }
        return new Cursor(ordering, parts.subList(1, parts.size()));
    }
}
