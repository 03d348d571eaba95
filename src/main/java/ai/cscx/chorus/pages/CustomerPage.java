package ai.cscx.chorus.pages;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.signal.Attendee;
import ai.cscx.chorus.signal.CustomerInsights;
import ai.cscx.chorus.signal.Direction;
import ai.cscx.chorus.signal.Mention;
import ai.cscx.chorus.task.ActionItem;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One customer, as their calls show them.
 *
 * @param lastCall how long ago; null = there was none
 * @param open items that nobody has done, of {@code openTotal}
 * @param topic whose mentions are shown; null = none
 */
record CustomerPage(
        Frame frame,
        String id,
        String name,
        @Nullable String segment,
        @Nullable String owner,
        @Nullable String renewal,
        boolean soon,
        @Nullable String lastCall,
        String callCount,
        List<CallRow> calls,
        List<Promise> open,
        long openTotal,
        List<Person> people,
        Topics topics,
        @Nullable String topic,
        List<Heard> mentions,
        HealthView health,
        Momentum momentum,
        List<Quoted> nextSteps,
        List<Quoted> objections,
        List<Quoted> pricing) {
    private static final int SOON_DAYS = 90;

    CustomerPage {
        calls = List.copyOf(calls);
        open = List.copyOf(open);
        people = List.copyOf(people);
        mentions = List.copyOf(mentions);
        nextSteps = List.copyOf(nextSteps);
        objections = List.copyOf(objections);
        pricing = List.copyOf(pricing);
    }

    static boolean isSoon(@Nullable LocalDate renewal, Reader reader) {
        return renewal != null
                && !renewal.isBefore(reader.today())
                && renewal.isBefore(reader.today().plusDays(SOON_DAYS));
    }

    /** Something promised and not done. */
    record Promise(
            String text,
            @Nullable String who,
            boolean theirs,
            @Nullable String due,
            boolean late,
            String call,
            String day,
            String address) {
        static Promise of(ActionItem item, Reader reader) {
            LocalDate due = item.due();
            return new Promise(
                    item.text(),
                    item.ownerName(),
                    item.side() == Side.EXTERNAL,
                    due == null ? null : reader.day(due),
                    due != null && due.isBefore(reader.today()),
                    CallRow.titleOf(item.callTitle()),
                    reader.day(item.callStartedAt()),
                    CustomerPages.addressOf(item));
        }
    }

    /** A call in which a topic came up. */
    record Heard(String title, String day, String address, List<Quoted> said) {
        Heard {
            said = List.copyOf(said);
        }

        /** Call by call, in their order. */
        static List<Heard> of(List<Mention> mentions, Reader reader) {
            Map<CallId, List<Mention>> byCall = mentions.stream()
                    .collect(Collectors.groupingBy(Mention::call, LinkedHashMap::new, Collectors.toList()));
            return byCall.values().stream()
                    .map(hits -> new Heard(
                            CallRow.titleOf(hits.getFirst().title()),
                            reader.day(hits.getFirst().startedAt()),
                            Places.of(hits.getFirst().call(), null),
                            hits.stream().map(Heard::quoted).toList()))
                    .toList();
        }

        private static Quoted quoted(Mention hit) {
            Long startMs = hit.startMs();
            return new Quoted(
                    hit.quote(),
                    hit.speaker(),
                    startMs == null ? "the call" : Reader.place(startMs),
                    Places.of(hit.call(), startMs),
                    false);
        }
    }

    /**
     * Somebody of theirs.
     *
     * @param share of the calls from their first to now, 0 to 100
     */
    record Person(String name, @Nullable String title, String lastSeen, String calls, int share, boolean quiet) {
        /**
         * @param titles by e-mail address and name, in lower case
         */
        static Person of(Attendee person, Map<String, String> titles, Reader reader) {
            return new Person(
                    person.name(),
                    titles.getOrDefault(person.key(), titles.get(person.name().toLowerCase(Locale.ROOT))),
                    reader.ago(person.lastSeen()),
                    reader.counted(person.calls(), "call"),
                    100 * person.calls() / (person.tenure() + person.missed()),
                    person.quiet());
        }
    }

    /**
     * Where things go.
     *
     * @param score a whole number, 50 = stands still; null where no call tells
     */
    record Momentum(@Nullable String score, String direction, String colour, List<HealthView.Reason> drivers) {
        Momentum {
            drivers = List.copyOf(drivers);
        }

        static Momentum of(CustomerInsights.Momentum momentum, Reader reader) {
            Double score = momentum.score();
            return new Momentum(
                    score == null ? null : reader.number(Math.round(score)),
                    directionName(momentum.direction()),
                    colour(momentum.direction()),
                    momentum.drivers().stream()
                            .map(driver -> new HealthView.Reason(
                                    HealthView.nameOf(driver.name()), null, driver.why(), Quoted.of(driver.evidence())))
                            .toList());
        }

        private static String directionName(Direction direction) {
            return switch (direction) {
                case RISING -> "Rising";
                case FALLING -> "Falling";
                case STEADY -> "Steady";
                case UNKNOWN -> "Too few calls to tell";
            };
        }

        private static String colour(Direction direction) {
            return switch (direction) {
                case RISING -> "green";
                case FALLING -> "red";
                case STEADY, UNKNOWN -> "";
            };
        }
    }
}
