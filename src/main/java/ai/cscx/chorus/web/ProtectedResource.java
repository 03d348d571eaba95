package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells programs without a token where their person can sign in (RFC 9728, OAuth 2.0 Protected Resource Metadata), as MCP
 * clients look for it.
 */
final class ProtectedResource {
    private static final String METADATA = "/.well-known/oauth-protected-resource";
    private static final String MCP = "/mcp";

    private final @Nullable URI issuer;
    private final Supplier<@Nullable URI> publicUrl;

    /**
     * @param issuer whose tokens are taken; null = none, and nothing is told
     */
    ProtectedResource(@Nullable URI issuer, Supplier<@Nullable URI> publicUrl) {
        this.issuer = issuer;
        this.publicUrl = publicUrl;
    }

    /** As RFC 9728 names the fields. */
    record Metadata(
            String resource,
            @JsonProperty("resource_name") String name,
            @JsonProperty("authorization_servers") List<String> authorizationServers,
            @JsonProperty("scopes_supported") List<String> scopes,
            @JsonProperty("bearer_methods_supported") List<String> bearerMethods) {}

    List<Route> routes() {
        return issuer == null ? List.of() : List.of(route(""), route(MCP));
    }

    /** What a request that was refused for want of a good token is told (RFC 6750, section 3). */
    String challenge(String path, boolean hadToken) {
        URI server = publicUrl.get();
        if (issuer == null || server == null) {
            return "Bearer";
        }
        return "Bearer resource_metadata=\"" + server + METADATA + (path.equals(MCP) ? MCP : "") + "\""
                + (hadToken ? ", error=\"invalid_token\"" : "");
    }

    static boolean isMetadata(String path) {
        return path.equals(METADATA) || path.equals(METADATA + MCP);
    }

    private Route route(String resource) {
        return Route.get(METADATA + resource, "Where programs send their person to sign in (RFC 9728)")
                .access(Access.OPEN)
                .answers(200, Metadata.class)
                .handledBy(exchange -> exchange.answer(200, metadata(resource)));
    }

    private Metadata metadata(String resource) {
        URI server = publicUrl.get();
        if (issuer == null || server == null) {
            throw new Failure.NotFound("Nobody said where this server is reached; an admin sets CSCX_PUBLIC_URL.");
        }
        return new Metadata(
                server + resource,
                "CSCX Chorus",
                List.of(issuer.toString()),
                List.of("openid", "email"),
                List.of("header"));
    }
}
