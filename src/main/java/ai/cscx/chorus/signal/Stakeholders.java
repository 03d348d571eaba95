package ai.cscx.chorus.signal;

import ai.cscx.chorus.signal.CallNumbers.Person;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who of the customer's people takes part. Pure. */
final class Stakeholders {
    private static final double BREADTH_DAYS = 90;
    private static final double CHAMPION_DAYS = 270;
    private static final double DEPARTURE_DAYS = 60;
    private static final int FEWEST_CALLS = 3;
    private static final double RARELY = 0.4;
    private static final double ALWAYS = 0.9;
    private static final double MOST_DOUBT = 4;
    /** What happens by chance once in three times is nothing: log₁₀ 3. */
    private static final double NO_DOUBT = 0.5;

    private static final double QUIET_DOUBT = 1;

    private Stakeholders() {}

    /**
     * Breadth: how many of the customer's people took part in 90 days. Unit: people, ≥ 0. Source: the participants on the
     * customer's side.
     */
    static Measured breadth(History history) {
        List<CallFacts> calls = history.last(BREADTH_DAYS);
        Set<String> people = keys(calls);
        if (people.isEmpty() && !calls.isEmpty()) {
            return Measured.unknown("Nobody knows who took part in the calls of the last 90 days.");
        }
        return Measured.of(
                people.size(),
                () -> people.size() + " of the customer's people took part in the last 90 days, "
                        + keys(history.last(2 * BREADTH_DAYS)
                                        .subList(
                                                calls.size(),
                                                history.last(2 * BREADTH_DAYS).size()))
                                .size()
                        + " in the 90 days before.");
    }

    /**
     * Champion: how doubtful it is that the person who takes part most is still there. Unit: decades, 0–4; 1.5 = that they
     * miss as many calls in a row by chance happens once in 10² times. Source: participants of 270 days: −k·log₁₀(1 − p) − 0.5
     * for k calls missed in a row, where p is the share of calls that they took part in while they did, 0.4–0.9. Somebody of
     * the customer's speaking of a departure within 60 days adds 1.
     */
    static Measured champion(History history) {
        Attendance champion = champion(attended(history));
        if (champion == null) {
            return Measured.unknown("Nobody of the customer's takes part regularly.");
        }
        List<Ref> spoken = history.last(DEPARTURE_DAYS).stream()
                .flatMap(call -> {
                    CallNumbers numbers = call.numbers();
                    return numbers == null
                            ? java.util.stream.Stream.empty()
                            : Refs.cues(call.call(), numbers, Cue.DEPARTURE).stream();
                })
                .toList();
        double doubt = champion.doubt() + (spoken.isEmpty() ? 0 : 1);
        return Measured.of(
                Math.min(MOST_DOUBT, doubt),
                () -> champion.name() + ", in " + champion.attended() + " of " + champion.tenure() + " calls before, "
                        + missed(champion.missed()) + (spoken.isEmpty() ? "." : "; somebody spoke of a departure."),
                () -> spoken);
    }

    private static String missed(int calls) {
        if (calls == 0) {
            return "took part in the last call";
        }
        return calls == 1 ? "missed the last call" : "missed the last " + calls + " calls";
    }

    /**
     * The customer's people of the last 270 days, those who come most often first. Somebody is quiet who came regularly
     * and since missed as many calls in a row as happens by chance once in 30 times or less: the doubt of the champion,
     * measured alike, is 1 or more.
     */
    static List<Attendee> people(History history) {
        return attendances(attended(history)).stream()
                .map(person -> new Attendee(
                        person.key(),
                        person.name(),
                        person.attended(),
                        person.tenure(),
                        person.missed(),
                        person.last(),
                        person.regular() && person.doubt() >= QUIET_DOUBT))
                .toList();
    }

    private static List<CallFacts> attended(History history) {
        return history.last(CHAMPION_DAYS).stream()
                .filter(call -> !people(call).isEmpty())
                .toList();
    }

    /**
     * @param missed the newest calls in a row without them
     * @param tenure calls from their first to their last
     */
    private record Attendance(String key, String name, int attended, int tenure, int missed, Instant last) {
        double share() {
            return (double) attended / tenure;
        }

        boolean regular() {
            return attended >= FEWEST_CALLS && share() >= RARELY;
        }

        double doubt() {
            return Math.max(0, -missed * Math.log10(1 - Math.clamp(share(), RARELY, ALWAYS)) - NO_DOUBT);
        }
    }

    private static @Nullable Attendance champion(List<CallFacts> calls) {
        return attendances(calls).stream()
                .filter(Attendance::regular)
                .max(Comparator.comparingInt(Attendance::attended)
                        .thenComparing(
                                Comparator.comparingInt(Attendance::missed).reversed()))
                .orElse(null);
    }

    /** Those who come most often first, then those who came last. */
    private static List<Attendance> attendances(List<CallFacts> calls) {
        Identity identity = new Identity();
        Map<String, int[]> seen = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < calls.size(); i++) {
            Set<String> here = new HashSet<>();
            for (Person person : people(calls.get(i))) {
                String key = identity.of(person);
                if (here.add(key)) {
                    // attended, the newest call with them, the oldest
                    int[] counts = seen.computeIfAbsent(key, fresh -> new int[3]);
                    counts[1] = counts[0] == 0 ? i : counts[1];
                    counts[0]++;
                    counts[2] = i;
                    names.putIfAbsent(key, person.name());
                }
            }
        }
        return seen.entrySet().stream()
                .map(entry -> new Attendance(
                        entry.getKey(),
                        names.getOrDefault(entry.getKey(), entry.getKey()),
                        entry.getValue()[0],
                        entry.getValue()[2] - entry.getValue()[1] + 1,
                        entry.getValue()[1],
                        calls.get(entry.getValue()[1]).startedAt()))
                .sorted(Comparator.comparingInt(Attendance::attended).reversed().thenComparingInt(Attendance::missed))
                .toList();
    }

    private static List<Person> people(CallFacts call) {
        CallNumbers numbers = call.numbers();
        return numbers == null ? List.of() : numbers.people();
    }

    private static Set<String> keys(List<CallFacts> calls) {
        Identity identity = new Identity();
        Set<String> keys = new HashSet<>();
        calls.forEach(call -> people(call).forEach(person -> keys.add(identity.of(person))));
        return keys;
    }

    /** Who is who: the same address or the same name is the same person. */
    private static final class Identity {
        private final Map<String, String> known = new HashMap<>();

        String of(Person person) {
            String name = person.name().toLowerCase(Locale.ROOT);
            String one = known.getOrDefault(person.key(), known.getOrDefault(name, person.key()));
            known.put(person.key(), one);
            known.put(name, one);
            return one;
        }
    }
}
