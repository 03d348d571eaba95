package ai.cscx.chorus.eval;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.eval.DateSet.Days;
import ai.cscx.chorus.eval.DateSet.Phrase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DateScoreTest {
    private static final String TODAY = "2026-11-22";
    private static final Phrase FORTNIGHT = new Phrase(
            "D1",
            TODAY,
            "past fortnight",
            "2026-11-08",
            TODAY,
            "rolling",
            "past",
            List.of(List.of("2026-11-09", TODAY), List.of("2026-11-02", "2026-11-15")));

    private final DateScore score = new DateScore();

    @Test
    void phrase_readAsOneOfItsReadings_isRight() {
        assertThat(score.add(FORTNIGHT, new Days("2026-11-08", TODAY))).isTrue();
        assertThat(score.add(FORTNIGHT, new Days("2026-11-02", "2026-11-15"))).isTrue();
        assertThat(score.add(FORTNIGHT, new Days("2026-11-09", null))).isTrue();
        assertThat(score.lines()).containsExactly("ALL        3/3 100.0%", "rolling    3/3 100.0%");
    }

    @Test
    void phrase_readOtherwiseOrNotAtAll_isWrong() {
        assertThat(score.add(FORTNIGHT, new Days("2026-11-02", TODAY))).isFalse();
        assertThat(score.add(FORTNIGHT, new Days("2026-11-02", null))).isFalse();
        assertThat(score.add(FORTNIGHT, new Days(null, null))).isFalse();
        assertThat(score.add(FORTNIGHT, null)).isFalse();
        assertThat(score.lines()).containsExactly("ALL        0/4 0.0%", "rolling    0/4 0.0%");
    }

    @Test
    void phraseWithoutADate_isRightOnlyIfAnsweredWithoutOne() {
        Phrase none = new Phrase("D2", TODAY, "with Third Street Bakery", null, null, "none", "past", null);

        assertThat(score.add(none, new Days(null, null))).isTrue();
        assertThat(score.add(none, new Days("2026-11-03", "2026-11-03"))).isFalse();
        assertThat(score.add(none, null)).isFalse();
    }

    @Test
    void question_ofWhatIsToCome_asksForRenewals() {
        Phrase next = new Phrase("D3", TODAY, "next week", "2026-11-23", "2026-11-29", "future", "future", null);

        assertThat(next.question()).isEqualTo("Which customers renew next week?");
        assertThat(FORTNIGHT.question()).isEqualTo("Show calls past fortnight");
    }

    @Test
    void ownSet_answeredByItsLabels_isRight() throws Exception {
        DateSet own = DateSet.read(Path.of("src/test/resources/eval/dates-own.jsonl"));

        assertThat(own.phrases()).hasSizeGreaterThanOrEqualTo(80);
        assertThat(own.phrases()).allMatch(phrase -> score.add(phrase, phrase.first()));
        assertThat(own.phrases().stream().map(Phrase::id)).doesNotHaveDuplicates();
    }
}
