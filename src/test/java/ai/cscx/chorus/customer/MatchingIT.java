package ai.cscx.chorus.customer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bar for matching: on the labelled calls that it was developed on, on those opened since, and on calls about other
 * customers that nobody who works on the matcher has read.
 */
class MatchingIT {
    @ParameterizedTest
    @ValueSource(strings = {"calls-dev.jsonl", "calls-held-out.jsonl", "blind/calls-blind.jsonl"})
    void labelledCalls_decided_reachTheBar(String file) {
        MatchingEvaluation.Figures figures = MatchingEvaluation.run(MatchingEvaluation.DATA.resolve(file));
        // Of the blind calls only the figures: who mends the matcher is not to read them by accident.
        String mistakes = file.startsWith("blind/")
                ? figures.toString()
                : figures.mistakes().toString();

        assertThat(figures.precision()).as(mistakes).isGreaterThanOrEqualTo(0.995);
        assertThat(figures.recall()).as(mistakes).isGreaterThanOrEqualTo(0.95);
        assertThat(figures.firstGuess()).as(mistakes).isGreaterThanOrEqualTo(0.90);
    }
}
