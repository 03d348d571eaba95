package ai.cscx.chorus.signal;

import ai.cscx.chorus.store.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Which tracker belongs to which category: as an admin says; else as Chorus says, where the dialect does; else as the
 * tracker's name suggests; else to none. Thread-safe.
 */
final class Categories {
    static final String COMPETITOR = "competitor";
    static final String FEATURE = "feature";
    static final String PRICING = "pricing";
    static final String OBJECTION = "objection";
    static final String RISK = "risk";
    /** Those that mean something to momentum and health; others may be made up. */
    static final List<String> KNOWN = List.of(COMPETITOR, FEATURE, PRICING, OBJECTION, RISK);

    static final Categories NONE = new Categories(Map.of(), Map.of());
    private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};

    /** The first that fits says so. */
    private static final Map<String, Pattern> SUGGESTED = suggested();

    private final Map<String, String> set;
    private final Map<String, String> source;
    /** What was asked already; the empty word = to none. Asked for every call of a portfolio. */
    private final Map<String, String> decided = new ConcurrentHashMap<>();

    /**
     * @param set what an admin says, by tracker key; the empty word = to none, on purpose
     * @param source what Chorus says, by tracker key
     */
    Categories(Map<String, String> set, Map<String, String> source) {
        this.set = Map.copyOf(set);
        this.source = Map.copyOf(source);
    }

    /** What an admin says, by tracker key; the empty word = to none, on purpose. */
    Map<String, String> set() {
        return set;
    }

    /** Who says so. */
    enum By {
        ADMIN,
        SOURCE,
        NAME
    }

    private static Map<String, Pattern> suggested() {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        patterns.put(
                RISK,
                words("risk|churn|cancel\\w*|escalat\\w*|complain\\w*|outages?|incidents?|dissatisf\\w*|unhappy"));
        patterns.put(COMPETITOR, words("compet\\w*|rivals?|alternatives?|battlecards?|vs"));
        patterns.put(OBJECTION, words("objections?|concerns?|push ?back|blockers?|hesitat\\w*|reservations?"));
        patterns.put(PRICING, words("pric\\w*|discounts?|budgets?|costs?|quotes?|payment|commercials?"));
        patterns.put(FEATURE, words("features?|roadmap|requests?|integrations?|apis?|wish ?list|enhancements?"));
        return patterns;
    }

    private static Pattern words(String alternatives) {
        return Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + alternatives + ")(?![\\p{L}\\p{N}])");
    }

    /** Null if to none. */
    @Nullable
    String of(String tracker) {
        String category = decided.computeIfAbsent(tracker, this::decide);
        return category.isEmpty() ? null : category;
    }

    private String decide(String tracker) {
        String said = set.getOrDefault(tracker, source.get(tracker));
        return said == null ? Objects.requireNonNullElse(suggestion(tracker), "") : said;
    }

    /** Null if nobody does. */
    @Nullable
    By by(String tracker) {
        if (set.containsKey(tracker)) {
            return By.ADMIN;
        }
        if (source.containsKey(tracker)) {
            return By.SOURCE;
        }
        return suggestion(tracker) == null ? null : By.NAME;
    }

    static @Nullable String suggestion(String tracker) {
        return SUGGESTED.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(tracker).find())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** Those of these trackers that belong to the category. */
    Set<String> in(String category, Set<String> trackers) {
        return trackers.stream()
                .filter(tracker -> Objects.equals(of(tracker), category))
                .collect(Collectors.toSet());
    }

    /** As a category is written: lower case, no blanks around. */
    static String word(String category) {
        return category.strip().toLowerCase(Locale.ROOT);
    }

    /** What is set now. */
    static Categories load(Handle handle) {
        Map<String, String> source = new HashMap<>();
        handle.createQuery("SELECT tracker_key, source_category FROM chorus_trackers WHERE source_category IS NOT NULL")
                .map((row, context) -> Map.entry(row.getString("tracker_key"), word(row.getString("source_category"))))
                .forEach(entry -> source.put(entry.getKey(), entry.getValue()));
        Map<String, String> set = SettingVersions.newest(handle, SettingVersions.Kind.CATEGORIES)
                .map(version -> Json.read(version.body(), MAP))
                .orElse(Map.of());
        return new Categories(set, source);
    }
}
