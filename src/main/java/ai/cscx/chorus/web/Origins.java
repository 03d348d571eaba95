package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import io.javalin.http.Context;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses and pages requests may come through. A page of a stranger whose name was made to resolve to this machine
 * (DNS rebinding) says its own name as Host and Origin.
 */
final class Origins {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final boolean local;
    private final Supplier<@Nullable URI> publicUrl;
    private final Set<String> allowed;

    /**
     * @param local whether only this machine can reach the server
     * @param publicUrl where browsers reach it; null = nobody said
     * @param allowed origins of pages that may call, such as https://app.example.com
     */
    Origins(boolean local, Supplier<@Nullable URI> publicUrl, Set<String> allowed) {
        this.local = local;
        this.publicUrl = publicUrl;
        this.allowed = Set.copyOf(allowed);
    }

    /** Whether pages of this origin may call from a browser, because the configuration says so. */
    boolean mayCall(String origin) {
        return allowed.contains(origin);
    }

    /**
     * @throws Failure.Forbidden if the request came through an address, or from a page, that is none of ours
     */
    void check(Context context) {
        String host = context.header("Host");
        if (local && (host == null || !isOurs(uri("http://" + host)))) {
            throw new Failure.Forbidden("This server does not answer to that Host; call it by localhost, or set"
                    + " CSCX_PUBLIC_URL to the address that it is reached at.");
        }
        String origin = context.header("Origin");
        if (origin != null && !mayCall(origin) && !isOurOrigin(origin)) {
            throw new Failure.Forbidden("Pages of this origin may not call; an admin lists it in CSCX_CORS_ORIGINS.");
        }
    }

    private boolean isOurOrigin(String origin) {
        URI uri = uri(origin);
        URI published = publicUrl.get();
        boolean isPublic = uri != null && published != null && origin(published).equals(origin(uri));
        return isPublic || (local && uri != null && LOOPBACK.contains(host(uri)));
    }

    private boolean isOurs(@Nullable URI address) {
        if (address == null) {
            return false;
        }
        URI published = publicUrl.get();
        return LOOPBACK.contains(host(address))
                || (published != null && host(published).equals(host(address)));
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + host(uri) + ":" + uri.getPort();
    }

    private static String host(URI uri) {
        return Objects.requireNonNullElse(uri.getHost(), "").toLowerCase(Locale.ROOT);
    }

    private static @Nullable URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException none) {
            return null;
        }
    }
}
