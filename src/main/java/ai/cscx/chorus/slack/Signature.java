package ai.cscx.chorus.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.base.Failure;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Slack's signature v0: HMAC-SHA256 of {@code v0:timestamp:body} in hex, not older than 300 s and not that far in the
 * future. What is compared takes the same time whether it fits or not. (The verifier of Slack's own Java SDK 1.51 compares
 * with {@code equals}.) Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/authentication/verifying-requests-from-slack">Verifying requests from Slack</a>
 */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(300);

    private final SecretKeySpec key;
    private final Clock clock;

    /**
     * @param clock real time
     */
    Signature(String secret, Clock clock) {
        this.key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
        this.clock = clock;
    }

    /**
     * @throws Failure.Unauthenticated unless Slack signed this body, just now
     */
    void check(@Nullable String timestamp, @Nullable String signature, byte[] body) {
        if (timestamp == null || signature == null || !isNow(timestamp) || !isOf(timestamp, body, signature)) {
            throw new Failure.Unauthenticated("This is not signed by Slack, or not within the last 5 minutes;"
                    + " check SLACK_SIGNING_SECRET and this machine's clock.");
        }
    }

    private boolean isNow(String timestamp) {
        if (!timestamp.matches("\\d{1,11}")) {
            return false;
        }
        Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
        return Duration.between(signed, clock.instant()).abs().compareTo(CLOCKS_DIFFER) <= 0;
    }

    private boolean isOf(String timestamp, byte[] body, String signature) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(("v0:" + timestamp + ":").getBytes(UTF_8));
            String expected = "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
            return MessageDigest.isEqual(signature.getBytes(UTF_8), expected.getBytes(UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, impossible);
        }
    }
}
