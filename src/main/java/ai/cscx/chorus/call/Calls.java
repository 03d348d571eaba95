package ai.cscx.chorus.call;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.store.Conditions;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reading calls, always on behalf of somebody. What they may not see does not exist for them. Thread-safe. */
public final class Calls {
    private static final TypeReference<List<Participant>> PARTICIPANTS = new TypeReference<>() {};
    private static final TypeReference<List<TrackerHits>> TRACKERS = new TypeReference<>() {};
    private static final TypeReference<List<CallDetails.Candidate>> CANDIDATES = new TypeReference<>() {};
    private static final TypeReference<List<Utterance>> UTTERANCES = new TypeReference<>() {};

    static final String COLUMNS = """
            c.id, c.chorus_call_id, c.title, c.call_date, c.duration_ms, c.customer_id, cu.name AS customer_name,
            COALESCE(o.name, c.owner_name, co.name) AS owner, c.participants, c.summary, c.state, c.transcript_state,
            c.chorus_url,
            (SELECT count(*) FROM chorus_action_items i WHERE i.chorus_call_id = c.chorus_call_id) AS action_items
            """;
    /** What {@link CallDetails} needs beside {@link #COLUMNS}. */
    static final String DETAILS = """
            , c.trackers, c.momentum, c.match_kind, c.match_reason, c.match_confidence, c.match_candidates, c.synced_at, c.dialect,
            c.language, c.version, c.indexed_passages
            """;

    static final String FROM = """
             FROM chorus_calls c
             LEFT JOIN customers cu ON cu.id = c.customer_id
             LEFT JOIN chorus_users co ON co.id = cu.owner_id
             LEFT JOIN chorus_users o ON o.email = c.owner_email
            """;

    private final Database database;

    public Calls(Database database) {
        this.database = database;
    }

    /** The calls that fit, page by page. */
    public Page<Call> list(Asker asker, CallFilter filter, CallFilter.Sort sort, @Nullable String cursor, int limit) {
        Conditions where = where(asker, filter);
        if (cursor != null) {
            Cursor after = Cursor.decode(cursor, sort.name(), 2);
            where.and(after(sort), Map.of("afterKey", key(sort, after), "afterId", after.uuid(1)));
        }
        String sql = "SELECT " + COLUMNS + FROM + where.sql() + order(sort) + " LIMIT :limit";
        List<Call> found = database.read(handle -> handle.createQuery(sql)
                .bindMap(where.arguments())
                .bind("limit", limit + 1)
                .map((row, context) -> call(row))
                .list());
        return Page.of(found, limit, last -> {
            String lastKey = sort == CallFilter.Sort.LONGEST
                    ? Long.toString(last.durationMs())
                    : last.startedAt().toString();
            return new Cursor(sort.name(), List.of(lastKey, last.id().toString()));
        });
    }

    public long count(Asker asker, CallFilter filter) {
        Conditions where = where(asker, filter);
        return database.read(handle -> handle.createQuery("SELECT count(*)" + FROM + where.sql())
                .bindMap(where.arguments())
                .mapTo(Long.class)
                .one());
    }

    /**
     * Has calls written to the search index again; they are found meanwhile.
     *
     * @param call only this; null = all
     * @param customer only this one's; null = all
     * @return how many
     * @throws Failure.Forbidden if the asker is no admin
     */
    public int reindex(Asker asker, @Nullable CallId call, @Nullable CustomerId customer) {
        asker.requireAdmin();
        return database.inTransaction(handle -> IndexOutbox.again(handle, call, customer));
    }

    /**
     * How much of some calls a search looks into.
     *
     * @param searched calls whose words are in the index
     * @param waiting calls with words that are not in the index yet
     * @param withoutTranscript calls of which nothing can be found
     * @param withVectors of the searched ones, those that are found by meaning, too
     * @param pending of those without a transcript, the ones whose transcript may still come
     */
    public record Coverage(long searched, long waiting, long withoutTranscript, long withVectors, long pending) {
        /** All of the calls. */
        public long calls() {
            return searched + waiting + withoutTranscript;
        }

        /** 0 to 1. */
        public double vectorShare() {
            return searched == 0 ? 0 : (double) withVectors / searched;
        }
    }

