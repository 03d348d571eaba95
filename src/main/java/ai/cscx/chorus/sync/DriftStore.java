package ai.cscx.chorus.sync;

import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.sync.Drift.MissingField;
import ai.cscx.chorus.sync.Drift.NewField;
import ai.cscx.chorus.sync.Drift.NewWord;
import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The rows of {@link Drift}: findings of all instances together. */
final class DriftStore {
    static final int MOST = 1_000;
    /** Fewer absences in a row say nothing. */
    private static final int FEWEST_ABSENCES = 20;
    /** A field that comes in one answer of n is missing after this many times n without it. */
    private static final int TIMES_EXPECTED = 10;

    private final Database database;

    DriftStore(Database database) {
        this.database = database;
    }

    /**
     * @param word null for a field, empty for values that are not shown
     */
    record NewsKey(
            Dialect dialect,
            Part part,
            String path,
            @Nullable String word) implements Comparable<NewsKey> {
        private static final Comparator<NewsKey> ORDER = Comparator.comparing(NewsKey::dialect)
                .thenComparing(NewsKey::part)
                .thenComparing(NewsKey::path)
                .thenComparing(key -> key.word() == null ? "" : "=" + key.word());

        @Override
        public int compareTo(NewsKey other) {
            return ORDER.compare(this, other);
        }
    }

    record News(long count, Instant firstAt, Instant lastAt) {
        News and(News later) {
            return new News(count + later.count, firstAt, later.lastAt);
        }
    }

    record PresenceKey(Dialect dialect, Part part, String path) implements Comparable<PresenceKey> {
        private static final Comparator<PresenceKey> ORDER = Comparator.comparing(PresenceKey::dialect)
                .thenComparing(PresenceKey::part)
                .thenComparing(PresenceKey::path);

        @Override
        public int compareTo(PresenceKey other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * How a known field came in some answers in a row.
     *
     * @param chances answers that could have had it
     * @param absent the last so many did not
     * @param absentSince when the first of those came
     * @param lastAt when the last one with it came
     */
    record Presence(
            long chances,
            long seen,
            long absent,
            @Nullable Instant absentSince,
            @Nullable Instant lastAt) {
        static Presence once(boolean present, Instant now) {
            return present ? new Presence(1, 1, 0, null, now) : new Presence(1, 0, 1, now, null);
        }

        Presence then(Presence later) {
            boolean came = later.seen > 0;
            return new Presence(
                    chances + later.chances,
                    seen + later.seen,
                    came ? later.absent : absent + later.absent,
                    came || absentSince == null ? later.absentSince : absentSince,
                    later.lastAt == null ? lastAt : later.lastAt);
        }
    }

    record Findings(Map<NewsKey, News> news, Map<PresenceKey, Presence> presence, long more) {
        boolean isEmpty() {
            return news.isEmpty() && presence.isEmpty() && more == 0;
        }
    }

    /** All findings that have a row. */
    Set<NewsKey> keys() {
        return database.read(handle -> new HashSet<>(handle.createQuery("SELECT * FROM chorus_drift_news")
                .map((row, context) -> new NewsKey(
                        Dialect.valueOf(row.getString("dialect").toUpperCase(Locale.ROOT)),
                        Part.valueOf(row.getString("part").toUpperCase(Locale.ROOT)),
                        row.getString("path"),
                        row.getString("word")))
                .list()));
    }

    /** In one transaction, one instance after the other. */
    void add(Findings findings) {
        database.transact(handle -> {
            handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended('chorus-drift', 0))::text")
                    .mapTo(String.class)
                    .one();
            long left = addNews(handle, findings.news());
            if (left + findings.more() > 0) {
                handle.createUpdate("""
                                INSERT INTO chorus_drift_more (count) VALUES (:more)
                                ON CONFLICT (id) DO UPDATE SET count = chorus_drift_more.count + excluded.count
                                """).bind("more", left + findings.more()).execute();
            }
            addPresence(handle, findings.presence());
        });
    }

