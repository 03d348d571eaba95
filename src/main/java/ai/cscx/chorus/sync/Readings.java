package ai.cscx.chorus.sync;

import ai.cscx.chorus.store.Database;
import ai.cscx.chorus.task.Tasks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What tells whether the sync is well, in numbers and without anything of the calls.
 *
 * @param transcripts calls by state of their transcript
 * @param waiting calls to be fetched, by reason
 * @param connection connected, degraded or disconnected
 * @param unindexed calls that the search index has yet to learn of
 * @param quarantined records that cannot be read
 * @param capture of the action items that Chorus lists
 * @param accuracy the last reconciliation; empty before there was one
 */
public record Readings(
        Map<String, Long> transcripts,
        Map<String, Long> waiting,
        String connection,
        long unindexed,
        long quarantined,
        RateLimiter.Budget budget,
        Tasks.Capture capture,
        Optional<Settlement.Accuracy> accuracy) {
    public Readings {
        transcripts = Map.copyOf(transcripts);
        waiting = Map.copyOf(waiting);
    }

    static Map<String, Long> transcripts(Database database) {
        return database.read(handle -> handle.createQuery(
                        "SELECT transcript_state AS word, count(*) AS calls FROM chorus_calls GROUP BY transcript_state")
                .map((row, context) -> Map.entry(row.getString("word"), row.getLong("calls")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    static String connection(Handle handle) {
        List<String> status = handle.createQuery("SELECT status FROM chorus_connections")
                .mapTo(String.class)
                .list();
        return status.isEmpty() ? "disconnected" : status.getFirst();
    }
}