    public Coverage coverage(Asker asker, CallFilter filter) {
        Conditions where = where(asker, filter);
        return database.read(handle -> handle.createQuery(
                        """
                        SELECT count(*) FILTER (WHERE has_words AND c.indexed_passages > 0) AS searched,
                            count(*) FILTER (WHERE has_words AND c.indexed_passages = 0) AS waiting,
                            count(*) FILTER (WHERE NOT has_words) AS without,
                            count(*) FILTER (WHERE c.transcript_state = 'pending') AS pending,
                            count(*) FILTER (WHERE has_words AND c.indexed_passages > 0 AND c.vectors_version > 0) AS vectors
                        """ + FROM + " CROSS JOIN LATERAL (SELECT c.transcript_state = 'available' AS has_words) w "
                                + where.sql())
                .bindMap(where.arguments())
                .map((row, context) -> new Coverage(
                        row.getLong("searched"),
                        row.getLong("waiting"),
                        row.getLong("without"),
                        row.getLong("vectors"),
                        row.getLong("pending")))
                .one());
    }

    /**
     * @throws Failure.NotFound if there is no such call, or the asker may not see it
     */
    public CallDetails get(Asker asker, CallId id) {
        Portfolio.Condition visible = Portfolio.condition(asker, "c.customer_id");
        return database.read(handle -> handle.createQuery(
                                "SELECT " + COLUMNS + DETAILS + FROM + " WHERE c.id = :id AND " + visible.sql())
                        .bindMap(new HashMap<>(visible.arguments()))
                        .bind("id", id.value())
                        .map((row, context) -> details(row))
                        .findOne())
                .orElseThrow(() -> new Failure.NotFound("There is no call with this id."));
    }

    /**
     * What was said in a call that the asker may see; without utterances where there are none (yet).
     *
     * @throws Failure.NotFound if there is no such call, or the asker may not see it
     */
    public Transcript transcript(Asker asker, CallId id) {
        Portfolio.Condition visible = Portfolio.condition(asker, "c.customer_id");
        return database.read(handle -> handle.createQuery("""
                                SELECT COALESCE(t.language, c.language) AS language, COALESCE(t.utterances, '[]')::text AS utterances
                                FROM chorus_calls c LEFT JOIN chorus_transcripts t ON t.call_id = c.id
                                WHERE c.id = :id AND
                                """ + visible.sql())
                        .bindMap(new HashMap<>(visible.arguments()))
                        .bind("id", id.value())
                        .map((row, context) -> new Transcript(
                                row.getString("language"), Json.read(row.getString("utterances"), UTTERANCES)))
                        .findOne())
                .orElseThrow(() -> new Failure.NotFound("There is no call with this id."));
    }

    /** Everybody with a name who is not ours and was in a call that the asker may see, by name; once by name and address. */
    public List<Participant> contacts(Asker asker) {
        Portfolio.Condition visible = Portfolio.condition(asker, "c.customer_id");
        return database.read(handle -> handle.createQuery("""
                        SELECT DISTINCT p->>'name' AS name, p->>'email' AS email
                        FROM chorus_calls c CROSS JOIN jsonb_array_elements(c.participants) p
                        WHERE p->>'name' IS NOT NULL AND p->>'side' <> 'INTERNAL' AND
                        """ + visible.sql() + " ORDER BY 1, 2")
                .bindMap(new HashMap<>(visible.arguments()))
                .map((row, context) ->
                        new Participant(row.getString("name"), row.getString("email"), null, null, Side.EXTERNAL))
                .list());
    }

