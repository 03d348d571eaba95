package ai.cscx.chorus.web;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallContent.TranscriptState;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.call.Momentum;
import ai.cscx.chorus.call.NewActionItem;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call for tests, said sentence by sentence; ten seconds each. Who speaks takes part. */
final class CallDraft {
    private final String externalId;
    private final Instant startedAt;
    private final List<Utterance> said = new ArrayList<>();
    private final Map<String, Participant> people = new LinkedHashMap<>();
    private final Map<String, List<TrackerHits.Hit>> hits = new LinkedHashMap<>();
    private final List<NewActionItem> items = new ArrayList<>();
    private @Nullable Momentum momentum;

    CallDraft(String externalId, String startedAt) {
        this.externalId = externalId;
        this.startedAt = Instant.parse(startedAt);
    }

    CallDraft ours(String name, String text) {
        return says(
                name, name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.') + "@cscx.example", Side.INTERNAL, text);
    }

    CallDraft theirs(String name, String text) {
        return says(
                name,
                name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.') + "@client.example",
                Side.EXTERNAL,
                text);
    }

    private CallDraft says(String name, String email, Side side, String text) {
        people.put(email, new Participant(name, email, null, null, side));
        long start = 10_000L * said.size();
        said.add(new Utterance(said.size(), name, email, side, start, start + 10_000, text, false));
        return this;
    }

    /** The tracker heard what was said last. */
    CallDraft tracked(String tracker) {
        Utterance last = said.getLast();
        hits.computeIfAbsent(tracker, fresh -> new ArrayList<>())
                .add(new TrackerHits.Hit(last.index(), last.startMs()));
        return this;
    }

    /** An action item promised in what was said last. */
    CallDraft promises(String text, Side side, @Nullable LocalDate due) {
        items.add(new NewActionItem(
                externalId + "-" + items.size(),
                text,
                null,
                side,
                due,
                said.getLast().startMs()));
        return this;
    }

    /** An action item that names who is to do it, if anybody. */
    CallDraft listed(String key, String text, @Nullable String owner, Side side) {
        items.add(new NewActionItem(key, text, owner, side, null, null));
        return this;
    }

    CallDraft momentum(Momentum source) {
        momentum = source;
        return this;
    }

    /** Saves it as a fetched call of the customer; again it is the same call, perhaps with other words. */
    CallId save(HttpRig rig, @Nullable CustomerId customer) {
        CallStore store = new CallStore();
        Set<TrackerHits> trackers = new HashSet<>();
        hits.forEach((name, found) -> trackers.add(new TrackerHits("id-" + name, name, found.size(), found)));
        CallContent content = new CallContent(
                externalId,
                "engagements",
                "Call " + externalId,
                startedAt,
                startedAt,
                10_000L * said.size(),
                "meeting",
                CallContent.State.DONE,
                said.isEmpty() ? TranscriptState.PENDING : TranscriptState.AVAILABLE,
                null,
                "en",
                "https://chorus.ai/meeting/" + externalId,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.copyOf(people.values()),
                List.copyOf(trackers),
                items,
                momentum,
                new Transcript("en", said));
        return rig.database.inTransaction(handle -> {
            CallStore.Saved saved = store.save(handle, content, Map.of("detail", new byte[0]), "hash", HttpRig.NOW);
            store.assign(handle, saved.id(), customer, new CallDetails.Match("made for a test", 1.0, List.of()));
            rig.features.tasks().createFromActionItems(handle, saved.id());
            return saved.id();
        });
    }
}
