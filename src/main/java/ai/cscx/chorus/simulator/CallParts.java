package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Script.Mention;
import ai.cscx.chorus.simulator.Script.Utterance;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words and tracker hits in the dialect {@code calls}. The words come in no order. */
final class CallParts {
    /** Trackers that Chorus has no category for are left out here. */
    private static final Map<String, String> CATEGORIES = Map.of(
            "Pricing", "pricing",
            "Churn Risk", "risk",
            "Feature Requests", "product",
            "Renewal", "renewal",
            "Escalation", "risk");

    private CallParts() {}

    static void transcript(JsonGenerator json, SimulatedCall call) throws IOException {
        var dice = call.dice("segments");
        List<Utterance> said = call.script().utterances().stream()
                .filter(utterance -> !utterance.expired() && !utterance.text().isBlank())
                .toList();
        json.writeStartObject();
        json.writeStringField("call_id", call.id());
        json.writeStringField("language", call.state() == SimulatedCall.State.DONE ? "en" : null);
        json.writeArrayFieldStart("segments");
        for (Utterance utterance : dice.shuffled(said)) {
            String speaker = speaker(utterance, dice);
            json.writeStartObject();
            json.writeStringField("speaker", speaker);
            json.writeStringField(
                    "speaker_email",
                    speaker == null ? null : utterance.speaker().email());
            json.writeNumberField("start_seconds", utterance.startSeconds());
            if (dice.chance(0.03)) {
                json.writeNullField("end_seconds");
            } else {
                json.writeNumberField("end_seconds", Math.round(utterance.endSeconds() * 10) / 10.0);
            }
            json.writeStringField("text", utterance.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void trackers(JsonGenerator json, SimulatedCall call) throws IOException {
        Script script = call.script();
        json.writeStartObject();
        json.writeStringField("call_id", call.id());
        json.writeArrayFieldStart("trackers");
        for (Map.Entry<String, List<Mention>> tracker : Wire.byTracker(script).entrySet()) {
            json.writeStartObject();
            json.writeStringField("id", Wire.trackerId(tracker.getKey()));
            json.writeStringField("name", tracker.getKey());
            json.writeStringField("category", CATEGORIES.get(tracker.getKey()));
            json.writeArrayFieldStart("mentions");
            for (Mention mention : tracker.getValue()) {
                Utterance utterance = script.utterances().get(mention.utterance());
                json.writeStartObject();
                json.writeNumberField("timestamp_seconds", utterance.startSeconds());
                json.writeStringField("text", utterance.text());
                json.writeStringField(
                        "speaker",
                        utterance.side() == Side.UNKNOWN
                                ? null
                                : utterance.speaker().name());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Guests, and now and then a customer, are voices that nobody could name. */
    private static @Nullable String speaker(Utterance utterance, Dice dice) {
        boolean named = switch (utterance.side()) {
            case INTERNAL -> true;
            case EXTERNAL -> !dice.chance(0.03);
            case UNKNOWN -> false;
        };
        return named ? utterance.speaker().name() : null;
    }
}
