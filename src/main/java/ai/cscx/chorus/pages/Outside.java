package ai.cscx.chorus.pages;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Links that lead away from here; they come from Chorus and are looked at before anybody may click them. */
final class Outside {
    private static final Set<String> SCHEMES = Set.of("https", "http");

    private Outside() {}

    /** The address if it is one of the web, else null. */
    static @Nullable String link(@Nullable String address) {
        if (address == null) {
            return null;
        }
        try {
            URI uri = new URI(address);
            boolean web = uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null;
            return web ? uri.toASCIIString() : null;
        } catch (URISyntaxException unreadable) {
            return null;
        }
    }
}
