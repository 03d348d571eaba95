package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Roster.Account;
import ai.cscx.chorus.simulator.Script.ActionItem;
import ai.cscx.chorus.simulator.Script.Utterance;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/** The truth, for tests and evaluations: what a client should have found. Not part of Chorus. */
final class Ledger {
    private final World world;

    Ledger(World world) {
        this.world = world;
    }

    Reply calls() {
        return Reply.json(200, Reply.JSON, json -> {
            json.writeStartArray();
            for (SimulatedCall call : world.calls()) {
                call(json, call);
            }
            json.writeEndArray();
        });
    }

    Reply transcript(SimulatedCall call) {
        return Reply.json(200, Reply.JSON, json -> {
            json.writeStartArray();
            for (Utterance utterance : call.script().utterances()) {
                if (!utterance.expired()) {
                    json.writeStartObject();
                    json.writeNumberField("index", utterance.index());
                    json.writeStringField("speaker", utterance.speaker().name());
                    json.writeStringField("side", utterance.side().name());
                    json.writeNumberField("startSeconds", utterance.startSeconds());
                    json.writeNumberField("endSeconds", Math.round(utterance.endSeconds() * 10) / 10.0);
                    json.writeStringField("text", utterance.text());
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
        });
    }

    static Reply requests(long total, Map<RequestKind, Long> byKind) {
        return Reply.json(200, Reply.JSON, json -> {
            json.writeStartObject();
            json.writeNumberField("total", total);
            for (RequestKind kind : RequestKind.values()) {
                json.writeNumberField(kind.word(), byKind.getOrDefault(kind, 0L));
            }
            json.writeEndObject();
        });
    }

    private static void call(JsonGenerator json, SimulatedCall call) throws IOException {
        Account account = call.account();
        json.writeStartObject();
        json.writeStringField("id", call.id());
        json.writeStringField("account", account == null ? null : account.name());
        json.writeBooleanField("private", call.isPrivate());
        json.writeStringField("state", call.state().name());
        json.writeStringField("startedAt", call.startedAt().toString());
        json.writeNumberField("durationSeconds", call.durationSeconds());
        json.writeStringField("title", call.title());
        json.writeArrayFieldStart("actionItems");
        for (ActionItem item : call.script().actionItems()) {
            json.writeStartObject();
            json.writeStringField("text", item.text());
            json.writeStringField("doer", item.doer());
            json.writeStringField("side", item.doerSide().name());
            json.writeStringField("due", item.due());
            json.writeNumberField("utterance", item.utterance());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
