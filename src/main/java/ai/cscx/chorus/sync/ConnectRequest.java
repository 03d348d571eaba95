package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.upstream.Dialect;
import ai.cscx.chorus.upstream.HeaderStyle;
import ai.cscx.chorus.upstream.HttpTransport;
import ai.cscx.chorus.upstream.OAuthClient.Registration;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an admin sends to connect Chorus; null = left out, and probed or defaulted. With {@code authorizationUrl} OAuth
 * goes through the admin's browser, without it by client credentials. {@link #toString} leaves the secrets out.
 *
 * @param authType api_key or oauth2
 */
public record ConnectRequest(
        @Nullable String authType,
        @Nullable String dialect,
        @Nullable String baseUrl,
        @Nullable String apiKey,
        @Nullable String headerStyle,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String tokenUrl,
        @Nullable String authorizationUrl,
        @Nullable String scope) {
    private static final String CHORUS = "https://chorus.ai";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,4096}");
    private static final Pattern CLIENT = Pattern.compile("[\\x20-\\x7e]{1,1024}");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e ]{1,1024}");

    public static ConnectRequest apiKey(String baseUrl, String key) {
        return new ConnectRequest("api_key", null, baseUrl, key, null, null, null, null, null, null);
    }

    @Override
    public String toString() {
        return "ConnectRequest[" + authType + ", " + dialect + ", " + headerStyle + "]";
    }

    /** A request whose fields make sense together. */
    sealed interface Checked {
        URI baseUrl();

        List<Dialect> dialects();

        record ApiKey(URI baseUrl, List<Dialect> dialects, String key, List<HeaderStyle> styles) implements Checked {
            @Override
            public String toString() {
                return "ApiKey[" + dialects + ", " + styles + "]";
            }
        }

        record OAuth(URI baseUrl, List<Dialect> dialects, Registration registration) implements Checked {}
    }

    /**
     * @throws Failure.Rejected naming every field that is wrong at once
     */
    Checked checked(HttpTransport transport) {
        Fields fields = new Fields(transport);
        List<Dialect> dialects = fields.dialects(dialect);
        URI base = fields.url("/baseUrl", baseUrl == null ? CHORUS : baseUrl);
        if ("api_key".equals(authType)) {
            String key = fields.text("/apiKey", apiKey, KEY, "holds characters that no API key has");
            List<HeaderStyle> styles = fields.styles(headerStyle);
            fields.finish();
            return new Checked.ApiKey(base, dialects, key, styles);
        }
        if ("oauth2".equals(authType)) {
            String client = fields.text("/clientId", clientId, CLIENT, "holds characters that no client id has");
            URI token = fields.url("/tokenUrl", tokenUrl);
            URI authorization = authorizationUrl == null ? null : fields.url("/authorizationUrl", authorizationUrl);
            String secret = clientSecret == null && authorization != null
                    ? null
                    : fields.text("/clientSecret", clientSecret, CLIENT, "holds characters that no secret has");
            String scopes = scope == null ? null : fields.text("/scope", scope, SCOPE, "is words between spaces");
            fields.finish();
            return new Checked.OAuth(base, dialects, new Registration(token, authorization, client, secret, scopes));
        }
        throw Probe.rejected("/authType", "is api_key or oauth2");
    }

    /** Collects what is wrong. */
    private static final class Fields {
        private static final URI WRONG = URI.create("https://wrong.invalid");
        private final HttpTransport transport;
        private final List<Problem> problems = new ArrayList<>();

        Fields(HttpTransport transport) {
            this.transport = transport;
        }

        String text(String pointer, @Nullable String given, Pattern form, String otherwise) {
            if (given == null || given.isBlank()) {
                problems.add(new Problem(pointer, "is missing"));
                return "";
            }
            if (!form.matcher(given).matches()) {
                problems.add(new Problem(pointer, otherwise));
            }
            return given;
        }

        URI url(String pointer, @Nullable String given) {
            if (given == null || given.isBlank()) {
                problems.add(new Problem(pointer, "is missing"));
                return WRONG;
            }
            try {
                return transport.check(given);
            } catch (Failure.Rejected wrong) {
                problems.add(new Problem(pointer, String.valueOf(wrong.getMessage())));
                return WRONG;
            }
        }

        List<Dialect> dialects(@Nullable String given) {
            List<Dialect> named = Dialect.named(given);
            if (named.isEmpty()) {
                String known = Dialect.named(null).stream().map(Dialect::word).collect(Collectors.joining(", "));
                problems.add(new Problem("/dialect", "is one of " + known));
            }
            return named;
        }

        List<HeaderStyle> styles(@Nullable String given) {
            if (given == null) {
                return List.of(HeaderStyle.values());
            }
            List<HeaderStyle> named = Arrays.stream(HeaderStyle.values())
                    .filter(style -> style.word().equals(given))
                    .toList();
            if (named.isEmpty()) {
                problems.add(new Problem("/headerStyle", "is one of raw, bearer, basic, zi_access_token"));
            }
            return named;
        }

        void finish() {
            if (!problems.isEmpty()) {
                throw new Failure.Rejected("Chorus is not connected.", problems);
            }
        }
    }
}
