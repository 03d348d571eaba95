package ai.cscx.chorus.upstream;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint gave. {@link #toString} leaves the tokens out.
 *
 * @param refreshToken null where none was given
 * @param expiresAt null where the server does not say
 * @param scope null where the server does not say
 */
public record Tokens(
        String accessToken,
        @Nullable String refreshToken,
        Instant obtainedAt,
        @Nullable Instant expiresAt,
        @Nullable String scope) {
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(60);
    private static final int MARGIN_PART = 5;

    public Tokens {
        if (!accessToken.matches("[\\x21-\\x7e]+")) {
            throw new IllegalArgumentException("An access token is printable and not blank");
        }
    }

    /** Whether it is time for the next token: a minute before the end, or in the last fifth of a short life. */
    boolean isDue(Instant now) {
        if (expiresAt == null) {
            return false;
        }
        Duration part = Duration.between(obtainedAt, expiresAt).dividedBy(MARGIN_PART);
        return !now.isBefore(expiresAt.minus(part.compareTo(LONGEST_MARGIN) < 0 ? part : LONGEST_MARGIN));
    }

    boolean isOver(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    @Override
    public String toString() {
        return "Tokens[obtained " + obtainedAt + ", expire " + expiresAt + "]";
    }
}
