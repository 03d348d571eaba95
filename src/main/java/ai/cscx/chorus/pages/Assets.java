package ai.cscx.chorus.pages;

import ai.cscx.chorus.base.Fingerprint;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Style, scripts and icon, all out of our jars; their addresses change with their content, so browsers keep them. */
final class Assets {
    private static final String PATH = "/assets/";
    private static final String OURS = "/ai/cscx/chorus/pages/";
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final int HASH_LENGTH = 16;

    private final Map<String, Asset> byName = new LinkedHashMap<>();
    private final Map<String, Asset> byAddress = new LinkedHashMap<>();

    private record Asset(String address, String contentType, byte[] bytes) {}

    Assets() {
        add("style.css", OURS + "style.css", "text/css");
        add("pages.js", OURS + "pages.js", "text/javascript");
        add("icon.svg", OURS + "icon.svg", "image/svg+xml");
        add("htmx.js", WEBJARS + "htmx.org/2.0.4/dist/htmx.min.js", "text/javascript");
        add("sse.js", WEBJARS + "htmx-ext-sse/2.2.2/sse.js", "text/javascript");
    }

    void addTo(RoutesConfig routes) {
        routes.get(PATH + "{hash}/{name}", this::send);
    }

    /** Where the browser finds it. */
    String address(String name) {
        Asset asset = byName.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("There is no asset " + name);
        }
        return asset.address();
    }

    private void send(Context context) {
        Asset asset = byAddress.get(context.path());
        if (asset == null) {
            throw new NotFoundResponse();
        }
        context.header("Cache-Control", "public, max-age=31536000, immutable")
                .contentType(asset.contentType() + "; charset=utf-8")
                .result(asset.bytes());
    }

    private void add(String name, String resource, String contentType) {
        byte[] bytes = read(resource);
        String address = PATH + Fingerprint.of(bytes).substring(0, HASH_LENGTH) + "/" + name;
        Asset asset = new Asset(address, contentType, bytes);
        byName.put(name, asset);
        byAddress.put(address, asset);
    }

    private static byte[] read(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The class path lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
