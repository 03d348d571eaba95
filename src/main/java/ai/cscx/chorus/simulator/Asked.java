package ai.cscx.chorus.simulator;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a path asks for.
 *
 * @param callId null unless it is about one call
 */
record Asked(RequestKind kind, @Nullable String callId, ErrorStyle style) {
    private static final String CALLS = "/api/v1/calls";

    /** Paths of a dialect that is not served are as unknown as any other. */
    static Asked of(String path, Set<Dialect> served) {
        Asked asked = of(path);
        Dialect dialect = asked.kind.dialect();
        ErrorStyle usual = served.contains(Dialect.ENGAGEMENTS) ? ErrorStyle.ENGAGEMENTS : ErrorStyle.CALLS;
        if (asked.kind == RequestKind.OTHER || (dialect != null && !served.contains(dialect))) {
            return new Asked(RequestKind.OTHER, null, usual);
        }
        return asked;
    }

    private static Asked of(String path) {
        return switch (path) {
            case "/v3/engagements" -> engagements(RequestKind.LIST, null);
            case "/v3/webhook" -> engagements(RequestKind.WEBHOOK, null);
            case "/api/v1/users/me" -> engagements(RequestKind.ME, null);
            case "/oauth/token" -> engagements(RequestKind.TOKEN, null);
            case "/oauth/authorize" -> engagements(RequestKind.AUTHORIZE, null);
            case CALLS -> calls(RequestKind.CALLS_LIST, null);
            default -> aboutACall(path.split("/", -1));
        };
    }

    private static Asked aboutACall(String[] parts) {
        boolean known = parts.length > 4 && parts[0].isEmpty() && parts[1].equals("api") && parts[2].equals("v1");
        String id = known ? parts[4] : "";
        if (id.isEmpty()) {
            return engagements(RequestKind.OTHER, null);
        }
        if (parts[3].equals("conversations") && parts.length == 5) {
            return engagements(RequestKind.DETAIL, id);
        }
        if (!parts[3].equals("calls") || parts.length > 6) {
            return engagements(RequestKind.OTHER, null);
        }
        return switch (parts.length == 5 ? "" : parts[5]) {
            case "" -> parts.length == 5 ? calls(RequestKind.CALLS_DETAIL, id) : engagements(RequestKind.OTHER, null);
            case "transcript" -> calls(RequestKind.CALLS_TRANSCRIPT, id);
            case "trackers" -> calls(RequestKind.CALLS_TRACKERS, id);
            default -> engagements(RequestKind.OTHER, null);
        };
    }

    private static Asked engagements(RequestKind kind, @Nullable String callId) {
        return new Asked(kind, callId, ErrorStyle.ENGAGEMENTS);
    }

    private static Asked calls(RequestKind kind, @Nullable String callId) {
        return new Asked(kind, callId, ErrorStyle.CALLS);
    }
}
