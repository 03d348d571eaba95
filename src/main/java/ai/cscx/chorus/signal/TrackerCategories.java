package ai.cscx.chorus.signal;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.signal.SettingVersions.Kind;
import ai.cscx.chorus.signal.SettingVersions.Version;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which tracker belongs to which category, and which trackers there are; a setting of admins. Thread-safe. */
public final class TrackerCategories {
    private static final Duration NEW_AT_FIRST = Duration.ofDays(30);
    private static final Pattern WORD = Pattern.compile("[\\p{Ll}\\p{N}][\\p{Ll}\\p{N} &_-]{0,39}");
    private static final int LONGEST_NAME = 200;
    private static final int MOST = 1000;
    private static final String REFUSED = "The categories cannot be saved.";

    private final Database database;
    private final Clock clock;

    public TrackerCategories(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A tracker that was heard, or that is mapped.
     *
     * @param category null: it belongs to none
     * @param by admin, source or name: who says so; null: nobody, it waits to be mapped
     * @param isNew first heard after the categories were last set; in the beginning, within 30 days
     * @param firstSeen null until it is heard
     */
    public record Tracker(
            String name,
            @Nullable String category,
            @Nullable String by,
            boolean isNew,
            long calls,
            long mentions,
            @Nullable Instant firstSeen,
            @Nullable Instant lastSeen) {}

    /**
     * What is set and what was heard.
     *
     * @param version 0 as long as nobody set anything
     * @param known categories that count in momentum and health
     * @param trackers those that wait to be mapped first, then by name
     */
    public record Settings(
            int version,
            @Nullable String changedBy,
            @Nullable Instant changedAt,
            List<String> known,
            List<Tracker> trackers) {
        public Settings {
            known = List.copyOf(known);
            trackers = List.copyOf(trackers);
        }
    }

    /**
     * What an admin says.
     *
     * @param category null = to none, on purpose
     */
    public record Mapping(String tracker, @Nullable String category) {}

    /**
     * @throws Failure.Forbidden unless an admin asks
     */
    public Settings get(Asker asker) {
        asker.requireAdmin();
        return database.read(this::settings);
    }

    /**
     * Says which tracker belongs where; those that are left out go as their source or name says. Trackers may be named
     * before they are heard. The same again changes nothing.
     *
     * @param seen the version that the change is made from; null = whatever is there
     * @throws Failure.Forbidden unless an admin asks
     * @throws Failure.Rejected if a mapping makes no sense; all problems at once
     * @throws Failure.Conflict if somebody else set them meanwhile
     */
    public Settings set(Asker asker, List<Mapping> mappings, @Nullable Integer seen) {
        asker.requireAdmin();
        Map<String, String> body = checked(mappings);
        return database.inTransaction(handle -> {
            SettingVersions.add(handle, Kind.CATEGORIES, seen, Json.write(body), asker, clock.instant(), null);
            return settings(handle);
        });
    }

    private static Map<String, String> checked(List<Mapping> mappings) {
        List<Problem> problems = new ArrayList<>();
        if (mappings.size() > MOST) {
            problems.add(new Problem("/mappings", "has at most " + MOST + " entries"));
        }
        Map<String, String> body = new TreeMap<>();
        for (int i = 0; i < mappings.size(); i++) {
            Mapping mapping = mappings.get(i);
            String key = TrackerKey.of(mapping.tracker());
            String category = mapping.category() == null ? "" : Categories.word(mapping.category());
            if (key.isEmpty() || key.length() > LONGEST_NAME) {
                problems.add(new Problem(
                        "/mappings/" + i + "/tracker", "is a tracker's name of 1 to " + LONGEST_NAME + " characters"));
            }
            if (mapping.category() != null && !WORD.matcher(category).matches()) {
                problems.add(new Problem(
                        "/mappings/" + i + "/category",
                        "is a word of 1 to 40 letters, such as " + String.join(", ", Categories.KNOWN)
                                + "; null for none"));
            }
            if (body.put(key, category) != null) {
                problems.add(new Problem("/mappings/" + i + "/tracker", "is there twice; name each tracker once"));
            }
        }
        if (!problems.isEmpty()) {
            throw new Failure.Rejected(REFUSED, problems);
        }
        return body;
    }

    private Settings settings(Handle handle) {
        Optional<Version> version = SettingVersions.newest(handle, Kind.CATEGORIES);
        Categories categories = Categories.load(handle);
        Instant newSince =
                version.map(Version::changedAt).orElse(clock.instant().minus(NEW_AT_FIRST));
        Map<String, String> unheard = new HashMap<>(categories.set());
        List<Tracker> trackers = new ArrayList<>(handle.createQuery("""
                        SELECT t.tracker_key, t.name, t.first_seen, u.calls, u.mentions, u.last_seen FROM chorus_trackers t
                        LEFT JOIN (
                            SELECT h.tracker, count(*) AS calls, sum(h.mentions) AS mentions, max(c.call_date) AS last_seen
                            FROM chorus_calls c
                            JOIN chorus_call_facts f ON f.call_id = c.id AND f.content_hash = c.content_hash
                            CROSS JOIN unnest(f.trackers, f.mentions) AS h(tracker, mentions)
                            GROUP BY h.tracker) u ON u.tracker = t.tracker_key
                        ORDER BY t.tracker_key
                        """)
                .map((row, context) -> {
                    unheard.remove(row.getString("tracker_key"));
                    return tracker(row, categories, newSince);
                })
                .list());
        unheard.forEach((name, category) -> trackers.add(
                new Tracker(name, category.isEmpty() ? null : category, "admin", false, 0, 0, null, null)));
        trackers.sort(java.util.Comparator.comparing((Tracker tracker) -> tracker.by() != null)
                .thenComparing(tracker -> TrackerKey.of(tracker.name())));
        return new Settings(
                version.map(Version::number).orElse(0),
                version.map(Version::changedBy).orElse(null),
                version.map(Version::changedAt).orElse(null),
                Categories.KNOWN,
                trackers);
    }

    private static Tracker tracker(ResultSet row, Categories categories, Instant newSince) throws SQLException {
        String key = row.getString("tracker_key");
        Categories.By by = categories.by(key);
        Timestamp last = row.getTimestamp("last_seen");
        Instant first = row.getTimestamp("first_seen").toInstant();
        return new Tracker(
                row.getString("name"),
                categories.of(key),
                by == null ? null : by.name().toLowerCase(Locale.ROOT),
                first.isAfter(newSince),
                row.getLong("calls"),
                row.getLong("mentions"),
                first,
                last == null ? null : last.toInstant());
    }
}
