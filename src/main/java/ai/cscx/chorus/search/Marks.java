package ai.cscx.chorus.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The marks that OpenSearch puts around what it found: two private-use characters that no indexed text holds, so that
 * nothing anybody said can pass for a mark.
 */
final class Marks {
    static final String BEGIN = "\uE000";
    static final String END = "\uE001";

    private Marks() {}

    /** A found stretch of a text, from {@code begin} (inclusive) to {@code end} (exclusive). */
    record Span(int begin, int end) {}

    /** A text without its marks, and where they were. */
    record Marked(String text, List<Span> spans) {}

    /** The text as it may be indexed: without mark characters, NUL and halves of surrogate pairs. */
    static String clean(String text) {
        String whole = new String(text.getBytes(UTF_8), UTF_8);
        return whole.replace(BEGIN, "").replace(END, "").replace("\0", "");
    }

    static @Nullable String cleanOrNull(@Nullable String text) {
        return text == null ? null : clean(text);
    }

    static Marked read(String fragment) {
        StringBuilder text = new StringBuilder(fragment.length());
        List<Span> spans = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < fragment.length(); i++) {
            char character = fragment.charAt(i);
            if (character == BEGIN.charAt(0)) {
                begin = text.length();
            } else if (character == END.charAt(0)) {
                spans.add(new Span(begin, text.length()));
            } else {
                text.append(character);
            }
        }
        return new Marked(text.toString(), spans);
    }

    /** The text as HTML in which {@code <mark>} around the spans is the only markup. Spans in any order may overlap. */
    static String html(String text, List<Span> spans) {
        boolean[] marked = new boolean[text.length()];
        for (Span span : spans) {
            for (int i = Math.max(0, span.begin()); i < Math.min(span.end(), marked.length); i++) {
                marked[i] = true;
            }
        }
        StringBuilder html = new StringBuilder(text.length() + 32);
        boolean inside = false;
        for (int i = 0; i < marked.length; i++) {
            if (marked[i] != inside) {
                html.append(inside ? "</mark>" : "<mark>");
                inside = marked[i];
            }
            escape(text.charAt(i), html);
        }
        return html.append(inside ? "</mark>" : "").toString();
    }

    private static void escape(char character, StringBuilder html) {
        switch (character) {
            case '&' -> html.append("&amp;");
            case '<' -> html.append("&lt;");
            case '>' -> html.append("&gt;");
            case '"' -> html.append("&quot;");
            case '\'' -> html.append("&#39;");
            default -> html.append(character);
        }
    }
}
