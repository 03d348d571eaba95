package ai.cscx.chorus.chaos;

import ai.cscx.chorus.chaos.Truth.Asked;
import ai.cscx.chorus.chaos.Truth.TrueCall;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** I7 and I11, read off what Chorus was asked. */
final class RequestChecks {
    private static final int PAGE = 100;
    private static final Duration WINDOW = Duration.ofDays(90);
    /** Syncs of this length look at everything again, whatever the list says. */
    private static final Set<Duration> SWEPT = Set.of(Duration.ofDays(30), Duration.ofDays(180));
    /** An HTTP date says whole seconds, and the log rounds them up. */
    private static final long DATE_ROUNDING_MILLIS = 1000;
    /** Faults after which a list reads otherwise, so that calls look changed, and once more when it is right again. */
    private static final Set<String> REWORDED = Set.of("unknown-words", "unknown-fields", "wrong-types");
    /** What a client knows to be broken only after it asked for more. */
    private static final Set<String> LEADING_ON = Set.of("endless-key");

    private final Truth truth;
    private final List<Asked> log;
    private final Findings findings;
    private final List<Long> kills;
    private final int workers;
    private final UpstreamLists upstream;
    /** So late may arrive what was under way when Chorus said 429. */
    private final long underWayMillis;

    /**
     * @param kills when the product was killed, milliseconds since 1970
     * @param workers how many calls one product fetches at once
     */
    RequestChecks(
            Truth truth,
            List<Asked> log,
            Findings findings,
            List<Long> kills,
            int workers,
            UpstreamLists upstream,
            long underWayMillis) {
        this.truth = truth;
        this.log = log;
        this.findings = findings;
        this.kills = List.copyOf(kills);
        this.workers = workers;
        this.upstream = upstream;
        this.underWayMillis = underWayMillis;
    }

    /** Calls about which Chorus said words that nobody knows. */
    static Set<String> nonsense(List<Asked> log) {
        Set<String> calls = new HashSet<>();
        log.stream()
                .filter(asked -> asked.callId() != null && "unknown-words".equals(asked.fault()))
                .forEach(asked -> calls.add(String.valueOf(asked.callId())));
        return calls;
    }

    void run(List<JsonNode> syncs) {
        details(syncs);
        lists(syncs);
        retryAfter();
    }

    private void details(List<JsonNode> syncs) {
        Map<String, Integer> fetched = new HashMap<>();
        Map<String, Integer> failed = new HashMap<>();
        for (Asked asked : log) {
            String call = asked.callId();
            if (call == null) {
                continue;
            }
            if (asked.detail()) {
                fetched.merge(call, 1, Integer::sum);
            }
            if (asked.status() != 200 || asked.fault() != null) {
                failed.merge(call, 1, Integer::sum);
            }
        }
        int reworded = (int) log.stream()
                .filter(asked -> asked.list() && asked.fault() != null && REWORDED.contains(asked.fault()))
                .count();
        // Where a call takes several requests, a 429 to anybody stops the others between two of theirs, unsent.
        boolean several = log.stream().anyMatch(asked -> asked.callId() != null && !asked.detail());
        int stopped = several
                ? (int) log.stream().filter(asked -> asked.status() == 429).count()
                : 0;
        List<JsonNode> sweeps =
                syncs.stream().filter(sync -> SWEPT.contains(length(sync))).toList();
        int twice = 0;
        for (TrueCall call : truth.calls().values()) {
            if (!call.calm()) {
                continue;
            }
            int swept = (int) sweeps.stream()
                    .filter(sync -> !call.startedAt().isBefore(from(sync)))
                    .count();
            int excess = fetched.getOrDefault(call.id(), 0) - 1 - failed.getOrDefault(call.id(), 0) - swept;
            twice += Math.max(0, excess);
            if (excess > kills.size() + 2 * reworded + stopped) {
                findings.broken(
                        Promise.I7,
                        call.id() + " never changed and was fetched " + fetched.get(call.id()) + " times, "
                                + failed.getOrDefault(call.id(), 0) + " of them in vain");
            }
        }
        int allowed = (kills.size() + stopped) * workers + 2 * PAGE * reworded;
        if (twice > allowed) {
            findings.broken(
                    Promise.I7,
                    "calls that never changed were fetched " + twice + " times more than once; " + kills.size()
                            + " kills, " + reworded + " reworded lists and " + stopped + " refusals explain "
                            + allowed);
        }
    }

