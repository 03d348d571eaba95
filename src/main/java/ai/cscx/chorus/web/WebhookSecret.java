package ai.cscx.chorus.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.base.Failure;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Chorus's webhooks from those of strangers: by the signature of the body (HMAC-SHA256, RFC 2104, in hex), or
 * because they hold the secret itself. What is compared takes the same time whether it fits or not. Thread-safe.
 */
final class WebhookSecret {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookSecret.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SIGNATURE_PREFIX = "sha256=";
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(300);
    private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);

    private final @Nullable String secret;
    private final Clock clock;
    private final AtomicReference<Instant> complained = new AtomicReference<>(Instant.MIN);

    /**
     * @param secret null = nobody is let in
     * @param clock real time
     */
    WebhookSecret(@Nullable String secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * Looks at what can be judged before the body is read.
     *
     * @param signature of the body; null = there is none, and the key has to do
     * @throws Failure.Unauthenticated if it will not do, whatever the body is
     */
    void checkBeforeReading(@Nullable String signature, @Nullable String key, @Nullable String timestamp) {
        if (secret == null) {
            complain();
            throw refused();
        }
        if (signature == null && (key == null || !same(key.getBytes(UTF_8), secret.getBytes(UTF_8)))) {
            throw refused();
        }
        if (timestamp != null && !isNow(timestamp)) {
            throw new Failure.Unauthenticated("X-Chorus-Timestamp is more than 300 s off, or no time;"
                    + " send the seconds since 1970 and check both clocks.");
        }
    }

    /**
     * @throws Failure.Unauthenticated if there is a signature and it is not of this body
     */
    void checkSignature(@Nullable String signature, byte[] body) {
        if (signature != null && !same(signature.strip().getBytes(UTF_8), signatureOf(body))) {
            throw refused();
        }
    }

    private byte[] signatureOf(byte[] body) {
        if (secret == null) {
            throw refused();
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
            return (SIGNATURE_PREFIX + HexFormat.of().formatHex(mac.doFinal(body))).getBytes(UTF_8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, impossible);
        }
    }

    private boolean isNow(String timestamp) {
        Instant at = instant(timestamp.strip());
        return at != null && Duration.between(at, clock.instant()).abs().compareTo(CLOCKS_DIFFER) <= 0;
    }

    /** Seconds or milliseconds since 1970, or RFC 3339; null if it is none of them. */
    private static @Nullable Instant instant(String text) {
        if (text.matches("\\d{1,10}")) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        if (text.matches("\\d{13}")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** Now and then: anybody can make us say it. */
    private void complain() {
        Instant now = clock.instant();
        Instant last = complained.get();
        if ((last.equals(Instant.MIN) || Duration.between(last, now).compareTo(BETWEEN_COMPLAINTS) >= 0)
                && complained.compareAndSet(last, now)) {
            LOG.warn("A webhook came and was refused, as there is no secret for it: set CHORUS_WEBHOOK_SECRET, and the"
                    + " same in Chorus, if it is to be heard");
        }
    }

    private static boolean same(byte[] given, byte[] expected) {
        return MessageDigest.isEqual(given, expected);
    }

    private static Failure.Unauthenticated refused() {
        return new Failure.Unauthenticated(
                "Sign the body with the secret of this webhook, as X-Chorus-Signature: sha256=…, or send it as ?key=.");
    }
}
