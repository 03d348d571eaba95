package ai.cscx.chorus.slack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.base.Failure;
import com.slack.api.app_backend.SlackSignature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what Slack's own SDK signs. */
class SignatureTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
    private static final String BODY = "{\"text\":\"Grüße & <@U1>\"}";

    private final Signature signature = new Signature(SECRET, Clock.fixed(NOW, ZoneOffset.UTC));

    private static String signed(String secret, String timestamp, String body) {
        return new SlackSignature.Generator(secret).generate(timestamp, body);
    }

    private void check(@Nullable String timestamp, @Nullable String given, String body) {
        signature.check(timestamp, given, body.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -300, 300})
    void request_signedBySlackJustNow_isTaken(long seconds) {
        String timestamp = Long.toString(NOW.getEpochSecond() + seconds);

        assertThatCode(() -> check(timestamp, signed(SECRET, timestamp, BODY), BODY))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, -86_400, 86_400, 315_360_000})
    void request_fromThePastOrTheFuture_isRefused_howeverWellItIsSigned(long seconds) {
        String timestamp = Long.toString(NOW.getEpochSecond() + seconds);

        assertThatThrownBy(() -> check(timestamp, signed(SECRET, timestamp, BODY), BODY))
                .isInstanceOf(Failure.Unauthenticated.class);
    }

    @Test
    void request_forged_isRefused() {
        String timestamp = Long.toString(NOW.getEpochSecond());
        String good = signed(SECRET, timestamp, BODY);

        for (String bad : new String[] {
            signed("another secret", timestamp, BODY),
            signed(SECRET, timestamp, BODY + " "),
            signed(SECRET, Long.toString(NOW.getEpochSecond() - 1), BODY),
            good.substring(3),
            good.toUpperCase(java.util.Locale.ROOT),
            good.substring(0, good.length() - 1),
            "v1" + good.substring(2),
            "",
        }) {
            assertThatThrownBy(() -> check(timestamp, bad, BODY))
                    .as(bad)
                    .isInstanceOf(Failure.Unauthenticated.class)
                    .hasMessageNotContaining(SECRET);
        }
    }

    @Test
    void request_withoutHeaders_orWithOnesThatMakeNoSense_isRefused() {
        String timestamp = Long.toString(NOW.getEpochSecond());

        assertThatThrownBy(() -> check(null, signed(SECRET, timestamp, BODY), BODY))
                .isInstanceOf(Failure.Unauthenticated.class);
        assertThatThrownBy(() -> check(timestamp, null, BODY)).isInstanceOf(Failure.Unauthenticated.class);
        for (String odd : new String[] {"", "now", "-1", "1e9", timestamp + ".0", "99999999999999999999"}) {
            assertThatThrownBy(() -> check(odd, signed(SECRET, odd, BODY), BODY))
                    .as(odd)
                    .isInstanceOf(Failure.Unauthenticated.class);
        }
    }
}
