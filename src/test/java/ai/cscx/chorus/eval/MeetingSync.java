package ai.cscx.chorus.eval;

import static ai.cscx.chorus.eval.SearchEvaluation.print;

import ai.cscx.chorus.bench.Product;
import ai.cscx.chorus.eval.MeetingSet.Meeting;
import ai.cscx.chorus.eval.MeetingSet.Said;
import ai.cscx.chorus.simulator.ChorusSimulator;
import ai.cscx.chorus.simulator.GivenCall;
import ai.cscx.chorus.simulator.GivenCall.Turn;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Gets the meetings into the product as it gets everything: as calls that a Chorus serves. */
final class MeetingSync {
    /** Utterance i begins at ten times i, so that times say which it was. */
    private static final int SECONDS_EACH = 10;

    private static final String KEY = "evaluation-chorus-key";
    private static final Duration APART = Duration.ofHours(12);

    private final Product product;
    private final MeetingSet set;

    MeetingSync(Product product, MeetingSet set) {
        this.product = product;
        this.set = set;
    }

    void sync() throws Exception {
        long begin = System.nanoTime();
        Instant now = Instant.now();
        List<GivenCall> calls = new ArrayList<>();
        for (Meeting meeting : set.meetings().values()) {
            calls.add(call(meeting, now.minus(APART.multipliedBy(calls.size() + 1L))));
        }
        try (ChorusSimulator simulator =
                new ChorusSimulator(new ChorusSimulator.Settings(calls.size(), 194, now, 0, KEY).given(calls))) {
            simulator.start();
            String path = "/api/chorus/sync/" + product.connect(simulator.baseUri(), KEY);
            JsonNode status = product.get(path);
            long nextLine = 10;
            while (!status.hasNonNull("finishedAt")) {
                Thread.sleep(100);
                status = product.get(path);
                double seconds = (System.nanoTime() - begin) / 1e9;
                if (seconds > nextLine) {
                    nextLine += 10;
                    print("%.1f s: %s", seconds, status);
                }
            }
            print(
                    "%s after %.1f s: %d of %d meetings stored, %d failed",
                    status.get("state").asText(),
                    (System.nanoTime() - begin) / 1e9,
                    status.get("stored").asLong(),
                    calls.size(),
                    status.get("failed").asLong());
        }
    }

    private static GivenCall call(Meeting meeting, Instant start) {
        List<Turn> turns = new ArrayList<>();
        for (Said said : meeting.utterances()) {
            turns.add(new Turn(said.speaker(), SECONDS_EACH * said.i(), SECONDS_EACH, said.text()));
        }
        return new GivenCall(meeting.meetingId(), meeting.title(), start, turns);
    }

    /** Until all calls are searchable, and by meaning too if vectors are waited for. */
    void awaitSearchable(boolean vectors) throws Exception {
        long begin = System.nanoTime();
        long nextLine = 10;
        while (true) {
            JsonNode coverage =
                    product.get("/api/chorus/search?q=meeting&limit=1").get("coverage");
            double seconds = (System.nanoTime() - begin) / 1e9;
            boolean words =
                    coverage.get("callsSearched").asLong() == set.meetings().size();
            boolean over = words && (!vectors || coverage.get("vectorShare").asDouble() == 1);
            if (over || seconds > nextLine) {
                nextLine += 10;
                print("%.1f s: %s", seconds, coverage);
            }
            if (over) {
                return;
            }
            Thread.sleep(200);
        }
    }

    /** Compares all that the product has with the data set, word for word. */
    void verify() throws Exception {
        int calls = 0;
        int utterances = 0;
        String path = "/api/chorus/meetings?limit=50";
        String cursor = "";
        do {
            JsonNode page = product.get(path + cursor);
            for (JsonNode item : page.get("items")) {
                Meeting meeting = set.meeting(item.get("externalId").asText());
                JsonNode said = product.get(
                                "/api/chorus/meetings/" + item.get("id").asText() + "/transcript")
                        .get("utterances");
                same(meeting, said);
                calls++;
                utterances += said.size();
            }
            cursor = page.hasNonNull("nextCursor")
                    ? "&cursor=" + page.get("nextCursor").asText()
                    : "";
        } while (!cursor.isEmpty());
        if (calls != set.meetings().size()) {
            throw new IllegalStateException("The product has " + calls + " calls, the data set "
                    + set.meetings().size());
        }
        print("%d meetings with %d utterances are there, word for word", calls, utterances);
    }

    private static void same(Meeting meeting, JsonNode transcript) {
        int count = meeting.utterances().size();
        if (transcript.size() != count) {
            throw new IllegalStateException(
                    meeting.meetingId() + " has " + transcript.size() + " utterances instead of " + count);
        }
        for (Said said : meeting.utterances()) {
            JsonNode there = transcript.get(said.i());
            if (there.get("index").asInt() != said.i()
                    || there.get("startSeconds").asDouble() != SECONDS_EACH * said.i()
                    || !there.get("speaker").asText().equals(said.speaker())
                    || !there.get("text").asText().equals(said.text())) {
                throw new IllegalStateException(
                        "Utterance " + said.i() + " of " + meeting.meetingId() + " is not as the data set has it");
            }
        }
    }
}
