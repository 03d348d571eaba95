package ai.cscx.chorus.simulator;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query of a request. Names that nobody asks for are never looked at, as in Chorus. */
record Query(Map<String, String> values) {
    Query {
        values = Map.copyOf(values);
    }

    static Query of(URI uri) {
        String raw = uri.getRawQuery();
        return ofForm(raw == null ? "" : raw);
    }

    /** Also the body of a form. */
    static Query ofForm(String raw) {
        var values = new HashMap<String, String>();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return new Query(values);
    }

    /** Null if it is absent or blank. */
    @Nullable
    String text(String name) {
        String value = values.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    boolean flag(String name) {
        return "true".equalsIgnoreCase(text(name));
    }

    List<String> list(String name) {
        String value = text(name);
        return value == null ? List.of() : List.of(value.split(",", -1));
    }

    @Nullable
    Instant instant(String name) throws BadValue {
        String value = text(name);
        try {
            return value == null ? null : OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException wrong) {
            throw new BadValue(name, "Value is not a valid date-time.", wrong);
        }
    }

    @Nullable
    Double number(String name) throws BadValue {
        String value = text(name);
        try {
            return value == null ? null : Double.valueOf(value);
        } catch (NumberFormatException wrong) {
            throw new BadValue(name, "Value is not a number.", wrong);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A parameter that cannot be read. */
    static final class BadValue extends Exception {
        private static final long serialVersionUID = 1L;
        private final String parameter;

        BadValue(String parameter, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.parameter = parameter;
        }

        String parameter() {
            return parameter;
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }
}
