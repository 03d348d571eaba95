package ai.cscx.chorus.chaos;

import ai.cscx.chorus.chaos.Truth.Said;
import ai.cscx.chorus.chaos.Truth.TrueCall;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** I5: what Chorus took back is nowhere: lists, reads by id, search, chat, tasks. And what is planted elsewhere is found. */
final class GoneChecks {
    private static final int CHATS = 10;
    private static final int PHRASE = 8;

    private final Peer app;
    private final Truth truth;
    private final Findings findings;
    private final Map<String, String> known;

    /**
     * @param known our ids that calls had at some time, by Chorus's
     */
    GoneChecks(Peer app, Truth truth, Findings findings, Map<String, String> known) {
        this.app = app;
        this.truth = truth;
        this.findings = findings;
        this.known = known;
    }

    void run() {
        List<TrueCall> gone = truth.gone();
        Set<String> ids = gone.stream().map(TrueCall::id).collect(Collectors.toSet());
        Together.each(gone, call -> notRead(call, ids));
        gone.stream()
                .filter(call -> planted(call) != null)
                .limit(CHATS)
                .forEach(call -> notInChat(call, String.valueOf(planted(call))));
        tasks(gone);
        List<TrueCall> changed = truth.calls().values().stream()
                .filter(call -> call.listed() && call.done() && planted(call) != null)
                .toList();
        Together.each(changed, this::found);
        changed.stream().limit(1).forEach(call -> {
            String word = String.valueOf(planted(call));
            if (!asked(word).contains(Planted.secretOf(word))) {
                findings.broken(Promise.I1, call.id() + " is here and the assistant does not find a word of its own");
            }
        });
    }

    private void notRead(TrueCall call, Set<String> gone) {
        if (!app.all("/api/chorus/meetings?limit=50&externalId=" + call.id()).isEmpty()) {
            broken(call, "is found by its external id");
        }
        String id = known.get(call.id());
        if (id != null) {
            for (String path : List.of("", "/transcript", "/transcript?format=txt")) {
                int status = app.get("/api/chorus/meetings/" + id + path).status();
                if (status != 404) {
                    broken(call, "answers " + status + " by its id" + path);
                }
            }
        }
        String phrase = phrase(call);
        if (phrase != null) {
            for (JsonNode hit : search(phrase)) {
                if (gone.contains(hit.path("externalId").asText())) {
                    broken(call, "is found by search");
                }
            }
        }
    }

    private void notInChat(TrueCall call, String word) {
        String body = asked(word);
        if (body.contains(Planted.secretOf(word)) || body.contains(call.id())) {
            broken(call, "is quoted by the assistant");
        }
    }

    private String asked(String word) {
        return app.post("/api/chat", Map.of("message", "Did anyone mention " + word))
                .body();
    }

    private void tasks(List<TrueCall> gone) {
        Set<String> ids = gone.stream()
                .map(call -> known.getOrDefault(call.id(), call.id()))
                .collect(Collectors.toSet());
        Set<String> words =
                gone.stream().map(this::planted).filter(word -> word != null).collect(Collectors.toSet());
        for (JsonNode task : app.all("/api/tasks?limit=200")) {
            String title = task.path("title").asText();
            boolean removed = title.equals("Removed in Chorus");
            if (ids.contains(task.path("sourceCallId").asText()) && !removed) {
                findings.broken(Promise.I5, "A task keeps the words of a call that is gone");
            }
            if (words.stream().anyMatch(title::contains)) {
                findings.broken(Promise.I5, "A task holds what was planted in a call that is gone");
            }
        }
    }

    /** The other way round: that nothing is found must not be because nothing is ever found. */
    private void found(TrueCall call) {
        String word = planted(call);
        if (word != null
                && search('"' + word + '"').stream()
                        .noneMatch(hit -> hit.path("externalId").asText().equals(call.id()))) {
            findings.broken(Promise.I6, call.id() + " is here and not found by a word of its own");
        }
    }

    /** What is found, as soon as the index answers: on a busy machine it says 503, and that says nothing of its calls. */
    private List<JsonNode> search(String words) {
        String path = "/api/chorus/search?mode=lexical&limit=200&q=" + Peer.encoded(words);
        Peer.Reply reply = Awaitility.await("the search index")
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofMinutes(2))
                .until(() -> app.get(path), answer -> answer.status() != 503);
        return Truth.stream(reply.ok("search").path("items")).toList();
    }

    private @Nullable String planted(TrueCall call) {
        return truth.transcript(call.id()).stream()
                .map(said -> Planted.wordIn(said.text()))
                .filter(word -> word != null)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String phrase(TrueCall call) {
        String word = planted(call);
        if (word != null) {
            return '"' + word + '"';
        }
        return truth.transcript(call.id()).stream()
                .map(Said::text)
                .max(Comparator.comparingInt(String::length))
                .map(text -> List.of(text.replace('"', ' ').strip().split("\\s+")))
                .map(words -> '"' + String.join(" ", words.subList(0, Math.min(PHRASE, words.size()))) + '"')
                .orElse(null);
    }

    private void broken(TrueCall call, String what) {
        findings.broken(Promise.I5, call.id() + " (version " + call.version() + ") is gone in Chorus and " + what);
    }
}
