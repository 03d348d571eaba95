package ai.cscx.chorus.alert;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.AlertId;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.SavedSearchId;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.store.Conditions;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the asker's saved searches found. Read through the portfolio as it is now, and with the words that the transcript
 * has now: only the place of a match is kept, so a call that moved, was hidden or became private takes its words along.
 * Thread-safe.
 */
public final class Alerts {
    private static final String ORDERING = "alerts";
    private static final String FROM = """
             FROM chorus_alerts a
             JOIN chorus_saved_searches s ON s.id = a.search_id
             JOIN chorus_calls c ON c.id = a.call_id
            """;

    private final Database database;
    private final Clock clock;

    public Alerts(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * The asker's alerts, newest first.
     *
     * @param unseen only those that were not seen yet
     */
    public Page<Alert> list(Asker asker, boolean unseen, @Nullable String cursor, int limit) {
        Conditions where = readable(asker);
        if (unseen) {
            where.and("a.seen_at IS NULL", Map.of());
        }
        if (cursor != null) {
            Cursor after = Cursor.decode(cursor, ORDERING, 2);
            where.and(
                    "(a.found_at, a.id) < (:afterTime, :afterId)",
                    Map.of("afterTime", after.instant(0).atOffset(ZoneOffset.UTC), "afterId", after.uuid(1)));
        }
        List<Alert> found = read(where, limit + 1);
        return Page.of(
                found,
                limit,
                last -> new Cursor(
                        ORDERING, List.of(last.foundAt().toString(), last.id().toString())));
    }

    /**
     * @throws Failure.NotFound if the asker has no such alert
     */
    public Alert get(Asker asker, AlertId id) {
        Conditions where = readable(asker);
        where.and("a.id = :id", Map.of("id", id.value()));
        return read(where, 1).stream().findFirst().orElseThrow(Alerts::unknown);
    }

    private List<Alert> read(Conditions where, int most) {
        return database.read(handle -> handle.createQuery(
                        """
                        SELECT a.id, s.id AS search_id, s.name AS search_name, c.id AS call_id, c.title, c.customer_id,
                            cu.name AS customer_name, c.call_date, c.chorus_url, a.found_at, a.seen_at,
                            jsonb_path_query_first(t.utterances, '$[*] ? (@.index == $index)',
                                jsonb_build_object('index', a.utterance))::text AS utterance
                        """ + FROM + """
                         LEFT JOIN customers cu ON cu.id = c.customer_id
                         LEFT JOIN chorus_transcripts t ON t.call_id = c.id
                        """ + where.sql() + " ORDER BY a.found_at DESC, a.id DESC LIMIT :limit")
                .bindMap(where.arguments())
                .bind("limit", most)
                .map((row, context) -> alert(row))
                .list());
    }

    /**
     * Notes that the asker saw an alert. Again changes nothing.
     *
     * @throws Failure.NotFound if the asker has no such alert
     */
    public void seen(Asker asker, AlertId id) {
        Conditions where = readable(asker);
        where.and("a.id = :id", Map.of("id", id.value()));
        int seen = database.inTransaction(handle -> handle.createUpdate(
                        "UPDATE chorus_alerts SET seen_at = COALESCE(seen_at, :now) WHERE id IN (SELECT a.id" + FROM
                                + where.sql() + ")")
                .bindMap(where.arguments())
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute());
        if (seen == 0) {
            throw unknown();
        }
    }

    private static Failure.NotFound unknown() {
        return new Failure.NotFound("You have no alert with this id; GET /api/alerts lists them.");
    }

    private static Conditions readable(Asker asker) {
        Conditions where = new Conditions();
        Portfolio.Condition visible = Portfolio.condition(asker, "c.customer_id");
        where.and(visible.sql(), visible.arguments());
        where.and("s.user_id = :asker", Map.of("asker", asker.id().value()));
        where.and("(s.customer_id IS NULL OR s.customer_id = c.customer_id)", Map.of());
        return where;
    }

    private static Alert alert(ResultSet row) throws SQLException {
        UUID customer = row.getObject("customer_id", UUID.class);
        String json = row.getString("utterance");
        Utterance utterance = json == null ? null : Json.read(json, Utterance.class);
        String url = row.getString("chorus_url");
        Timestamp seen = row.getTimestamp("seen_at");
        return new Alert(
                new AlertId(row.getObject("id", UUID.class)),
                new SavedSearchId(row.getObject("search_id", UUID.class)),
                row.getString("search_name"),
                new CallId(row.getObject("call_id", UUID.class)),
                row.getString("title"),
                customer == null
                        ? null
                        : new Call.CustomerRef(new CustomerId(customer), row.getString("customer_name")),
                row.getTimestamp("call_date").toInstant(),
                utterance == null
                        ? null
                        : new Alert.Said(utterance.text(), utterance.speaker(), utterance.side(), utterance.startMs()),
                utterance == null ? url : Call.deepLink(url, utterance.startMs()),
                row.getTimestamp("found_at").toInstant(),
                seen == null ? null : seen.toInstant());
    }
}
