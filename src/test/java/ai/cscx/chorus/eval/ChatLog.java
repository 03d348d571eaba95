package ai.cscx.chorus.eval;

import ai.cscx.chorus.eval.ChatWorld.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How answers came: how fast, from which model, with which outcome, and when the chat asked back. */
final class ChatLog {
    private static final double MEDIAN = 0.5;
    private static final double ALMOST_ALL = 0.99;
    private static final String CLARIFY = "clarify";
    private static final int SHOWN_FAILURES = 5;

    private final List<Double> millis = new ArrayList<>();
    private final List<Double> tookMillis = new ArrayList<>();
    private final Map<String, Integer> models = new TreeMap<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, Integer> askedBack = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private int withOptions;

    /** @param meant what the message was labelled as */
    void add(Reply reply, String meant) {
        if (reply.failure() != null) {
            failures.add(reply.failure());
            return;
        }
        JsonNode answer = reply.answer();
        millis.add(reply.millis());
        tookMillis.add(answer.path("tookMs").asDouble());
        models.merge(answer.path("model").asText("unknown"), 1, Integer::sum);
        outcomes.merge(answer.path("outcome").asText("none"), 1, Integer::sum);
        if (answer.path("outcome").asText().equals(CLARIFY)) {
            askedBack.merge(meant, 1, Integer::sum);
            withOptions += answer.path("options").isEmpty() ? 0 : 1;
        }
    }

    List<String> lines() {
        millis.sort(null);
        tookMillis.sort(null);
        List<String> lines = new ArrayList<>();
        lines.add("outcomes: " + outcomes + "; answered by: " + models);
        lines.add("asked back %d times, %d times with options to choose from; by what was meant: %s"
                .formatted(outcomes.getOrDefault(CLARIFY, 0), withOptions, askedBack));
        lines.add(String.format(
                Locale.ROOT,
                "tookMs p50 %.0f, p99 %.0f; over HTTP p50 %.1f ms, p99 %.1f ms, slowest %.1f ms",
                SearchEvaluation.percentile(tookMillis, MEDIAN),
                SearchEvaluation.percentile(tookMillis, ALMOST_ALL),
                SearchEvaluation.percentile(millis, MEDIAN),
                SearchEvaluation.percentile(millis, ALMOST_ALL),
                SearchEvaluation.percentile(millis, 1)));
        if (!failures.isEmpty()) {
            lines.add(failures.size() + " requests failed, the first of them:");
            failures.stream().limit(SHOWN_FAILURES).forEach(failure -> lines.add("  " + failure));
        }
        return lines;
    }

    /** Cells of a row of {@code docs/benchmarks.md}; after {@link #lines}. */
    String cells() {
        return String.format(
                Locale.ROOT,
                " %.1f | %.1f |",
                SearchEvaluation.percentile(millis, MEDIAN),
                SearchEvaluation.percentile(millis, ALMOST_ALL));
    }
}
