package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.Momentum;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.signal.CallNumbers.Person;
import ai.cscx.chorus.signal.CallNumbers.TrackerCount;
import ai.cscx.chorus.signal.CallReader.Item;
import ai.cscx.chorus.signal.CallReader.Reading;
import ai.cscx.chorus.signal.CallReader.Recorded;
import ai.cscx.chorus.store.Json;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** What was read off calls, as it is written; and what there is to read. In the caller's transaction. */
final class FactStore {
    private static final TypeReference<List<Participant>> PARTICIPANTS = new TypeReference<>() {};
    private static final TypeReference<List<TrackerHits>> TRACKERS = new TypeReference<>() {};
    private static final TypeReference<List<Utterance>> UTTERANCES = new TypeReference<>() {};
    private static final TypeReference<List<Item>> ITEMS = new TypeReference<>() {};

    private FactStore() {}

    /** A request to read a call. */
    record Due(long id, CallId call) {}

    /**
     * A call as it is now.
     *
     * @param contentHash of what is to be read
     */
    record Unread(CallId id, String contentHash, Recorded recorded) {}

    /** A call that was read. */
    record Read(Unread call, Reading reading) {}

    static List<Due> due(Handle handle, int most) {
        return handle.createQuery("SELECT id, call_id FROM chorus_facts_due ORDER BY id LIMIT :most")
                .bind("most", most)
                .map((row, context) -> new Due(row.getLong("id"), new CallId(row.getObject("call_id", UUID.class))))
                .list();
    }

    static void done(Handle handle, Collection<Due> due) {
        handle.createUpdate("DELETE FROM chorus_facts_due WHERE id = ANY (:ids)")
                .bind("ids", due.stream().mapToLong(Due::id).toArray())
                .execute();
    }

    /**
     * Has calls read again whose facts were read by other rules.
     *
     * @return how many
     */
    static int renew(Handle handle, int rules) {
        return handle.createUpdate("""
                        INSERT INTO chorus_facts_due (call_id)
                        SELECT f.call_id FROM chorus_call_facts f JOIN chorus_calls c ON c.id = f.call_id
                        WHERE f.rules <> :rules AND NOT EXISTS (SELECT 1 FROM chorus_facts_due d WHERE d.call_id = f.call_id)
                        ORDER BY c.call_date DESC
                        """).bind("rules", rules).execute();
    }

    /** Those of these calls that are there. */
    static List<Unread> unread(Handle handle, Collection<CallId> calls) {
        return handle.createQuery("""
                        SELECT c.id, c.content_hash, COALESCE(t.language, c.language) AS language, c.participants, c.trackers,
                            c.momentum, COALESCE(t.utterances, '[]')::text AS utterances, COALESCE((
                                SELECT jsonb_agg(jsonb_build_object('key', i.item_key, 'text', i.description,
                                    'side', upper(i.side), 'startMs', i.start_ms) ORDER BY i.position)
                                FROM chorus_action_items i WHERE i.chorus_call_id = c.chorus_call_id), '[]')::text AS items
                        FROM chorus_calls c LEFT JOIN chorus_transcripts t ON t.call_id = c.id
                        WHERE c.id = ANY (:calls)
                        """)
                .bind("calls", calls.stream().map(CallId::value).toArray(UUID[]::new))
                .map((row, context) -> new Unread(
                        new CallId(row.getObject("id", UUID.class)), row.getString("content_hash"), recorded(row)))
                .list();
    }

    private static Recorded recorded(ResultSet row) throws SQLException {
        String momentum = row.getString("momentum");
        return new Recorded(
                row.getString("language"),
                Json.read(row.getString("participants"), PARTICIPANTS),
                Json.read(row.getString("trackers"), TRACKERS),
                momentum == null ? null : Json.read(momentum, Momentum.class),
                Json.read(row.getString("items"), ITEMS),
                Json.read(row.getString("utterances"), UTTERANCES));
    }

