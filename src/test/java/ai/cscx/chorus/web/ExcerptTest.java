package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Utterance;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExcerptTest {
    /** 3 is said while 2 still speaks; nobody speaks from 12 to 20; 6 was blank; of 7 the end is unknown. */
    private static final List<Utterance> SAID = List.of(
            utterance(0, 1_000, 2_000),
            utterance(1, 2_000, 5_000),
            utterance(2, 5_000, 10_000),
            utterance(3, 6_500, 7_000),
            utterance(4, 9_000, 12_000),
            utterance(5, 20_000, 21_000),
            utterance(7, 30_000, 30_000),
            utterance(8, 30_500, 40_000));

    @ParameterizedTest
    @CsvSource({
        "around=4, 4, 1 2 3 4 5 7 8",
        "around=0, 0, 0 1 2 3",
        "around=7&before=1&after=0, 7, 5 7",
        "around=8&before=0, 8, 8",
        "around=3&before=200&after=200, 3, 0 1 2 3 4 5 7 8",
        "at=3&before=0&after=0, 1, 1"
    })
    void place_comesWithItsNeighbours(String query, int focus, String shown) {
        Excerpt excerpt = excerpt(query);

        assertThat(excerpt.focus()).isEqualTo(SAID.get(focus >= 7 ? focus - 1 : focus));
        assertThat(indices(excerpt)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0", // before the first words
        "1, 0",
        "1.999, 0",
        "2, 1",
        "6.4, 2",
        "6.5, 3",
        "7, 2", // 3 is over, 2 speaks on
        "9.5, 4", // both speak, 4 began later
        "15, 4", // silence
        "20.25, 5",
        "30, 7",
        "30.4, 7",
        "9999999, 8"
    })
    void second_findsWhatIsSaidThen(String second, int index) {
        Utterance focus = excerpt("at=" + second).focus();

        assertThat(focus).isNotNull().extracting(Utterance::index).isEqualTo(index);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void startOfAnUtterance_findsItAgain(long seed) {
        Random dice = new Random(seed);
        List<Utterance> said = Stream.iterate(0, index -> index + 1)
                .limit(200)
                .map(index -> {
                    long start = dice.nextInt(1_000) + index * 500L;
                    return utterance(index, start, start + dice.nextInt(3_000) - 500);
                })
                .toList();

        for (Utterance utterance : said) {
            Utterance focus =
                    wanted("at=" + utterance.startMs() / 1000.0).of(said).focus();
            assertThat(focus).isNotNull().extracting(Utterance::startMs).isEqualTo(utterance.startMs());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "around=1&at=2",
                "before=1",
                "after=0",
                "from=1&after=2",
                "around=1&from=0",
                "at=1&to=5",
                "around=1&speaker=a",
                "at=1&side=internal",
                "around=-1",
                "around=1.5",
                "around=9999999999",
                "around=one",
                "at=-1",
                "at=1e3",
                "around=1&before=201",
                "around=1&after=-1",
                "around=1&after=1.0",
                "from=10&to=9.999"
            })
    void parameters_thatDoNotGoTogetherOrCannotBeRead_areRefused(String query) {
        assertThatExceptionOfType(Failure.Malformed.class).isThrownBy(() -> wanted(query));
    }

    @Test
    void index_thatIsNotThere_isRejectedWithTheNearest() {
        assertThatExceptionOfType(Failure.Rejected.class)
                .isThrownBy(() -> excerpt("around=6"))
                .withMessageContaining("the nearest is 5");
        assertThatExceptionOfType(Failure.Rejected.class)
                .isThrownBy(() -> excerpt("around=999999999"))
                .withMessageContaining("the nearest is 8");
        assertThatExceptionOfType(Failure.Rejected.class)
                .isThrownBy(() -> wanted("around=0").of(List.of()))
                .withMessageContaining("none at all");
    }

    @Test
    void second_inATranscriptWithoutTimes_isRejected_andWithoutWords_findsNothing() {
        assertThatExceptionOfType(Failure.Rejected.class)
                .isThrownBy(() -> wanted("at=1").of(List.of(utterance(0, 0, 0), utterance(1, 0, 0))));
        assertThat(wanted("at=1").of(List.of())).isEqualTo(new Excerpt(List.of(), null));
    }

    @ParameterizedTest
    @CsvSource({
        "from=6.5, 3 4 5 7 8",
        "to=6.499, 0 1 2",
        "from=6.5&to=6.5, 3",
        "from=6.501&to=9, 4",
        "side=internal, ''"
    })
    void range_takesDecimals(String query, String shown) {
        assertThat(indices(excerpt(query))).isEqualTo(shown);
    }

    private static Excerpt excerpt(String query) {
        return wanted(query).of(SAID);
    }

    private static Excerpt.Wanted wanted(String query) {
        Map<String, List<String>> values = Stream.of(query.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> List.of(pair[1])));
        return Excerpt.wanted(new Parameters(values, ZoneOffset.UTC));
    }

    private static String indices(Excerpt excerpt) {
        return excerpt.utterances().stream()
                .map(utterance -> String.valueOf(utterance.index()))
                .collect(Collectors.joining(" "));
    }

    private static Utterance utterance(int index, long startMs, long endMs) {
        return new Utterance(index, "A", null, Side.EXTERNAL, startMs, endMs, "words", false);
    }
}
