package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Roster.Account;
import ai.cscx.chorus.simulator.Script.Utterance;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/conversations/{id}}: everything about one call in one answer. */
final class ConversationDocument {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final SimulatedCall call;
    private final Script script;
    private final List<Participant> people;
    private final Dice dice;

    ConversationDocument(SimulatedCall call) {
        this.call = call;
        this.script = call.script();
        this.people = call.participants();
        this.dice = call.dice("conversation");
    }

    byte[] written() {
        return Reply.written(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("data");
            json.writeStringField("id", call.id());
            json.writeStringField("type", "recording");
            json.writeObjectFieldStart("attributes");
            attributes(json);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private void attributes(JsonGenerator json) throws IOException {
        Account account = call.account();
        boolean done = call.state() == SimulatedCall.State.DONE;
        Instant end = end();
        json.writeStringField("_created_at", end.plusSeconds(62).toString());
        Instant firstModified = end.plusSeconds(60L * dice.between(9, 45));
        Instant modified = call.edit().modifiedAt();
        json.writeStringField("_modified_at", (modified == null ? firstModified : modified).toString());
        json.writeStringField("name", call.title());
        json.writeStringField("generated_subject", done && dice.chance(0.8) ? subject() : null);
        json.writeStringField(
                "status",
                switch (call.state()) {
                    case DONE -> "done";
                    case PROCESSING -> "processing";
                    case NO_SHOW -> "no show";
                });
        if (dice.chance(0.1)) {
            json.writeNullField("private");
        } else {
            json.writeBooleanField("private", false);
        }
        json.writeStringField("language", done ? "en" : null);
        json.writeStringField("source", dice.chance(0.7) ? "zoom" : "teams");
        json.writeStringField("company_name", account != null && call.knowsCrmId() ? account.name() : null);
        json.writeStringField("user_company_name", Casting.OUR_COMPANY);
        json.writeStringField("summary", done ? script.summary() : null);
        json.writeNullField("summary_error");
        recap(json, done);
        if (done) {
            Wire.actionItems(json, script);
        } else {
            json.writeNullField("action_items");
        }
        json.writeNullField("custom_questions");
        json.writeNullField("custom_summaries");
        json.writeNullField("tracker_match");
        account(json, account);
        deal(json);
        json.writeObjectFieldStart("owner");
        Participant owner = Casting.member(call.world().roster(), call.owner().name());
        json.writeStringField("email", owner.email());
        json.writeStringField("name", owner.name());
        json.writeNumberField("person_id", owner.personId());
        json.writeNumberField("user_id", Wire.userId(call));
        json.writeEndObject();
        participants(json);
        meeting(json);
        json.writeNullField("meta");
        json.writeNullField("disposition");
        metrics(json);
        json.writeObjectFieldStart("recording");
        recording(json, done);
        json.writeEndObject();
    }

    private Instant end() {
        return call.startedAt().plusMillis(Math.round(call.durationSeconds() * 1000));
    }

    private String subject() {
        return script.topics().isEmpty() ? call.title() : "About " + String.join(", ", script.topics());
    }

    private void recap(JsonGenerator json, boolean done) throws IOException {
        if (!done) {
            json.writeNullField("recap");
            return;
        }
        json.writeArrayFieldStart("recap");
        json.writeString(script.summary().split("<br/>|(?<=\\.) ", 2)[0]);
        json.writeEndArray();
    }

    /** Without a CRM account Chorus shows a stand-in named after the owner, or nothing. */
    private void account(JsonGenerator json, @Nullable Account account) throws IOException {
        boolean known = account != null && call.knowsCrmId();
        if (!known && (call.state() == SimulatedCall.State.NO_SHOW || dice.chance(0.4))) {
            json.writeNullField("account");
            return;
        }
        json.writeObjectFieldStart("account");
        json.writeNumberField("id", account != null && known ? Wire.accountNumber(account) : 0);
        json.writeStringField(
                "name", account != null && known ? account.name() : call.owner().name() + " Meetings");
        json.writeStringField("ext_id", account != null && known ? account.crmId() : null);
        json.writeNullField("type");
        json.writeNullField("zi_company_id");
        json.writeEndObject();
    }

    private void deal(JsonGenerator json) throws IOException {
        String id = Wire.dealId(call);
        Account account = call.account();
        if (id == null || account == null) {
            json.writeNullField("deal");
            return;
        }
        var fate = new Dice(Dice.hash(account.key()), "deal");
        int before = 1000 * fate.between(12, 180);
        json.writeObjectFieldStart("deal");
        json.writeStringField("id", id);
        json.writeStringField("name", Wire.dealName(call));
        json.writeStringField("current_stage", dice.pick(List.of("Qualification", "Proposal", "Negotiation")));
        json.writeStringField("initial_stage", "Qualification");
        json.writeNullField("stage_advancement");
        json.writeStringField(
                "on_stage_since", call.startedAt().minus(Duration.ofDays(14)).toString());
        json.writeStringField(
                "close_date",
                account.renewalDate().atStartOfDay(ZoneOffset.UTC).toInstant().toString());
        json.writeNumberField("size", before + 1000 * fate.between(-8, 30));
        json.writeNumberField("initial_amount", (double) before);
        json.writeNullField("size_increased_amount");
        json.writeNullField("engaged");
        json.writeNullField("follow_up");
        json.writeEndObject();
    }

    private void participants(JsonGenerator json) throws IOException {
        if (people.isEmpty()) {
            json.writeNullField("participants");
            return;
        }
        json.writeArrayFieldStart("participants");
        for (Participant person : people) {
            json.writeStartObject();
            Wire.person(json, person);
            if (person.side() == Side.UNKNOWN) {
                json.writeNullField("is_my_team");
            } else {
                json.writeBooleanField("is_my_team", person.side() == Side.INTERNAL);
            }
            json.writeNullField("zi_person_id");
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Weekly meetings of an account are one series and share their calendar id. */
    private void meeting(JsonGenerator json) throws IOException {
        if (Wire.engagementType(call).equals("dialer")) {
            json.writeNullField("meeting");
            return;
        }
        boolean weekly = call.title().toLowerCase(Locale.ROOT).contains("weekly");
        String id = call.id().toLowerCase(Locale.ROOT);
        json.writeObjectFieldStart("meeting");
        json.writeStringField("id", "mtg-" + id.substring(0, Math.min(12, id.length())));
        json.writeNullField("calendar_id");
        json.writeStringField("ical_uid", weekly ? call.accountKey() + "-weekly@ourcompany.example" : null);
        json.writeNullField("meeting_url");
        json.writeEndObject();
    }

    private void metrics(JsonGenerator json) throws IOException {
        double ours = 0;
        double all = 0;
        for (Utterance utterance : script.utterances()) {
            all += utterance.lengthSeconds();
            ours += utterance.side() == Side.INTERNAL ? utterance.lengthSeconds() : 0;
        }
        json.writeArrayFieldStart("metrics");
        if (all > 0) {
            json.writeStartObject();
            json.writeStringField("name", "talk_ratio");
            json.writeNumberField("value", Math.round(100 * ours / all) / 100.0);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void recording(JsonGenerator json, boolean done) throws IOException {
        json.writeStringField("start_time", MILLIS.format(call.startedAt()));
        json.writeStringField("schedule_start_time", call.startedAt().toString());
        json.writeStringField(
                "schedule_end_time",
                call.startedAt().plus(Duration.ofMinutes(30)).toString());
        json.writeNumberField("duration", call.durationSeconds());
        json.writeBooleanField("audio_only", Wire.engagementType(call).equals("dialer"));
        json.writeBooleanField("recordable", true);
        json.writeBooleanField("autojoin", true);
        json.writeStringField("autojoin_reason", "");
        json.writeStringField("unrecorded_reason", "");
        json.writeStringField("end_reason", "");
        json.writeBooleanField("has_meeting_summary", done);
        new RecordingParts(call, script).write(json);
        json.writeArrayFieldStart("thumbnails");
        json.writeEndArray();
    }
}
