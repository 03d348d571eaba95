package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Momentum.Origin;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.signal.CallNumbers.TrackerCount;
import ai.cscx.chorus.signal.CustomerInsights.ActionItems;
import ai.cscx.chorus.signal.CustomerInsights.Coverage;
import ai.cscx.chorus.signal.CustomerInsights.Driver;
import ai.cscx.chorus.signal.CustomerInsights.Finding;
import ai.cscx.chorus.signal.CustomerInsights.Momentum;
import ai.cscx.chorus.signal.CustomerInsights.Topic;
import ai.cscx.chorus.signal.CustomerInsights.Week;
import ai.cscx.chorus.signal.PromiseReader.Counts;
import ai.cscx.chorus.signal.PromiseReader.Item;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Insights of one customer in the making: first the numbers, which say whose words are wanted; then, with those words, the
 * whole. Pure.
 */
final class InsightDraft {
    private final Call.CustomerRef customer;
    private final List<CallFacts> calls;
    private final Categories categories;
    private final Extent extent;
    private final MomentumScore momentum;
    private final List<Heard> topics;

    /**
     * How much is shown, up to when.
     *
     * @param now or the end of the range, if that is over
     * @param findings of each list
     * @param evidence of each entry that has several
     */
    record Extent(Instant now, ZoneId zone, int findings, int topics, int weeks, int evidence) {
        static Extent whole(Instant now, ZoneId zone) {
            return new Extent(now, zone, 20, 20, 26, 3);
        }

        static Extent brief(Instant now, ZoneId zone) {
            return new Extent(now, zone, 3, 5, 12, 1);
        }
    }

    /** A tracker in all calls. */
    private record Heard(String key, long mentions, List<CallFacts> calls) {}

    /**
     * @param calls newest first
     */
    InsightDraft(Call.CustomerRef customer, List<CallFacts> calls, Categories categories, Extent extent) {
        this.customer = customer;
        this.calls = List.copyOf(calls);
        this.categories = categories;
        this.extent = extent;
        this.momentum = MomentumScore.of(calls, categories, extent.now());
        this.topics = topics();
    }

    Call.CustomerRef customer() {
        return customer;
    }

    /** The calls whose words are wanted. */
    Collection<CallId> wanted() {
        Set<CallId> wanted = new LinkedHashSet<>();
        momentum.drivers()
                .forEach(driver -> driver.evidence().stream()
                        .limit(extent.evidence())
                        .map(Ref::call)
                        .forEach(wanted::add));
        wanted.addAll(having(Cue.NEXT_STEP));
        wanted.addAll(having(Cue.PRICING));
        wanted.addAll(having(Cue.OBJECTION));
        topics.forEach(topic -> topic.calls().stream()
                .limit(extent.evidence())
                .map(CallFacts::call)
                .forEach(wanted::add));
        return wanted;
    }

    /** Of the wanted calls, those whose next steps are shown unless they are settled. */
    Collection<CallId> wantedForSteps() {
        return having(Cue.NEXT_STEP);
    }

    /** The newest calls that have so many of these as are shown. */
    private List<CallId> having(Cue cue) {
        List<CallId> having = new ArrayList<>();
        // Some steps are done by now.
        int most = extent.findings() * (cue == Cue.NEXT_STEP ? 3 : 1);
        int found = 0;
        for (CallFacts call : calls) {
            int here = found < most ? count(call, cue) : 0;
            if (here > 0) {
                having.add(call.call());
                found += here;
            }
        }
        return having;
    }

    /**
     * @param settled action items that are next steps no more
     */
    CustomerInsights with(QuoteReader words, Set<Item> settled, Map<String, String> names, Counts promises) {
        return new CustomerInsights(
                customer,
                new Momentum(
                        momentum.score(),
                        momentum.direction(),
                        momentum.drivers().stream()
                                .map(driver -> new Driver(
                                        driver.part().word(),
                                        driver.points(),
                                        driver.why(),
                                        words.evidence(driver.evidence(), extent.evidence())))
                                .toList()),
                findings(words, Cue.NEXT_STEP, settled),
                findings(words, Cue.PRICING, Set.of()),
                findings(words, Cue.OBJECTION, Set.of()),
                topics.stream().map(topic -> topic(topic, words, names)).toList(),
                new ActionItems(promises.open(), promises.overdue(), promises.doneOnTime()),
                new Coverage(
                        calls.size(),
                        calls.stream().filter(CallFacts::transcript).count()));
    }

    private List<Finding> findings(QuoteReader words, Cue cue, Set<Item> settled) {
        List<Finding> findings = new ArrayList<>();
        for (CallFacts call : calls) {
            if (findings.size() >= extent.findings()) {
                break;
            }
            if (count(call, cue) == 0) {
                continue;
            }
            for (Quote quote : quotes(words.of(call.call()), cue)) {
                if (findings.size() < extent.findings() && !settled.contains(new Item(call.call(), item(quote)))) {
                    findings.add(new Finding(
                            quote.label(),
                            call.call(),
                            call.startedAt(),
                            quote.side(),
                            origin(call),
                            List.of(words.evidence(call.call(), quote))));
                }
            }
        }
        return findings;
    }

