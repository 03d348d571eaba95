package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.access.People;
import ai.cscx.chorus.base.Failure;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.javalin.router.EndpointMetadata;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes: a request id, security headers, who asks, may they, and does the route know these
 * parameters. Under /api and /v1 nobody learns without a token which paths there are.
 */
final class Gate {
    static final String REQUEST_ID = "X-Request-Id";
    private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S+) *");
    private static final String CONTENT_POLICY =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private final People people;
    private final CrossOrigin crossOrigin;
    private final boolean local;
    private final Set<String> openPaths;

    /**
     * @param origins whose pages may call
     * @param local whether only this machine can reach the server
     */
    Gate(People people, Origins origins, boolean local, List<Route> routes) {
        this.people = people;
        this.crossOrigin = new CrossOrigin(origins);
        this.local = local;
        this.openPaths = routes.stream()
                .filter(route -> route.access() == Access.OPEN)
                .map(Route::path)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Lets Javalin find the route of a request. */
    record Known(Route route) implements EndpointMetadata {}

    void guard(RoutesConfig routes) {
        routes.before(this::enter);
        routes.beforeMatched(this::check);
    }

    static String requestId(Context context) {
        return String.valueOf(context.res().getHeader(REQUEST_ID));
    }

    static boolean isApi(String path) {
        return path.equals("/api") || path.startsWith("/api/") || OpenAiError.speaks(path);
    }

    static @Nullable Route route(Context context) {
        Endpoint matched = context.endpoints().matchedHttpEndpoint();
        Known known = matched == null ? null : matched.metadata(Known.class);
        return known == null ? null : known.route();
    }

    private void enter(Context context) {
        String given = context.header(REQUEST_ID);
        context.header(
                REQUEST_ID,
                given != null && SANE_ID.matcher(given).matches()
                        ? given
                        : UUID.randomUUID().toString());
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Content-Security-Policy", CONTENT_POLICY);
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        if (crossOrigin.answers(context)) {
            context.skipRemainingHandlers();
            return;
        }
        String path = context.path();
        if (isApi(path)) {
            context.header("Cache-Control", "no-store");
            if (!openPaths.contains(path)) {
                asker(context);
            }
        }
    }

    private void check(Context context) {
        Route route = route(context);
        if (route == null) {
            return;
        }
        switch (route.access()) {
            case OPEN -> {}
            case TOKEN_UNLESS_LOCAL -> {
                if (!local) {
                    asker(context);
                }
            }
            case TOKEN -> asker(context);
            case ADMIN -> asker(context).requireAdmin();
        }
        try {
            Parameters.check(context.queryParamMap(), route.query());
        } catch (IllegalArgumentException badEscape) {
            throw new Failure.Malformed("The query string is not URL-encoded; write % as %25.", badEscape);
        }
    }

    /** Who asks; looked up once a request. */
    Asker asker(Context context) {
        Asker known = context.attribute(Exchange.ASKER);
        if (known != null) {
            return known;
        }
        Asker asker = authenticate(context);
        context.attribute(Exchange.ASKER, asker);
        return asker;
    }

    private Asker authenticate(Context context) {
        String authorization = context.header("Authorization");
        var bearer = BEARER.matcher(authorization == null ? "" : authorization);
        if (!bearer.matches()) {
            throw new Failure.Unauthenticated("Send your token as Authorization: Bearer …; an admin can make you one.");
        }
        return people.authenticate(bearer.group(1), context.header("X-On-Behalf-Of"));
    }
}
