package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.SimulatedCall.Kind;
import ai.cscx.chorus.simulator.SimulatedCall.State;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** One call in the list of {@code GET /v3/engagements}. */
final class EngagementRow {
    private EngagementRow() {}

    static void write(JsonGenerator json, SimulatedCall call, boolean trackers) throws IOException {
        boolean noShow = call.state() == State.NO_SHOW;
        var dice = call.dice("engagement");
        json.writeStartObject();
        json.writeStringField("engagement_id", call.id());
        json.writeStringField("engagement_type", Wire.engagementType(call));
        json.writeStringField("subject", call.title());
        json.writeNumberField("date_time", call.startedAt().getEpochSecond());
        json.writeNumberField("duration", call.durationSeconds());
        json.writeStringField("processing_state", call.state() == State.PROCESSING ? "processing" : "done");
        json.writeBooleanField("no_show", noShow);
        json.writeNumberField("user_id", Wire.userId(call));
        json.writeStringField("user_name", call.owner().name());
        json.writeStringField("user_email", call.owner().email());
        account(json, call, dice);
        if (noShow) {
            if (dice.chance(0.5)) {
                json.writeNullField("participants");
            } else {
                json.writeArrayFieldStart("participants");
                json.writeEndArray();
            }
            json.writeEndObject();
            return;
        }
        extras(json, call, dice);
        json.writeArrayFieldStart("participants");
        for (Participant person : call.participants()) {
            json.writeStartObject();
            Wire.person(json, person);
            json.writeEndObject();
        }
        json.writeEndArray();
        words(json, call, dice, trackers);
        json.writeEndObject();
    }

    private static void account(JsonGenerator json, SimulatedCall call, Dice dice) throws IOException {
        var account = call.account();
        if (account != null && call.knowsCrmId()) {
            json.writeStringField("account_id", account.crmId());
            json.writeStringField("account_name", account.name());
        } else if (call.state() == State.NO_SHOW || dice.chance(0.3)) {
            json.writeNullField("account_id");
            json.writeNullField("account_name");
        } else {
            json.writeStringField("account_id", "");
            json.writeStringField("account_name", call.owner().name() + " Meetings");
        }
    }

    private static void extras(JsonGenerator json, SimulatedCall call, Dice dice) throws IOException {
        json.writeStringField("url", "https://chorus.ai/meeting/" + call.id());
        if (dice.chance(0.9)) {
            json.writeStringField("language", "en");
        } else if (dice.chance(0.5)) {
            json.writeNullField("language");
        }
        if (dice.chance(0.85)) {
            json.writeStringField("compliance", dice.chance(0.97) ? "compliant" : "non-compliant");
        }
        if (dice.chance(0.7)) {
            json.writeStringField("initiator", call.owner().email());
        }
        String deal = Wire.dealId(call);
        if (deal != null) {
            json.writeStringField("opportunity_id", deal);
            json.writeStringField("opportunity_name", Wire.dealName(call));
        } else if (dice.chance(0.6)) {
            json.writeStringField("opportunity_id", "");
            json.writeStringField("opportunity_name", "");
        }
        boolean dialer = Wire.engagementType(call).equals("dialer");
        json.writeBooleanField("disposition_connected", dialer);
        json.writeBooleanField("disposition_gatekeeper", false);
        json.writeBooleanField("disposition_tree", false);
        json.writeBooleanField("disposition_voicemail", false);
    }

    private static void words(JsonGenerator json, SimulatedCall call, Dice dice, boolean trackers) throws IOException {
        Script script = call.script();
        json.writeNumberField("num_cust_questions", Wire.questions(script, Side.EXTERNAL));
        json.writeNumberField("num_engaging_questions", Wire.questions(script, Side.INTERNAL));
        if (trackers) {
            json.writeArrayFieldStart("tracker_matches");
            for (var tracker : Wire.byTracker(script).entrySet()) {
                json.writeStartObject();
                json.writeStringField("name", tracker.getKey());
                json.writeStringField("type", "chorus");
                json.writeNumberField("num_matches", tracker.getValue().size());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (call.state() == State.PROCESSING) {
            json.writeNullField("meeting_summary");
            return;
        }
        if (dice.chance(0.94) || call.kind() == Kind.INTERNAL) {
            json.writeStringField("meeting_summary", script.summary());
        }
        if (dice.chance(0.95)) {
            Wire.actionItems(json, script);
        } else if (dice.chance(0.5)) {
            json.writeNullField("action_items");
        }
    }
}
