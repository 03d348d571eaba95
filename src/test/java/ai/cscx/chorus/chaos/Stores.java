package ai.cscx.chorus.chaos;

import ai.cscx.chorus.access.Vault;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Servers that live as long as all runs: a database for each run, one index. */
final class Stores {
    static final String MASTER_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    /** What the product seals the credential of its connection for. */
    private static final String PURPOSE = "chorus-connection-1";

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

    /** Takes what a run left in the index out of it: others use it, too. */
    void forget(Collection<String> externalIds) {
        new Peer(openSearch, null)
                .post(
                        "/chorus-passages/_delete_by_query?conflicts=proceed&refresh=true",
                        Map.of("query", Map.of("terms", Map.of("externalId", List.copyOf(externalIds)))));
    }

    /** Only where nobody else uses it: the next product makes it anew. */
    void dropIndex() {
        new Peer(openSearch, null).delete("/chorus-passages-v1");
    }

    /**
     * Connects the product to a Chorus. With servers of somebody else it refuses http, and so the simulator, at its door;
     * the row is written for it as the door would.
     */
    void connect(String database, URI chorus, String dialect) {
        byte[] sealed = Vault.of(MASTER_KEY).seal(ChaosSimulator.API_KEY, PURPOSE);
        try (Connection connection = DriverManager.getConnection(url(database));
                PreparedStatement row = connection.prepareStatement("""
                        INSERT INTO chorus_connections (id, dialect, header_style, base_url, secret_sealed, account, status, connected_at)
                        VALUES (1, ?, 'bearer', ?, ?, 'chaos', 'connected', ?)
                        """)) {
            row.setString(1, dialect);
            row.setString(2, chorus.toString());
            row.setBytes(3, sealed);
            row.setObject(4, OffsetDateTime.now(ZoneOffset.UTC));
            row.execute();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
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