    private void lists(List<JsonNode> syncs) {
        long needed = 0;
        for (JsonNode sync : syncs) {
            Instant until = until(sync);
            for (Instant start = from(sync); start.isBefore(until); start = start.plus(WINDOW)) {
                Instant end = start.plus(WINDOW).isBefore(until) ? start.plus(WINDOW) : until;
                needed += upstream.pages(start, end);
            }
        }
        List<Asked> lists = log.stream().filter(Asked::list).toList();
        long read = lists.stream()
                .filter(asked -> asked.status() == 200 && (asked.fault() == null || REWORDED.contains(asked.fault())))
                .count();
        long broken = lists.stream()
                .filter(asked -> asked.status() != 200 || asked.fault() != null)
                .count();
        long leading = lists.stream()
                .filter(asked -> asked.fault() != null && LEADING_ON.contains(asked.fault()))
                .count();
        long interrupted =
                kills.stream().mapToLong(kill -> windowsUnderWay(syncs, kill)).sum()
                        + refusals().stream()
                                .mapToLong(refusal -> windowsUnderWay(syncs, refusal))
                                .sum();
        // What was read last is read again, and what is left may end with an empty page of its own.
        long allowed = needed + 2 * (interrupted + broken) + leading;
        if (read > allowed) {
            findings.broken(
                    Promise.I7,
                    read + " list pages were read; the syncs have " + needed + ", " + interrupted
                            + " windows interrupted by kills and refusals and " + broken + " faults explain "
                            + (allowed - needed)
                            + " more");
        }
    }

    /** When Chorus said 429, which stops whatever is read; several at once count as one. */
    private List<Long> refusals() {
        List<Long> moments = new ArrayList<>();
        log.stream()
                .filter(asked -> asked.status() == 429)
                .map(Asked::answeredAt)
                .sorted()
                .filter(at -> moments.isEmpty() || at > moments.getLast() + underWayMillis)
                .forEach(moments::add);
        return moments;
    }

    /** Windows that may have been read when all was stopped; of each a page is read again. */
    private long windowsUnderWay(List<JsonNode> syncs, long stop) {
        long windows = 0;
        for (JsonNode sync : syncs) {
            boolean finished = sync.hasNonNull("finishedAt")
                    && Instant.parse(sync.path("finishedAt").asText()).toEpochMilli() < stop;
            if (!finished && Instant.parse(sync.path("startedAt").asText()).toEpochMilli() <= stop) {
                windows +=
                        Math.ceilDiv(Duration.between(from(sync), until(sync)).toSeconds(), WINDOW.toSeconds());
            }
        }
        return Math.min(workers, windows);
    }

    private static Instant from(JsonNode sync) {
        return Instant.parse(sync.path("window").path("from").asText());
    }

    private static Instant until(JsonNode sync) {
        return Instant.parse(sync.path("window").path("until").asText());
    }

    private static Duration length(JsonNode sync) {
        return Duration.ofMinutes(
                Math.round(Duration.between(from(sync), until(sync)).toSeconds() / 60.0));
    }

    private void retryAfter() {
        for (Asked refused : log) {
            Long seconds = refused.retryAfterSeconds();
            if (refused.status() != 429 || seconds == null || refused.kind().equals("token")) {
                continue;
            }
            long rounding = "rate-limit-date".equals(refused.fault()) ? DATE_ROUNDING_MILLIS : 0;
            long from = refused.answeredAt() + underWayMillis;
            long until = refused.answeredAt() + 1000 * seconds - rounding;
            boolean killedBeforeItKnew =
                    kills.stream().anyMatch(kill -> kill >= refused.answeredAt() - underWayMillis && kill <= from);
            Asked early = killedBeforeItKnew ? null : firstBetween(from, until);
            if (early != null) {
                findings.broken(
                        Promise.I11,
                        "a " + early.kind() + " request came " + (early.at() - refused.answeredAt())
                                + " ms after a 429 that asked to wait " + seconds + " s");
            }
        }
    }

    private @Nullable Asked firstBetween(long from, long until) {
        return log.stream()
                .filter(asked -> asked.at() > from && asked.at() < until)
                .findFirst()
                .orElse(null);
    }
}
