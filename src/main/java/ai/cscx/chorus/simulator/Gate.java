package ai.cscx.chorus.simulator;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Lets a request in that carries the key in one of the header styles Chorus is known to take. */
final class Gate {
    private static final String FORBIDDEN_SUFFIX = "-forbidden";

    private final String apiKey;

    Gate(String apiKey) {
        this.apiKey = apiKey;
    }

    /** Null if the request may pass. */
    @Nullable
    Reply refusal(Headers headers) {
        String key = key(headers);
        if (apiKey.equals(key)) {
            return null;
        }
        return (apiKey + FORBIDDEN_SUFFIX).equals(key) ? Reply.forbidden() : Reply.unauthorized();
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
