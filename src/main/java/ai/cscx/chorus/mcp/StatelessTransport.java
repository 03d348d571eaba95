package ai.cscx.chorus.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.web.Door.Doorkeeper;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Streamable HTTP (MCP 2025-11-25, "Transports") without sessions: one POST is one JSON-RPC message, answered with JSON. Any
 * instance answers any request. Thread-safe once it has its handler.
 */
final class StatelessTransport implements McpStatelessServerTransport {
    private static final String ASKER = "asker";
    private static final String JSON = "application/json";
    private static final int MAX_BYTES = 1024 * 1024;

    private final McpJsonMapper json;
    private volatile @Nullable McpStatelessServerHandler handler;

    StatelessTransport(McpJsonMapper json) {
        this.json = json;
    }

    /** On whose behalf a message came. */
    static Asker asker(McpTransportContext context) {
        return Objects.requireNonNull((Asker) context.get(ASKER));
    }

    @Override
    public void setMcpHandler(McpStatelessServerHandler messages) {
        handler = messages;
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    void post(Context context, Doorkeeper keeper) {
        Asker asker = keeper.admit(context);
        context.header("Cache-Control", "no-store");
        String version = context.header("MCP-Protocol-Version");
        if (version != null && !protocolVersions().contains(version)) {
            refuse(
                    context,
                    400,
                    McpSchema.ErrorCodes.INVALID_REQUEST,
                    "This MCP-Protocol-Version is not spoken here; these are: "
                            + String.join(", ", protocolVersions()));
            return;
        }
        if (!acceptsJson(context.header("Accept"))) {
            refuse(
                    context,
                    406,
                    McpSchema.ErrorCodes.INVALID_REQUEST,
                    "Answers are JSON; send Accept: application/json, text/event-stream.");
            return;
        }
        JSONRPCMessage message;
        try {
            message = McpSchema.deserializeJsonRpcMessage(json, new String(body(context), UTF_8));
        } catch (IOException | IllegalArgumentException unreadable) {
            refuse(
                    context,
                    400,
                    McpSchema.ErrorCodes.PARSE_ERROR,
                    "The body is no JSON-RPC message; send one, not a batch, in UTF-8.");
            return;
        }
        McpTransportContext whose = McpTransportContext.create(Map.of(ASKER, asker));
        if (message instanceof JSONRPCRequest request) {
            answer(context, 200, handled(whose, request));
        } else {
            // Of answers there are none to expect, for we ask clients nothing.
            if (message instanceof JSONRPCNotification notification) {
                Objects.requireNonNull(handler)
                        .handleNotification(whose, notification)
                        .block();
            }
            context.status(202);
        }
    }

    private JSONRPCResponse handled(McpTransportContext whose, JSONRPCRequest request) {
        try {
            return Objects.requireNonNull(Objects.requireNonNull(handler)
                    .handleRequest(whose, request)
                    .contextWrite(names -> names.put(McpTransportContext.KEY, whose))
                    .block());
        } catch (IllegalArgumentException | NullPointerException malformed) {
            // That is how the SDK tells of parameters that it cannot read.
            return JSONRPCResponse.error(
                    request.id(),
                    new JSONRPCError(
                            McpSchema.ErrorCodes.INVALID_PARAMS,
                            "The parameters do not fit " + request.method() + "."));
        }
    }

    private static boolean acceptsJson(@Nullable String accept) {
        return accept == null || accept.contains(JSON) || accept.contains("*/*") || accept.contains("application/*");
    }

    private static byte[] body(Context context) {
        try {
            byte[] body = context.req().getInputStream().readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                throw new ContentTooLargeResponse();
            }
            return body;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void refuse(Context context, int status, int code, String message) {
        answer(
                context,
                status,
                Map.of("jsonrpc", McpSchema.JSONRPC_VERSION, "error", Map.of("code", code, "message", message)));
    }

    private void answer(Context context, int status, Object body) {
        try {
            context.status(status).contentType(JSON).result(json.writeValueAsBytes(body));
        } catch (IOException defect) {
            throw new IllegalStateException("An MCP message cannot be written", defect);
        }
    }
}
