package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.agent.Answer;
import ai.cscx.chorus.agent.Answer.Citation;
import ai.cscx.chorus.agent.Answer.Option;
import ai.cscx.chorus.agent.Answer.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarkdownTest {
    @Test
    void handles_becomeLinks_withTheirSourcesBelow() {
        assertThat(Markdown.of(answer(
                        Outcome.ANSWERED,
                        "They want a discount [1], and soon [2].",
                        List.of(
                                citation(1, "Acme QBR", "Paula Reyes", 612.4, "https://chorus.test/m/1?t=612"),
                                citation(2, null, null, 0, null)),
                        List.of())))
                .isEqualTo("""
                        They want a discount [[1]](https://chorus.test/m/1?t=612), and soon [2].

                        Sources

                        1. [Acme QBR](https://chorus.test/m/1?t=612), Paula Reyes, at 10:12
                        2. Untitled call""");
    }

    @Test
    void whatPeopleSaid_bringsNoLinksPicturesOrTags() {
        String markdown = Markdown.of(answer(
                Outcome.ANSWERED,
                "They said ![x](https://evil.example/a.png) <img src=x> [1]",
                List.of(citation(1, "A](https://evil.example) ![b", "<script>", 3_700, "https://chorus.test/m/(1)")),
                List.of()));

        assertThat(markdown)
                .contains("\\![x]", "\\<img", "A\\]\\(https://evil.example\\) \\!\\[b", "\\<script\\>", "1:01:40")
                .contains("(https://chorus.test/m/%281%29)");
    }

    @Test
    void options_areSaidInWords() {
        assertThat(Markdown.of(answer(
                        Outcome.CLARIFY,
                        "Which one do you mean?",
                        List.of(),
                        List.of(
                                new Option("Northwind Health", "calls for Northwind Health"),
                                new Option("Northwind Freight", "calls for Northwind Freight")))))
                .isEqualTo("""
                        Which one do you mean?

                        You can say:

                        - calls for Northwind Health
                        - calls for Northwind Freight""");
    }

    private static Citation citation(
            int n, @Nullable String title, @Nullable String speaker, double start, @Nullable String url) {
        return new Citation(n, "id", title, speaker, "external", start, "quote", url);
    }

    private static Answer answer(Outcome outcome, String reply, List<Citation> citations, List<Option> options) {
        return new Answer(
                "c",
                "m",
                outcome,
                reply,
                citations,
                List.of(),
                List.of(),
                null,
                options,
                List.of(),
                "commands",
                "1",
                0);
    }
}
