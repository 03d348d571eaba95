package ai.cscx.chorus.signal;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.store.Conditions;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What trackers heard, hit by hit, in the calls that the asker may see. Thread-safe. */
public final class Mentions {
    private static final String ORDERING = "mentions";

    private final Database database;

    public Mentions(Database database) {
        this.database = database;
    }

    /** A hit and its place in the list: the call's, then among the call's hits. */
    private record Placed(Mention mention, int position) {}

    private record After(Instant startedAt, UUID call, long position) {}

    /** The hits that have words, those of the newest call first, then as they were said. */
    public Page<Mention> list(Asker asker, MentionFilter filter, @Nullable String cursor, int limit) {
        Cursor decoded = cursor == null ? null : Cursor.decode(cursor, ORDERING, 3);
        After after = decoded == null ? null : new After(decoded.instant(0), decoded.uuid(1), decoded.number(2));
        List<Placed> found = database.read(handle -> {
            Categories categories = Categories.load(handle);
            Map<String, String> names = Trends.names(handle);
            Set<String> wanted = Trends.wanted(filter.tracker(), filter.category(), names.keySet(), categories);
            return wanted.isEmpty()
                    ? List.of()
                    : placed(handle, asker, filter, after, limit, wanted, names, categories);
        });
        Page<Placed> page = Page.of(
                found,
                limit,
                last -> new Cursor(
                        ORDERING,
                        List.of(
                                last.mention().startedAt().toString(),
                                last.mention().call().toString(),
                                Integer.toString(last.position()))));
        return page.map(Placed::mention);
    }

    /** Each call has at least one hit, most of the time; calls are read until there are enough. */
    private static List<Placed> placed(
            Handle handle,
            Asker asker,
            MentionFilter filter,
            @Nullable After after,
            int limit,
            Set<String> wanted,
            Map<String, String> names,
            Categories categories) {
        List<Placed> found = new ArrayList<>();
        After last = after;
        boolean more = true;
        while (more && found.size() <= limit) {
            List<Heard> calls = calls(handle, asker, filter, last, limit + 1, wanted);
            for (Heard call : calls) {
                long beyond = after != null && call.id().equals(after.call()) ? after.position() : -1;
                call.mentions(wanted, filter, names, categories).stream()
                        .filter(mention -> mention.position() > beyond)
                        .forEach(found::add);
                last = new After(call.startedAt(), call.id(), Integer.MAX_VALUE);
            }
            more = calls.size() > limit;
        }
        return found.subList(0, Math.min(found.size(), limit + 1));
    }

    private static List<Heard> calls(
            Handle handle, Asker asker, MentionFilter filter, @Nullable After after, int most, Set<String> wanted) {
        Conditions where = new Conditions();
        Portfolio.Condition visible = Portfolio.condition(asker, "c.customer_id");
        where.and(visible.sql(), visible.arguments());
        where.and("f.trackers && CAST(:trackers AS text[])", Map.of("trackers", wanted.toArray(String[]::new)));
        if (filter.customer() != null) {
            where.and(
                    "c.customer_id = :customer",
                    Map.of("customer", filter.customer().value()));
        }
        Instant from = filter.range().from();
        if (from != null) {
            where.and("c.call_date >= :from", Map.of("from", from.atOffset(ZoneOffset.UTC)));
        }
        Instant until = filter.range().until();
        if (until != null) {
            where.and("c.call_date < :until", Map.of("until", until.atOffset(ZoneOffset.UTC)));
        }
        if (after != null) {
            // The call of the cursor again, unless it is done.
            where.and(
                    "(c.call_date, c.id) " + (after.position() == Integer.MAX_VALUE ? "<" : "<=")
                            + " (:afterDate, :afterId)",
                    Map.of("afterDate", after.startedAt().atOffset(ZoneOffset.UTC), "afterId", after.call()));
        }
        return handle.createQuery("""
                        SELECT c.id, c.title, c.call_date, c.chorus_url, c.customer_id, cu.name AS customer_name, q.quotes
                        FROM chorus_calls c
                        JOIN chorus_call_facts f ON f.call_id = c.id AND f.content_hash = c.content_hash
                        JOIN chorus_call_quotes q ON q.call_id = c.id
                        LEFT JOIN customers cu ON cu.id = c.customer_id
                        """ + where.sql() + " ORDER BY c.call_date DESC, c.id DESC LIMIT :most")
                .bindMap(where.arguments())
                .bind("most", most)
                .map((row, context) -> heard(row))
                .list();
    }

    private static Heard heard(ResultSet row) throws SQLException {
        UUID customer = row.getObject("customer_id", UUID.class);
        return new Heard(
                row.getObject("id", UUID.class),
                row.getString("title"),
                row.getTimestamp("call_date").toInstant(),
                row.getString("chorus_url"),
                customer == null
                        ? null
                        : new Call.CustomerRef(new CustomerId(customer), row.getString("customer_name")),
                Json.read(row.getString("quotes"), Quotes.class));
    }

    /** A call in which trackers heard something. */
    private record Heard(
            UUID id,
            @Nullable String title,
            Instant startedAt,
            @Nullable String url,
            Call.@Nullable CustomerRef customer,
            Quotes quotes) {

        List<Placed> mentions(
                Set<String> wanted, MentionFilter filter, Map<String, String> names, Categories categories) {
            List<Mention> said = new ArrayList<>();
            quotes.trackers().forEach((tracker, hits) -> {
                if (wanted.contains(tracker)) {
                    hits.stream()
                            .filter(hit -> filter.side() == null || hit.side() == filter.side())
                            .map(hit -> mention(names.getOrDefault(tracker, tracker), categories.of(tracker), hit))
                            .forEach(said::add);
                }
            });
            said.sort(Comparator.comparing(Mention::startMs, Comparator.nullsLast(Comparator.<Long>naturalOrder()))
                    .thenComparing(Mention::tracker));
            List<Placed> placed = new ArrayList<>();
            said.forEach(mention -> placed.add(new Placed(mention, placed.size())));
            return placed;
        }

        private Mention mention(String tracker, @Nullable String category, Quote hit) {
            Long startMs = hit.startMs();
            return new Mention(
                    tracker,
                    category,
                    new CallId(id),
                    title,
                    customer,
                    startedAt,
                    hit.speaker(),
                    hit.side(),
                    startMs,
                    hit.text(),
                    startMs == null ? url : Call.deepLink(url, startMs));
        }
    }
}
