package ai.cscx.chorus.signal;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Settings as they were and are: every change is a version of its own and stays. In the caller's transaction. */
final class SettingVersions {
    private SettingVersions() {}

    /** What is set; stored in lower case. */
    enum Kind {
        /** Which tracker belongs to which category. */
        CATEGORIES,
        /** What becomes a signal. */
        MAPPING;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One version.
     *
     * @param number from 1
     * @param body JSON
     * @param changedBy name of who set it; null if they are here no more
     * @param restored the version that it took up again
     */
    record Version(
            int number,
            String body,
            @Nullable String changedBy,
            Instant changedAt,
            @Nullable Integer restored) {}

    private static final String SELECT = """
            SELECT s.version, s.body::text AS body, u.name AS changed_by, s.changed_at, s.restored
            FROM chorus_signal_settings s LEFT JOIN chorus_users u ON u.id = s.changed_by WHERE s.kind = :kind
            """;

    static Optional<Version> newest(Handle handle, Kind kind) {
        return handle.createQuery(SELECT + " ORDER BY s.version DESC LIMIT 1")
                .bind("kind", kind.word())
                .map((row, context) -> version(row))
                .findOne();
    }

    static Optional<Version> find(Handle handle, Kind kind, int number) {
        return handle.createQuery(SELECT + " AND s.version = :version")
                .bind("kind", kind.word())
                .bind("version", number)
                .map((row, context) -> version(row))
                .findOne();
    }

    /** The newest first. */
    static List<Version> history(Handle handle, Kind kind, long before, int most) {
        return handle.createQuery(SELECT + " AND s.version < :before ORDER BY s.version DESC LIMIT :most")
                .bind("kind", kind.word())
                .bind("before", before)
                .bind("most", most)
                .map((row, context) -> version(row))
                .list();
    }

    /**
     * Adds a version, unless the newest one says the same.
     *
     * @param seen the newest version that its author knew, 0 = none; null = whatever is there
     * @throws Failure.Conflict if there is a newer one
     */
    static Version add(
            Handle handle,
            Kind kind,
            @Nullable Integer seen,
            String body,
            Asker author,
            Instant now,
            @Nullable Integer restored) {
        handle.createQuery("SELECT count(pg_advisory_xact_lock(hashtextextended(:lock, 194)))")
                .bind("lock", "chorus_signal_settings " + kind.word())
                .mapTo(Long.class)
                .one();
        int newest = newest(handle, kind).map(Version::number).orElse(0);
        if (seen != null && seen != newest) {
            throw new Failure.Conflict(
                    "settings-changed",
                    "Version " + newest + " is the newest, not " + seen + "; read it and send your change again.",
                    null);
        }
        handle.createUpdate("""
                        INSERT INTO chorus_signal_settings (kind, version, body, changed_by, changed_at, restored)
                        SELECT :kind, :version, :body::jsonb, :by, :at, :restored WHERE NOT EXISTS (
                            SELECT 1 FROM chorus_signal_settings WHERE kind = :kind AND version = :newest AND body = :body::jsonb)
                        """)
                .bind("kind", kind.word())
                .bind("version", newest + 1)
                .bind("newest", newest)
                .bind("body", body)
                .bind("by", author.id().value())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .bind("restored", restored)
                .execute();
        return newest(handle, kind).orElseThrow();
    }

    private static Version version(ResultSet row) throws SQLException {
        int restored = row.getInt("restored");
        Integer from = row.wasNull() ? null : Integer.valueOf(restored);
        return new Version(
                row.getInt("version"),
                row.getString("body"),
                row.getString("changed_by"),
                row.getTimestamp("changed_at").toInstant(),
                from);
    }
}
