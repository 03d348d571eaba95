package ai.cscx.chorus.signal;

import ai.cscx.chorus.call.Momentum;
import ai.cscx.chorus.call.Momentum.Origin;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.signal.CallNumbers.Person;
import ai.cscx.chorus.signal.CallNumbers.TrackerCount;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads off one call what it says of its customer. Knows nothing of settings: those are applied when facts are added up. */
final class CallReader {
    /** Counts the changes of what is read off; facts of other rules are read off again. */
    static final int RULES = 1;

    private static final int MOST_QUOTES = 8;
    private static final int MOST_HITS = 30;
    private static final Set<Cue> THEIR_VOICE =
            EnumSet.of(Cue.OBJECTION, Cue.DECLINE, Cue.STALL, Cue.ADVANCE, Cue.DEPARTURE, Cue.PRICING);

    private final Recorded call;
    private final Places places;
    private final Map<Cue, List<Quote>> cues = new EnumMap<>(Cue.class);
    private final Map<String, List<Quote>> hits = new LinkedHashMap<>();

    private CallReader(Recorded call) {
        this.call = call;
        this.places = new Places(call.utterances(), call.participants());
    }

    /** What there is to read. */
    record Recorded(
            @Nullable String language,
            List<Participant> participants,
            List<TrackerHits> trackers,
            @Nullable Momentum momentum,
            List<Item> items,
            List<Utterance> utterances) {}

    /** An action item. */
    record Item(
            String key, String text, Side side, @Nullable Long startMs) {}

    /** What was read. */
    record Reading(CallNumbers numbers, Quotes quotes) {}

    static Reading read(Recorded call) {
        return new CallReader(call).read();
    }

    private Reading read() {
        List<Quote> promised = listen();
        Momentum source = call.momentum();
        if (source != null) {
            cues.put(Cue.OBJECTION, sourced(source.objections()));
            cues.put(Cue.PRICING, sourced(source.pricing()));
        }
        cues.put(Cue.NEXT_STEP, nextSteps(source, promised));
        List<TrackerCount> trackers = trackers();
        boolean silent = call.utterances().isEmpty()
                && call.trackers().isEmpty()
                && call.items().isEmpty();
        Origin derived = silent ? null : Origin.DERIVED;
        CallNumbers numbers = new CallNumbers(
                source == null ? derived : Origin.SOURCE,
                source == null ? null : source.dealProgress(),
                theirs(Cue.OBJECTION),
                theirs(Cue.PRICING),
                theirs(Cue.ADVANCE),
                theirs(Cue.STALL),
                theirs(Cue.DECLINE),
                theirs(Cue.DEPARTURE),
                cues.getOrDefault(Cue.NEXT_STEP, List.of()).size(),
                theirs(Cue.NEXT_STEP),
                theirShare(call.utterances()),
                people(),
                trackers);
        return new Reading(numbers, quotes());
    }

    /** Notes what the customer's people say; gives what anybody promised. */
    private List<Quote> listen() {
        Cues rules = Cues.of(call.language());
        List<Quote> promised = new ArrayList<>();
        if (rules == null) {
            return promised;
        }
        for (Utterance utterance : call.utterances()) {
            if (utterance.side() == Side.UNKNOWN) {
                continue;
            }
            Set<Cue> told = rules.in(utterance.text());
            if (told.contains(Cue.NEXT_STEP)) {
                promised.add(Places.quote(utterance, null, null));
            }
            if (told.contains(Cue.DECLINE)) {
                told.add(Cue.OBJECTION);
            }
            told.retainAll(THEIR_VOICE);
            if (utterance.side() == Side.EXTERNAL) {
                told.forEach(cue ->
                        cues.computeIfAbsent(cue, fresh -> new ArrayList<>()).add(Places.quote(utterance, null, null)));
            }
        }
        return promised;
    }

    private List<Quote> sourced(List<Momentum.Evidence> said) {
        return said.stream()
                .map(evidence -> places.find(evidence.text(), evidence.startMs(), evidence.speaker()))
                .toList();
    }

