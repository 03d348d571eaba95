package ai.cscx.chorus.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Our side of OAuth 2.0 (RFC 6749, 7636) as one registered client: client credentials, or an authorization code with
 * PKCE and refresh tokens. The secret goes as HTTP Basic; a client without one names only its id. Thread-safe.
 */
public final class OAuthClient {
    private static final Duration WAIT_IF_NOT_TOLD = Duration.ofSeconds(10);
    private static final int LONGEST_WAIT_SECONDS = 3600;
    private static final Set<String> PASSING =
            Set.of(OAuth2Error.SERVER_ERROR_CODE, OAuth2Error.TEMPORARILY_UNAVAILABLE_CODE);

    private final HttpTransport transport;
    private final Clock clock;
    private final Registration registration;

    /**
     * @param clock real time, as servers count expiry
     */
    public OAuthClient(HttpTransport transport, Clock clock, Registration registration) {
        this.transport = transport;
        this.clock = clock;
        this.registration = registration;
    }

    /**
     * How we are registered there. {@link #toString} leaves the secret out.
     *
     * @param authorizationUrl where people say yes; null = client credentials, without people
     * @param clientSecret null for a public client, which PKCE protects
     */
    public record Registration(
            URI tokenUrl,
            @Nullable URI authorizationUrl,
            String clientId,
            @Nullable String clientSecret,
            @Nullable String scope) {
        public Registration {
            if (authorizationUrl == null && clientSecret == null) {
                throw new IllegalArgumentException("Client credentials need a secret");
            }
        }

        @Override
        public String toString() {
            return "Registration[" + tokenUrl.getHost() + "]";
        }
    }

    /** A state that cannot be guessed. */
    public static String newState() {
        return new State(32).getValue();
    }

    public static String newVerifier() {
        return new CodeVerifier().getValue();
    }

