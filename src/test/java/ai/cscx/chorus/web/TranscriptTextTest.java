package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Utterance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TranscriptTextTest {
    private static final List<Utterance> SAID = List.of(
            utterance(0, "Paula Reyes", 1_250, 4_000, "We pay < 5 % & no more."),
            utterance(2, null, 3_724_005, 3_724_005, "First line\r\n\r\nsecond --> line"));

    @Test
    void plain_oneLineAnUtterance() {
        assertThat(TranscriptText.plain(SAID)).isEqualTo("""
                [00:00:01] Paula Reyes: We pay < 5 % & no more.
                [01:02:04] Unknown speaker: First line second --> line
                """);
    }

    @Test
    void webVtt_escapesAndNeverEndsACueBeforeItBegins() {
        assertThat(TranscriptText.webVtt(SAID)).isEqualTo("""
                WEBVTT

                00:00:01.250 --> 00:00:04.000
                <v Paula Reyes>We pay &lt; 5 % &amp; no more.

                01:02:04.005 --> 01:02:04.006
                <v Unknown speaker>First line second --&gt; line
                """);
    }

    @Test
    void subRip_numbersCuesFromOne() {
        assertThat(TranscriptText.subRip(SAID)).isEqualTo("""
                1
                00:00:01,250 --> 00:00:04,000
                Paula Reyes: We pay < 5 % & no more.

                2
                01:02:04,005 --> 01:02:04,006
                Unknown speaker: First line second -> line

                """);
    }

    @Test
    void nothingSaid_isAnEmptyFileOfItsKind() {
        assertThat(TranscriptText.plain(List.of())).isEmpty();
        assertThat(TranscriptText.webVtt(List.of())).isEqualTo("WEBVTT\n");
        assertThat(TranscriptText.subRip(List.of())).isEmpty();
    }

    private static Utterance utterance(int index, @Nullable String speaker, long startMs, long endMs, String text) {
        return new Utterance(index, speaker, null, Side.EXTERNAL, startMs, endMs, text, false);
    }
}
