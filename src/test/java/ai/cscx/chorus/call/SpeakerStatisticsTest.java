package ai.cscx.chorus.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.cscx.chorus.call.SpeakerStatistics.Monologue;
import ai.cscx.chorus.call.SpeakerStatistics.OfSpeaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpeakerStatisticsTest {
    private static final String WORDS = "one two three four five six seven eight";

    private final List<Utterance> said = new ArrayList<>();

    @Test
    void shares_areOfAllTalkTime_silenceAside() {
        say("Ann", Side.INTERNAL, 0, 30_000);
        say("Bob", Side.EXTERNAL, 50_000, 60_000);

        SpeakerStatistics statistics = statistics();

        assertThat(statistics.talkMs()).isEqualTo(40_000);
        assertThat(statistics.speakers()).extracting(OfSpeaker::name).containsExactly("Ann", "Bob");
        assertThat(statistics.speakers()).extracting(OfSpeaker::talkShare).containsExactly(0.75, 0.25);
        assertThat(statistics.sides())
                .containsEntry(Side.INTERNAL, 0.75)
                .containsEntry(Side.EXTERNAL, 0.25)
                .containsEntry(Side.UNKNOWN, 0.0);
    }

    @Test
    void overlapOfOneSpeakerWithThemselves_countsOnce() {
        say("Ann", Side.INTERNAL, 0, 30_000);
        say("Ann", Side.INTERNAL, 10_000, 20_000);
        say("Ann", Side.INTERNAL, 25_000, 40_000);

        assertThat(of("Ann").talkMs()).isEqualTo(40_000);
        assertThat(of("Ann").talkShare()).isEqualTo(1.0);
    }

    @Test
    void transcriptWithoutTimes_hasCountsButNoDurations() {
        say("Ann", Side.INTERNAL, 0, 0);
        say("Bob", Side.EXTERNAL, 0, 0);

        SpeakerStatistics statistics = statistics();

        assertThat(statistics.talkMs()).isNull();
        assertThat(statistics.timed()).isZero();
        assertThat(statistics.sides()).isEmpty();
        assertThat(statistics.speakers()).hasSize(2).allSatisfy(speaker -> {
            assertThat(speaker.talkMs()).isNull();
            assertThat(speaker.talkShare()).isNull();
            assertThat(speaker.longestMonologue()).isNull();
            assertThat(speaker.words()).isEqualTo(8);
        });
    }

    @Test
    void speakerWithoutLengths_besideOneWith_isUnknownAndComesLast() {
        say("Ann", Side.INTERNAL, 0, 0);
        say("Bob", Side.EXTERNAL, 5_000, 9_000);

        assertThat(of("Ann").talkShare()).isNull();
        assertThat(of("Bob").talkShare()).isEqualTo(1.0);
        assertThat(statistics().speakers()).extracting(OfSpeaker::name).containsExactly("Bob", "Ann");
    }

    @Test
    void nobody_isAnEmptyListWithoutShares() {
        assertThat(statistics().speakers()).isEmpty();
        assertThat(statistics().talkMs()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        // what Bob says in between, and how long Ann's monologue from 0 is then
        "30000, 32000, 60000",
        "30000, 32001, 30000",
        "10000, 12000, 60000",
        "10000, 15000, 30000"
    })
    void monologue_survivesAnInterjectionOfTwoSeconds(long from, long to, long length) {
        say("Ann", Side.INTERNAL, 0, 30_000);
        say("Bob", Side.EXTERNAL, from, to);
        say("Ann", Side.INTERNAL, 33_000, 60_000);

        assertThat(of("Ann").longestMonologue()).isEqualTo(new Monologue(0, length));
    }

    @Test
    void monologue_interjectionsThatAddUp_takeTheFloor() {
        say("Ann", Side.INTERNAL, 0, 10_000);
        say("Bob", Side.EXTERNAL, 10_000, 11_500);
        say("Cy", Side.EXTERNAL, 11_500, 13_000);
        say("Ann", Side.INTERNAL, 13_000, 20_000);

        assertThat(of("Ann").longestMonologue()).isEqualTo(new Monologue(0, 10_000));
    }

    @Test
    void monologue_interjectionsApart_doNot() {
        for (int i = 0; i < 10; i++) {
            say("Ann", Side.INTERNAL, i * 10_000L, i * 10_000L + 8_000);
            say("Bob", Side.EXTERNAL, i * 10_000L + 8_000, i * 10_000L + 9_500);
        }

        assertThat(of("Ann").longestMonologue()).isEqualTo(new Monologue(0, 98_000));
        assertThat(of("Bob").longestMonologue()).isEqualTo(new Monologue(8_000, 9_500));
    }

    @Test
    void monologue_longSilence_endsIt() {
        say("Ann", Side.INTERNAL, 0, 10_000);
        say("Ann", Side.INTERNAL, 20_000, 25_000);
        say("Ann", Side.INTERNAL, 35_001, 38_000);

        assertThat(of("Ann").longestMonologue()).isEqualTo(new Monologue(0, 25_000));
    }

    @Test
    void monologue_utteranceOfUnknownLength_isJudgedByItsWords() {
        say("Ann", Side.INTERNAL, 0, 10_000);
        say("Bob", Side.EXTERNAL, 10_000, 10_000, "Right, got it.");
        say("Ann", Side.INTERNAL, 12_000, 20_000);
        say("Bob", Side.EXTERNAL, 20_000, 20_000, WORDS);
        say("Ann", Side.INTERNAL, 22_000, 25_000);

        assertThat(of("Ann").longestMonologue()).isEqualTo(new Monologue(0, 20_000));
    }

    @Test
    void monologue_indicesOutOfTheOrderOfTime_goesByTime() {
        say("Ann", Side.INTERNAL, 20_000, 30_000);
        say("Bob", Side.EXTERNAL, 10_000, 20_000);
        say("Ann", Side.INTERNAL, 0, 9_000);

        assertThat(of("Ann").longestMonologue()).isEqualTo(new Monologue(20_000, 30_000));
        assertThat(of("Ann").firstMs()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Why? Because.|1",
                "Why?!? Really??|2",
                "He asked \"why?\" and left.|1",
                "See https://a.example/x?y=1 for more.|0",
                "Go on.|0",
                "多少钱？明天可以吗？|2",
                "كم السعر؟|1",
                "Τι κάνεις;|1",
                "Τι κάνεις\u037E|1",
                "¿Cuánto cuesta? ¡Ya!|1",
                "wait; what|0",
                "What\u203D|1"
            })
    void questions_areCountedByTheirMark(String text, int questions) {
        assertThat(SpeakerStatistics.questions(text)).isEqualTo(questions);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"We don't pay 3.5 % more.|5", "…|0", "a|1", "Grüße  aus Köln!|3"})
    void words_haveLettersOrDigits(String text, int words) {
        assertThat(SpeakerStatistics.words(text)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anyTranscript_hasSharesThatAddUp(long seed) {
        Random dice = new Random(seed);
        for (int round = 0; round < 100; round++) {
            said.clear();
            for (int i = dice.nextInt(40); i >= 0; i--) {
                long start = dice.nextInt(100_000);
                say(
                        dice.nextInt(4) == 0 ? null : "S" + dice.nextInt(4),
                        Side.values()[dice.nextInt(3)],
                        start,
                        start + dice.nextInt(30_000) - 10_000);
            }
            check(statistics());
        }
    }

    private static void check(SpeakerStatistics statistics) {
        long latest = 130_000;
        for (OfSpeaker speaker : statistics.speakers()) {
            Long talk = speaker.talkMs();
            Double share = speaker.talkShare();
            Monologue longest = speaker.longestMonologue();
            assertThat(talk == null).isEqualTo(share == null).isEqualTo(longest == null);
            if (talk != null && share != null && longest != null) {
                assertThat(talk).isBetween(1L, latest);
                assertThat(share).isBetween(0.0, 1.0);
                assertThat(longest.lengthMs()).isBetween(1L, latest);
            }
        }
        if (statistics.timed() > 0) {
            assertThat(statistics.speakers().stream()
                            .map(OfSpeaker::talkShare)
                            .filter(Objects::nonNull)
                            .mapToDouble(share -> share)
                            .sum())
                    .isCloseTo(1, within(1e-9));
            assertThat(statistics.sides().values().stream()
                            .mapToDouble(share -> share)
                            .sum())
                    .isCloseTo(1, within(1e-9));
        }
        assertThat(statistics.speakers().stream()
                        .mapToInt(OfSpeaker::utterances)
                        .sum())
                .isEqualTo(statistics.utterances());
    }

    private void say(@Nullable String speaker, Side side, long startMs, long endMs) {
        say(speaker, side, startMs, endMs, WORDS);
    }

    private void say(@Nullable String speaker, Side side, long startMs, long endMs, String text) {
        said.add(new Utterance(said.size(), speaker, null, side, startMs, endMs, text, false));
    }

    private SpeakerStatistics statistics() {
        return SpeakerStatistics.of(new Transcript("en", said));
    }

    private OfSpeaker of(String name) {
        return statistics().speakers().stream()
                .filter(speaker -> name.equals(speaker.name()))
                .findFirst()
                .orElseThrow();
    }
}
