package ai.cscx.chorus.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.agent.Answer.Citation;
import ai.cscx.chorus.agent.Answer.Evidence;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.Side;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HandlesTest {
    private final EvidenceLog log = new EvidenceLog();

    HandlesTest() {
        log.handle(evidence("first"));
        log.handle(evidence("second"));
    }

    @Test
    void inventedHandles_areTakenOutAndCounted() {
        Handles.Checked checked = Handles.check("One [1]. Nine [9]. Both [2, 7].", log);
        assertThat(checked.text()).isEqualTo("One [1]. Nine. Both [2].");
        assertThat(checked.citations()).extracting(Citation::quote).containsExactly("first", "second");
        assertThat(checked.dropped()).isEqualTo(2);
    }

    @Test
    void unusedEvidence_isNotCited() {
        assertThat(Handles.check("Only [2].", log).citations())
                .extracting(Citation::n)
                .containsExactly(2);
    }

    @Test
    void sameEvidenceAgain_keepsItsHandle() {
        assertThat(log.handle(evidence("first"))).isEqualTo("[1]");
    }

    @Test
    void numbersBeyondAnyLog_areDroppedToo() {
        assertThat(Handles.check("Big [999999999] zero [0].", log).text()).isEqualTo("Big zero.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "They asked [1]. They left. | They asked [1].",
                "They asked. [1] They left. | They asked. [1]",
                "Acme Inc. asked for it [2]. | Acme Inc. asked for it [2].",
                "They left. | ''",
                "They left [3]. | ''",
                "Yes【1】. | Yes【1】."
            })
    void claimsWithoutEvidence_areDropped(String text, String kept) {
        assertThat(Claims.supported(text, log)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "See [the call](https://evil.test/a) [1]. | See the call [1].",
                "![leak](https://evil.test/a.png?d=1) Fine [1]. | Fine [1].",
                "<img src=x onerror=1>Fine [1]. | Fine [1].",
                "Go to www.evil.test/x or evil.com/x [1]. | Go to or [1].",
                "Call 3f2504e0-4f89-11d3-9a0c-0305e82c3301 [1]. | Call [1].",
                "[1](https://evil.test/) yes [1]. | 1 yes [1]."
            })
    void linksImagesAndIds_areStripped(String text, String plain) {
        assertThat(Claims.plain(text)).isEqualTo(plain);
    }

    private static Evidence evidence(String quote) {
        return new Evidence(new CallId(new UUID(3, 1)), "QBR", "Paula", Side.EXTERNAL, 1_500, quote, null);
    }
}
