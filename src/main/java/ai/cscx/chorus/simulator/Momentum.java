package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Roster.Account;
import ai.cscx.chorus.simulator.Script.ActionItem;
import ai.cscx.chorus.simulator.Script.Mention;
import ai.cscx.chorus.simulator.Script.Objection;
import ai.cscx.chorus.simulator.Script.Utterance;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a deal is going, read off what was said. Evidence is now and then a bare string. */
final class Momentum {
    private static final String PRICING = "Pricing";

    private final SimulatedCall call;
    private final Script script;
    private final Dice dice;

    Momentum(SimulatedCall call, Script script) {
        this.call = call;
        this.script = script;
        this.dice = call.dice("momentum");
    }

    void write(JsonGenerator json) throws IOException {
        List<Utterance> priced = script.mentions().stream()
                .filter(mention -> mention.tracker().equals(PRICING))
                .map(Mention::utterance)
                .distinct()
                .map(script.utterances()::get)
                .toList();
        json.writeObjectFieldStart("momentum");
        json.writeStringField("deal_progress", progress());
        json.writeBooleanField("pricing_discussed", !priced.isEmpty());
        json.writeArrayFieldStart("next_steps");
        for (ActionItem item : script.actionItems()) {
            evidence(
                    json,
                    item.text(),
                    item.utterance() == ActionItem.NOWHERE
                            ? null
                            : script.utterances().get(item.utterance()));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("pricing_quotes");
        for (Utterance utterance : priced) {
            if (utterance.text().chars().anyMatch(Character::isDigit)) {
                evidence(json, utterance.text(), utterance);
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("objections");
        for (Objection objection : script.objections()) {
            Utterance utterance = script.utterances().get(objection.utterance());
            evidence(json, utterance.text(), utterance);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private String progress() {
        Account account = call.account();
        int objections = script.objections().size();
        if (account == null) {
            return "unknown";
        }
        if (objections >= 2) {
            return "declining";
        }
        return objections == 1 || account.health().equals("red") ? "stalled" : "advancing";
    }

    private void evidence(JsonGenerator json, String text, @Nullable Utterance said) throws IOException {
        if (said == null || dice.chance(0.2)) {
            json.writeString(text);
            return;
        }
        json.writeStartObject();
        json.writeStringField("text", text);
        json.writeNumberField("timestamp_seconds", said.startSeconds());
        json.writeStringField(
                "speaker", said.side() == Side.UNKNOWN ? null : said.speaker().name());
        json.writeEndObject();
    }
}
