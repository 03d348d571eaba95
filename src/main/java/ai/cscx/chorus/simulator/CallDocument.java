package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Roster.Account;
import ai.cscx.chorus.simulator.Script.ActionItem;
import ai.cscx.chorus.simulator.SimulatedCall.State;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call in the dialect {@code calls}, whole or as an element of the list, which leaves things out. */
final class CallDocument {
    private final SimulatedCall call;
    private final Script script;
    private final List<Participant> people;
    private final Dice dice;

    CallDocument(SimulatedCall call) {
        this.call = call;
        this.script = call.script();
        this.people = call.participants();
        this.dice = call.dice("call");
    }

    /** Of a call that nobody came to the list says next to nothing; action items and momentum are there for some. */
    void element(JsonGenerator json) throws IOException {
        json.writeStartObject();
        head(json);
        if (call.state() != State.NO_SHOW) {
            body(json);
            double share = call.dice("element").fraction();
            if (share < 0.3) {
                items(json);
            }
            if (share < 0.15) {
                momentum(json);
            }
        } else if (call.isPrivate()) {
            json.writeBooleanField("private", true);
        }
        json.writeEndObject();
    }

    void detail(JsonGenerator json) throws IOException {
        json.writeStartObject();
        head(json);
        body(json);
        items(json);
        momentum(json);
        json.writeEndObject();
    }

    private void head(JsonGenerator json) throws IOException {
        json.writeStringField("id", call.id());
        json.writeStringField("title", call.title());
        json.writeStringField("start_time", startTime());
        json.writeNumberField("duration_seconds", call.durationSeconds());
        json.writeStringField(
                "status",
                switch (call.state()) {
                    case DONE -> "completed";
                    case PROCESSING -> "processing";
                    case NO_SHOW -> "no_show";
                });
    }

    /** The same instant with {@code Z} or another offset. */
    private String startTime() {
        ZoneOffset offset = dice.chance(0.2) ? ZoneOffset.ofHours(dice.between(-7, 9)) : ZoneOffset.UTC;
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(call.startedAt().atOffset(offset));
    }

    private void body(JsonGenerator json) throws IOException {
        boolean done = call.state() == State.DONE;
        if (call.isPrivate() || !dice.chance(0.15)) {
            json.writeBooleanField("private", call.isPrivate());
        }
        json.writeStringField("language", done ? "en" : null);
        json.writeStringField("recording_url", "https://chorus.ai/meeting/" + call.id());
        json.writeStringField("summary", done ? script.summary() : null);
        account(json);
        json.writeArrayFieldStart("participants");
        for (Participant person : people) {
            json.writeStartObject();
            json.writeStringField("name", person.name());
            json.writeStringField("email", person.email());
            json.writeStringField(
                    "role",
                    switch (person.side()) {
                        case INTERNAL -> "internal";
                        case EXTERNAL -> "external";
                        case UNKNOWN -> null;
                    });
            json.writeStringField("company", person.company());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void account(JsonGenerator json) throws IOException {
        Account account = call.account();
        if (account == null || (!call.knowsCrmId() && dice.chance(0.5))) {
            json.writeNullField("account");
            return;
        }
        json.writeObjectFieldStart("account");
        json.writeStringField("id", String.valueOf(Wire.accountNumber(account)));
        json.writeStringField("name", account.name());
        json.writeStringField("crm_id", call.knowsCrmId() ? account.crmId() : null);
        json.writeEndObject();
    }

    private void items(JsonGenerator json) throws IOException {
        LocalDate day = call.startedAt().atOffset(ZoneOffset.UTC).toLocalDate();
        json.writeArrayFieldStart("action_items");
        int number = 1;
        for (ActionItem item : script.actionItems()) {
            json.writeStartObject();
            json.writeStringField("id", "ai_" + number++);
            json.writeStringField("text", item.text());
            json.writeStringField("owner_email", email(item.doer()));
            LocalDate due = DueDate.of(item.due(), day);
            json.writeStringField("due_date", due == null ? null : due.toString());
            if (item.utterance() == ActionItem.NOWHERE) {
                json.writeNullField("timestamp_seconds");
            } else {
                json.writeNumberField(
                        "timestamp_seconds",
                        script.utterances().get(item.utterance()).startSeconds());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private @Nullable String email(@Nullable String name) {
        for (Participant person : people) {
            if (person.name().equals(name)) {
                return person.email();
            }
        }
        return null;
    }

    private void momentum(JsonGenerator json) throws IOException {
        if (call.state() == State.DONE) {
            new Momentum(call, script).write(json);
        } else {
            json.writeNullField("momentum");
        }
    }
}
