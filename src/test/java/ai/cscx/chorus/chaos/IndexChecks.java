package ai.cscx.chorus.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** I6: of each call the index holds the passages that the database says, of its version, and of no other call. */
final class IndexChecks {
    private static final String INDEX = "/chorus-passages";
    private static final int MOST_CALLS = 60_000;

    private final Peer openSearch;
    private final String jdbcUrl;
    private final Findings findings;

    IndexChecks(Peer openSearch, String jdbcUrl, Findings findings) {
        this.openSearch = openSearch;
        this.jdbcUrl = jdbcUrl;
        this.findings = findings;
    }

    private record Row(String externalId, long version, long indexedVersion, long passages, boolean words) {}

    private record Indexed(long passages, long oldest, long newest) {}

    /**
     * @param externalIds every call that Chorus ever had: the index may hold those of others, too
     */
    void run(Collection<String> externalIds) throws SQLException {
        Map<String, Row> rows = rows();
        Map<String, Indexed> index = index(externalIds);
        rows.forEach((id, row) -> {
            Indexed found = index.getOrDefault(id, new Indexed(0, row.version(), row.version()));
            if (row.indexedVersion() != row.version()) {
                findings.broken(
                        Promise.I6,
                        row.externalId() + " waits to be indexed: version " + row.version() + ", indexed "
                                + row.indexedVersion());
            }
            if (found.passages() != row.passages()
                    || found.oldest() != row.version()
                    || found.newest() != row.version()) {
                findings.broken(
                        Promise.I6, row.externalId() + ": " + row + " in the database, " + found + " in the index");
            }
            if (row.words() != row.passages() > 0) {
                findings.broken(
                        Promise.I6, row.externalId() + ": " + row + " has words without passages or the reverse");
            }
        });
        Set<String> strangers = new HashSet<>(index.keySet());
        strangers.removeAll(rows.keySet());
        if (!strangers.isEmpty()) {
            findings.broken(
                    Promise.I6,
                    strangers.size() + " calls are in the index and not in the database, such as "
                            + strangers.iterator().next());
        }
    }

    private Map<String, Row> rows() throws SQLException {
        Map<String, Row> rows = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            connection.setReadOnly(true);
            try (ResultSet row = statement.executeQuery("""
                    SELECT c.id, c.chorus_call_id, c.version, c.indexed_version, c.indexed_passages, t.call_id IS NOT NULL AS words
                    FROM chorus_calls c LEFT JOIN chorus_transcripts t ON t.call_id = c.id
                    """)) {
                while (row.next()) {
                    rows.put(
                            row.getString("id"),
                            new Row(
                                    row.getString("chorus_call_id"),
                                    row.getLong("version"),
                                    row.getLong("indexed_version"),
                                    row.getLong("indexed_passages"),
                                    row.getBoolean("words")));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT count(*) FROM chorus_index_removals")) {
                row.next();
                if (row.getLong(1) > 0) {
                    findings.broken(Promise.I6, row.getLong(1) + " calls wait to leave the index");
                }
            }
        }
        return rows;
    }

    private Map<String, Indexed> index(Collection<String> externalIds) {
        openSearch.post(INDEX + "/_refresh", Map.of());
        JsonNode answer = openSearch
                .post(
                        INDEX + "/_search",
                        Map.of(
                                "size",
                                0,
                                "query",
                                Map.of("terms", Map.of("externalId", List.copyOf(externalIds))),
                                "aggs",
                                Map.of(
                                        "calls",
                                        Map.of(
                                                "terms",
                                                Map.of("field", "callId", "size", MOST_CALLS),
                                                "aggs",
                                                Map.of(
                                                        "oldest",
                                                        Map.of("min", Map.of("field", "version")),
                                                        "newest",
                                                        Map.of("max", Map.of("field", "version")))))))
                .ok("OpenSearch");
        Map<String, Indexed> index = new HashMap<>();
        for (JsonNode bucket : answer.path("aggregations").path("calls").path("buckets")) {
            index.put(
                    bucket.path("key").asText(),
                    new Indexed(
                            bucket.path("doc_count").asLong(),
                            bucket.path("oldest").path("value").asLong(),
                            bucket.path("newest").path("value").asLong()));
        }
        return index;
    }
}