    private static Conditions where(Asker asker, CallFilter filter) {
        Conditions where = new Conditions();
        Portfolio.Condition visible = Portfolio.condition(asker, "c.customer_id");
        where.and(visible.sql(), visible.arguments());
        if (!filter.customers().isEmpty()) {
            UUID[] ids = filter.customers().stream().map(CustomerId::value).toArray(UUID[]::new);
            where.and("c.customer_id = ANY (:customers)", Map.of("customers", ids));
        }
        Instant from = filter.range().from();
        if (from != null) {
            where.and("c.call_date >= :from", Map.of("from", utc(from)));
        }
        Instant until = filter.range().until();
        if (until != null) {
            where.and("c.call_date < :until", Map.of("until", utc(until)));
        }
        if (filter.participant() != null) {
            where.and(
                    "EXISTS (SELECT 1 FROM jsonb_array_elements(c.participants) p WHERE"
                            + " lower(p->>'name') LIKE :participant OR p->>'email' = :participantEmail)",
                    Map.of(
                            "participant", Conditions.containing(filter.participant()),
                            "participantEmail", filter.participant().strip().toLowerCase(Locale.ROOT)));
        }
        if (filter.owner() != null) {
            where.and(
                    "COALESCE(o.id, co.id) = :owner",
                    Map.of("owner", filter.owner().value()));
        }
        if (filter.title() != null) {
            where.and("lower(c.title) LIKE :title", Map.of("title", Conditions.containing(filter.title())));
        }
        if (filter.state() != null) {
            where.and("c.state = :state", Map.of("state", word(filter.state())));
        }
        if (filter.externalId() != null) {
            where.and("c.chorus_call_id = :externalId", Map.of("externalId", filter.externalId()));
        }
        if (filter.hasOpenActionItems() != null) {
            where.and(
                    (filter.hasOpenActionItems() ? "" : "NOT ")
                            + "EXISTS (SELECT 1 FROM chorus_action_items i LEFT JOIN tasks t ON t.id = i.task_id"
                            + " WHERE i.chorus_call_id = c.chorus_call_id AND COALESCE(t.status, 'open') = 'open'"
                            + " AND i.done_at IS NULL)",
                    Map.of());
        }
        return where;
    }

    private static String order(CallFilter.Sort sort) {
        return switch (sort) {
            case NEWEST -> " ORDER BY c.call_date DESC, c.id DESC";
            case OLDEST -> " ORDER BY c.call_date, c.id";
            case LONGEST -> " ORDER BY c.duration_ms DESC, c.id DESC";
        };
    }

    private static String after(CallFilter.Sort sort) {
        return switch (sort) {
            case NEWEST -> "(c.call_date, c.id) < (:afterKey, :afterId)";
            case OLDEST -> "(c.call_date, c.id) > (:afterKey, :afterId)";
            case LONGEST -> "(c.duration_ms, c.id) < (:afterKey, :afterId)";
        };
    }

    private static Object key(CallFilter.Sort sort, Cursor after) {
        return switch (sort) {
            case NEWEST, OLDEST -> utc(after.instant(0));
            case LONGEST -> after.number(0);
        };
    }

    static CallDetails details(ResultSet row) throws SQLException {
        float confidence = row.getFloat("match_confidence");
        Double certain = row.wasNull() ? null : Double.valueOf(Float.toString(confidence));
        String kind = row.getString("match_kind");
        String momentum = row.getString("momentum");
        return new CallDetails(
                call(row),
                Json.read(row.getString("trackers"), TRACKERS),
                momentum == null ? null : Json.read(momentum, Momentum.class),
                new CallDetails.Match(
                        kind == null ? null : CallDetails.MatchKind.valueOf(kind.toUpperCase(Locale.ROOT)),
                        row.getString("match_reason"),
                        certain,
                        Json.read(row.getString("match_candidates"), CANDIDATES)),
                row.getTimestamp("synced_at").toInstant(),
                row.getString("dialect"),
                row.getString("language"),
                row.getLong("version"),
                row.getInt("indexed_passages"));
    }

    private static Call call(ResultSet row) throws SQLException {
        UUID customer = row.getObject("customer_id", UUID.class);
        return new Call(
                new CallId(row.getObject("id", UUID.class)),
                row.getString("chorus_call_id"),
                row.getString("title"),
                row.getTimestamp("call_date").toInstant(),
                row.getLong("duration_ms"),
                customer == null
                        ? null
                        : new Call.CustomerRef(new CustomerId(customer), row.getString("customer_name")),
                row.getString("owner"),
                Json.read(row.getString("participants"), PARTICIPANTS),
                row.getString("summary"),
                CallContent.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                CallContent.TranscriptState.valueOf(
                        row.getString("transcript_state").toUpperCase(Locale.ROOT)),
                row.getString("chorus_url"),
                row.getInt("action_items"));
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