    Drift.Report read() {
        return database.read(handle -> {
            List<NewField> fields = new ArrayList<>();
            List<NewWord> words = new ArrayList<>();
            handle.createQuery("SELECT * FROM chorus_drift_news ORDER BY dialect, part, path, word")
                    .map((row, context) -> {
                        if (row.getString("word") == null) {
                            fields.add(field(row));
                        } else {
                            words.add(word(row));
                        }
                        return row.getString("path");
                    })
                    .list();
            List<MissingField> missing = handle.createQuery("""
                            SELECT * FROM chorus_drift_fields
                            WHERE seen > 0 AND absent >= greatest(:fewest, :times * (chances - absent) / seen)
                            ORDER BY dialect, part, path
                            """)
                    .bind("fewest", FEWEST_ABSENCES)
                    .bind("times", TIMES_EXPECTED)
                    .map((row, context) -> new MissingField(
                            row.getString("dialect"),
                            row.getString("part"),
                            row.getString("path"),
                            at(row, "absent_since"),
                            at(row, "last_at")))
                    .list();
            long more = handle.createQuery("SELECT COALESCE(sum(count), 0) FROM chorus_drift_more")
                    .mapTo(Long.class)
                    .one();
            return new Drift.Report(fields, words, missing, more);
        });
    }

    /** Returns what found no room. */
    private static long addNews(Handle handle, Map<NewsKey, News> news) {
        int rows = handle.createQuery("SELECT count(*) FROM chorus_drift_news")
                .mapTo(Integer.class)
                .one();
        long left = 0;
        for (Map.Entry<NewsKey, News> entry : news.entrySet()) {
            NewsKey key = entry.getKey();
            News found = entry.getValue();
            int updated = handle.createUpdate("""
                            UPDATE chorus_drift_news SET count = count + :count, last_at = greatest(last_at, :last)
                            WHERE dialect = :dialect AND part = :part AND path = :path AND word IS NOT DISTINCT FROM :word
                            """)
                    .bind("dialect", key.dialect().word())
                    .bind("part", key.part().word())
                    .bind("path", key.path())
                    .bind("word", key.word())
                    .bind("count", found.count())
                    .bind("last", utc(found.lastAt()))
                    .execute();
            if (updated > 0) {
                continue;
            }
            if (rows >= MOST) {
                left += found.count();
                continue;
            }
            rows++;
            handle.createUpdate("""
                            INSERT INTO chorus_drift_news (dialect, part, path, word, count, first_at, last_at)
                            VALUES (:dialect, :part, :path, :word, :count, :first, :last)
                            """)
                    .bind("dialect", key.dialect().word())
                    .bind("part", key.part().word())
                    .bind("path", key.path())
                    .bind("word", key.word())
                    .bind("count", found.count())
                    .bind("first", utc(found.firstAt()))
                    .bind("last", utc(found.lastAt()))
                    .execute();
        }
        return left;
    }

    private static void addPresence(Handle handle, Map<PresenceKey, Presence> presence) {
        if (presence.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO chorus_drift_fields AS f (dialect, part, path, chances, seen, absent, absent_since, last_at)
                VALUES (:dialect, :part, :path, :chances, :seen, :absent, :since, :last)
                ON CONFLICT (dialect, part, path) DO UPDATE SET chances = f.chances + excluded.chances,
                    seen = f.seen + excluded.seen,
                    absent = CASE WHEN excluded.seen > 0 THEN excluded.absent ELSE f.absent + excluded.absent END,
                    absent_since = CASE WHEN excluded.seen > 0 OR f.absent_since IS NULL THEN excluded.absent_since
                        ELSE f.absent_since END,
                    last_at = COALESCE(excluded.last_at, f.last_at)
                """);
        presence.forEach((key, came) -> batch.bind("dialect", key.dialect().word())
                .bind("part", key.part().word())
                .bind("path", key.path())
                .bind("chances", came.chances())
                .bind("seen", came.seen())
                .bind("absent", came.absent())
                .bind("since", came.absentSince() == null ? null : utc(came.absentSince()))
                .bind("last", came.lastAt() == null ? null : utc(came.lastAt()))
                .add());
        batch.execute();
    }

    private static NewField field(ResultSet row) throws SQLException {
        return new NewField(
                row.getString("dialect"),
                row.getString("part"),
                row.getString("path"),
                row.getLong("count"),
                at(row, "first_at"),
                at(row, "last_at"));
    }

    private static NewWord word(ResultSet row) throws SQLException {
        String word = row.getString("word");
        return new NewWord(
                row.getString("dialect"),
                row.getString("part"),
                row.getString("path"),
                AnswerScan.HIDDEN.equals(word) ? null : word,
                row.getLong("count"),
                at(row, "first_at"),
                at(row, "last_at"));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
