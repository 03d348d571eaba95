package ai.cscx.chorus.signal;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.Portfolio;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.Momentum;
import ai.cscx.chorus.call.Momentum.Evidence;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.store.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one call says, beside what Chorus says of it. Thread-safe. */
public final class CallSignals {
    private final Database database;

    public CallSignals(Database database) {
        this.database = database;
    }

    /**
     * Who spoke.
     *
     * @param speaker null if nobody knows
     */
    public record Voice(@Nullable String speaker, Side side) {}

    /**
     * What was read off a call.
     *
     * @param momentum Chorus's own, else ours; null where nothing tells, or it was not read yet
     * @param categories by tracker name; a tracker of none is absent
     * @param voices who speaks where trackers hit, by the index of the utterance
     */
    public record Signs(@Nullable Momentum momentum, Map<String, String> categories, Map<Integer, Voice> voices) {
        public Signs {
            categories = Map.copyOf(categories);
            voices = Map.copyOf(voices);
        }
    }

    /** Of a call that the asker was shown. What they may not see any more has no signs. */
    public Signs of(Asker asker, CallDetails call) {
        return database.read(handle -> {
            Categories categories = Categories.load(handle);
            Portfolio.Condition visible = Portfolio.condition(asker, "customer_id");
            boolean seen = handle.createQuery(
                            "SELECT EXISTS (SELECT 1 FROM chorus_calls WHERE id = :call AND " + visible.sql() + ")")
                    .bindMap(new HashMap<>(visible.arguments()))
                    .bind("call", call.call().id().value())
                    .mapTo(Boolean.class)
                    .one();
            CallFacts facts = seen ? FactReader.ofCall(handle, call.call().id()) : null;
            Quotes quotes = facts == null
                    ? Quotes.NONE
                    : QuoteReader.of(handle, List.of(facts.call())).of(facts.call());
            return new Signs(
                    momentum(call, facts, quotes, categories),
                    call.trackers().stream()
                            .map(tracker -> tracker.name())
                            .distinct()
                            .filter(name -> categories.of(TrackerKey.of(name)) != null)
                            .collect(Collectors.toMap(
                                    name -> name, name -> String.valueOf(categories.of(TrackerKey.of(name))))),
                    voices(quotes));
        });
    }

    private static @Nullable Momentum momentum(
            CallDetails call, @Nullable CallFacts facts, Quotes quotes, Categories categories) {
        if (call.momentum() != null) {
            return call.momentum();
        }
        CallNumbers numbers = facts == null ? null : facts.numbers();
        if (numbers == null || numbers.origin() == null) {
            return null;
        }
        List<Evidence> pricing = evidence(quotes, Cue.PRICING);
        boolean priced = !pricing.isEmpty()
                || numbers.trackers().stream()
                        .anyMatch(tracker -> Categories.PRICING.equals(categories.of(tracker.tracker())));
        return new Momentum(
                CallMomentum.progress(numbers, categories),
                priced,
                evidence(quotes, Cue.NEXT_STEP),
                pricing,
                evidence(quotes, Cue.OBJECTION),
                Momentum.Origin.DERIVED);
    }

    private static List<Evidence> evidence(Quotes quotes, Cue cue) {
        return quotes.of(cue).stream()
                .map(quote -> new Evidence(quote.label(), quote.startMs(), quote.speaker()))
                .toList();
    }

    private static Map<Integer, Voice> voices(Quotes quotes) {
        Map<Integer, Voice> voices = new HashMap<>();
        quotes.trackers()
                .values()
                .forEach(hits -> hits.forEach(hit -> {
                    Integer utterance = hit.utterance();
                    if (utterance != null) {
                        voices.putIfAbsent(utterance, new Voice(hit.speaker(), hit.side()));
                    }
                }));
        return voices;
    }
}
