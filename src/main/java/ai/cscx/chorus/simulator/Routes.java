package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Query.BadValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Paths to answers. The order of checks: key, rate limit, path, method. */
final class Routes implements HttpHandler {
    private static final int NO_BODY = -1;

    private final World world;
    private final Gate gate;
    private final Api api;
    private final Ledger ledger;
    private final AtomicLongArray counts = new AtomicLongArray(RequestKind.values().length);
    private volatile @Nullable TokenBucket bucket;

    Routes(World world, Gate gate, Pages pages) {
        this.world = world;
        this.gate = gate;
        this.api = new Api(world, pages);
        this.ledger = new Ledger(world);
    }

    void limit(@Nullable Integer requestsPerMinute) {
        bucket = requestsPerMinute == null ? null : new TokenBucket(requestsPerMinute, System.nanoTime());
    }

    Map<RequestKind, Long> requests() {
        var requests = new EnumMap<RequestKind, Long>(RequestKind.class);
        for (RequestKind kind : RequestKind.values()) {
            requests.put(kind, counts.get(kind.ordinal()));
        }
        return requests;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, reply(Request.read(exchange)));
        }
    }

    private Reply reply(Request request) {
        if (request.path().startsWith(Ledger.ROOT)) {
            return request.isGet() ? ledger.page(request, requests()) : ErrorStyle.ENGAGEMENTS.wrongMethod("GET");
        }
        Asked asked = Asked.of(request.path(), world.settings().dialects());
        counts.incrementAndGet(asked.kind().ordinal());
        Reply refusal = gate.refusal(request.headers(), asked.style());
        if (refusal == null) {
            refusal = tooMany(asked.style());
        }
        if (refusal != null) {
            return refusal;
        }
        if (asked.kind() != RequestKind.OTHER && !request.isGet()) {
            return asked.style().wrongMethod("GET");
        }
        try {
            return switch (asked.kind()) {
                case LIST -> api.list(request);
                case DETAIL -> api.conversation(asked.callId());
                case ME -> api.me();
                case CALLS_LIST -> api.callsList(request);
                case CALLS_DETAIL -> api.call(asked.callId(), Sheet.CALL);
                case CALLS_TRANSCRIPT -> api.call(asked.callId(), Sheet.TRANSCRIPT);
                case CALLS_TRACKERS -> api.call(asked.callId(), Sheet.TRACKERS);
                case WEBHOOK, TOKEN, AUTHORIZE, OTHER -> asked.style().notFound("No such resource.");
            };
        } catch (BadValue wrong) {
            return asked.style().refusal(400, wrong.detail(), wrong.parameter());
        }
    }

    private @Nullable Reply tooMany(ErrorStyle style) {
        TokenBucket limited = bucket;
        Duration wait = limited == null ? Duration.ZERO : limited.take(System.nanoTime());
        if (wait.isZero()) {
            return null;
        }
        long seconds = Math.ceilDiv(wait.toMillis() + 1, 1000);
        return style.tooMany().with("Retry-After", String.valueOf(seconds));
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body();
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        if (accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip")) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            body = zipped(body);
        }
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? NO_BODY : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] zipped(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream(Math.max(64, body.length / 4));
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(body);
        }
        return bytes.toByteArray();
    }
}