    /** Writes what was read of calls that are still there. */
    static void save(Handle handle, Collection<Read> calls, Instant now) {
        if (calls.isEmpty()) {
            return;
        }
        saveTrackers(handle, calls, now);
        PreparedBatch facts = handle.prepareBatch("""
                INSERT INTO chorus_call_facts (call_id, content_hash, rules, origin, progress, objections, pricing, advances,
                    stalls, declines, departures, next_steps, their_steps, their_share, people, names, trackers, mentions, heard)
                SELECT id, :hash, :rules, :origin, :progress, :objections, :pricing, :advances,
                    :stalls, :declines, :departures, :nextSteps, :theirSteps, :theirShare, :people, :names, :trackers, :mentions, :heard
                FROM chorus_calls WHERE id = :call FOR KEY SHARE
                ON CONFLICT (call_id) DO UPDATE SET content_hash = excluded.content_hash, rules = excluded.rules,
                    origin = excluded.origin, progress = excluded.progress, objections = excluded.objections,
                    pricing = excluded.pricing, advances = excluded.advances, stalls = excluded.stalls,
                    declines = excluded.declines, departures = excluded.departures, next_steps = excluded.next_steps,
                    their_steps = excluded.their_steps, their_share = excluded.their_share, people = excluded.people,
                    names = excluded.names, trackers = excluded.trackers, mentions = excluded.mentions, heard = excluded.heard
                """);
        PreparedBatch quotes = handle.prepareBatch("""
                INSERT INTO chorus_call_quotes (call_id, quotes)
                SELECT call_id, :quotes::jsonb FROM chorus_call_facts WHERE call_id = :call FOR KEY SHARE
                ON CONFLICT (call_id) DO UPDATE SET quotes = excluded.quotes
                """);
        for (Read call : calls) {
            bind(facts, call);
            quotes.bind("call", call.call().id().value())
                    .bind("quotes", Json.write(call.reading().quotes()))
                    .add();
        }
        facts.execute();
        quotes.execute();
    }

    private static void bind(PreparedBatch batch, Read read) {
        CallNumbers numbers = read.reading().numbers();
        List<TrackerCount> trackers = numbers.trackers();
        batch.bind("call", read.call().id().value())
                .bind("hash", read.call().contentHash())
                .bind("rules", CallReader.RULES)
                .bind("origin", word(numbers.origin()))
                .bind("progress", word(numbers.progress()))
                .bind("objections", numbers.objections())
                .bind("pricing", numbers.pricing())
                .bind("advances", numbers.advances())
                .bind("stalls", numbers.stalls())
                .bind("declines", numbers.declines())
                .bind("departures", numbers.departures())
                .bind("nextSteps", numbers.nextSteps())
                .bind("theirSteps", numbers.theirSteps())
                .bind("theirShare", numbers.theirShare())
                .bind("people", numbers.people().stream().map(Person::key).toArray(String[]::new))
                .bind("names", numbers.people().stream().map(Person::name).toArray(String[]::new))
                .bind("trackers", trackers.stream().map(TrackerCount::tracker).toArray(String[]::new))
                .bind("mentions", counts(trackers, TrackerCount::mentions))
                .bind("heard", counts(trackers, TrackerCount::heard))
                .add();
    }

    private static int[] counts(List<TrackerCount> trackers, ToIntFunction<TrackerCount> count) {
        return trackers.stream().mapToInt(count).toArray();
    }

    private static @Nullable String word(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }

    /** In the order of their keys: two who write the same ones wait for each other and never both. */
    private static void saveTrackers(Handle handle, Collection<Read> calls, Instant now) {
        Map<String, TrackerHits> trackers = new TreeMap<>();
        for (Read call : calls) {
            for (TrackerHits tracker : call.call().recorded().trackers()) {
                if (!tracker.name().isBlank()) {
                    trackers.merge(
                            TrackerKey.of(tracker.name()),
                            tracker,
                            (one, other) -> one.category() == null ? other : one);
                }
            }
        }
        if (trackers.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO chorus_trackers AS t (tracker_key, name, source_category, first_seen)
                VALUES (:key, :name, :category, :now)
                ON CONFLICT (tracker_key) DO UPDATE SET source_category = excluded.source_category
                WHERE excluded.source_category IS NOT NULL AND t.source_category IS DISTINCT FROM excluded.source_category
                """);
        trackers.forEach((key, tracker) -> batch.bind("key", key)
                .bind("name", tracker.name().strip())
                .bind("category", tracker.category())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .add());
        batch.execute();
    }
}
