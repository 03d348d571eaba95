package ai.cscx.chorus.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The WHERE clause of one query: trusted conditions joined by AND, with the arguments to bind by name. Not thread-safe. */
public final class Conditions {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> arguments = new HashMap<>();

    public void and(String condition, Map<String, ?> values) {
        conditions.add(condition);
        arguments.putAll(values);
    }

    /** Begins with a blank and WHERE. */
    public String sql() {
        return " WHERE " + String.join(" AND ", conditions);
    }

    public Map<String, Object> arguments() {
        return arguments;
    }

    /** The LIKE pattern of texts that contain this one, for a column in lower case. */
    public static String containing(String part) {
        String plain = part.strip().toLowerCase(Locale.ROOT);
        return "%" + plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
