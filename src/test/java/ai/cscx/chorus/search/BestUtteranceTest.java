package ai.cscx.chorus.search;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.search.PassageDocument.Utter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BestUtteranceTest {
    @Test
    void of_mostDifferentWords_wins() {
        BestUtterance best = best(
                List.of("Price, prices, price.", "The price and the renewal."),
                Map.of("text", List.of("[Price], [prices], [price].", "The [price] and the [renewal].")));

        assertThat(best.utterance().index()).isEqualTo(1);
        assertThat(best.html()).isEqualTo("The <mark>price</mark> and the <mark>renewal</mark>.");
    }

    @Test
    void of_tie_takesTheEarlier() {
        assertThat(best(List.of("Hm.", "A price.", "A price."), Map.of("text", List.of("A [price].", "A [price].")))
                        .utterance()
                        .index())
                .isEqualTo(1);
    }

    @Test
    void of_sideAskedFor_looksNowhereElse() {
        PassageDocument passage = passage(List.of("Our price and renewal.", "Which price?"));
        BestUtterance best = BestUtterance.of(
                        passage,
                        marked(Map.of("text", List.of("Our [price] and [renewal].", "Which [price]?"))),
                        spoken -> spoken.side() == Side.EXTERNAL)
                .orElseThrow();

        assertThat(best.utterance().index()).isEqualTo(1);
    }

    @Test
    void of_nobodyAskedForSpeaks_isEmpty() {
        assertThat(BestUtterance.of(passage(List.of("A price.")), List.of(), spoken -> spoken.side() == Side.UNKNOWN))
                .isEmpty();
    }

    @Test
    void of_trimmedFragment_marksTheRightPlace() {
        assertThat(best(List.of("  \tA price  "), Map.of("text", List.of("A [price]")))
                        .html())
                .isEqualTo("  \tA <mark>price</mark>  ");
    }

    @Test
    void of_marksOfTwoFields_areOne() {
        assertThat(best(
                                List.of("The volume discount."),
                                Map.of(
                                        "text",
                                        List.of("The volume [discount]."),
                                        "text.exact",
                                        List.of("The [volume] [discount].")))
                        .html())
                .isEqualTo("The <mark>volume</mark> <mark>discount</mark>.");
    }

    @Test
    void html_markupInWords_isText() {
        assertThat(best(
                                List.of("<b onclick='x'>\"price\" & </mark>"),
                                Map.of("text", List.of("<b onclick='x'>\"[price]\" & </mark>")))
                        .html())
                .isEqualTo("&lt;b onclick=&#39;x&#39;&gt;&quot;<mark>price</mark>&quot; &amp; &lt;/mark&gt;");
    }

    @Test
    void clean_removesWhatCouldPassForAMark() {
        assertThat(Marks.clean("a\uE000b\uE001c\0d")).isEqualTo("abcd");
        assertThat(Marks.clean("half \ud83d pair, whole \ud83d\ude42")).isEqualTo("half ? pair, whole \ud83d\ude42");
    }

    @Test
    void names_matchInAnyCaseAndWithoutAccents() {
        assertThat(Names.keys(" José  García ")).containsExactly("jose garcia", "jose");
        assertThat(Names.keys(null)).isEmpty();
    }

    private static BestUtterance best(List<String> texts, Map<String, List<String>> fragments) {
        return BestUtterance.of(passage(texts), marked(fragments), spoken -> true)
                .orElseThrow();
    }

    /** Fragments with brackets for marks. */
    private static List<List<String>> marked(Map<String, List<String>> fragments) {
        return fragments.values().stream()
                .map(field -> field.stream()
                        .map(fragment -> fragment.replace("[", Marks.BEGIN).replace("]", Marks.END))
                        .toList())
                .toList();
    }

    /** Our people begin and the customer's answer, in turn. */
    private static PassageDocument passage(List<String> texts) {
        List<Utter> utterances = new ArrayList<>();
        while (utterances.size() < texts.size()) {
            Side side = utterances.size() % 2 == 0 ? Side.INTERNAL : Side.EXTERNAL;
            utterances.add(new Utter(utterances.size(), null, side, 0, 0));
        }
        return new PassageDocument(
                "c-0",
                "c",
                0,
                "x",
                null,
                null,
                null,
                null,
                List.of(),
                "",
                null,
                null,
                1,
                0,
                0,
                0,
                0,
                texts,
                null,
                null,
                null,
                null,
                null,
                utterances);
    }
}
