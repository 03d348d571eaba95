package ai.cscx.chorus.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of other sites call the interfaces for programs from a browser (Fetch Standard, "CORS protocol"), if the
 * configuration names their origin. Cookies are never meant, so a page needs a token of its person.
 */
final class CrossOrigin {
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String READABLE =
            "Content-Disposition, ETag, Location, Retry-After, Server-Timing, WWW-Authenticate, X-Request-Id";
    private static final String REMEMBERED_SECONDS = "600";

    private final Origins origins;

    CrossOrigin(Origins origins) {
        this.origins = origins;
    }

    /**
     * Says to the browser what the page may. A question beforehand (preflight) is answered by that alone.
     *
     * @return whether it was such a question
     */
    boolean answers(Context context) {
        String path = context.path();
        if (!Gate.isApi(path)
                && !path.equals("/mcp")
                && !path.equals("/openapi.json")
                && !ProtectedResource.isMetadata(path)) {
            return false;
        }
        context.res().addHeader("Vary", "Origin");
        String origin = context.header("Origin");
        if (origin == null || !origins.mayCall(origin)) {
            return false;
        }
        context.header("Access-Control-Allow-Origin", origin);
        context.header("Access-Control-Expose-Headers", READABLE);
        context.header("Cross-Origin-Resource-Policy", "cross-origin");
        String method = context.header("Access-Control-Request-Method");
        if (context.method() != HandlerType.OPTIONS || method == null) {
            return false;
        }
        context.header("Access-Control-Allow-Methods", METHODS);
        context.header("Access-Control-Allow-Headers", allowed(context.header("Access-Control-Request-Headers")));
        context.header("Access-Control-Max-Age", REMEMBERED_SECONDS);
        context.status(204);
        return true;
    }

    /** Whatever headers are asked for, but to act for others: a token that may has no place in a browser. */
    private static String allowed(@Nullable String asked) {
        return Arrays.stream((asked == null ? "" : asked).split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> HEADER_NAME.matcher(name).matches() && !name.equals("x-on-behalf-of"))
                .collect(Collectors.joining(", "));
    }
}
