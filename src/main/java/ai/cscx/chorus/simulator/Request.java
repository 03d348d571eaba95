package ai.cscx.chorus.simulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** An HTTP request, read whole. */
record Request(String method, URI uri, Headers headers, String body) {
    private static final int LONGEST_BODY = 1 << 20;

    static Request read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY);
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        return new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                new String(body, StandardCharsets.UTF_8));
    }

    String path() {
        return uri.getPath();
    }

    boolean isGet() {
        return method.equals("GET");
    }
}
