package ai.cscx.chorus.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a dialect words its refusals. */
enum ErrorStyle {
    ENGAGEMENTS {
        @Override
        Reply refusal(int status, String detail, @Nullable String parameter) {
            return switch (status) {
                case 401 -> Reply.unauthorized();
                case 403 -> Reply.forbidden();
                case 429 -> Reply.text(429, "Too Many Requests", Map.of());
                default -> Reply.error(status, null, title(status), detail, parameter);
            };
        }
    },
    CALLS {
        @Override
        Reply refusal(int status, String detail, @Nullable String parameter) {
            String code = code(status);
            return Reply.json(status, Reply.JSON, json -> {
                json.writeStartObject();
                json.writeObjectFieldStart("error");
                json.writeStringField("code", code);
                json.writeStringField("message", parameter == null ? detail : parameter + ": " + detail);
                json.writeStringField("request_id", "req-%04x".formatted(Dice.hash(code) & 0xFFFF));
                json.writeEndObject();
                json.writeEndObject();
            });
        }
    };

    /**
     * A refusal.
     *
     * @param parameter the query name that is to blame, null if none is
     */
    abstract Reply refusal(int status, String detail, @Nullable String parameter);

    Reply unauthorized() {
        return refusal(401, "The access token is missing or no longer valid.", null);
    }

    Reply forbidden() {
        return refusal(403, "This token may not read the call.", null);
    }

    Reply notFound(String detail) {
        return refusal(404, detail, null);
    }

    Reply wrongMethod(String allowed) {
        return refusal(405, "This method is not allowed here.", null).with("Allow", allowed);
    }

    Reply tooMany() {
        return refusal(429, "Too many requests.", null);
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 502 -> "Bad gateway";
            case 503 -> "Service unavailable";
            default -> "Internal server error";
        };
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "invalid_request";
            case 401 -> "invalid_token";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 429 -> "rate_limited";
            default -> "internal";
        };
    }
}
