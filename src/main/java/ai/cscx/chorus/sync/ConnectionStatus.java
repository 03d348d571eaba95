package ai.cscx.chorus.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the connection is, without secrets.
 *
 * @param status connected, degraded or disconnected
 * @param authType api_key or oauth2
 * @param strikes refusals in a row
 * @param notice what an admin has to do; null = nothing
 */
public record ConnectionStatus(
        String status,
        @Nullable String dialect,
        @Nullable String authType,
        @Nullable String headerStyle,
        @Nullable String baseUrl,
        @Nullable String account,
        @Nullable String scope,
        @Nullable Instant connectedAt,
        @Nullable Instant tokenExpiresAt,
        @Nullable String lastError,
        int strikes,
        @Nullable String notice,
        @Nullable Instant noticeAt) {
    static final ConnectionStatus DISCONNECTED =
            new ConnectionStatus("disconnected", null, null, null, null, null, null, null, null, null, 0, null, null);
}
