package ai.cscx.chorus.sync;

import ai.cscx.chorus.call.Momentum;
import ai.cscx.chorus.call.Momentum.DealProgress;
import ai.cscx.chorus.call.Momentum.Evidence;
import ai.cscx.chorus.upstream.CallsApi;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Momentum as the dialect {@code calls} says it. */
final class CallsMomentum {
    private CallsMomentum() {}

    static @Nullable Momentum of(CallsApi.@Nullable Momentum said) {
        if (said == null) {
            return null;
        }
        return new Momentum(
                progress(said.dealProgress()),
                Boolean.TRUE.equals(said.pricingDiscussed()),
                evidence(said.nextSteps()),
                evidence(said.pricingQuotes()),
                evidence(said.objections()),
                Momentum.Origin.SOURCE);
    }

    private static DealProgress progress(@Nullable String word) {
        String known = Texts.lower(Texts.first(word));
        return switch (known == null ? "" : known) {
            case "advancing" -> DealProgress.ADVANCING;
            case "stalled" -> DealProgress.STALLED;
            case "declining" -> DealProgress.DECLINING;
            default -> DealProgress.UNKNOWN;
        };
    }

    /** Entries are objects, or bare strings; one without words is none. */
    private static List<Evidence> evidence(@Nullable List<JsonNode> entries) {
        List<Evidence> evidence = new ArrayList<>();
        for (JsonNode entry : entries == null ? List.<JsonNode>of() : entries) {
            JsonNode at = entry.path("timestamp_seconds");
            String text = Texts.plain((entry.isTextual() ? entry : entry.path("text")).asText(""));
            if (text != null) {
                String speaker = Texts.first(entry.path("speaker").asText(null));
                evidence.add(new Evidence(text, at.isNumber() ? Texts.millis(at.doubleValue()) : null, speaker));
            }
        }
        return evidence;
    }
}
