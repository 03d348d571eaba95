package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Query.BadValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** Paths to answers. The order of checks: key, rate limit, fault, path, method. The OAuth server knows only faults. */
final class Routes implements HttpHandler {
    private final Set<Dialect> served;
    private final Gate gate;
    private final Api api;
    private final OAuthDoor oauth;
    private final Webhooks webhooks;
    private final Faults faults;
    private final Mischief mischief;
    private final Ledger ledger;
    private final RequestLog log;
    private final AtomicLongArray counts = new AtomicLongArray(RequestKind.values().length);
    private volatile @Nullable TokenBucket bucket;

    Routes(World world, Gate gate, Pages pages, OAuth oauth, Webhooks webhooks, Faults faults) {
        this.served = world.settings().dialects();
        this.gate = gate;
        this.api = new Api(world, pages);
        this.oauth = new OAuthDoor(oauth);
        this.webhooks = webhooks;
        this.faults = faults;
        this.mischief = new Mischief(world, world.settings().clock());
        this.log = new RequestLog(world.settings().clock());
        this.ledger = new Ledger(world, log);
    }

    void limit(@Nullable Integer requestsPerMinute) {
        if (requestsPerMinute != null && requestsPerMinute < 1) {
            throw new IllegalArgumentException("requestsPerMinute must be at least 1, or null for no limit.");
        }
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
        Instant at = log.now();
        Request request = Request.read(exchange);
        if (request.path().startsWith(Ledger.ROOT)) {
            Sender.send(
                    exchange,
                    request.isGet() ? ledger.page(request, requests()) : ErrorStyle.ENGAGEMENTS.wrongMethod("GET"));
            return;
        }
        Asked asked = Asked.of(request.path(), served);
        counts.incrementAndGet(asked.kind().ordinal());
        Reply reply = refusal(request, asked);
        Fault fault = null;
        if (reply == null) {
            Query query = Query.of(request.uri());
            fault = faults.strike(asked, Mischief.keyed(query));
            reply = fault == null
                    ? served(request, asked, query)
                    : mischief.reply(fault, asked, query, (about, with) -> served(request, about, with));
        }
        log.add(at, asked, reply, fault);
        Sender.send(exchange, reply);
    }

    private @Nullable Reply refusal(Request request, Asked asked) {
        if (asked.kind() == RequestKind.TOKEN || asked.kind() == RequestKind.AUTHORIZE) {
            return null;
        }
        Reply refusal = gate.refusal(request.headers(), asked.style());
        return refusal == null ? tooMany(asked.style()) : refusal;
    }

    private Reply served(Request request, Asked asked, Query query) {
        try {
            return switch (asked.kind()) {
                case LIST -> request.isGet() ? api.list(query) : wrongMethod(asked);
                case DETAIL -> request.isGet() ? api.conversation(asked.callId()) : wrongMethod(asked);
                case ME -> request.isGet() ? api.me() : wrongMethod(asked);
                case CALLS_LIST -> request.isGet() ? api.callsList(query) : wrongMethod(asked);
                case CALLS_DETAIL -> request.isGet() ? api.call(asked.callId(), Sheet.CALL) : wrongMethod(asked);
                case CALLS_TRANSCRIPT ->
                    request.isGet() ? api.call(asked.callId(), Sheet.TRANSCRIPT) : wrongMethod(asked);
                case CALLS_TRACKERS -> request.isGet() ? api.call(asked.callId(), Sheet.TRACKERS) : wrongMethod(asked);
                case WEBHOOK -> webhooks.reply(request);
                case AUTHORIZE -> request.isGet() ? oauth.authorize(query) : wrongMethod(asked);
                case TOKEN ->
                    request.method().equals("POST")
                            ? oauth.token(request)
                            : asked.style().wrongMethod("POST");
                case OTHER -> asked.style().notFound("No such resource.");
            };
        } catch (BadValue wrong) {
            return asked.style().refusal(400, wrong.detail(), wrong.parameter());
        }
    }

    private static Reply wrongMethod(Asked asked) {
        return asked.style().wrongMethod("GET");
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
}
