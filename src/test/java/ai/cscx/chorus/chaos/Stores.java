package ai.cscx.chorus.chaos;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Servers that live as long as all runs: a database for each run, one index. */
final class Stores {
    static final String MASTER_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final List<String> EMPTIED = List.of(
            "tasks",
            "chorus_action_items",
            "chorus_raw_answers",
            "chorus_transcripts",
            "chorus_calls",
            "chorus_connections",
            "chorus_sync_items",
            "chorus_sync_windows",
            "chorus_syncs",
            "chorus_parked_jobs",
            "chorus_messages",
            "chorus_conversations",
            "chorus_hidden_calls",
            "chorus_index_removals",
            "chorus_fetches",
            "chorus_pace",
            "chorus_quarantine");

    private final String jdbcUrl;
    private final URI openSearch;

    /**
     * @param jdbcUrl with user and password
     */
    Stores(String jdbcUrl, URI openSearch) {
        this.jdbcUrl = jdbcUrl;
        this.openSearch = openSearch;
    }

    URI openSearch() {
        return openSearch;
    }

    String url(String database) {
        return jdbcUrl.replaceFirst("(//[^/]+/)[^?]+", "$1" + database);
    }

    void create(String database) {
        execute(jdbcUrl, "CREATE DATABASE " + database);
    }

    void drop(String database) {
        execute(jdbcUrl, "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    /** Forgets everything but people and what runs by itself, under a product that has nothing to do. */
    void empty(String database) {
        // Not TRUNCATE: the product still looks for work, and the two would wait for each other.
        execute(
                url(database),
                EMPTIED.stream().map(table -> "DELETE FROM " + table).collect(Collectors.joining(";")));
    }

    /** Takes what a run left in the index out of it: others use it, too. */
    void forget(Collection<String> externalIds) {
        new Peer(openSearch, null)
                .post(
                        "/chorus-passages/_delete_by_query?conflicts=proceed&refresh=true",
                        Map.of("query", Map.of("terms", Map.of("externalId", List.copyOf(externalIds)))));
    }

    /** The weekly look at everything of the last thirty days is due now. */
    void sweep(String database) {
        execute(url(database), "UPDATE chorus_jobs SET execution_time = now() WHERE task_name = 'sweep-weekly'");
    }

    private static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }
}
