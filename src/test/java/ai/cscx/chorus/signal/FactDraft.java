package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.Momentum.DealProgress;
import ai.cscx.chorus.call.Momentum.Origin;
import ai.cscx.chorus.signal.CallNumbers.Person;
import ai.cscx.chorus.signal.CallNumbers.TrackerCount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a call says, for tests; each step is a new draft. */
record FactDraft(CallNumbers numbers, boolean read, boolean transcript) {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    static FactDraft call() {
        return new FactDraft(
                new CallNumbers(Origin.DERIVED, null, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, List.of(), List.of()), true, true);
    }

    FactDraft objections(int count) {
        return counts(count, numbers.advances(), numbers.stalls(), numbers.declines(), numbers.departures());
    }

    FactDraft advances(int count) {
        return counts(numbers.objections(), count, numbers.stalls(), numbers.declines(), numbers.departures());
    }

    FactDraft stalls(int count) {
        return counts(numbers.objections(), numbers.advances(), count, numbers.declines(), numbers.departures());
    }

    FactDraft declines(int count) {
        return counts(numbers.objections(), numbers.advances(), numbers.stalls(), count, numbers.departures());
    }

    FactDraft departures(int count) {
        return counts(numbers.objections(), numbers.advances(), numbers.stalls(), numbers.declines(), count);
    }

    private FactDraft counts(int objections, int advances, int stalls, int declines, int departures) {
        return with(new CallNumbers(
                numbers.origin(),
                numbers.progress(),
                objections,
                numbers.pricing(),
                advances,
                stalls,
                declines,
                departures,
                numbers.nextSteps(),
                numbers.theirSteps(),
                numbers.theirShare(),
                numbers.people(),
                numbers.trackers()));
    }

    FactDraft nextSteps(int count) {
        return steps(count, numbers.theirSteps());
    }

    FactDraft theirSteps(int count) {
        return steps(numbers.nextSteps(), count);
    }

    private FactDraft steps(int all, int theirs) {
        return rest(
                numbers.origin(),
                numbers.progress(),
                all,
                theirs,
                numbers.theirShare(),
                numbers.people(),
                numbers.trackers());
    }

    FactDraft source(DealProgress progress) {
        return rest(
                Origin.SOURCE,
                progress,
                numbers.nextSteps(),
                numbers.theirSteps(),
                numbers.theirShare(),
                numbers.people(),
                numbers.trackers());
    }

    FactDraft theirShare(@Nullable Double share) {
        return rest(
                numbers.origin(),
                numbers.progress(),
                numbers.nextSteps(),
                numbers.theirSteps(),
                share,
                numbers.people(),
                numbers.trackers());
    }

    FactDraft with(String... names) {
        return rest(
                numbers.origin(),
                numbers.progress(),
                numbers.nextSteps(),
                numbers.theirSteps(),
                numbers.theirShare(),
                Arrays.stream(names).map(name -> new Person(name, name)).toList(),
                numbers.trackers());
    }

    FactDraft tracker(String key, int mentions, int heard) {
        List<TrackerCount> trackers = new ArrayList<>(numbers.trackers());
        trackers.add(new TrackerCount(key, mentions, heard));
        return rest(
                numbers.origin(),
                numbers.progress(),
                numbers.nextSteps(),
                numbers.theirSteps(),
                numbers.theirShare(),
                numbers.people(),
                trackers);
    }

    private FactDraft rest(
            @Nullable Origin origin,
            @Nullable DealProgress progress,
            int nextSteps,
            int theirSteps,
            @Nullable Double share,
            List<Person> people,
            List<TrackerCount> trackers) {
        return with(new CallNumbers(
                origin,
                progress,
                numbers.objections(),
                numbers.pricing(),
                numbers.advances(),
                numbers.stalls(),
                numbers.declines(),
                numbers.departures(),
                nextSteps,
                theirSteps,
                share,
                people,
                trackers));
    }

    private FactDraft with(CallNumbers changed) {
        return new FactDraft(changed, read, transcript);
    }

    FactDraft withoutTranscript() {
        return new FactDraft(numbers, read, false);
    }

    FactDraft unread() {
        return new FactDraft(numbers, false, transcript);
    }

    CallFacts daysAgo(double days) {
        return at(NOW.minus(Duration.ofMinutes(Math.round(days * 24 * 60))));
    }

    CallFacts at(Instant startedAt) {
        CallId id = new CallId(
                UUID.nameUUIDFromBytes(startedAt.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return new CallFacts(id, startedAt, true, transcript, read ? numbers : null);
    }
}
