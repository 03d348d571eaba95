package ai.cscx.chorus.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.cscx.chorus.eval.Measures.Hit;
import ai.cscx.chorus.eval.MeetingSet.Meeting;
import ai.cscx.chorus.eval.MeetingSet.Query;
import ai.cscx.chorus.eval.MeetingSet.Range;
import ai.cscx.chorus.eval.MeetingSet.Said;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Each meeting has eight utterances of two words and four passages of two utterances. */
class MeasuresTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final List<Range> PASSAGES =
            List.of(new Range(0, 1), new Range(2, 3), new Range(4, 5), new Range(6, 7));
    private static final MeetingSet SET = new MeetingSet(
            Map.of(
                    "right", meeting("right", "product", "team"),
                    "sister", meeting("sister", "product", "team"),
                    "other", meeting("other", "academic", "team")),
            List.of(),
            Map.of("right", PASSAGES, "sister", PASSAGES, "other", PASSAGES));
    private static final Measures MEASURES = new Measures(SET);
    private static final Query QUERY = new Query("q", "What?", "right", List.of(new Range(0, 0), new Range(6, 7)));

    @Test
    void measures_ofNothingFound_areZero() {
        assertThat(MEASURES.of(QUERY, List.of())).containsOnly(0);
    }

    @Test
    void measures_ofAllThatAnswersFirst_areOne() {
        assertThat(MEASURES.of(QUERY, List.of(hit("right", 0, 1), hit("right", 6, 7))))
                .containsExactly(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, EXACT);
    }

    @Test
    void meetings_ofOneSeries_countForEachOther() {
        double[] numbers = MEASURES.of(QUERY, List.of(hit("other", 0, 1), hit("sister", 0, 1), hit("right", 2, 3)));

        assertThat(numbers).containsExactly(0, 1, 1, 0, 1, 0, 0, 0, 0);
        assertThat(MEASURES.of(QUERY, List.of(hit("sister", 0, 1)))).containsExactly(0, 0, 0, 1, 1, 0, 0, 0, 0);
    }

    @Test
    void hit_thatIsLong_usesUpRanks() {
        double[] numbers = MEASURES.of(QUERY, List.of(hit("right", 2, 7)));

        assertThat(numbers[5]).isEqualTo(0.5 / (1 + Math.log(2) / Math.log(3)), EXACT);
        assertThat(numbers[6]).isEqualTo(0.5, EXACT);
        assertThat(numbers[7]).isEqualTo(1 / 3.0, EXACT);
        assertThat(numbers[8]).isEqualTo(1);
    }

    @Test
    void hit_ofAPassageFoundBefore_usesUpNoRank() {
        double[] numbers = MEASURES.of(QUERY, List.of(hit("other", 0, 1), hit("other", 0, 0), hit("right", 6, 7)));

        assertThat(numbers[7]).isEqualTo(0.5, EXACT);
    }

    private static Hit hit(String meeting, int first, int last) {
        return new Hit(meeting, new Range(first, last), 1);
    }

    private static Meeting meeting(String id, String domain, String group) {
        return new Meeting(
                id,
                domain,
                group,
                "A meeting",
                IntStream.range(0, 8)
                        .mapToObj(i -> new Said(i, "A", "two words"))
                        .toList());
    }
}
