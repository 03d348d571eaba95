package ai.cscx.chorus.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.base.Failure;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
    @Test
    void parse_question_keepsWhatItIsAbout() {
        assertThat(Question.parse("What did they say about pricing and the renewal?")
                        .words())
                .containsExactly("pricing", "renewal?");
    }

    @Test
    void parse_quotes_makePhrases() {
        Question question = Question.parse("renewal \"volume discount\" -\"next year\" \u201cnet 30\u201d");

        assertThat(question.words()).containsExactly("renewal");
        assertThat(question.phrases()).containsExactly("volume discount", "net 30");
        assertThat(question.without()).containsExactly("next year");
    }

    @Test
    void parse_leadingMinus_leavesOut() {
        Question question = Question.parse("follow-up -price --budget - up");

        assertThat(question.words()).containsExactly("follow-up", "up");
        assertThat(question.without()).containsExactly("price", "budget");
    }

    @Test
    void parse_quoteThatNeverCloses_isNoQuote() {
        Question question = Question.parse("\"volume discount");

        assertThat(question.words()).containsExactly("volume", "discount");
        assertThat(question.phrases()).isEmpty();
    }

    @Test
    void parse_onlyLittleWords_looksForTheirSequence() {
        Question question = Question.parse("what is it");

        assertThat(question.words()).isEmpty();
        assertThat(question.phrases()).isEqualTo(List.of("what is it"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "\u00a0\t\n",
                "\"\"",
                "\"",
                "-",
                "--- ---",
                "***",
                "(((",
                "-foo",
                "-\"foo bar\"",
                "-foo -bar"
            })
    void parse_nothingToLookFor_isRefusedWithAdvice(String q) {
        assertThatThrownBy(() -> Question.parse(q))
                .isInstanceOf(Failure.Malformed.class)
                .hasMessageContaining("say in q what to look for");
    }

    @Test
    void parse_moreThanThousandCharacters_isRefused() {
        assertThat(Question.parse("a1".repeat(500)).words()).hasSize(1);
        assertThatThrownBy(() -> Question.parse("a1".repeat(500) + "b")).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void parse_moreWordsThanFitIntoQuery_keepsTheFirst() {
        String words = IntStream.range(0, 60).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

        assertThat(Question.parse(words).words()).hasSize(48).startsWith("w0").endsWith("w47");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d\ude00", "\u4ef7", "\u0e23", "a/", "a\u4ef7\u683c"})
    void parse_wordThatIsManyToTheIndex_isCut(String part) {
        Question question = Question.parse(part.repeat(100) + " renewal");

        assertThat(question.words()).hasSize(1);
        assertThat(question.words().getFirst()).startsWith(part).hasSizeLessThanOrEqualTo(96);
    }

    @Test
    void parse_shortWordsOfScriptsWithoutSpaces_areWhole() {
        assertThat(Question.parse("\u4ef7\u683c! renewal").words()).containsExactly("\u4ef7\u683c!", "renewal");
    }
}
