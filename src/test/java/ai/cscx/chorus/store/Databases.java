package ai.cscx.chorus.store;

import ai.cscx.chorus.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Fresh, empty databases on the test server. */
public final class Databases {
    private Databases() {}

    public static PostgresUrl create() {
        PostgresUrl server = TestServers.get().database();
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        execute(server, "CREATE DATABASE " + name);
        return new PostgresUrl(
                server.jdbcUrl().replaceFirst("(//[^/]+/)[^?]+", "$1" + name), server.user(), server.password());
    }

    static void execute(PostgresUrl url, String sql) {
        try (Connection connection = url.user() == null
                        ? DriverManager.getConnection(url.jdbcUrl())
                        : DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
