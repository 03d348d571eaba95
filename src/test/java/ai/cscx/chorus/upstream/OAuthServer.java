package ai.cscx.chorus.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** A real authorization server on this machine that rotates refresh tokens, notes token requests, and refuses on demand. */
public final class OAuthServer implements AutoCloseable {
    private final MockOAuth2Server server;
    private final List<String> tokenRequests = new CopyOnWriteArrayList<>();
    private volatile @Nullable Refusal refusal;

    private record Refusal(int status, String body) {}

    public OAuthServer() {
        server = new MockOAuth2Server(new OAuth2Config(false, null, null, true), new Route[] {new Watch()});
        try {
            server.start(InetAddress.ofLiteral("127.0.0.1"), 0);
        } catch (RuntimeException failed) {
            throw new AssertionError("No authorization server", failed);
        }
    }

    public URI tokenUrl() {
        return onLoopback(server.tokenEndpointUrl("chorus").uri());
    }

    public URI authorizationUrl() {
        return onLoopback(server.authorizationEndpointUrl("chorus").uri());
    }

    /** The bodies of the token requests so far. */
    public List<String> tokenRequests() {
        return List.copyOf(tokenRequests);
    }

    public void refuseTokens(int status, String body) {
        refusal = new Refusal(status, body);
    }

    public void giveTokensAgain() {
        refusal = null;
    }

    /** What a browser does at the authorize URL when the admin says yes: the parameters that it brings back. */
    public Map<String, String> consent(URI authorizeUrl) {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            var answer = browser.send(HttpRequest.newBuilder(authorizeUrl).build(), BodyHandlers.ofString());
            URI back = URI.create(answer.headers().firstValue("Location").orElseThrow());
            return Stream.of(back.getQuery().split("&"))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    @Override
    public void close() {
        server.shutdown();
    }

    private static URI onLoopback(URI uri) {
        return URI.create(uri.toString().replaceFirst("//[^:/]+", "//127.0.0.1"));
    }

    /** Sees every request first. */
    private final class Watch implements Route {
        @Override
        public boolean match(OAuth2HttpRequest request) {
            if (!request.getUrl().encodedPath().endsWith("/token")) {
                return false;
            }
            tokenRequests.add(String.valueOf(request.getBody()));
            return refusal != null;
        }

        @Override
        public OAuth2HttpResponse invoke(OAuth2HttpRequest request) {
            Refusal given = refusal;
            if (given == null) {
                throw new IllegalStateException("Not asked to refuse");
            }
            return new OAuth2HttpResponse(
                    Headers.of("Content-Type", "application/json"), given.status(), given.body(), null);
        }
    }
}
