package ai.cscx.chorus.bench;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.local.LocalServers;
import ai.cscx.chorus.signal.HealthFilter;
import ai.cscx.chorus.signal.SignalMapping;
import ai.cscx.chorus.signal.SignalRule;
import ai.cscx.chorus.signal.Signals;
import ai.cscx.chorus.signal.TrendRequest;
import ai.cscx.chorus.signal.TrendRequest.GroupBy;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.PostgresUrl;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Insights, trends and health over 2,000 customers with 100,000 calls, one of them with 500, as the verbs answer them on the
 * embedded PostgreSQL, without HTTP. The rows are made up in the database: facts and quotes of plausible size, five action
 * items a call. Arguments: a directory, filled by the first run and used again by later ones; then how often each is asked
 * (300).
 */
public final class SignalBenchmark {
    private static final int CUSTOMERS = 2_000;
    private static final int CALLS_EACH = 50;
    private static final int CALLS_OF_THE_LARGEST = 500;
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private SignalBenchmark() {}

    public static void main(String[] args) {
        int times = args.length > 1 ? Integer.parseInt(args[1]) : 300;
        try (LocalServers servers =
                new LocalServers(new LocalServers.Settings(Path.of(args[0]), Duration.ofSeconds(180)))) {
            servers.start();
            try (Database database = new Database(new Database.Settings(PostgresUrl.parse(servers.jdbcUrl()), 8))) {
                database.start();
                Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
                People people = new People(database, clock);
                Asker admin = People.asker(
                        people.ensure(new People.NewPerson("bench@cscx.example", "Benchmark", Role.ADMIN, null)));
                fill(database);
                measure(database, new Signals(database, clock), admin, times);
            }
        }
    }

    private static void measure(Database database, Signals signals, Asker admin, int times) {
        CustomerId largest = customer(database, "Customer 1");
        String cursor = null;
        List<@Nullable String> cursors = new ArrayList<>();
        for (int page = 0; page < CUSTOMERS / 50; page++) {
            cursors.add(cursor);
            cursor =
                    signals.insights().list(admin, TimeRange.ALWAYS, cursor, 50).nextCursor();
        }
        database.transact(handle -> handle.execute("DELETE FROM chorus_health"));
        once("reckoning the health of all customers", signals::catchUp);
        database.transact(handle -> handle.execute("UPDATE chorus_health SET day = day - 1"));
        once("the same again, warm", signals::catchUp);
        ask("insights of the largest customer", times, i -> signals.insights().of(admin, largest, TimeRange.ALWAYS));
        ask(
                "insights of the portfolio, a page of 50",
                times,
                i -> signals.insights().list(admin, TimeRange.ALWAYS, cursors.get(i % cursors.size()), 50));
        ask(
                "insights of the portfolio, a page of 200",
                times / 3,
                i -> signals.insights().list(admin, TimeRange.ALWAYS, cursors.get(i * 4 % cursors.size()), 200));
        ask("health of the largest customer", times, i -> signals.health().of(admin, largest));
        ask(
                "health of the portfolio, the lowest 50",
                times,
                i -> signals.health().list(admin, new HealthFilter(null, null, HealthFilter.Sort.LOWEST), null, 50));
        for (GroupBy by : new GroupBy[] {null, GroupBy.WEEK, GroupBy.CUSTOMER}) {
            ask(
                    "trends of 90 days by " + by,
                    times / 10,
                    i -> signals.trends()
                            .list(admin, new TrendRequest(TimeRange.ALWAYS, null, null, null, null, by), null, 50));
        }
        SignalMapping other = new SignalMapping(
                20, List.of(new SignalRule("risk", "churn_risk", SignalRule.Direction.NEGATIVE, 10, 0.3)));
        once("preview of a mapping on all customers", () -> signals.mappings().preview(admin, other, 50));
    }

    private static void once(String what, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        SyncBenchmark.print("%s: %.1f s", what, (System.nanoTime() - begin) / 1e9);
    }

    private static void ask(String what, int times, IntFunction<Object> work) {
        for (int i = 0; i < Math.max(5, times / 5); i++) {
            keep(work.apply(i));
        }
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            keep(work.apply(i));
            millis.add((System.nanoTime() - begin) / 1e6);
        }
        millis.sort(null);
        SyncBenchmark.print(
                "%s: %d times, p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                what, times, millis.get(times / 2), millis.get((int) Math.ceil(times * 0.99) - 1), millis.getLast());
    }

    private static void keep(Object answer) {
        if (answer instanceof Page<?> page && page.items().isEmpty()) {
            throw new IllegalStateException("A page holds something");
        }
    }

    private static CustomerId customer(Database database, String name) {
        return new CustomerId(database.read(handle -> handle.createQuery("SELECT id FROM customers WHERE name = :name")
                .bind("name", name)
                .mapTo(UUID.class)
                .one()));
    }

