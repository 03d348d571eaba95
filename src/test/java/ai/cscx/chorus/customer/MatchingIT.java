package ai.cscx.chorus.customer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The bar for matching, on the labelled calls that it was developed on. */
class MatchingIT {
    @Test
    void developmentCalls_reachTheBar() {
        MatchingEvaluation.Figures figures = MatchingEvaluation.run(MatchingEvaluation.DATA.resolve("calls-dev.jsonl"));

        assertThat(figures.precision()).as(figures.mistakes().toString()).isGreaterThanOrEqualTo(0.995);
        assertThat(figures.recall()).as(figures.mistakes().toString()).isGreaterThanOrEqualTo(0.95);
        assertThat(figures.firstGuess()).as(figures.mistakes().toString()).isGreaterThanOrEqualTo(0.90);
    }
}
