package ai.cscx.chorus.call;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.store.Conditions;
import ai.cscx.chorus.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queue of calls whose customer nobody knows for sure. For admins: what has no customer is in nobody's portfolio.
 * What a person said to be no customer's is not in it. Thread-safe.
 */
public final class UnmatchedCalls {
    private static final String ORDERING = "unmatched";

    private final Database database;

    public UnmatchedCalls(Database database) {
        this.database = database;
    }

    /**
     * The calls of the range, newest first.
     *
     * @throws Failure.Forbidden unless an admin asks
     */
    public Page<CallDetails> list(Asker asker, TimeRange range, @Nullable String cursor, int limit) {
        asker.requireAdmin();
        Conditions where = new Conditions();
        where.and("c.customer_id IS NULL AND c.match_kind IS DISTINCT FROM 'manual'", Map.of());
        Instant from = range.from();
        if (from != null) {
            where.and("c.call_date >= :from", Map.of("from", Calls.utc(from)));
        }
        Instant until = range.until();
        if (until != null) {
            where.and("c.call_date < :until", Map.of("until", Calls.utc(until)));
        }
        if (cursor != null) {
            Cursor after = Cursor.decode(cursor, ORDERING, 2);
            where.and(
                    "(c.call_date, c.id) < (:afterKey, :afterId)",
                    Map.of("afterKey", Calls.utc(after.instant(0)), "afterId", after.uuid(1)));
        }
        List<CallDetails> found = database.read(handle -> handle.createQuery("SELECT " + Calls.COLUMNS + Calls.DETAILS
                        + Calls.FROM + where.sql() + " ORDER BY c.call_date DESC, c.id DESC LIMIT :limit")
                .bindMap(where.arguments())
                .bind("limit", limit + 1)
                .map((row, context) -> Calls.details(row))
                .list());
        return Page.of(
                found,
                limit,
                last -> new Cursor(
                        ORDERING,
                        List.of(
                                last.call().startedAt().toString(),
                                last.call().id().toString())));
    }
}
