package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Utterance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TranscriptTextTest {
    private static final List<Utterance> SAID = List.of(
            utterance(0, "Paula Reyes", 1_250, 4_000, "We pay < 5 % & no more."),
            utterance(2, null, 3_724_005, 3_724_005, "First line\r\n\r\nsecond --> line"));
    private static final Excerpt ALL = new Excerpt(SAID, null);
    private static final Excerpt FOCUSED = new Excerpt(SAID, SAID.getLast());

    @Test
    void plain_oneLineAnUtterance() {
        assertThat(TranscriptText.plain(ALL)).isEqualTo("""
                [00:00:01] Paula Reyes: We pay < 5 % & no more.
                [01:02:04] Unknown speaker: First line second --> line
                """);
    }

    @Test
    void webVtt_escapesAndNeverEndsACueBeforeItBegins() {
        assertThat(TranscriptText.webVtt(ALL)).isEqualTo("""
                WEBVTT

                0
                00:00:01.250 --> 00:00:04.000
                <v Paula Reyes>We pay &lt; 5 % &amp; no more.

                2
                01:02:04.005 --> 01:02:09.005
                <v Unknown speaker>First line second --&gt; line
                """);
    }

    @Test
    void subRip_numbersCuesFromOne() {
        assertThat(TranscriptText.subRip(ALL)).isEqualTo("""
                1
                00:00:01,250 --> 00:00:04,000
                Paula Reyes: We pay < 5 % & no more.

                2
                01:02:04,005 --> 01:02:09,005
                Unknown speaker: First line second -> line

                """);
    }

    @Test
    void focus_isMarkedInEveryFormat() {
        assertThat(TranscriptText.plain(FOCUSED))
                .contains("\n> [01:02:04] Unknown speaker: First")
                .startsWith("[00:");
        assertThat(TranscriptText.webVtt(FOCUSED))
                .contains("\n<v Unknown speaker><c.focus>First line second --&gt; line</c>\n")
                .containsOnlyOnce("focus");
        assertThat(TranscriptText.subRip(FOCUSED))
                .contains("\n<b>Unknown speaker: First line second -> line</b>\n\n")
                .containsOnlyOnce("<b>");
    }

    @Test
    void cues_standInTheOrderOfTime() {
        Excerpt shuffled = new Excerpt(
                List.of(
                        utterance(0, "A", 5_000, 6_000, "second"),
                        utterance(1, "B", 1_000, 9_000, "first"),
                        utterance(2, "C", 5_000, 5_500, "third")),
                null);

        assertThat(TranscriptText.webVtt(shuffled)
                        .lines()
                        .filter(line -> line.contains("-->"))
                        .map(line -> line.substring(0, "00:00:05.000".length())))
                .isSorted();
        assertThat(TranscriptText.subRip(shuffled).lines().filter(line -> line.contains(": ")))
                .containsExactly("B: first", "A: second", "C: third");
    }

    @Test
    void cueWithoutAnEnd_lastsUntilTheNext_forFiveSecondsAtMost() {
        Excerpt endless = new Excerpt(
                List.of(
                        utterance(0, "A", 0, 0, "a"),
                        utterance(1, "A", 0, 0, "b"),
                        utterance(2, "A", 2_000, 2_000, "c"),
                        utterance(3, "A", 60_000, 60_000, "d"),
                        utterance(4, "A", 360_000_000, 359_000_000, "e")),
                null);

        assertThat(TranscriptText.subRip(endless).lines().filter(line -> line.contains("-->")))
                .containsExactly(
                        "00:00:00,000 --> 00:00:00,001",
                        "00:00:00,000 --> 00:00:02,000",
                        "00:00:02,000 --> 00:00:07,000",
                        "00:01:00,000 --> 00:01:05,000",
                        "100:00:00,000 --> 100:00:05,000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n\nb",
                "a\rb",
                "a\u2028b",
                "a\u2029\u2029b",
                "a\u0085b",
                "a\u000B\fb",
                "\n1\n00:00:01 --> 00:00:02\n",
                "--\u003e --> <v Eve>&lt;",
                "&amp;<b>x</b>",
                "]]>"
            })
    void cue_isNeverBrokenByWhatSomebodySaysOrIsCalled(String evil) {
        Excerpt excerpt =
                new Excerpt(List.of(utterance(0, evil, 0, 1_000, evil), utterance(1, "B", 1_000, 2_000, "b")), null);

        List<String> vtt = TranscriptText.webVtt(excerpt).lines().toList();
        assertThat(vtt).hasSize(9);
        assertThat(vtt.get(4)).matches("<v [^<>]+>[^<>]+");
        assertThat(vtt.stream().filter(line -> line.contains("-->"))).hasSize(2);
        List<String> srt = TranscriptText.subRip(excerpt).lines().toList();
        assertThat(srt).hasSize(8);
        assertThat(srt.stream().filter(line -> line.contains("-->"))).hasSize(2);
        assertThat(TranscriptText.plain(excerpt).lines()).hasSize(2);
        assertThat(TranscriptText.plain(excerpt) + vtt + srt)
                .doesNotContainPattern("[\\u0085\\u2028\\u2029\\x0B\\f\\r]");
    }

    @Test
    void nothingSaid_isAnEmptyFileOfItsKind() {
        Excerpt nothing = new Excerpt(List.of(), null);

        assertThat(TranscriptText.plain(nothing)).isEmpty();
        assertThat(TranscriptText.webVtt(nothing)).isEqualTo("WEBVTT\n");
        assertThat(TranscriptText.subRip(nothing)).isEmpty();
    }

    private static Utterance utterance(int index, @Nullable String speaker, long startMs, long endMs, String text) {
        return new Utterance(index, speaker, null, Side.EXTERNAL, startMs, endMs, text, false);
    }
}