    /** Where to send the admin's browser. */
    public URI authorizeUrl(URI redirect, String state, String verifier) {
        return new AuthorizationRequest.Builder(ResponseType.CODE, new ClientID(registration.clientId()))
                .endpointURI(authorizationUrl())
                .redirectionURI(redirect)
                .scope(Scope.parse(registration.scope()))
                .state(new State(state))
                .codeChallenge(new CodeVerifier(verifier), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /** The first token of client credentials. */
    public Tokens first() throws ChorusException {
        return ask(new ClientCredentialsGrant(), null);
    }

    /** The first tokens for the code that the admin's browser brought back. */
    public Tokens byCode(String code, URI redirect, String verifier) throws ChorusException {
        return ask(new AuthorizationCodeGrant(new AuthorizationCode(code), redirect, new CodeVerifier(verifier)), null);
    }

    /** The tokens after these. */
    public Tokens after(Tokens stale) throws ChorusException {
        if (registration.authorizationUrl() == null) {
            return first();
        }
        if (stale.refreshToken() == null) {
            throw new ChorusException.SignInRefused(
                    OAuth2Error.INVALID_GRANT_CODE, "The sign-in has ended and came without a refresh token");
        }
        return ask(new RefreshTokenGrant(new RefreshToken(stale.refreshToken())), stale);
    }

    private URI authorizationUrl() {
        if (registration.authorizationUrl() == null) {
            throw new IllegalStateException("Client credentials ask nobody");
        }
        return registration.authorizationUrl();
    }

    private Tokens ask(AuthorizationGrant grant, @Nullable Tokens before) throws ChorusException {
        Instant askedAt = clock.instant();
        HttpTransport.Response answer = transport.send(request(grant));
        if (answer.status() == 200) {
            return tokens(answer, before, askedAt);
        }
        throw refusal(answer);
    }

    private HttpTransport.Request request(AuthorizationGrant grant) {
        ClientID id = new ClientID(registration.clientId());
        TokenRequest.Builder builder = registration.clientSecret() == null
                ? new TokenRequest.Builder(registration.tokenUrl(), id, grant)
                : new TokenRequest.Builder(
                        registration.tokenUrl(),
                        new ClientSecretBasic(id, new Secret(registration.clientSecret())),
                        grant);
        if (grant instanceof ClientCredentialsGrant && registration.scope() != null) {
            builder.scope(Scope.parse(registration.scope()));
        }
        HTTPRequest written = builder.build().toHTTPRequest();
        Map<String, String> headers = new HashMap<>();
        written.getHeaderMap().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        headers.put("Accept", "application/json");
        return new HttpTransport.Request(
                written.getMethod().name(),
                written.getURI(),
                headers,
                written.getBody().getBytes(UTF_8));
    }

    private static Tokens tokens(HttpTransport.Response answer, @Nullable Tokens before, Instant askedAt)
            throws ChorusException {
        AccessToken access;
        RefreshToken refresh;
        try {
            var given = TokenResponse.parse(parsed(answer)).toSuccessResponse().getTokens();
            access = given.getAccessToken();
            refresh = given.getRefreshToken();
        } catch (ParseException unreadable) {
            // Without the cause: its message may repeat a token.
            throw new ChorusException.Broken("The token endpoint's answer holds no token", null);
        }
        String scope = access.getScope() == null ? null : access.getScope().toString();
        try {
            return new Tokens(
                    access.getValue(),
                    refresh != null ? refresh.getValue() : before == null ? null : before.refreshToken(),
                    askedAt,
                    access.getLifetime() > 0 ? askedAt.plusSeconds(access.getLifetime()) : null,
                    scope == null && before != null ? before.scope() : scope);
        } catch (IllegalArgumentException unusable) {
            throw new ChorusException.Broken("The token endpoint gave a token that cannot be sent", null);
        }
    }

    private static ChorusException refusal(HttpTransport.Response answer) {
        int status = answer.status();
        if (status == 429) {
            return new ChorusException.RateLimited(wait(answer), true);
        }
        if (status >= 500) {
            return new ChorusException.Away("The token endpoint answers " + status, null);
        }
        String code = code(answer);
        if (PASSING.contains(code)) {
            return new ChorusException.Away("The token endpoint is not available (" + code + ")", null);
        }
        return switch (code) {
            case "invalid_client" ->
                new ChorusException.SignInRefused(code, "The token endpoint does not accept the client id or secret");
            case "invalid_grant" ->
                new ChorusException.SignInRefused(code, "The sign-in has expired or was taken back; connect again");
            case "invalid_scope" -> new ChorusException.SignInRefused(code, "The token endpoint refuses the scope");
            case "unauthorized_client", "unsupported_grant_type", "invalid_request", "access_denied" ->
                new ChorusException.SignInRefused(code, "The token endpoint refuses this way of signing in");
            default ->
                status == 401 || status == 403
                        ? new ChorusException.Refused(status)
                        : new ChorusException.Broken(
                                "The token endpoint answers " + status + " without a reason; check the tokenUrl", null);
        };
    }

    /** The error's code, and nothing else of what was answered. */
    private static String code(HttpTransport.Response answer) {
        try {
            ErrorObject error = ErrorObject.parse(parsed(answer).getBodyAsJSONObject());
            return error.getCode() == null ? "" : error.getCode();
        } catch (ParseException | ChorusException.Broken unreadable) {
            return "";
        }
    }

    private static HTTPResponse parsed(HttpTransport.Response answer) throws ChorusException.Broken, ParseException {
        HTTPResponse response = new HTTPResponse(answer.status());
        response.setContentType("application/json");
        response.setBody(new String(answer.json(), UTF_8));
        return response;
    }

    private static Duration wait(HttpTransport.Response answer) {
        String told = answer.headers().getOrDefault("retry-after", "");
        return told.matches("[1-9]\\d{0,8}")
                ? Duration.ofSeconds(Math.min(Integer.parseInt(told), LONGEST_WAIT_SECONDS))
                : WAIT_IF_NOT_TOLD;
    }
}
