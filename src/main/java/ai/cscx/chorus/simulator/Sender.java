package ai.cscx.chorus.simulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Puts answers on the wire, also in ways that no server should. */
final class Sender {
    private static final int MEGABYTE = 1 << 20;
    private static final int NO_BODY = -1;
    private static final int CHUNKED = 0;
    private static final Duration BETWEEN_BYTES = Duration.ofSeconds(1);

    private Sender() {}

    /**
     * Sends and ends the exchange. Where a connection is to break, it throws: the server then drops the connection.
     *
     * @throws IOException if the client has gone, or is to be left
     */
    static void send(HttpExchange exchange, Reply reply) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", reply.contentType());
        reply.headers().forEach(headers::set);
        switch (reply.delivery()) {
            case Delivery.Whole whole -> whole(exchange, reply);
            case Delivery.ResetBeforeHeaders reset -> throw new IOException("reset before headers, as wanted");
            case Delivery.ResetInBody reset -> {
                exchange.sendResponseHeaders(reply.status(), CHUNKED);
                half(exchange, reply.body());
            }
            case Delivery.Short cut -> {
                exchange.sendResponseHeaders(reply.status(), reply.body().length);
                half(exchange, reply.body());
            }
            case Delivery.Dribble dribble -> dribble(exchange, reply, dribble.seconds());
            case Delivery.Padded padded -> padded(exchange, reply, padded.megabytes());
            case Delivery.Bomb bomb -> bomb(exchange, reply.status(), bomb.megabytes());
        }
        exchange.close();
    }

    private static void whole(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body();
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        if (accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip") && body.length > 0) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            body = zipped(body);
        }
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? NO_BODY : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void half(HttpExchange exchange, byte[] body) throws IOException {
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, body.length / 2);
        out.flush();
        throw new IOException("reset in the body, as wanted");
    }

    private static void dribble(HttpExchange exchange, Reply reply, int seconds) throws IOException {
        byte[] body = reply.body();
        int slow = Math.min(seconds, body.length);
        exchange.sendResponseHeaders(reply.status(), body.length);
        OutputStream out = exchange.getResponseBody();
        for (int at = 0; at < slow; at++) {
            out.write(body[at]);
            out.flush();
            try {
                Thread.sleep(BETWEEN_BYTES);
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the simulator is closed");
            }
        }
        out.write(body, slow, body.length - slow);
    }

    private static void padded(HttpExchange exchange, Reply reply, int megabytes) throws IOException {
        exchange.sendResponseHeaders(reply.status(), (long) megabytes * MEGABYTE + reply.body().length);
        OutputStream out = exchange.getResponseBody();
        byte[] blanks = blanks();
        for (int i = 0; i < megabytes; i++) {
            out.write(blanks);
        }
        out.write(reply.body());
    }

    /** RFC 1952 by hand: one packed megabyte, flushed so that it can follow itself any number of times. */
    private static void bomb(HttpExchange exchange, int status, int megabytes) throws IOException {
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        byte[] blanks = blanks();
        byte[] packed = new byte[MEGABYTE];
        int length;
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(blanks);
            length = deflater.deflate(packed, 0, packed.length, Deflater.FULL_FLUSH);
        }
        exchange.sendResponseHeaders(status, CHUNKED);
        OutputStream out = exchange.getResponseBody();
        out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
        var checksum = new CRC32();
        for (int i = 0; i < megabytes; i++) {
            checksum.update(blanks);
            out.write(packed, 0, length);
        }
        out.write(new byte[] {3, 0});
        littleEndian(out, checksum.getValue());
        littleEndian(out, (long) megabytes * MEGABYTE);
    }

    private static void littleEndian(OutputStream out, long value) throws IOException {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write((int) (value >>> shift) & 0xff);
        }
    }

    private static byte[] blanks() {
        byte[] blanks = new byte[MEGABYTE];
        Arrays.fill(blanks, (byte) ' ');
        return blanks;
    }

    private static byte[] zipped(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream(Math.max(64, body.length / 4));
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(body);
        }
        return bytes.toByteArray();
    }
}
