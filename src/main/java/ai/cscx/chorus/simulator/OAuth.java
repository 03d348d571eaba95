package ai.cscx.chorus.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an OAuth 2.0 server (RFC 6749, 7636) remembers: codes, access and refresh tokens. Everything it gives out follows
 * from the seed and the order of requests. Safe for use by many threads.
 */
public final class OAuth {
    /** The one client it knows. */
    public static final String CLIENT_ID = "simulated-client";

    public static final String CLIENT_SECRET = "simulated-secret";

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);
    private static final int USUAL_LIFETIME = 3600;

    private final long seed;
    private final Clock clock;
    private final Map<String, Instant> accessTokens = new HashMap<>();
    private final Map<String, Boolean> refreshTokens = new HashMap<>();
    private final Map<String, Grant> codes = new HashMap<>();
    private int expiresIn = USUAL_LIFETIME;
    private boolean refusing;
    private long given;

    OAuth(long seed, Clock clock) {
        this.seed = seed;
        this.clock = clock;
    }

    /** What a code stands for. */
    private record Grant(String redirectUri, String challenge, Instant until) {}

    /**
     * What a token request earns.
     *
     * @param refreshToken null where the grant brings none
     */
    record Tokens(String accessToken, @Nullable String refreshToken, int expiresIn) {}

    /** How long access tokens live that are given out from now on. */
    public synchronized void expiresIn(int seconds) {
        if (seconds < 1) {
            throw new IllegalArgumentException("seconds must be at least 1.");
        }
        expiresIn = seconds;
    }

    /** No access token given out so far is good any more; refresh tokens still are. */
    public synchronized void revokeAll() {
        accessTokens.clear();
    }

    /** Every token request is refused with {@code invalid_grant}, until told otherwise. */
    public synchronized void refuseGrants(boolean refuse) {
        refusing = refuse;
    }

    synchronized boolean refusesGrants() {
        return refusing;
    }

    synchronized boolean accepts(String accessToken) {
        Instant until = accessTokens.get(accessToken);
        return until != null && clock.instant().isBefore(until);
    }

    synchronized String code(String redirectUri, String challenge) {
        String code = fresh("code");
        codes.put(code, new Grant(redirectUri, challenge, clock.instant().plus(CODE_LIFETIME)));
        return code;
    }

    /** Null if the code, the address or the verifier is wrong; a code is good for one attempt. */
    synchronized @Nullable Tokens redeem(String code, String redirectUri, String verifier) {
        Grant grant = codes.remove(code);
        boolean good = grant != null
                && clock.instant().isBefore(grant.until())
                && grant.redirectUri().equals(redirectUri)
                && grant.challenge().equals(challenge(verifier));
        return good ? tokens(true) : null;
    }

    /** Null if the token is unknown or was used before. */
    synchronized @Nullable Tokens refresh(String refreshToken) {
        boolean good = Boolean.TRUE.equals(refreshTokens.replace(refreshToken, false));
        return good ? tokens(true) : null;
    }

    synchronized Tokens tokens(boolean refreshable) {
        String access = fresh("access");
        accessTokens.put(access, clock.instant().plusSeconds(expiresIn));
        if (!refreshable) {
            return new Tokens(access, null, expiresIn);
        }
        String refresh = fresh("refresh");
        refreshTokens.put(refresh, true);
        return new Tokens(access, refresh, expiresIn);
    }

    /** RFC 7636, 4.2: method S256. */
    static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    private String fresh(String what) {
        long number = given++;
        return "sim-" + what + "-" + "%016x%016x".formatted(Dice.mix(seed, number), Dice.mix(~seed, number));
    }
}
