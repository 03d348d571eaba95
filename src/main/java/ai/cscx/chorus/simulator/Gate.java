package ai.cscx.chorus.simulator;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request in that carries the key in one of the header styles Chorus is known to take; in the dialect {@code
 * calls} as a bearer token only.
 */
final class Gate {
    private static final String FORBIDDEN_SUFFIX = "-forbidden";

    private static final String BEARER = "Bearer ";

    private final String apiKey;
    private final Predicate<String> accessTokens;
    private volatile boolean revoked;

    /**
     * A gate.
     *
     * @param accessTokens holds for tokens that the OAuth server gave out and that are still good
     */
    Gate(String apiKey, Predicate<String> accessTokens) {
        this.apiKey = apiKey;
        this.accessTokens = accessTokens;
    }

    /** Null if the request may pass. */
    @Nullable
    Reply refusal(Headers headers, ErrorStyle style) {
        String bearer = bearer(headers);
        if (bearer != null && accessTokens.test(bearer)) {
            return null;
        }
        String key = style == ErrorStyle.CALLS ? bearer : key(headers);
        if (revoked) {
            return style.unauthorized();
        }
        if (apiKey.equals(key)) {
            return null;
        }
        return (apiKey + FORBIDDEN_SUFFIX).equals(key) ? style.forbidden() : style.unauthorized();
    }

    void revoked(boolean now) {
        revoked = now;
    }

    private static @Nullable String bearer(Headers headers) {
        String authorization = headers.getFirst("Authorization");
        boolean bearer = authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? authorization.substring(BEARER.length()).strip() : null;
    }

    private static @Nullable String key(Headers headers) {
        String accessToken = headers.getFirst("x-ziaccesstoken");
        if (accessToken != null) {
            return accessToken;
        }
        String authorization = headers.getFirst("Authorization");
        if (authorization == null) {
            return null;
        }
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? "" : authorization.substring(0, space);
        String value = authorization.substring(space + 1).strip();
        if (scheme.isEmpty() || scheme.equalsIgnoreCase("Bearer")) {
            return value;
        }
        return scheme.equalsIgnoreCase("Basic") ? basic(value) : authorization;
    }

    /** The key stands where the user name would; the password is empty or left out. */
    private static @Nullable String basic(String value) {
        try {
            String text = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
            return text.endsWith(":") ? text.substring(0, text.length() - 1) : text;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
