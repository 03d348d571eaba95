package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.OAuth.Tokens;
import com.sun.net.httpserver.Headers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /oauth/authorize}, which asks nobody, and {@code /oauth/token}. PKCE with S256 is required. */
final class OAuthDoor {
    private final OAuth oauth;

    OAuthDoor(OAuth oauth) {
        this.oauth = oauth;
    }

    Reply authorize(Query query) {
        String redirect = query.text("redirect_uri");
        if (!OAuth.CLIENT_ID.equals(query.text("client_id")) || redirect == null) {
            return error(400, "invalid_request", "client_id and redirect_uri are required and must be known.");
        }
        String challenge = query.text("code_challenge");
        if (!"code".equals(query.text("response_type"))) {
            return back(redirect, "error", "unsupported_response_type", query.text("state"));
        }
        if (challenge == null || !"S256".equals(query.text("code_challenge_method"))) {
            return back(redirect, "error", "invalid_request", query.text("state"));
        }
        return back(redirect, "code", oauth.code(redirect, challenge), query.text("state"));
    }

    Reply token(Request request) {
        Query form = Query.ofForm(request.body());
        if (!knowsClient(request.headers(), form)) {
            return error(401, "invalid_client", "The client is unknown or its secret is wrong.")
                    .with("WWW-Authenticate", "Basic realm=\"oauth\"");
        }
        if (oauth.refusesGrants()) {
            return error(400, "invalid_grant", "The grant is no longer valid.");
        }
        String type = form.text("grant_type");
        if (type == null) {
            return error(400, "invalid_request", "grant_type is required.");
        }
        return switch (type) {
            case "client_credentials" -> given(oauth.tokens(false));
            case "authorization_code" ->
                given(oauth.redeem(text(form, "code"), text(form, "redirect_uri"), text(form, "code_verifier")));
            case "refresh_token" -> given(oauth.refresh(text(form, "refresh_token")));
            default -> error(400, "unsupported_grant_type", "This grant type is not known.");
        };
    }

    private static String text(Query form, String name) {
        String value = form.text(name);
        return value == null ? "" : value;
    }

    private static boolean knowsClient(Headers headers, Query form) {
        String authorization = headers.getFirst("Authorization");
        if (authorization == null) {
            return OAuth.CLIENT_ID.equals(form.text("client_id"))
                    && OAuth.CLIENT_SECRET.equals(form.text("client_secret"));
        }
        String wanted = OAuth.CLIENT_ID + ":" + OAuth.CLIENT_SECRET;
        return authorization.equals(
                "Basic " + Base64.getEncoder().encodeToString(wanted.getBytes(StandardCharsets.UTF_8)));
    }

    private static Reply given(@Nullable Tokens tokens) {
        if (tokens == null) {
            return error(400, "invalid_grant", "The grant is wrong, used or no longer valid.");
        }
        return Reply.json(200, Reply.JSON, json -> {
                    json.writeStartObject();
                    json.writeStringField("access_token", tokens.accessToken());
                    json.writeStringField("token_type", "Bearer");
                    json.writeNumberField("expires_in", tokens.expiresIn());
                    if (tokens.refreshToken() != null) {
                        json.writeStringField("refresh_token", tokens.refreshToken());
                    }
                    json.writeEndObject();
                })
                .with("Cache-Control", "no-store");
    }

    private static Reply back(String redirect, String name, String value, @Nullable String state) {
        String query = name + "=" + encoded(value) + (state == null ? "" : "&state=" + encoded(state));
        return Reply.text(302, "", Map.of("Location", redirect + (redirect.contains("?") ? "&" : "?") + query));
    }

    private static Reply error(int status, String code, String description) {
        return Reply.json(status, Reply.JSON, json -> {
            json.writeStartObject();
            json.writeStringField("error", code);
            json.writeStringField("error_description", description);
            json.writeEndObject();
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
