package ai.cscx.chorus.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"yes", "Yes!", "yep, do it", "ok", "OK go ahead", "sure, thanks", "<@U123> yes please", "👍"})
    void plainYes_isOne(String message) {
        assertThat(Consent.of(message)).isEqualTo(Consent.YES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "No thanks", "cancel that", "don't", "never mind", "not now"})
    void plainNo_isOne(String message) {
        assertThat(Consent.of(message)).isEqualTo(Consent.NO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yes but make it Friday",
                "is that a yes?",
                "show calls for Acme",
                "thanks",
                "yesterday",
                "no, for Globex",
                "ok show calls for Acme",
                ""
            })
    void anythingElse_isNeither(String message) {
        assertThat(Consent.of(message)).isEqualTo(Consent.NEITHER);
    }
}
