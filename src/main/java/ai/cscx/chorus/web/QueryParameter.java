package ai.cscx.chorus.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query parameter that a route takes. The same list refuses unknown parameters and describes the known ones.
 *
 * @param type JSON Schema type
 * @param format JSON Schema format
 * @param words the only values; empty = any
 */
record QueryParameter(
        String name,
        String description,
        boolean required,
        String type,
        @Nullable String format,
        List<String> words) {
    static final QueryParameter CUSTOMER = id("customerId", "Only of this customer");
    static final QueryParameter FROM =
            text("from", "A day (2026-10-23, in the asker's time zone) or an instant (2026-10-23T09:00:00Z)");
    static final QueryParameter TO = text("to", "A day, which is included, or an instant, which is not");
    static final QueryParameter LIMIT = new QueryParameter(
            "limit", "How many at most: 1 to 200, 50 if left out", false, "integer", null, List.of());
    static final QueryParameter CURSOR = text("cursor", "The nextCursor of the page before");

    QueryParameter {
        words = List.copyOf(words);
    }

    static QueryParameter text(String name, String description) {
        return new QueryParameter(name, description, false, "string", null, List.of());
    }

    static QueryParameter id(String name, String description) {
        return new QueryParameter(name, description, false, "string", "uuid", List.of());
    }

    static QueryParameter day(String name, String description) {
        return new QueryParameter(name, description, false, "string", "date", List.of());
    }

    static QueryParameter number(String name, String description) {
        return new QueryParameter(name, description, false, "number", null, List.of());
    }

    static QueryParameter whole(String name, String description) {
        return new QueryParameter(name, description, false, "integer", null, List.of());
    }

    static QueryParameter flag(String name, String description) {
        return new QueryParameter(name, description, false, "boolean", null, List.of());
    }

    static QueryParameter oneOf(String name, String description, List<String> words) {
        return new QueryParameter(name, description, false, "string", null, words);
    }

    QueryParameter must() {
        return new QueryParameter(name, description, true, type, format, words);
    }
}
