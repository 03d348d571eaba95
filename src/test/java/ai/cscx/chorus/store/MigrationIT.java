package ai.cscx.chorus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.base.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schema in an empty database, and in one that CSCX uses already. */
class MigrationIT {
    @Test
    void emptyDatabase_getsTheRequirementsTablesAndColumns() {
        try (Database database = started(Databases.create())) {
            assertThat(columns(database, "chorus_calls"))
                    .contains(
                            "id",
                            "chorus_call_id",
                            "customer_id",
                            "title",
                            "duration_seconds",
                            "participants",
                            "chorus_url",
                            "summary",
                            "call_date",
                            "synced_at");
            assertThat(columns(database, "chorus_action_items"))
                    .contains(
                            "id",
                            "chorus_call_id",
                            "customer_id",
                            "description",
                            "owner",
                            "due_date",
                            "task_id",
                            "created_at");
        }
    }

    @Test
    void startedTwice_changesNothing() {
        PostgresUrl url = Databases.create();
        started(url).close();
        try (Database database = started(url)) {
            assertThat(columns(database, "tasks")).contains("title", "status");
        }
    }

    @Test
    void cscxDatabase_thatFits_isExtendedAndKeepsItsRows() {
        PostgresUrl url = Databases.create();
        Databases.execute(url, """
                CREATE TABLE customers (id UUID PRIMARY KEY, name VARCHAR(200) NOT NULL, mrr NUMERIC, tier TEXT NOT NULL DEFAULT 'x');
                CREATE TABLE tasks (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), title TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'open');
                INSERT INTO customers (id, name, mrr) VALUES (gen_random_uuid(), 'Kept', 12)
                """);

        try (Database database = started(url)) {
            assertThat(columns(database, "customers")).contains("mrr", "tier", "domains", "crm_id", "owner_id");
            assertThat(columns(database, "tasks")).contains("customer_id", "assignee_id", "due_date");
            List<String> names = database.read(handle -> handle.createQuery("SELECT name FROM customers")
                    .mapTo(String.class)
                    .list());
            assertThat(names).containsExactly("Kept");
        }
    }

    @Test
    void cscxDatabase_thatDoesNotFit_isLeftAloneAndEverythingInTheWayIsNamed() {
        PostgresUrl url = Databases.create();
        Databases.execute(url, """
                CREATE TABLE customers (id BIGINT PRIMARY KEY, label TEXT);
                CREATE TABLE tasks (id UUID PRIMARY KEY, title TEXT, project_id UUID NOT NULL, due_date TEXT)
                """);

        assertThatThrownBy(() -> started(url))
                .isInstanceOf(Failure.Rejected.class)
                .hasMessageContaining("customers.id is bigint, wanted uuid")
                .hasMessageContaining("customers.name is missing")
                .hasMessageContaining("tasks.project_id is NOT NULL without a default")
                .hasMessageContaining("tasks.due_date is text, wanted date");
        Databases.execute(url, "SELECT label FROM customers");
    }

    @Test
    void noServer_isSaidInOneLine() {
        PostgresUrl nowhere = new PostgresUrl("jdbc:postgresql://127.0.0.1:9/none", "a", "topsecret");

        assertThatThrownBy(() -> started(nowhere))
                .isInstanceOf(Failure.Unavailable.class)
                .hasMessageContaining("DATABASE_URL")
                .hasMessageNotContaining("topsecret");
    }

    static Database started(PostgresUrl url) {
        Database database = new Database(new Database.Settings(url, 6));
        try {
            database.start();
        } catch (Failure failed) {
            database.close();
            throw failed;
        }
        return database;
    }

    private static List<String> columns(Database database, String table) {
        return database.read(handle -> handle.createQuery(
                        "SELECT column_name FROM information_schema.columns WHERE table_name = :table")
                .bind("table", table)
                .mapTo(String.class)
                .list());
    }
}
