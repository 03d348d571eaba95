package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Script.Mention;
import ai.cscx.chorus.simulator.Script.Utterance;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Voices, tracker hits and words of a recording. The words come in no order. */
final class RecordingParts {
    private static final double TALK_SHARE = 0.95;

    private final SimulatedCall call;
    private final Script script;

    RecordingParts(SimulatedCall call, Script script) {
        this.call = call;
        this.script = script;
    }

    void write(JsonGenerator json) throws IOException {
        clusters(json);
        trackers(json);
        var dice = call.dice("utterances");
        json.writeArrayFieldStart("utterances");
        for (Utterance utterance : dice.shuffled(script.utterances())) {
            utterance(json, utterance, dice);
        }
        json.writeEndArray();
    }

    private void clusters(JsonGenerator json) throws IOException {
        var dice = call.dice("clusters");
        json.writeArrayFieldStart("clusters");
        int id = 0;
        for (Participant person : call.participants()) {
            List<Utterance> spoken = script.utterances().stream()
                    .filter(u -> u.speaker().personId() == person.personId())
                    .toList();
            if (!spoken.isEmpty()) {
                cluster(json, id++, person, spoken, dice);
            }
        }
        json.writeEndArray();
    }

    private static void cluster(JsonGenerator json, int id, Participant person, List<Utterance> spoken, Dice dice)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", id);
        json.writeStringField(
                "type",
                switch (person.side()) {
                    case INTERNAL -> "rep";
                    case EXTERNAL -> "cust";
                    case UNKNOWN -> "unknown";
                });
        json.writeStringField(
                "match_method",
                switch (person.side()) {
                    case INTERNAL -> dice.chance(0.8) ? "user" : "voice";
                    case EXTERNAL -> dice.pick(List.of("voice", "voice", "video", "guess", "guessed_by_zoom"));
                    case UNKNOWN -> "guess";
                });
        json.writeStringField("speaker_name", person.name());
        json.writeNullField("display_name");
        number(json, "participant", person.side() == Side.UNKNOWN ? null : person.personId());
        number(json, "user_id", person.userId());
        json.writeStringField("title", person.title());
        json.writeStringField("company_name", person.company());
        json.writeArrayFieldStart("ranges");
        for (Utterance utterance : spoken) {
            json.writeStartObject();
            json.writeNumberField("start", utterance.startSeconds());
            json.writeNumberField("length", utterance.lengthSeconds());
            json.writeNumberField("talk_time", Math.round(1000 * utterance.lengthSeconds() * TALK_SHARE) / 1000.0);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void trackers(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("trackers");
        for (Map.Entry<String, List<Mention>> tracker : Wire.byTracker(script).entrySet()) {
            json.writeStartObject();
            json.writeStringField("id", Wire.trackerId(tracker.getKey()));
            json.writeStringField("name", tracker.getKey());
            json.writeStringField("type", "chorus");
            json.writeStringField("source", "chorus");
            json.writeNumberField("count", tracker.getValue().size());
            json.writeNumberField("owner_id", 0);
            json.writeNullField("team_ids");
            json.writeArrayFieldStart("mentions");
            for (Mention mention : tracker.getValue()) {
                json.writeStartObject();
                json.writeNumberField("utterance", mention.utterance());
                json.writeNumberField("offset", mention.offset());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Guests, and now and then a customer, are voices that Chorus could not name. */
    private void utterance(JsonGenerator json, Utterance utterance, Dice dice) throws IOException {
        Participant speaker = utterance.speaker();
        boolean named = switch (speaker.side()) {
            case INTERNAL -> true;
            case EXTERNAL -> !dice.chance(0.03);
            case UNKNOWN -> false;
        };
        json.writeStartObject();
        json.writeStringField("id", "utt-" + utterance.index());
        json.writeNumberField("index", utterance.index());
        json.writeStringField(
                "date_time",
                call.startedAt()
                        .plusMillis(Math.round(utterance.startSeconds() * 1000))
                        .toString());
        json.writeStringField("snippet", utterance.text());
        json.writeNumberField("snippet_time", utterance.startSeconds());
        json.writeNumberField("snippet_length", utterance.lengthSeconds());
        json.writeNumberField("snippet_word_count", Tape.words(utterance.text()));
        json.writeNumberField("participant", speaker.personId());
        number(json, "speaker_id", named ? speaker.personId() : null);
        json.writeStringField("speaker_name", named ? speaker.name() : null);
        json.writeStringField("speaker_type", !named ? null : speaker.side() == Side.INTERNAL ? "rep" : "customer");
        json.writeBooleanField("engaging", speaker.side() == Side.EXTERNAL && Tape.words(utterance.text()) > 12);
        json.writeBooleanField("expired", utterance.expired());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, @Nullable Integer value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}
