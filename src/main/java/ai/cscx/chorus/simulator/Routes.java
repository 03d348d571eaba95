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
    private static final String ENGAGEMENTS = "/v3/engagements";
    private static final String CONVERSATION = "/api/v1/conversations/";
    private static final String ME = "/api/v1/users/me";
    private static final String LEDGER = "/_simulator/";
    private static final String LEDGER_CALL = LEDGER + "calls/";
    private static final String TRANSCRIPT = "/transcript";

    private final World world;
    private final Gate gate;
    private final EngagementList engagements;
    private final Ledger ledger;
    private final AtomicLongArray counts = new AtomicLongArray(RequestKind.values().length);
    private volatile @Nullable TokenBucket bucket;

    Routes(World world, Gate gate) {
        this.world = world;
        this.gate = gate;
        this.engagements = new EngagementList(world);
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
            exchange.getRequestBody().readAllBytes();
            send(exchange, reply(exchange));
        }
    }

    private Reply reply(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        boolean get = exchange.getRequestMethod().equals("GET");
        if (path.startsWith(LEDGER)) {
            return get ? ledger(path) : Reply.wrongMethod();
        }
        RequestKind kind = kind(path);
        counts.incrementAndGet(kind.ordinal());
        Reply refusal = gate.refusal(exchange.getRequestHeaders());
        if (refusal == null) {
            refusal = tooMany();
        }
        if (refusal != null) {
            return refusal;
        }
        if (kind != RequestKind.OTHER && !get) {
            return Reply.wrongMethod();
        }
        try {
            return switch (kind) {
                case LIST -> engagements.page(Query.of(exchange.getRequestURI()));
                case DETAIL -> conversation(path.substring(CONVERSATION.length()));
                case ME -> new UserDocument(world.roster()).reply();
                case OTHER -> Reply.notFound("No such resource.");
            };
        } catch (BadValue wrong) {
            return Reply.badRequest(wrong.detail(), wrong.parameter());
        }
    }

    private static RequestKind kind(String path) {
        if (path.equals(ENGAGEMENTS)) {
            return RequestKind.LIST;
        }
        if (path.equals(ME)) {
            return RequestKind.ME;
        }
        boolean detail = path.startsWith(CONVERSATION)
                && path.length() > CONVERSATION.length()
                && path.indexOf('/', CONVERSATION.length()) < 0;
        return detail ? RequestKind.DETAIL : RequestKind.OTHER;
    }

    private @Nullable Reply tooMany() {
        TokenBucket limited = bucket;
        Duration wait = limited == null ? Duration.ZERO : limited.take(System.nanoTime());
        if (wait.isZero()) {
            return null;
        }
        long seconds = Math.ceilDiv(wait.toMillis() + 1, 1000);
        return Reply.text(429, "Too Many Requests", Map.of("Retry-After", String.valueOf(seconds)));
    }

    private Reply conversation(String id) {
        SimulatedCall call = world.call(id);
        return call == null || call.isPrivate()
                ? Reply.notFound("No such conversation.")
                : new ConversationDocument(call).reply();
    }

    private Reply ledger(String path) {
        if (path.equals(LEDGER + "calls")) {
            return ledger.calls();
        }
        if (path.equals(LEDGER + "requests")) {
            Map<RequestKind, Long> requests = requests();
            return Ledger.requests(
                    requests.values().stream().mapToLong(Long::longValue).sum(), requests);
        }
        if (path.startsWith(LEDGER_CALL) && path.endsWith(TRANSCRIPT)) {
            int end = Math.max(LEDGER_CALL.length(), path.length() - TRANSCRIPT.length());
            SimulatedCall call = world.call(path.substring(LEDGER_CALL.length(), end));
            return call == null ? Reply.notFound("No such call.") : ledger.transcript(call);
        }
        return Reply.notFound("No such page in the ledger.");
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
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] zipped(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream(Math.max(64, body.length / 4));
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(body);
        }
        return bytes.toByteArray();
    }
}