    private static String item(Quote quote) {
        return Objects.requireNonNullElse(quote.item(), "");
    }

    /** In the customer's words, those of trackers too; prices that the source quotes and next steps whoever spoke. */
    private List<Quote> quotes(Quotes quotes, Cue cue) {
        if (cue == Cue.NEXT_STEP) {
            return quotes.of(cue);
        }
        List<Quote> found = new ArrayList<>(QuoteReader.theirs(quotes.of(cue)));
        Set<Integer> places = new HashSet<>();
        found.forEach(quote -> places.add(place(quote)));
        String category = cue == Cue.PRICING ? Categories.PRICING : Categories.OBJECTION;
        quotes.trackers().forEach((tracker, hits) -> {
            if (category.equals(categories.of(tracker))) {
                QuoteReader.theirs(hits).stream()
                        .filter(hit -> places.add(place(hit)))
                        .forEach(found::add);
            }
        });
        found.sort(Comparator.comparing(Quote::startMs, Comparator.nullsLast(Comparator.naturalOrder())));
        return found;
    }

    private static int place(Quote quote) {
        return quote.utterance() == null ? -1 - quote.text().hashCode() & Integer.MAX_VALUE : quote.utterance();
    }

    private int count(CallFacts call, Cue cue) {
        CallNumbers numbers = call.numbers();
        if (numbers == null) {
            return 0;
        }
        if (cue == Cue.NEXT_STEP) {
            return numbers.nextSteps();
        }
        return cue == Cue.PRICING
                ? Math.max(numbers.pricing(), CallMomentum.heard(numbers, categories, Categories.PRICING))
                : CallMomentum.objections(numbers, categories);
    }

    private static Origin origin(CallFacts call) {
        CallNumbers numbers = call.numbers();
        return numbers != null && numbers.origin() == Origin.SOURCE ? Origin.SOURCE : Origin.DERIVED;
    }

    private List<Heard> topics() {
        Map<String, List<CallFacts>> heard = new HashMap<>();
        Map<String, Long> mentions = new HashMap<>();
        for (CallFacts call : calls) {
            CallNumbers numbers = call.numbers();
            for (TrackerCount tracker : numbers == null ? List.<TrackerCount>of() : numbers.trackers()) {
                heard.computeIfAbsent(tracker.tracker(), fresh -> new ArrayList<>())
                        .add(call);
                mentions.merge(tracker.tracker(), (long) tracker.mentions(), Long::sum);
            }
        }
        return heard.entrySet().stream()
                .map(entry -> new Heard(entry.getKey(), mentions.getOrDefault(entry.getKey(), 0L), entry.getValue()))
                .sorted(Comparator.comparingLong(Heard::mentions).reversed().thenComparing(Heard::key))
                .limit(extent.topics())
                .toList();
    }

    private Topic topic(Heard topic, QuoteReader words, Map<String, String> names) {
        List<Evidence> evidence = topic.calls().stream()
                .limit(extent.evidence())
                .flatMap(call -> words.of(call.call()).of(topic.key()).stream()
                        .sorted(Comparator.comparing(quote -> quote.side() != Side.EXTERNAL))
                        .limit(1)
                        .map(quote -> words.evidence(call.call(), quote)))
                .toList();
        return new Topic(
                names.getOrDefault(topic.key(), topic.key()),
                categories.of(topic.key()),
                topic.mentions(),
                weeks(topic),
                evidence);
    }

    /** From the first week in which it came up, or as far back as is shown. */
    private List<Week> weeks(Heard topic) {
        LocalDate last = monday(extent.now());
        LocalDate first = last.minusWeeks(extent.weeks() - 1L);
        LocalDate begin = monday(topic.calls().getLast().startedAt());
        Map<LocalDate, Long> counts = new HashMap<>();
        for (CallFacts call : topic.calls()) {
            counts.merge(monday(call.startedAt()), mentions(call, topic.key()), Long::sum);
        }
        List<Week> weeks = new ArrayList<>();
        for (LocalDate week = begin.isAfter(first) ? begin : first; !week.isAfter(last); week = week.plusWeeks(1)) {
            weeks.add(new Week(week, counts.getOrDefault(week, 0L)));
        }
        return weeks;
    }

    private static long mentions(CallFacts call, String tracker) {
        @Nullable CallNumbers numbers = call.numbers();
        return numbers == null
                ? 0
                : numbers.trackers().stream()
                        .filter(count -> count.tracker().equals(tracker))
                        .mapToLong(TrackerCount::mentions)
                        .sum();
    }

    private LocalDate monday(Instant at) {
        return LocalDate.ofInstant(at, extent.zone()).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
