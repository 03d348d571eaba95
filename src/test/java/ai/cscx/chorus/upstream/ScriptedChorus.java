package ai.cscx.chorus.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A real HTTP server that answers what a test tells it to, and remembers what it was asked. */
final class ScriptedChorus implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Reply> script = request -> Reply.of(500, "");

    /**
     * @param path as it was sent
     * @param query decoded
     */
    record Request(String path, Map<String, String> query, Map<String, List<String>> headers) {}

    /**
     * @param promised length that the header tells; a shorter body breaks off
     */
    record Reply(int status, Map<String, String> headers, byte[] body, int promised) {
        static final Reply RESET = of(-1, "");

        static Reply of(int status, String body) {
            byte[] bytes = body.getBytes(UTF_8);
            return new Reply(status, Map.of("Content-Type", "application/json"), bytes, bytes.length);
        }

        static Reply json(String body) {
            return of(200, body);
        }

        Reply with(String header, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(header, value);
            return new Reply(status, more, body, promised);
        }

        Reply truncated() {
            return new Reply(status, headers, body, promised + 100);
        }
    }

    ScriptedChorus() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void answers(Function<Request, Reply> with) {
        script = with;
    }

    void answers(Reply reply) {
        script = request -> reply;
    }

    List<Request> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> query = new TreeMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
        }
        Request request =
                new Request(exchange.getRequestURI().getRawPath(), query, Map.copyOf(exchange.getRequestHeaders()));
        requests.add(request);
        Reply reply = script.apply(request);
        try (exchange) {
            if (reply.status() < 0) {
                return;
            }
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), reply.promised() == 0 ? -1 : reply.promised());
            exchange.getResponseBody().write(reply.body());
            exchange.getResponseBody().flush();
        }
    }
}
