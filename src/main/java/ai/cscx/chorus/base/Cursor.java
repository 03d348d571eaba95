package ai.cscx.chorus.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The place after which the next page begins, as opaque text: the sort keys of the last item seen (keyset paging), so
 * that calls which arrive meanwhile neither repeat nor hide an item. It names its ordering; a cursor of another one is
 * refused.
 */
public record Cursor(String ordering, List<String> keys) {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
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
            throw damaged(notBase64);
        }
        if (plain.indexOf('\0') >= 0) {
            throw damaged(null);
        }
        List<String> parts = List.of(plain.split(SEPARATOR, -1));
        if (parts.size() != keys + 1 || !parts.getFirst().equals(ordering)) {
            throw new Failure.Malformed("The cursor belongs to another list or sort order; start again without one.");
        }
        return new Cursor(ordering, parts.subList(1, parts.size()));
    }

    /**
     * A key that is an instant.
     *
     * @throws Failure.Malformed if it is none, or none that a calendar of ours could hold
     */
    public Instant instant(int key) {
        try {
            Instant instant = Instant.parse(keys.get(key));
            if (instant.isAfter(EARLIEST) && instant.isBefore(LATEST)) {
                return instant;
            }
        } catch (DateTimeException forged) {
            throw damaged(forged);
        }
        throw damaged(null);
    }

    /**
     * A key that is a UUID.
     *
     * @throws Failure.Malformed if it is none
     */
    public UUID uuid(int key) {
        try {
            return UUID.fromString(keys.get(key));
        } catch (IllegalArgumentException forged) {
            throw damaged(forged);
        }
    }

    /**
     * A key that is a whole number.
     *
     * @throws Failure.Malformed if it is none
     */
    public long number(int key) {
        try {
            return Long.parseLong(keys.get(key));
        } catch (NumberFormatException forged) {
            throw damaged(forged);
        }
    }

    private static Failure.Malformed damaged(@Nullable Throwable cause) {
        String advice = "The cursor is damaged; start again without one.";
        return cause == null ? new Failure.Malformed(advice) : new Failure.Malformed(advice, cause);
    }
}
