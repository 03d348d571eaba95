package ai.cscx.chorus.alert;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.access.Role;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.search.Hit;
import ai.cscx.chorus.search.Mode;
import ai.cscx.chorus.search.Search;
import ai.cscx.chorus.search.SearchRequest;
import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.store.Jobs;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the saved searches on calls that came to the index. Each runs as its owner: with the role and the portfolio that
 * they have at that moment, so nobody is told of a call that they may not see.
 *
 * <p>A call is new to a search if its words came to the index for the first time after the search was saved. So what was
 * here then never alerts, whatever becomes of it; the late transcript of an old call does; and a new call that is changed
 * or given to a customer afterwards alerts whom it did not before. What a backfill brings, call and words, is history: of
 * that, only calls that took place after the search was saved are new. A customer who gets another owner brings them no
 * alerts of calls before.
 *
 * <p>A call alerts a search once: {@code chorus_alerts} holds the pair, for as long as the call is not purged. A check
 * that is repeated only corrects the place of the match. Checks wait in {@code chorus_alert_checks} and leave it in the
 * transaction that writes their alerts. OpenSearch failing is never "no match": the checks stay and are repeated.
 */
public final class AlertChecks {
    private static final Logger LOG = LoggerFactory.getLogger(AlertChecks.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
    /** Longer than it takes until searches read an index that was filled anew. */
    private static final Duration WHILE_REBUILDING = Duration.ofSeconds(15);

    private static final int BATCH = 50;

    private final Database database;
    private final Search search;
    private final People people;
    private final Clock clock;
    private boolean waiting;

    public AlertChecks(Database database, Search search, People people, Clock clock) {
        this.database = database;
        this.search = search;
        this.people = people;
        this.clock = clock;
    }

    public void register(Jobs jobs) {
        jobs.every("check-alerts", PAUSE, this::run);
    }

    /** Makes the checks that are due. While OpenSearch is away nothing happens, and the next run begins there. */
    public synchronized void run() {
        try {
            List<Check> checks = due();
            while (!checks.isEmpty() && !rebuilding()) {
                check(checks);
                checks = due();
            }
            waiting = false;
        } catch (Failure.Unavailable away) {
            if (!waiting) {
                waiting = true;
                LOG.info("Saved searches wait, new calls are checked later: {}", away.getMessage());
            }
        } catch (RuntimeException defect) {
            if (!waiting) {
                waiting = true;
                // Only the class: messages of others may repeat what people said.
                LOG.error(
                        "Saved searches cannot be run and are tried again every {} s: {} at {}",
                        PAUSE.toSeconds(),
                        defect.getClass().getName(),
                        defect.getStackTrace().length == 0 ? "?" : defect.getStackTrace()[0]);
            }
            throw defect;
        }
    }

    private record Check(long id, UUID call, int failures) {}

    /** A saved search and a call that is new to it. */
    private record Watching(SavedSearch search, UserId owner, UUID call) {}

    /** The same, with the owner as they are now, who may see the call. */
    private record Pair(SavedSearch search, Asker owner, UUID call) {}

    /**
     * @param utterance what answers best in the call; null if nothing does
     */
    private record Outcome(Pair pair, @Nullable Integer utterance) {}

    private List<Check> due() {
        return database.read(handle -> handle.createQuery("""
                        SELECT id, call_id, failures FROM chorus_alert_checks WHERE due_at <= clock_timestamp()
                        ORDER BY due_at, id LIMIT :most
                        """)
                .bind("most", BATCH)
                .map((row, context) ->
                        new Check(row.getLong("id"), row.getObject("call_id", UUID.class), row.getInt("failures")))
                .list());
    }

    /**
     * Whether calls that were in the index are to be written to it anew: searches may still read an older index, in which
     * new calls are not found. All checks are put off then.
     */
    private boolean rebuilding() {
        return database.inTransaction(handle -> handle.createUpdate("""
                        UPDATE chorus_alert_checks SET due_at = clock_timestamp() + make_interval(secs => :wait)
                        WHERE EXISTS (SELECT 1 FROM chorus_calls
                            WHERE indexed_version < version AND indexed_version = 0 AND words_since IS NOT NULL)
                        """)
                        .bind("wait", WHILE_REBUILDING.toSeconds())
                        .execute())
                > 0;
    }

    private void check(List<Check> checks) {
        Map<UUID, List<Pair>> pairs = pairs(checks);
        if (!pairs.isEmpty()) {
            // What was indexed is found after a second, or after this.
            search.refresh();
        }
        List<Outcome> outcomes = new ArrayList<>();
        List<Check> done = new ArrayList<>();
        List<Check> failed = new ArrayList<>();
        for (Check check : checks) {
            boolean whole = true;
            for (Pair pair : pairs.getOrDefault(check.call(), List.of())) {
                whole &= run(pair, outcomes);
            }
            (whole ? done : failed).add(check);
        }
        database.transact(handle -> {
            outcomes.forEach(outcome -> keep(handle, outcome));
            handle.createUpdate("DELETE FROM chorus_alert_checks WHERE id = ANY (:done)")
                    .bind("done", done.stream().mapToLong(Check::id).toArray())
                    .execute();
            failed.forEach(check -> putOff(handle, check));
        });
    }

    /** False if our program or the saved search is at fault; then the call is tried again later, and others go on. */
    private boolean run(Pair pair, List<Outcome> outcomes) {
        SavedSearch saved = pair.search();
        SearchRequest request = new SearchRequest(
                saved.q(),
                saved.customer() == null ? Set.of() : Set.of(saved.customer()),
                TimeRange.ALWAYS,
                saved.speaker(),
                saved.side(),
                new CallId(pair.call()),
                null,
                Mode.LEXICAL,
                SearchRequest.Need.MOST,
                1,
                null);
        try {
            List<Hit> hits = search.search(pair.owner(), request).hits();
            outcomes.add(
                    new Outcome(pair, hits.isEmpty() ? null : hits.getFirst().utterance()));
            return true;
        } catch (Failure.Unavailable away) {
            throw away;
        } catch (RuntimeException defect) {
            // Only the class: messages of others may repeat what people said.
            LOG.warn(
                    "Saved search {} cannot be run on call {}, the next try follows: {}",
                    saved.id(),
                    pair.call(),
                    defect.getClass().getName());
            return false;
        }
    }

    private void keep(Handle handle, Outcome outcome) {
        Integer utterance = outcome.utterance();
        if (utterance == null) {
            handle.createUpdate(
                            "UPDATE chorus_alerts SET utterance = NULL WHERE search_id = :search AND call_id = :call")
                    .bind("search", outcome.pair().search().id().value())
                    .bind("call", outcome.pair().call())
                    .execute();
            return;
        }
        // Search and call may have gone while the search ran.
        handle.createUpdate("""
                        INSERT INTO chorus_alerts AS a (search_id, call_id, utterance, found_at)
                        SELECT s.id, c.id, :utterance, :now FROM chorus_saved_searches s, chorus_calls c
                        WHERE s.id = :search AND c.id = :call
                        FOR KEY SHARE
                        ON CONFLICT (search_id, call_id) DO UPDATE SET utterance = excluded.utterance
                        WHERE a.utterance IS DISTINCT FROM excluded.utterance
                        """)
                .bind("search", outcome.pair().search().id().value())
                .bind("call", outcome.pair().call())
                .bind("utterance", utterance)
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .execute();
    }

    private static void putOff(Handle handle, Check check) {
        handle.createUpdate("""
                        UPDATE chorus_alert_checks SET failures = failures + 1,
                            due_at = clock_timestamp() + make_interval(secs => :wait)
                        WHERE id = :id
                        """)
                .bind("id", check.id())
                .bind("wait", Jobs.backoff(check.failures() + 1, LONGEST_WAIT).toSeconds())
                .execute();
    }

    /** By call; only calls that a search waits for, and whose owner may see them. */
    private Map<UUID, List<Pair>> pairs(List<Check> checks) {
        UUID[] calls = checks.stream().map(Check::call).distinct().toArray(UUID[]::new);
        List<Watching> watching = database.read(handle -> handle.createQuery("""
                        SELECT s.id, s.name, s.q, s.customer_id, s.speaker, s.side, s.alert, s.created_at, s.user_id,
                            c.id AS call_id
                        FROM chorus_calls c JOIN chorus_saved_searches s
                            ON s.alert AND s.watching_since < c.words_since
                            AND (NOT c.words_backfilled OR s.created_at < c.call_date)
                            AND (s.customer_id IS NULL OR s.customer_id = c.customer_id)
                        WHERE c.id = ANY (:calls)
                        """)
                .bind("calls", calls)
                .map((row, context) -> new Watching(
                        SavedSearches.search(row),
                        new UserId(row.getObject("user_id", UUID.class)),
                        row.getObject("call_id", UUID.class)))
                .list());
        if (watching.isEmpty()) {
            return Map.of();
        }
        Map<UserId, List<Watching>> byOwner = watching.stream().collect(Collectors.groupingBy(Watching::owner));
        List<Pair> pairs = new ArrayList<>();
        for (People.Person person : people.all()) {
            List<Watching> theirs = byOwner.get(person.id());
            if (theirs == null || person.role() == Role.SERVICE) {
                continue;
            }
            Asker owner = People.asker(person);
            Set<UUID> visible = visible(owner, calls);
            theirs.stream()
                    .filter(one -> visible.contains(one.call()))
                    .forEach(one -> pairs.add(new Pair(one.search(), owner, one.call())));
        }
        return pairs.stream().collect(Collectors.groupingBy(Pair::call));
    }

    private Set<UUID> visible(Asker owner, UUID[] calls) {
        Portfolio.Condition visible = Portfolio.condition(owner, "c.customer_id");
        return database.read(handle -> handle.createQuery(
                        "SELECT c.id FROM chorus_calls c WHERE c.id = ANY (:calls) AND " + visible.sql())
                .bindMap(new HashMap<>(visible.arguments()))
                .bind("calls", calls)
                .mapTo(UUID.class)
                .collect(Collectors.toSet()));
    }
}
