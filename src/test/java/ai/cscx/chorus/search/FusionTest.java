package ai.cscx.chorus.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FusionTest {
    @Test
    void order_wordsAlone_isThatOfTheWords() {
        List<Place> order = Fusion.order(Map.of("a-0", 3.0, "b-7", 9.0, "c-3", 6.0), Map.of(), Map.of());

        assertThat(order).extracting(Place::passageId).containsExactly("b-7", "c-3", "a-0");
        assertThat(order.getFirst().score()).isEqualTo(1.0, within(1e-9));
    }

    @Test
    void order_neighbourThatFitsToo_goesFirst() {
        List<Place> order =
                Fusion.order(Map.of("a-4", 5.0, "a-5", 4.0, "a-6", 4.0, "b-4", 5.1, "b-9", 5.0), Map.of(), Map.of());

        assertThat(order).extracting(Place::passageId).startsWith("a-5");
    }

    @Test
    void order_callThatIsAllAboutIt_liftsItsPassages() {
        Map<String, Double> words = Map.of("a-1", 5.0, "b-1", 5.2);

        assertThat(Fusion.order(words, Map.of(), Map.of("a", 10.0, "b", 1.0))
                        .getFirst()
                        .passageId())
                .isEqualTo("a-1");
    }

    @Test
    void order_meaning_addsPassagesThatHoldNoneOfTheWords() {
        List<Place> order = Fusion.order(Map.of("a-1", 5.0, "b-1", 1.0), Map.of("c-1", 0.8, "b-1", 0.4), Map.of());

        assertThat(order).extracting(Place::passageId).containsExactly("a-1", "c-1", "b-1");
    }

    @Test
    void order_anything_isWholeSortedAndTheSameAgain() {
        Random random = new Random(194);
        for (int run = 0; run < 200; run++) {
            Map<String, Double> words = new TreeMap<>();
            Map<String, Double> meaning = new TreeMap<>();
            for (int i = 0; i < random.nextInt(60); i++) {
                words.put("c" + random.nextInt(5) + "-" + random.nextInt(40), random.nextDouble() * 30 + 0.01);
                meaning.put("c" + random.nextInt(5) + "-" + random.nextInt(40), random.nextDouble() * 0.7 + 0.3);
            }
            List<Place> order = Fusion.order(words, meaning, Map.of("c1", 3.0, "c2", 7.0));

            TreeMap<String, Double> all = new TreeMap<>(words);
            all.putAll(meaning);
            assertThat(order).extracting(Place::passageId).containsExactlyInAnyOrderElementsOf(all.keySet());
            for (int i = 1; i < order.size(); i++) {
                assertThat(order.get(i).score())
                        .isLessThanOrEqualTo(order.get(i - 1).score());
            }
            assertThat(Fusion.order(words, meaning, Map.of("c1", 3.0, "c2", 7.0)))
                    .isEqualTo(order);
        }
    }
}