    /** As the source says; else its action items; else what was promised in so many words. */
    private List<Quote> nextSteps(@Nullable Momentum source, List<Quote> promised) {
        if (source != null && !source.nextSteps().isEmpty()) {
            return source.nextSteps().stream()
                    .map(step ->
                            places.step(step.text(), step.startMs(), places.sideOf(step.speaker()), key(step.text())))
                    .toList();
        }
        if (!call.items().isEmpty()) {
            return call.items().stream()
                    .map(item -> places.step(item.text(), item.startMs(), item.side(), item.key()))
                    .toList();
        }
        return promised;
    }

    /** Of the action item with these words, by which it is known whether it is done. */
    private @Nullable String key(String text) {
        return call.items().stream()
                .filter(item -> item.text().equals(text))
                .map(Item::key)
                .findFirst()
                .orElse(null);
    }

    private List<TrackerCount> trackers() {
        Map<String, TrackerCount> counts = new LinkedHashMap<>();
        for (TrackerHits tracker : call.trackers()) {
            String key = TrackerKey.of(tracker.name());
            List<Quote> quotes = tracker.hits().stream()
                    .map(places::hit)
                    .flatMap(Stream::ofNullable)
                    .toList();
            int heard = Math.toIntExact(quotes.stream()
                    .filter(quote -> quote.side() == Side.EXTERNAL)
                    .count());
            int mentions = Math.max(tracker.count(), tracker.hits().size());
            if (!key.isEmpty() && mentions > 0) {
                counts.merge(key, new TrackerCount(key, mentions, heard), CallReader::both);
                hits.computeIfAbsent(key, fresh -> new ArrayList<>()).addAll(quotes);
            }
        }
        return List.copyOf(counts.values());
    }

    private static TrackerCount both(TrackerCount one, TrackerCount other) {
        return new TrackerCount(one.tracker(), one.mentions() + other.mentions(), one.heard() + other.heard());
    }

    private int theirs(Cue cue) {
        return Math.toIntExact(cues.getOrDefault(cue, List.of()).stream()
                .filter(quote -> quote.side() == Side.EXTERNAL)
                .count());
    }

    private List<Person> people() {
        Map<String, Person> people = new LinkedHashMap<>();
        for (Participant person : call.participants()) {
            String name = person.name() == null ? person.email() : person.name();
            if (person.side() == Side.EXTERNAL && name != null) {
                String key = (person.email() == null ? name : person.email()).toLowerCase(Locale.ROOT);
                people.putIfAbsent(key, new Person(key, name));
            }
        }
        return List.copyOf(people.values());
    }

    private Quotes quotes() {
        Map<Cue, List<Quote>> kept = new EnumMap<>(Cue.class);
        cues.forEach((cue, quotes) ->
                kept.put(cue, quotes.stream().limit(MOST_QUOTES).toList()));
        Map<String, List<Quote>> keptHits = new LinkedHashMap<>();
        hits.forEach((tracker, quotes) ->
                keptHits.put(tracker, quotes.stream().limit(MOST_HITS).toList()));
        return new Quotes(kept, keptHits);
    }

    /** Null where neither side speaks, or most talk is nobody's. */
    static @Nullable Double theirShare(List<Utterance> utterances) {
        boolean timed = utterances.stream().anyMatch(said -> said.endMs() > said.startMs());
        Map<Side, Long> talk = new EnumMap<>(Side.class);
        for (Utterance said : utterances) {
            long length = timed ? said.endMs() - said.startMs() : said.text().length();
            talk.merge(said.side(), length, Long::sum);
        }
        long theirs = talk.getOrDefault(Side.EXTERNAL, 0L);
        long known = theirs + talk.getOrDefault(Side.INTERNAL, 0L);
        return known == 0 || known < talk.getOrDefault(Side.UNKNOWN, 0L)
                ? null
                : Double.valueOf((double) theirs / known);
    }
}