    private static void fill(Database database) {
        if (database.read(handle -> handle.createQuery("SELECT count(*) FROM customers")
                        .mapTo(Long.class)
                        .one())
                > 0) {
            return;
        }
        once("filling", () -> database.transact(SignalBenchmark::rows));
        database.read(handle -> handle.execute("VACUUM ANALYZE"));
    }

    private static void rows(Handle handle) {
        Consumer<String> sql = handle::execute;
        sql.accept("INSERT INTO customers (name) SELECT 'Customer ' || i FROM generate_series(1, " + CUSTOMERS + ") i");
        sql.accept(
                "INSERT INTO chorus_trackers (tracker_key, name, first_seen) SELECT t, initcap(t), '2026-01-01' FROM unnest("
                        + "ARRAY['pricing', 'competitors', 'churn risk', 'feature requests', 'renewal', 'escalation']) t");
        sql.accept("""
                INSERT INTO chorus_calls (chorus_call_id, customer_id, title, duration_ms, chorus_url, call_date, listed_date,
                    synced_at, fetched_at, dialect, state, transcript_state, content_hash)
                SELECT 'B-' || row_number() OVER (), id, 'Weekly', 2700000, 'https://chorus.ai/meeting/' || n, at, at, at, at,
                    'engagements', 'done', 'available', md5(id::text || n)
                FROM (SELECT cu.id, n, TIMESTAMPTZ '2026-11-22 10:00Z' - random() * INTERVAL '365 days' AS at FROM customers cu
                    CROSS JOIN LATERAL generate_series(1, CASE WHEN cu.name = 'Customer 1' THEN %d ELSE %d END) n) made
                """.formatted(CALLS_OF_THE_LARGEST, CALLS_EACH));
        sql.accept("DELETE FROM chorus_facts_due");
        sql.accept("""
                INSERT INTO chorus_call_facts (call_id, content_hash, rules, origin, objections, pricing, advances, stalls, declines,
                    departures, next_steps, their_steps, their_share, people, names, trackers, mentions, heard)
                SELECT id, content_hash, 1, 'derived', (random() * 2)::int, (random() * 3)::int, (random() * 2)::int,
                    (random() * 0.6)::int, (random() * 0.6)::int, 0, 5, (random() * 2)::int, 0.3 + 0.3 * random(),
                    ARRAY['paula@client.example', 'tim@client.example', 'p' || (random() * 5)::int || '@client.example'],
                    ARRAY['Paula Reyes', 'Tim Saldana', 'Somebody Else'],
                    ARRAY['pricing', 'churn risk', 'competitors', 'feature requests'],
                    ARRAY[(random() * 5)::int + 1, 1, 2, 3], ARRAY[(random() * 2)::int, (random() * 0.6)::int, (random() * 0.6)::int, 1]
                FROM chorus_calls
                """);
        String quote = """
                jsonb_build_object('utterance', n, 'startMs', n * 10000, 'speaker', 'Paula Reyes', 'side', 'EXTERNAL', 'about', NULL,
                    'item', NULL, 'text', 'It was said in so many words that ' || repeat('this and that matters, ', 6) || n)
                """;
        sql.accept("""
                INSERT INTO chorus_call_quotes (call_id, quotes)
                SELECT call_id, jsonb_build_object('cues', jsonb_build_object('OBJECTION', q.few, 'PRICING', q.few, 'NEXT_STEP', q.many,
                    'ADVANCE', q.few, 'DECLINE', q.few), 'trackers', jsonb_build_object('pricing', q.many, 'churn risk', q.few,
                    'competitors', q.few, 'feature requests', q.few))
                FROM chorus_call_facts CROSS JOIN (SELECT
                    (SELECT jsonb_agg(%1$s) FROM generate_series(1, 2) n) AS few,
                    (SELECT jsonb_agg(%1$s) FROM generate_series(1, 5) n) AS many) q
                """.formatted(quote));
        sql.accept("""
                INSERT INTO chorus_action_items (chorus_call_id, customer_id, description, item_key, position, side, due_date)
                SELECT c.chorus_call_id, c.customer_id, 'Send something ' || n, 'k' || n, n,
                    CASE WHEN random() < 0.3 THEN 'external' ELSE 'internal' END,
                    CASE WHEN random() < 0.4 THEN (c.call_date + INTERVAL '7 days')::date END
                FROM chorus_calls c CROSS JOIN generate_series(1, 5) n
                """);
        sql.accept("""
                WITH made AS (
                    INSERT INTO tasks (title, customer_id, status, due_date, source_call_id, completed_at)
                    SELECT i.item_key || ' ' || i.id, i.customer_id, CASE WHEN random() < 0.7 THEN 'done' ELSE 'open' END, i.due_date,
                        c.id, c.call_date + INTERVAL '6 days'
                    FROM chorus_action_items i JOIN chorus_calls c ON c.chorus_call_id = i.chorus_call_id
                    WHERE i.side = 'internal' RETURNING id, title)
                UPDATE chorus_action_items i SET task_id = made.id FROM made WHERE made.title = i.item_key || ' ' || i.id
                """);
    }
}
