package ai.cscx.chorus.store;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Health;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;

/**
 * The one PostgreSQL database: pool, migrations and transactions. Thread-safe after {@link #start}.
 *
 * <p>A database that does not answer is a {@link Failure.Unavailable}, never an empty result.
 */
public final class Database implements AutoCloseable {
    private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;
    /** SQLSTATE classes and codes that mean "not there right now": connection, resources, shutdown. */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300", "58000", "58030");

    private final Settings settings;
    private @Nullable HikariDataSource pool;
    private @Nullable Jdbi jdbi;

    /**
     * @param url JDBC URL, or the {@code postgres://user:password@host/database} form
     */
    public record Settings(PostgresUrl url, int poolSize) {}

    public Database(Settings settings) {
        this.settings = settings;
    }

    /**
     * Connects and brings the schema up to date.
     *
     * @throws Failure.Unavailable if nobody answers
     * @throws Failure.Rejected if the database holds something that the schema cannot live with; the message names it
     */
    public void start() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.url().jdbcUrl());
        config.setUsername(settings.url().user());
        config.setPassword(settings.url().password());
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(2);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
        config.setInitializationFailTimeout(-1);
        config.setPoolName("postgresql");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        // What the driver would add to messages, and the pool to its log, is the bound arguments.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.addDataSourceProperty("ApplicationName", "cscx-chorus");
        HikariDataSource source = new HikariDataSource(config);
        pool = source;
        migrate(source);
        Jdbi made = Jdbi.create(source).installPlugin(new PostgresPlugin());
        // The default rendering prints bound arguments, and those are what people said.
        made.getConfig(StatementExceptions.class)
                .setMessageRendering(StatementExceptions.MessageRendering.NONE)
                .setLengthLimit(200);
        jdbi = made;
    }

    private void migrate(DataSource source) {
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(source)
                .table("chorus_schema_history")
                .locations("classpath:db/migration")
                // A CSCX database that has tables already is a normal place to be installed in.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .connectRetries(0);
        try {
            flyway.load().migrate();
        } catch (FlywayException failed) {
            SQLException cause = sqlCause(failed);
            if (cause == null || isAway(cause)) {
                throw new Failure.Unavailable(
                        "PostgreSQL does not answer; check DATABASE_URL and that the server is up.", failed);
            }
            throw new Failure.Rejected(
                    "The database cannot be brought up to date: "
                            + String.valueOf(cause.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse("no reason given"),
                    failed);
        }
    }

    /** Runs the work in one transaction: all of it is kept, or on any exception none of it. */
    public <T extends @Nullable Object> T inTransaction(Function<Handle, T> work) {
        try {
            return jdbi().inTransaction(work::apply);
        } catch (RuntimeException failed) {
            throw translated(failed);
        }
    }

    /** Runs the work for its effect in one transaction. */
    public void transact(java.util.function.Consumer<Handle> work) {
        Boolean done = inTransaction(handle -> {
            work.accept(handle);
            return Boolean.TRUE;
        });
        assert done;
    }

    /** Reads, each statement by itself. */
    public <T extends @Nullable Object> T read(Function<Handle, T> work) {
        try {
            return jdbi().withHandle(work::apply);
        } catch (RuntimeException failed) {
            throw translated(failed);
        }
    }

    public Health check() {
        try {
            read(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
            return Health.UP;
        } catch (Failure.Unavailable away) {
            return Health.down("PostgreSQL does not answer");
        }
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }

    DataSource dataSource() {
        if (pool == null) {
            throw new IllegalStateException("The database is not started");
        }
        return pool;
    }

    private Jdbi jdbi() {
        if (jdbi == null) {
            throw new IllegalStateException("The database is not started");
        }
        return jdbi;
    }

    private static RuntimeException translated(RuntimeException failed) {
        SQLException cause = sqlCause(failed);
        if (cause != null && isAway(cause)) {
            return new Failure.Unavailable("The database does not answer right now; try again in a moment.", failed);
        }
        return failed;
    }

    private static boolean isAway(SQLException cause) {
        String state = cause.getSQLState();
        return cause instanceof SQLTransientConnectionException
                || cause instanceof SQLNonTransientConnectionException
                || (state != null && (state.startsWith("08") || AWAY.contains(state)));
    }

    private static @Nullable SQLException sqlCause(Throwable failed) {
        for (Throwable at = failed; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
