package ai.cscx.chorus.eval;

import ai.cscx.chorus.eval.MeetingSet.Meeting;
import ai.cscx.chorus.eval.MeetingSet.Query;
import ai.cscx.chorus.eval.MeetingSet.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How well hits answer a question. mR@k: the right meeting is among the first k distinct ones; serR@k: or one of the same
 * series. The others go by passage: relevant is one of which half the words or more answer the question, and a hit stands
 * for the passages of which it holds half the words or more; where no passage is, the one with most such words. nDCG, R,
 * MRR and S (success) look at the first ten of them, each counted once.
 */
final class Measures {
    static final List<String> NAMES =
            List.of("mR@1", "mR@5", "mR@10", "serR@1", "serR@5", "nDCG@10", "R@10", "MRR@10", "S@10");

    private static final int TOP = 10;

    private final MeetingSet set;
    private final Map<String, int[]> words = new HashMap<>();

    Measures(MeetingSet set) {
        this.set = set;
    }

    /** A passage of the product. */
    record Hit(String meetingId, Range utterances, double score) {}

    private record PassageKey(String meetingId, int number) {}

    /** One number for each of {@link #NAMES}. */
    double[] of(Query query, List<Hit> hits) {
        Set<String> meetings = new LinkedHashSet<>();
        Set<String> series = new LinkedHashSet<>();
        Set<PassageKey> passages = new LinkedHashSet<>();
        for (Hit hit : hits) {
            meetings.add(hit.meetingId());
            series.add(set.meeting(hit.meetingId()).series());
            for (int number : covered(hit.meetingId(), hit.utterances()::holds)) {
                passages.add(new PassageKey(hit.meetingId(), number));
            }
            if (meetings.size() >= TOP && passages.size() >= TOP) {
                break;
            }
        }
        Set<PassageKey> relevant = covered(
                        query.meetingId(),
                        utterance -> query.relevant().stream().anyMatch(range -> range.holds(utterance)))
                .stream()
                .map(number -> new PassageKey(query.meetingId(), number))
                .collect(Collectors.toSet());
        int meeting = rank(meetings, query.meetingId());
        int team = rank(series, set.meeting(query.meetingId()).series());
        double gain = 0;
        double best = 0;
        int found = 0;
        int first = 0;
        int rank = 0;
        for (PassageKey passage : passages) {
            if (++rank > TOP) {
                break;
            }
            if (relevant.contains(passage)) {
                gain += discount(rank);
                first = found == 0 ? rank : first;
                found++;
            }
        }
        int possible = Math.min(TOP, relevant.size());
        for (int i = 1; i <= possible; i++) {
            best += discount(i);
        }
        return new double[] {
            within(meeting, 1),
            within(meeting, 5),
            within(meeting, TOP),
            within(team, 1),
            within(team, 5),
            gain / best,
            (double) found / possible,
            found == 0 ? 0 : 1.0 / first,
            found == 0 ? 0 : 1
        };
    }

    static String head() {
        return "| run | " + String.join(" | ", NAMES) + " |\n|---|" + "---|".repeat(NAMES.size());
    }

    /** A line of the table: the means. */
    static String row(String name, List<double[]> all) {
        StringBuilder row = new StringBuilder("| ").append(name).append(" |");
        for (int i = 0; i < NAMES.size(); i++) {
            int measure = i;
            double mean = all.stream()
                    .mapToDouble(numbers -> numbers[measure])
                    .average()
                    .orElse(0);
            row.append(String.format(Locale.ROOT, " %.3f |", mean));
        }
        return row.toString();
    }

    /** From 1; 0 = not there. */
    private static int rank(Set<String> inOrder, String wanted) {
        return new ArrayList<>(inOrder).indexOf(wanted) + 1;
    }

    private static double within(int rank, int top) {
        return rank > 0 && rank <= top ? 1 : 0;
    }

    private static double discount(int rank) {
        return Math.log(2) / Math.log(rank + 1);
    }

    /** Numbers of the passages of which at least half the words are inside; without one, of that with most, if any. */
    private List<Integer> covered(String meetingId, Predicate<Integer> inside) {
        List<Range> passages = set.passages().getOrDefault(meetingId, List.of());
        int[] counts = words.computeIfAbsent(meetingId, id -> counted(set.meeting(id)));
        List<Integer> covered = new ArrayList<>();
        int most = 0;
        int mostIn = -1;
        for (int number = 0; number < passages.size(); number++) {
            int all = 0;
            int in = 0;
            for (int i = passages.get(number).first(); i <= passages.get(number).last(); i++) {
                all += counts[i];
                in += inside.test(i) ? counts[i] : 0;
            }
            if (in > 0 && 2 * in >= all) {
                covered.add(number);
            }
            if (in > most) {
                most = in;
                mostIn = number;
            }
        }
        return covered.isEmpty() && mostIn >= 0 ? List.of(mostIn) : covered;
    }

    private static int[] counted(Meeting meeting) {
        return meeting.utterances().stream().mapToInt(MeetingSet.Said::words).toArray();
    }
}
