package ai.cscx.chorus.sync;

import ai.cscx.chorus.store.Json;
import ai.cscx.chorus.upstream.HeaderStyle;
import ai.cscx.chorus.upstream.OAuthClient.Registration;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a connection signs in with. {@link #toString} leaves secrets out. */
sealed interface Credential {
    String authType();

    HeaderStyle headerStyle();

    /** As it is sealed. */
    String secret();

    record ApiKey(HeaderStyle headerStyle, String key) implements Credential {
        @Override
        public String authType() {
            return "api_key";
        }

        @Override
        public String secret() {
            return key;
        }

        @Override
        public String toString() {
            return "ApiKey[" + headerStyle.word() + "]";
        }
    }

    record OAuth(Registration registration) implements Credential {
        @Override
        public String authType() {
            return "oauth2";
        }

        @Override
        public HeaderStyle headerStyle() {
            return HeaderStyle.BEARER;
        }

        @Override
        public String secret() {
            return Json.write(RegistrationJson.of(registration));
        }
    }

    static Credential of(String authType, HeaderStyle headerStyle, String secret) {
        return authType.equals("oauth2")
                ? new OAuth(Json.read(secret, RegistrationJson.class).registration())
                : new ApiKey(headerStyle, secret);
    }

    /** A registration as it is sealed. */
    record RegistrationJson(
            String tokenUrl,
            @Nullable String authorizationUrl,
            String clientId,
            @Nullable String clientSecret,
            @Nullable String scope) {
        static RegistrationJson of(Registration registration) {
            return new RegistrationJson(
                    registration.tokenUrl().toString(),
                    registration.authorizationUrl() == null
                            ? null
                            : registration.authorizationUrl().toString(),
                    registration.clientId(),
                    registration.clientSecret(),
                    registration.scope());
        }

        Registration registration() {
            return new Registration(
                    URI.create(tokenUrl),
                    authorizationUrl == null ? null : URI.create(authorizationUrl),
                    clientId,
                    clientSecret,
                    scope);
        }

        @Override
        public String toString() {
            return "RegistrationJson[]";
        }
    }
}
