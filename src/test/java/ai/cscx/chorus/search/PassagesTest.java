package ai.cscx.chorus.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.search.Passages.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassagesTest {
    @Test
    void of_emptyTranscript_isNothing() {
        assertThat(Passages.of(transcript())).isEmpty();
    }

    @Test
    void of_shortCall_isOnePassage() {
        List<Passage> passages = Passages.of(transcript(10, 20, 30));

        assertThat(passages).hasSize(1);
        assertThat(passages.getFirst().from()).isEqualTo(0);
        assertThat(passages.getFirst().to()).isEqualTo(4);
        assertThat(passages.getFirst().startMs()).isEqualTo(0);
        assertThat(passages.getFirst().endMs()).isEqualTo(2_900);
    }

    @Test
    void of_utteranceThatWouldOverfillIt_beginsTheNextPassage() {
        assertThat(indexes(Passages.of(transcript(70, 60, 60)))).containsExactly(List.of(0), List.of(2, 4));
    }

    @Test
    void of_fullPassage_endsThere() {
        assertThat(indexes(Passages.of(transcript(90, 15, 80)))).containsExactly(List.of(0, 2), List.of(4));
    }

    @Test
    void of_longUtterance_staysWhole() {
        List<Passage> passages = Passages.of(transcript(10, 900, 10));

        assertThat(indexes(passages)).containsExactly(List.of(0), List.of(2), List.of(4));
        assertThat(passages.get(1).utterances().getFirst().text().split(" ")).hasSize(900);
    }

    @Test
    void of_textWithoutSpaces_isMeasuredByItsLength() {
        List<Utterance> utterances = IntStream.range(0, 10)
                .mapToObj(i -> utterance(i, "価格について話しましょう".repeat(30)))
                .toList();

        assertThat(Passages.of(new Transcript("ja", utterances))).hasSizeGreaterThan(3);
    }

    @Test
    void of_anyTranscript_losesNothingAndKeepsOrder() {
        Random random = new Random(25);
        for (int run = 0; run < 300; run++) {
            int[] words =
                    random.ints(random.nextInt(60), 1, run % 2 == 0 ? 40 : 200).toArray();
            List<Passage> passages = Passages.of(transcript(words));
            List<Integer> seen = new ArrayList<>();
            for (Passage passage : passages) {
                assertThat(passage.number()).isEqualTo(passages.indexOf(passage));
                assertThat(passage.utterances()).isNotEmpty();
                passage.utterances().forEach(utterance -> seen.add(utterance.index()));
            }
            assertThat(seen)
                    .isEqualTo(IntStream.range(0, words.length)
                            .mapToObj(i -> 2 * i)
                            .toList());
        }
    }

    private static List<List<Integer>> indexes(List<Passage> passages) {
        return passages.stream()
                .map(passage ->
                        passage.utterances().stream().map(Utterance::index).toList())
                .toList();
    }

    /** Utterances of so many words; every second index, as where the source had blank ones. */
    private static Transcript transcript(int... words) {
        List<Utterance> utterances = new ArrayList<>();
        for (int count : words) {
            utterances.add(utterance(2 * utterances.size(), "word ".repeat(count)));
        }
        return new Transcript("en", utterances);
    }

    private static Utterance utterance(int index, String text) {
        return new Utterance(index, "Paula Reyes", null, Side.EXTERNAL, 500L * index, 500L * index + 900, text, false);
    }
}
