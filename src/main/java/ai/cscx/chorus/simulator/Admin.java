package ai.cscx.chorus.simulator;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.simulator.Fault.Kind;
import ai.cscx.chorus.simulator.Fault.Target;
import ai.cscx.chorus.simulator.Faults.Active;
import ai.cscx.chorus.simulator.SimulatedCall.State;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Steers a running simulator over HTTP: the same verbs as in Java. */
final class Admin implements HttpHandler {
    private static final String CALL = "/calls/";
    private static final String PATHS =
            "POST, GET, DELETE /faults; POST /calls, /calls/{id}, /rights, /key, /limit, /webhooks/fire, /oauth";

    private final Faults faults;
    private final Changes changes;
    private final Webhooks webhooks;
    private final OAuth oauth;
    private final Consumer<@Nullable Integer> limit;

    Admin(Faults faults, Changes changes, Webhooks webhooks, OAuth oauth, Consumer<@Nullable Integer> limit) {
        this.faults = faults;
        this.changes = changes;
        this.webhooks = webhooks;
        this.oauth = oauth;
        this.limit = limit;
    }

    private enum Action {
        TRANSCRIPT_READY,
        PROCESSING,
        PRIVATE,
        DELETE,
        RESTORE,
        RETITLE,
        ADD_PARTICIPANT,
        ADD_ACTION_ITEM,
        CORRECT_UTTERANCE;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Sender.send(exchange, reply(Request.read(exchange)));
    }

    private Reply reply(Request request) {
        try {
            return switch (request.method() + " " + request.path()) {
                case "GET /faults" -> Reply.json(200, Reply.JSON, this::listFaults);
                case "DELETE /faults" -> {
                    faults.clear();
                    yield done();
                }
                default -> post(request);
            };
        } catch (Failure.NotFound unknown) {
            return error(404, unknown);
        } catch (Failure | IllegalArgumentException | DateTimeException wrong) {
            return error(400, wrong);
        }
    }

    private Reply post(Request request) {
        if (!request.method().equals("POST")) {
            throw new Failure.NotFound("There is nothing here; known are " + PATHS + ".");
        }
        if (request.path().startsWith(CALL)) {
            return call(request.path().substring(CALL.length()), Form.read(request.body()));
        }
        return switch (request.path()) {
            case "/faults" -> fault(Form.read(request.body()));
            case "/calls" -> newCall(Form.read(request.body()));
            case "/rights" -> {
                changes.loseRights(Form.read(request.body()).only("lost").flag("lost"));
                yield done();
            }
            case "/key" -> {
                changes.revokeKey(Form.read(request.body()).only("revoked").flag("revoked"));
                yield done();
            }
            case "/limit" -> {
                limit.accept(Form.read(request.body()).only("requestsPerMinute").optionalNumber("requestsPerMinute"));
                yield done();
            }
            case "/webhooks/fire" ->
                fire(Form.read(request.body()).only("callId").text("callId"));
            case "/oauth" -> oauth(Form.read(request.body()).only("revokeAll", "invalidGrant", "expiresInSeconds"));
            default -> throw new Failure.NotFound("There is nothing here; known are " + PATHS + ".");
        };
    }

    private Reply fault(Form form) {
        form.only("kind", "target", "callId", "times", "probability", "seed", "seconds", "megabytes");
        if (form.has("times") && form.has("probability")) {
            throw new Failure.Rejected("A fault has either times or probability.");
        }
        Integer seed = form.optionalNumber("seed");
        Fault.When when = form.has("probability")
                ? new Fault.Chance(form.fraction("probability"), seed == null ? 0 : seed)
                : new Fault.Times(form.has("times") ? form.number("times") : 1);
        faults.add(new Fault(
                form.word("kind", Kind.values(), Kind::word),
                form.has("target") ? form.word("target", Target.values(), Target::word) : Target.ANY,
                form.optionalText("callId"),
                when,
                form.optionalNumber("seconds"),
                form.optionalNumber("megabytes")));
        return done();
    }

    private void listFaults(JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Active active : faults.active()) {
            Fault fault = active.fault();
            json.writeStartObject();
            json.writeStringField("kind", fault.kind().word());
            json.writeStringField("target", fault.target().word());
            json.writeStringField("callId", fault.callId());
            switch (fault.when()) {
                case Fault.Times times -> json.writeNumberField("times", times.times());
                case Fault.Chance chance -> {
                    json.writeNumberField("probability", chance.probability());
                    json.writeNumberField("seed", chance.seed());
                }
            }
            json.writeNumberField("struck", active.struck());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private Reply newCall(Form form) {
        form.only("start", "account", "minutes", "state");
        boolean processing = form.has("state")
                && form.word("state", new String[] {"done", "processing"}, word -> word)
                        .equals("processing");
        String id = changes.add(new NewCall(
                Instant.parse(form.text("start")),
                form.optionalText("account"),
                form.number("minutes"),
                processing ? State.PROCESSING : State.DONE));
        return Reply.json(201, Reply.JSON, json -> {
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeEndObject();
        });
    }

    private Reply call(String id, Form form) {
        form.only("action", "title", "name", "email", "side", "text", "owner", "index");
        switch (form.word("action", Action.values(), Action::word)) {
            case TRANSCRIPT_READY -> changes.transcriptReady(id);
            case PROCESSING -> changes.processing(id);
            case PRIVATE -> changes.makePrivate(id);
            case DELETE -> changes.delete(id);
            case RESTORE -> changes.restore(id);
            case RETITLE -> changes.retitle(id, form.text("title"));
            case ADD_PARTICIPANT -> {
                Side side = form.has("side")
                        ? form.word("side", Side.values(), value -> value.name().toLowerCase(Locale.ROOT))
                        : Side.EXTERNAL;
                changes.addParticipant(id, form.text("name"), form.optionalText("email"), side);
            }
            case ADD_ACTION_ITEM -> changes.addActionItem(id, form.text("text"), form.optionalText("owner"));
            case CORRECT_UTTERANCE -> changes.correctUtterance(id, form.number("index"), form.text("text"));
        }
        return done();
    }

    private Reply oauth(Form form) {
        Integer seconds = form.optionalNumber("expiresInSeconds");
        if (seconds != null) {
            oauth.expiresIn(seconds);
        }
        if (form.has("invalidGrant")) {
            oauth.refuseGrants(form.flag("invalidGrant"));
        }
        if (form.has("revokeAll") && form.flag("revokeAll")) {
            oauth.revokeAll();
        }
        return done();
    }

    private Reply fire(String callId) {
        return Reply.json(200, Reply.JSON, json -> {
            json.writeStartArray();
            for (Webhooks.Call call : webhooks.fire(callId)) {
                json.writeStartObject();
                json.writeStringField("url", call.url());
                json.writeNumberField("status", call.status());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static Reply done() {
        return Reply.json(200, Reply.JSON, json -> {
            json.writeStartObject();
            json.writeEndObject();
        });
    }

    private static Reply error(int status, Exception wrong) {
        String message = Objects.requireNonNullElse(wrong.getMessage(), "This cannot be.");
        return Reply.json(status, Reply.JSON, json -> {
            json.writeStartObject();
            json.writeStringField("error", message);
            json.writeEndObject();
        });
    }
}
