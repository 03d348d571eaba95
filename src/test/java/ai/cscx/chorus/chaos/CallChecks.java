package ai.cscx.chorus.chaos;

import ai.cscx.chorus.chaos.Truth.Said;
import ai.cscx.chorus.chaos.Truth.TrueCall;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** I1, I2 and I3: every call that Chorus lists is here, once, whole and as it is now. */
final class CallChecks {
    private static final double ROUNDING = 0.0511;
    private static final String PROCESSING = "PROCESSING";

    private final Peer app;
    private final Truth truth;
    private final Findings findings;
    /** Calls of which Chorus said nonsense in words: whose side somebody is on may then be unknown. */
    private final Set<String> nonsense;

    CallChecks(Peer app, Truth truth, Findings findings, Set<String> nonsense) {
        this.app = app;
        this.truth = truth;
        this.findings = findings;
        this.nonsense = nonsense;
    }

    /** Returns our id of each call that is here. */
    Map<String, String> run() {
        Map<String, String> ids = new HashMap<>();
        Set<String> ours = new HashSet<>();
        for (JsonNode meeting : app.all("/api/chorus/meetings?limit=200")) {
            String external = meeting.path("externalId").asText();
            String id = meeting.path("id").asText();
            if (ids.put(external, id) != null || !ours.add(id)) {
                findings.broken(Promise.I2, external + " is listed more than once");
            }
            TrueCall call = truth.calls().get(external);
            if (call == null) {
                findings.broken(Promise.I2, external + " is listed here and unknown to Chorus");
            } else if (!call.listed()) {
                findings.broken(Promise.I5, external + " is gone in Chorus and listed here");
            }
        }
        List<TrueCall> listed =
                truth.calls().values().stream().filter(TrueCall::listed).toList();
        Together.each(listed, call -> {
            String id = ids.get(call.id());
            if (id == null) {
                findings.broken(Promise.I1, call.id() + " (version " + call.version() + ") is not here");
            } else {
                compare(call, id);
            }
        });
        return ids;
    }

    private void compare(TrueCall call, String id) {
        JsonNode meeting = app.get("/api/chorus/meetings/" + id).ok("meeting");
        differs(call, "title", call.title(), meeting.path("title").asText());
        if (!nonsense.contains(call.id())) {
            differs(call, "participants", call.people(), people(meeting));
        }
        Peer.Reply transcript = app.get("/api/chorus/meetings/" + id + "/transcript");
        if (call.state().equals(PROCESSING)) {
            differs(call, "transcript", "pending", meeting.path("transcript").asText());
            differs(call, "transcript status", 409, transcript.status());
            return;
        }
        if (call.done()) {
            differs(call, "action items", normalised(call.actionItems()), items(meeting));
        }
        if (transcript.status() != 200) {
            findings.broken(promise(call), call.id() + ": the transcript answers " + transcript.status());
            return;
        }
        compare(call, truth.transcript(call.id()), transcript.json().path("utterances"));
    }

    private void compare(TrueCall call, List<Said> expected, JsonNode here) {
        if (expected.size() != here.size()) {
            findings.broken(
                    promise(call),
                    call.id() + " (version " + call.version() + ") has " + expected.size()
                            + " utterances in Chorus and " + here.size() + " here");
            return;
        }
        for (int at = 0; at < expected.size(); at++) {
            Said said = expected.get(at);
            JsonNode found = here.get(at);
            double end = found.path("endSeconds").asDouble();
            boolean sameEnd = Math.abs(end - said.end()) <= ROUNDING || end == said.start();
            boolean sameSpeaker = found.path("speaker").isNull()
                    || found.path("speaker").asText().equals(said.speaker());
            if (!said.text().equals(found.path("text").asText())
                    || said.start() != found.path("startSeconds").asDouble()
                    || !sameEnd
                    || !sameSpeaker) {
                findings.broken(
                        promise(call),
                        call.id() + " (version " + call.version() + ") differs in utterance " + at + ": " + said
                                + " in Chorus, " + found + " here");
                return;
            }
        }
    }

    private void differs(TrueCall call, String what, Object expected, Object here) {
        if (!expected.equals(here)) {
            findings.broken(
                    Promise.I3,
                    call.id() + " (version " + call.version() + "), " + what + ": " + expected + " in Chorus, " + here
                            + " here");
        }
    }

    private static Promise promise(TrueCall call) {
        return call.version() == 0 ? Promise.I1 : Promise.I3;
    }

    private static List<String> people(JsonNode meeting) {
        return Truth.stream(meeting.path("participants"))
                .map(person -> Truth.person(
                        person.path("name").asText(),
                        person.path("email").textValue(),
                        person.path("side").asText().toUpperCase(Locale.ROOT)))
                .sorted()
                .toList();
    }

    private static Set<String> items(JsonNode meeting) {
        return normalised(Truth.stream(meeting.path("actionItems"))
                .map(item -> item.path("text").asText())
                .toList());
    }

    private static Set<String> normalised(List<String> texts) {
        return texts.stream()
                .map(text -> text.replaceAll("<[^>]{1,200}>", "").strip())
                .collect(Collectors.toSet());
    }
}
