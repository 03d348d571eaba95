package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Query.BadValue;
import ai.cscx.chorus.simulator.Roster.Account;
import ai.cscx.chorus.simulator.Script.ActionItem;
import ai.cscx.chorus.simulator.Script.Utterance;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/** The truth, for tests and evaluations: what a client should have found. Not part of Chorus. */
final class Ledger {
    static final String ROOT = "/_simulator/";

    private static final String CALLS = ROOT + "calls";
    private static final String CALL = CALLS + "/";
    private static final String TRANSCRIPT = "/transcript";

    private final World world;
    private final RequestLog log;

    Ledger(World world, RequestLog log) {
        this.world = world;
        this.log = log;
    }

    Reply page(Request request, Map<RequestKind, Long> requests) {
        String path = request.path();
        if (path.equals(CALLS)) {
            return calls(Query.of(request.uri()).flag("brief"));
        }
        if (path.equals(ROOT + "requests")) {
            return requests(requests);
        }
        if (path.equals(ROOT + "log")) {
            return log(Query.of(request.uri()));
        }
        if (path.startsWith(CALL)) {
            boolean words = path.endsWith(TRANSCRIPT);
            int end = words ? Math.max(CALL.length(), path.length() - TRANSCRIPT.length()) : path.length();
            SimulatedCall call = world.call(path.substring(CALL.length(), end));
            if (call == null) {
                return ErrorStyle.ENGAGEMENTS.notFound("No such call.");
            }
            return words ? transcript(call) : Reply.json(200, Reply.JSON, json -> call(json, call, false));
        }
        return ErrorStyle.ENGAGEMENTS.notFound("No such page in the ledger.");
    }

    private Reply log(Query query) {
        try {
            Double since = query.number("since");
            return log.lines(since == null ? 0 : since.longValue());
        } catch (BadValue wrong) {
            return ErrorStyle.ENGAGEMENTS.refusal(400, wrong.detail(), wrong.parameter());
        }
    }

    /**
     * All calls.
     *
     * @param brief without what takes a script to know
     */
    private Reply calls(boolean brief) {
        return Reply.json(200, Reply.JSON, json -> {
            json.writeStartArray();
            for (SimulatedCall call : world.calls()) {
                call(json, call, brief);
            }
            json.writeEndArray();
        });
    }

    private static Reply transcript(SimulatedCall call) {
        return Reply.json(200, Reply.JSON, json -> {
            json.writeStartArray();
            for (Utterance utterance : call.script().utterances()) {
                if (!utterance.expired() && !utterance.text().isBlank()) {
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

    private static Reply requests(Map<RequestKind, Long> byKind) {
        long total = byKind.values().stream().mapToLong(Long::longValue).sum();
        return Reply.json(200, Reply.JSON, json -> {
            json.writeStartObject();
            json.writeNumberField("total", total);
            for (RequestKind kind : RequestKind.values()) {
                json.writeNumberField(kind.word(), byKind.getOrDefault(kind, 0L));
            }
            json.writeEndObject();
        });
    }

    private static void call(JsonGenerator json, SimulatedCall call, boolean brief) throws IOException {
        Account account = call.account();
        json.writeStartObject();
        json.writeStringField("id", call.id());
        json.writeStringField("account", account == null ? null : account.name());
        json.writeBooleanField("listed", call.isListed());
        json.writeBooleanField("private", call.isPrivate());
        json.writeBooleanField("deleted", call.isDeleted());
        json.writeBooleanField("transcriptReady", call.transcriptReady());
        json.writeNumberField("version", call.version());
        json.writeStringField("state", call.state().name());
        json.writeStringField("startedAt", call.startedAt().toString());
        json.writeNumberField("durationSeconds", call.durationSeconds());
        if (brief) {
            json.writeEndObject();
            return;
        }
        json.writeStringField("title", call.title());
        json.writeArrayFieldStart("participants");
        for (Participant person : call.participants()) {
            json.writeStartObject();
            json.writeStringField("name", person.name());
            json.writeStringField("email", person.email());
            json.writeStringField("side", person.side().name());
            json.writeEndObject();
        }
        json.writeEndArray();
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
