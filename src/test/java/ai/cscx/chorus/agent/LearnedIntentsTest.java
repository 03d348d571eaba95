package ai.cscx.chorus.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.agent.Intents.Guess;
import ai.cscx.chorus.agent.LearnedIntents.Phrase;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.search.Embedder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnedIntentsTest {
    @Test
    void phrases_teachEveryToolThatIsFilled_andWhatNoneAnswers() {
        Map<String, Long> count =
                LearnedIntents.phrases().stream().collect(Collectors.groupingBy(Phrase::tool, Collectors.counting()));

        assertThat(count.keySet()).containsAll(Understanding.FILLED).contains(LearnedIntents.NONE);
        assertThat(count).hasSize(Understanding.FILLED.size() + 1);
        assertThat(count.values()).allMatch(number -> number >= 15);
        assertThat(LearnedIntents.phrases()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "are mentions of rivals climbing DATE | get_tracker_trends",
                "is CUST about to walk away | get_health",
                "how safe is CUST | get_health",
                "which of our accounts should i look after first | get_portfolio",
                "are all transcripts imported | get_sync_status",
                "read out everything said with CUST DATE | get_transcript",
                "what holds CUST back from signing | get_insights"
            })
    void guess_wordingThatNoPatternKnows(String phrase, String tool) {
        assertThat(LearnedWords.get().guess(Shape.pattern(phrase)))
                .extracting(Guess::tool)
                .isEqualTo(tool);
    }

    @ParameterizedTest
    @CsvSource({"what is the temperature in paris", "compose a poem about the sea", "who wrote that book"})
    void guess_whatNoToolAnswers_isNotSure(String phrase) {
        Guess guess = LearnedWords.get().guess(Shape.pattern(phrase));

        assertThat(guess == null || guess.score() < 0.5).isTrue();
    }

    /** Of phrases that were left out of learning; they were written to have little in common. */
    @Test
    void guess_phrasesNotLearnedFrom_isRightFarMoreOftenThanWrong() {
        List<Phrase> all = new ArrayList<>(LearnedIntents.phrases());
        Collections.shuffle(all, new Random(194));
        List<Phrase> unseen = all.subList(0, all.size() / 5);
        LearnedIntents learned = new LearnedIntents(all.subList(all.size() / 5, all.size()), null);

        int right = 0;
        int wrong = 0;
        for (Phrase phrase : unseen) {
            Guess guess = learned.guess(Shape.pattern(phrase.text()));
            if (guess != null && guess.score() >= 0.4) {
                boolean same = guess.tool().equals(phrase.tool());
                right += same ? 1 : 0;
                wrong += same ? 0 : 1;
            }
        }

        assertThat(right).isGreaterThan(2 * wrong);
    }

    @Test
    void own_modelThatCannotBeLoaded_goesByWords() {
        Embedder unloaded = new Embedder() {
            @Override
            public int dimensions() {
                return 384;
            }

            @Override
            public String name() {
                return "unloaded";
            }

            @Override
            public List<float[]> embed(List<String> texts) {
                throw new Failure.Unavailable("The built-in embedding model cannot be loaded here.");
            }

            @Override
            public void close() {}
        };

        assertThat(LearnedIntents.own(unloaded).guess(Shape.pattern("how safe is CUST")))
                .isEqualTo(LearnedWords.get().guess(Shape.pattern("how safe is CUST")));
    }
}
