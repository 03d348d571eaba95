package ai.cscx.chorus.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Changes the world at random while the product looks at it. What only a detail shows comes with a new title. */
final class WorldChanges {
    /** So far back everything is looked at again every week, whatever the list says. */
    private static final Duration SWEPT = Duration.ofDays(29);

    private final Upstream chorus;
    private final SplittableRandom random;
    private final Instant anchor;
    private final List<JsonNode> calls;
    private final Consumer<String> webhook;
    private final List<String> late = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();

    /**
     * @param webhook tells the product about a call, if it listens
     */
    WorldChanges(Upstream chorus, SplittableRandom random, Instant anchor, Consumer<String> webhook) {
        this.chorus = chorus;
        this.random = random;
        this.anchor = anchor;
        this.calls = chorus.calls();
        this.webhook = webhook;
    }

    /** Some transcripts are not there yet, and some calls hold a sentence that can be looked for. */
    void before(int some) {
        for (int i = 0; i < some; i++) {
            String id = any();
            chorus.change(id, "processing", Map.of());
            late.add(id);
            plant(any());
        }
    }

    void change() {
        String id = any();
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                if (!late.isEmpty()) {
                    String ready = late.removeLast();
                    chorus.change(ready, "transcript-ready", Map.of());
                    webhook.accept(ready);
                }
            }
            case 2 -> {
                plant(id);
                chorus.change(id, "private", Map.of());
                gone.add(id);
            }
            case 3 -> {
                plant(id);
                chorus.change(id, "delete", Map.of());
                gone.add(id);
            }
            case 4 -> {
                if (!gone.isEmpty()) {
                    chorus.change(gone.remove(random.nextInt(gone.size())), "restore", Map.of());
                }
            }
            case 5 -> {
                retitle(id);
                webhook.accept(id);
            }
            case 6 -> {
                chorus.change(
                        id,
                        "add-participant",
                        Map.of("name", "Late " + random.nextInt(1000), "email", "late@example.com"));
                retitle(id);
            }
            case 7 -> {
                chorus.change(id, "add-action-item", Map.of("text", "Send it. " + Planted.sentence(random.nextLong())));
                retitle(id);
            }
            case 8 -> plant(id);
            default -> chorus.newCall(anchor.minusSeconds(random.nextLong(1, 20L * 86_400)));
        }
    }

    /** Everybody's words are there in the end. */
    void after() {
        late.forEach(id -> chorus.change(id, "transcript-ready", Map.of()));
        late.clear();
    }

    private void plant(String id) {
        chorus.change(id, "correct-utterance", Map.of("index", 0, "text", Planted.sentence(random.nextLong())));
        boolean swept = calls.stream()
                .filter(call -> call.path("id").asText().equals(id))
                .anyMatch(call -> Instant.parse(call.path("startedAt").asText()).isAfter(anchor.minus(SWEPT)));
        if (!swept) {
            retitle(id);
        }
    }

    private void retitle(String id) {
        chorus.change(id, "retitle", Map.of("title", "Renamed " + random.nextInt(1_000_000)));
    }

    private String any() {
        return calls.get(random.nextInt(calls.size())).path("id").asText();
    }
}
