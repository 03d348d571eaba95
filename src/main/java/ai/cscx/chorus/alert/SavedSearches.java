package ai.cscx.chorus.alert;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.SavedSearchId;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.store.Conditions;
import ai.cscx.chorus.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The searches that people keep; each is its owner's alone, whatever their role. Thread-safe. */
public final class SavedSearches {
    /** Each is run on every new call that its owner may see. */
    static final int MOST = 100;

    private static final String ORDERING = "searches";
    private static final String COLUMNS = "id, name, q, customer_id, speaker, side, alert, created_at";

    private final Database database;
    private final Clock clock;

    public SavedSearches(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The asker's searches, newest first. */
    public Page<SavedSearch> list(Asker asker, @Nullable String cursor, int limit) {
        Conditions where = new Conditions();
        where.and("user_id = :asker", Map.of("asker", asker.id().value()));
        if (cursor != null) {
            Cursor after = Cursor.decode(cursor, ORDERING, 2);
            where.and(
                    "(created_at, id) < (:afterTime, :afterId)",
                    Map.of("afterTime", after.instant(0).atOffset(ZoneOffset.UTC), "afterId", after.uuid(1)));
        }
        List<SavedSearch> found = database.read(handle -> handle.createQuery("SELECT " + COLUMNS
                        + " FROM chorus_saved_searches" + where.sql()
                        + " ORDER BY created_at DESC, id DESC LIMIT :limit")
                .bindMap(where.arguments())
                .bind("limit", limit + 1)
                .map((row, context) -> search(row))
                .list());
        return Page.of(
                found,
                limit,
                last -> new Cursor(
                        ORDERING, List.of(last.createdAt().toString(), last.id().toString())));
    }

    /**
     * Keeps a search. What is here already is no match of it; {@link AlertChecks} says what will be.
     *
     * @throws Failure.Rejected if there is no such customer for the asker, or they keep too many searches
     */
    public SavedSearch add(Asker asker, NewSearch wanted) {
        return database.inTransaction(handle -> {
            if (wanted.customer() != null && !Portfolio.sees(handle, asker, wanted.customer())) {
                throw new Failure.Rejected(
                        NewSearch.REFUSED,
                        List.of(new Problem("/customerId", "is no customer; GET /api/customers lists them")));
            }
            requireRoom(handle, asker);
            return handle.createQuery("""
                            INSERT INTO chorus_saved_searches (user_id, name, q, customer_id, speaker, side, alert, created_at)
                            VALUES (:asker, :name, :q, :customer, :speaker, :side, :alert, :now)
                            RETURNING
                            """ + COLUMNS)
                    .bind("asker", asker.id().value())
                    .bind("name", wanted.name())
                    .bind("q", wanted.q())
                    .bind(
                            "customer",
                            wanted.customer() == null ? null : wanted.customer().value())
                    .bind("speaker", wanted.speaker())
                    .bind("side", wanted.side() == null ? null : wanted.side().word())
                    .bind("alert", wanted.alert())
                    .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .map((row, context) -> search(row))
                    .one();
        });
    }

    /**
     * Changes what may change; null stays. What comes while a search tells nothing is not told later.
     *
     * @throws Failure.NotFound if the asker keeps no such search
     * @throws Failure.Rejected if the name is none
     */
    public SavedSearch change(Asker asker, SavedSearchId id, @Nullable String name, @Nullable Boolean alert) {
        return database.inTransaction(handle -> handle.createQuery("""
                                UPDATE chorus_saved_searches SET name = COALESCE(:name, name), alert = COALESCE(:alert, alert),
                                    watching_since = CASE WHEN :alert AND NOT alert THEN clock_timestamp() ELSE watching_since END
                                WHERE id = :id AND user_id = :asker RETURNING
                                """ + COLUMNS)
                        .bind("id", id.value())
                        .bind("asker", asker.id().value())
                        .bind("name", name == null ? null : NewSearch.name(name))
                        .bind("alert", alert)
                        .map((row, context) -> search(row))
                        .findOne())
                .orElseThrow(SavedSearches::unknown);
    }

    /**
     * Forgets a search with its alerts.
     *
     * @throws Failure.NotFound if the asker keeps no such search
     */
    public void remove(Asker asker, SavedSearchId id) {
        int removed = database.inTransaction(
                handle -> handle.createUpdate("DELETE FROM chorus_saved_searches WHERE id = :id AND user_id = :asker")
                        .bind("id", id.value())
                        .bind("asker", asker.id().value())
                        .execute());
        if (removed == 0) {
            throw unknown();
        }
    }

    /** Two at once: the second waits here, so that it counts the first one's. */
    private static void requireRoom(Handle handle, Asker asker) {
        handle.createQuery("SELECT id FROM chorus_users WHERE id = :asker FOR NO KEY UPDATE")
                .bind("asker", asker.id().value())
                .mapTo(UUID.class)
                .one();
        long kept = handle.createQuery("SELECT count(*) FROM chorus_saved_searches WHERE user_id = :asker")
                .bind("asker", asker.id().value())
                .mapTo(Long.class)
                .one();
        if (kept >= MOST) {
            throw new Failure.Rejected("You keep " + MOST + " searches, which is the most; delete one first.");
        }
    }

    static SavedSearch search(ResultSet row) throws SQLException {
        UUID customer = row.getObject("customer_id", UUID.class);
        String side = row.getString("side");
        return new SavedSearch(
                new SavedSearchId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("q"),
                customer == null ? null : new CustomerId(customer),
                row.getString("speaker"),
                side == null ? null : Side.valueOf(side.toUpperCase(Locale.ROOT)),
                row.getBoolean("alert"),
                row.getTimestamp("created_at").toInstant());
    }

    private static Failure.NotFound unknown() {
        return new Failure.NotFound("You keep no search with this id; GET /api/searches lists them.");
    }
}
