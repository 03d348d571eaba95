package ai.cscx.chorus.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ids in a webhook's body that may be those of calls. Nobody knows what Chorus sends, so whatever is called like a
 * call's id counts, wherever it stands; nothing else of the body is kept.
 */
final class WebhookIds {
    static final int MOST = 100;
    private static final int DEEPEST = 32;
    private static final Set<String> CALLS = Set.of("engagement_id", "call_id", "conversation_id", "recording_id");
    private static final String ANYTHING = "id";
    /** Visible ASCII; no dots alone, which a URL would take for a way up. */
    private static final Pattern SANE = Pattern.compile("(?!\\.{1,2}$)[\\x21-\\x7e]{1,200}");

    private static final JsonFactory JSON = new JsonFactory();

    private WebhookIds() {}

    /** Those of calls first; empty if there are none or it is no JSON. */
    static List<String> in(byte[] body) {
        Set<String> calls = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        try (JsonParser parser = JSON.createParser(body)) {
            String name = null;
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                    name = token == JsonToken.START_OBJECT ? null : name;
                } else if (token.isStructEnd()) {
                    depth--;
                    name = null;
                } else if (token == JsonToken.FIELD_NAME) {
                    name = parser.currentName();
                } else if (depth <= DEEPEST && isText(token)) {
                    keep(name, parser.getText(), calls, others);
                }
            }
        } catch (IOException noJson) {
            return List.of();
        }
        return Stream.concat(calls.stream(), others.stream())
                .distinct()
                .limit(MOST)
                .toList();
    }

    private static boolean isText(JsonToken token) {
        return token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
    }

    private static void keep(@Nullable String name, String value, Set<String> calls, Set<String> others) {
        if (name == null || !SANE.matcher(value).matches()) {
            return;
        }
        if (CALLS.contains(name)) {
            calls.add(value);
        } else if (name.equals(ANYTHING)) {
            others.add(value);
        }
    }
}
