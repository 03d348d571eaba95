package ai.cscx.chorus.sync;

import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.upstream.Engagements.Cluster;
import ai.cscx.chorus.upstream.Engagements.Person;
import ai.cscx.chorus.upstream.Engagements.Range;
import ai.cscx.chorus.upstream.Engagements.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was said, in the dialect {@code engagements}: by whom, on whose side, and how sure that is. */
final class EngagementSpeech {
    private static final Set<String> INTERNAL_WORDS = Set.of("rep");
    private static final Set<String> EXTERNAL_WORDS = Set.of("cust", "customer", "prospect");
    private static final Set<String> GUESSES = Set.of("guess", "guessed_by_zoom");

    private EngagementSpeech() {}

    /** Three vocabularies in one answer; everything else is unknown, never guessed. */
    static Side side(@Nullable String word) {
        String known = Texts.lower(Texts.first(word));
        if (known == null) {
            return Side.UNKNOWN;
        }
        if (INTERNAL_WORDS.contains(known)) {
            return Side.INTERNAL;
        }
        return EXTERNAL_WORDS.contains(known) ? Side.EXTERNAL : Side.UNKNOWN;
    }

    static Side side(Person person) {
        Side side = side(person.type());
        // Only where nothing else speaks: the flag also marks colleagues who were merely invited.
        return side == Side.UNKNOWN && Boolean.TRUE.equals(person.myTeam()) ? Side.INTERNAL : side;
    }

    /** Sorted by index, then by time; blank and expired ones are left out. */
    static List<Utterance> utterances(@Nullable Recording recording, List<Person> people) {
        if (recording == null || recording.utterances() == null) {
            return List.of();
        }
        Map<String, Person> byId = new HashMap<>();
        for (Person person : people) {
            if (person.personId() != null) {
                byId.put(person.personId(), person);
            }
        }
        List<Cluster> clusters = recording.clusters() == null ? List.of() : recording.clusters();
        List<ai.cscx.chorus.upstream.Engagements.Utterance> sorted = recording.utterances().stream()
                .filter(said -> said.snippet() != null && !said.snippet().isBlank())
                .filter(said -> !Boolean.TRUE.equals(said.expired()))
                .sorted(Comparator.comparingInt((ai.cscx.chorus.upstream.Engagements.Utterance said) ->
                                said.index() == null ? Integer.MAX_VALUE : said.index())
                        .thenComparingDouble(said -> said.time() == null ? 0 : said.time()))
                .toList();
        List<Utterance> utterances = new ArrayList<>(sorted.size());
        int last = -1;
        for (var said : sorted) {
            int index = said.index() == null || said.index() <= last ? last + 1 : said.index();
            last = index;
            Person person = said.participant() == null ? null : byId.get(said.participant());
            Cluster cluster = clusterAt(clusters, said);
            String speaker = Texts.first(said.speakerName());
            utterances.add(new Utterance(
                    index,
                    speaker,
                    Texts.lower(Texts.first(person == null ? null : person.email())),
                    sideOf(said, person, cluster),
                    Texts.millis(said.time()),
                    Texts.millis(end(said)),
                    String.valueOf(said.snippet()),
                    speaker != null && isGuess(cluster)));
        }
        return utterances;
    }

    private static @Nullable Double end(ai.cscx.chorus.upstream.Engagements.Utterance said) {
        return said.time() == null || said.length() == null ? said.time() : Double.valueOf(said.time() + said.length());
    }

    private static boolean isGuess(@Nullable Cluster cluster) {
        String method = cluster == null ? null : Texts.lower(Texts.first(cluster.matchMethod()));
        return method != null && GUESSES.contains(method);
    }

    private static Side sideOf(
            ai.cscx.chorus.upstream.Engagements.Utterance said, @Nullable Person person, @Nullable Cluster cluster) {
        if (Texts.first(said.speakerType()) != null) {
            return side(said.speakerType());
        }
        if (person != null && Texts.first(person.type()) != null) {
            return side(person);
        }
        if (cluster != null && Texts.first(cluster.type()) != null) {
            return side(cluster.type());
        }
        return person == null ? Side.UNKNOWN : side(person);
    }

    /** The voice that speaks when the utterance begins, of the person that the utterance names where it names one. */
    private static @Nullable Cluster clusterAt(
            List<Cluster> clusters, ai.cscx.chorus.upstream.Engagements.Utterance said) {
        Double time = said.time();
        if (time == null) {
            return null;
        }
        for (Cluster cluster : clusters) {
            boolean other = said.participant() != null
                    && cluster.participant() != null
                    && !said.participant().equals(cluster.participant());
            if (!other && speaksAt(cluster, time)) {
                return cluster;
            }
        }
        return null;
    }

    /** A loop: a stream for each utterance and voice was seen in profiles of syncs. */
    private static boolean speaksAt(Cluster cluster, double time) {
        if (cluster.ranges() == null) {
            return false;
        }
        for (Range range : cluster.ranges()) {
            if (covers(range, time)) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(Range range, double time) {
        return range.start() != null
                && range.length() != null
                && time >= range.start()
                && time < range.start() + range.length();
    }
}
