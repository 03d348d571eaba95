package ai.cscx.chorus.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.upstream.HttpTransport.Request;
import ai.cscx.chorus.upstream.HttpTransport.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class HttpTransportTest {
    private static final int LARGEST = 1 << 20;
    private static final Duration TOTAL = Duration.ofMillis(400);
    private static final String OK_JSON = "HTTP/1.1 200 OK\r\nContent-Type: application/json";

    private final HttpTransport transport = transport(new Destinations(true, false), TOTAL);

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void request_goesOutAsGiven_andTheAnswerComesBackWithLowerCaseNames() throws Exception {
        try (RawServer server = RawServer.answering(OK_JSON + "\r\nX-A: 1\r\nx-a: 2", bytes("{}"))) {
            Response response = transport.send(
                    new Request("POST", server.uri().resolve("/a?b=c"), Map.of("Authorization", "key"), bytes("x=y")));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.json()).asString(UTF_8).isEqualTo("{}");
            assertThat(response.headers()).containsEntry("x-a", "1, 2").containsKey("content-type");
            assertThat(server.heads())
                    .singleElement()
                    .asString()
                    .startsWith("POST /a?b=c HTTP/1.1")
                    .contains("Authorization: key", "Accept-Encoding: gzip", "Content-Length: 3");
        }
    }

    @Test
    void gzip_isUnpacked() throws Exception {
        try (RawServer server = RawServer.answering(OK_JSON + "\r\nContent-Encoding: gzip", gzip(bytes("{\"a\":1}")))) {
            assertThat(get(server).body()).asString(UTF_8).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void gzipBomb_isBroken_withoutBeingUnpacked() throws Exception {
        byte[] bomb = gzip(new byte[64 << 20]);
        try (RawServer server = RawServer.answering(OK_JSON + "\r\nContent-Encoding: gzip", bomb)) {
            assertThatThrownBy(() -> get(server))
                    .isInstanceOf(ChorusException.Broken.class)
                    .hasMessageContaining("larger than 1 MB");
        }
    }

    @Test
    void body_ofExactlyTheLimit_isRead() throws Exception {
        try (RawServer server = RawServer.answering(OK_JSON, new byte[LARGEST])) {
            assertThat(get(server).body()).hasSize(LARGEST);
        }
    }

    @Test
    void fiftyMegabytes_announcedOrNot_areBroken() {
        byte[] chunk = new byte[64 << 10];
        AtomicInteger sent = new AtomicInteger();
        try (RawServer announced = RawServer.answering((connection, out, closed) -> {
                    write(out, OK_JSON + "\r\nContent-Length: 52428800\r\n\r\n");
                    closed.await();
                });
                RawServer endless = RawServer.answering((connection, out, closed) -> {
                    write(out, OK_JSON + "\r\nConnection: close\r\n\r\n");
                    for (int at = 0; at < 50 << 20; at += chunk.length) {
                        out.write(chunk);
                        sent.addAndGet(chunk.length);
                    }
                })) {
            for (RawServer server : List.of(announced, endless)) {
                assertThatThrownBy(() -> get(server))
                        .isInstanceOf(ChorusException.Broken.class)
                        .hasMessageContaining("larger than 1 MB");
            }
            assertThat(sent.get()).isLessThan(50 << 20);
        }
    }

    @Test
    void gzipThatIsNone_andEncodingsNotAskedFor_areBroken() {
        try (RawServer noGzip =
                        RawServer.answering(OK_JSON + "\r\nContent-Encoding: gzip", bytes("{\"a\": 1, \"b\": 2}"));
                RawServer brotli = RawServer.answering(OK_JSON + "\r\nContent-Encoding: br", bytes("{}"))) {
            assertThatThrownBy(() -> get(noGzip)).isInstanceOf(ChorusException.Broken.class);
            assertThatThrownBy(() -> get(brotli)).isInstanceOf(ChorusException.Broken.class);
        }
    }

    @Test
    void dribblingServer_isCutOffAtTheDeadline() {
        try (RawServer server = RawServer.answering((connection, out, closed) -> {
            write(out, OK_JSON + "\r\nContent-Length: 10000\r\n\r\n");
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                write(out, " ");
            }
        })) {
            long start = System.nanoTime();

            assertThatThrownBy(() -> get(server))
                    .isInstanceOf(ChorusException.Away.class)
                    .hasMessageContaining("No whole answer within");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TOTAL.multipliedBy(4));
        }
    }

    @Test
    void serverDribblingHeaders_isCutOffToo() {
        try (RawServer server = RawServer.answering((connection, out, closed) -> {
            write(out, "HTTP/1.1 200 OK\r\nX-Long: ");
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                write(out, "x");
            }
        })) {
            assertThatThrownBy(() -> get(server))
                    .isInstanceOf(ChorusException.Away.class)
                    .hasMessageContaining("No whole answer within");
        }
    }

    @Test
    void silentServer_isAway() {
        try (RawServer server = RawServer.answering((connection, out, closed) -> closed.await())) {
            assertThatThrownBy(() -> get(server)).isInstanceOf(ChorusException.Away.class);
        }
    }

    @Test
    void resetAndTruncatedAnswers_areAway() throws Exception {
        byte[] half = Arrays.copyOf(gzip(bytes("{\"a\": \"" + "b".repeat(4000) + "\"}")), 30);
        List<RawServer> servers = List.of(
                RawServer.answering((connection, out, closed) -> connection.setSoLinger(true, 0)),
                RawServer.answering(
                        (connection, out, closed) -> write(out, OK_JSON + "\r\nContent-Length: 100\r\n\r\n{")),
                RawServer.answering((connection, out, closed) ->
                        write(out, OK_JSON + "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n")),
                RawServer.answering(OK_JSON + "\r\nContent-Encoding: gzip", half),
                RawServer.answering((connection, out, closed) -> write(out, "no HTTP at all\r\n\r\n")));
        for (RawServer server : servers) {
            assertThatThrownBy(() -> get(server)).isInstanceOf(ChorusException.Away.class);
            server.close();
        }
        assertThatThrownBy(() -> get(servers.getFirst())).isInstanceOf(ChorusException.Away.class);
    }

    @Test
    void redirect_isReturned_notFollowed() throws Exception {
        try (RawServer target = RawServer.answering(OK_JSON, bytes("{}"));
                RawServer server =
                        RawServer.answering("HTTP/1.1 302 Found\r\nLocation: " + target.uri() + "/", new byte[0])) {
            assertThat(get(server).status()).isEqualTo(302);
            assertThat(target.heads()).isEmpty();
        }
    }

    @Test
    void cookies_areNotKept_andNothingIsRepeated() throws Exception {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 503 Later\r\nSet-Cookie: a=b; Path=/\r\nRetry-After: 0", new byte[0])) {
            assertThat(get(server).status()).isEqualTo(503);
            assertThat(get(server).status()).isEqualTo(503);
            assertThat(server.heads()).hasSize(2).noneMatch(head -> head.contains("Cookie"));
        }
    }

    @Test
    void html_isNoJson() throws Exception {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8", bytes("<html>"))) {
            Response response = get(server);
            assertThatThrownBy(response::json)
                    .isInstanceOf(ChorusException.Broken.class)
                    .hasMessageStartingWith("HTML came where JSON was expected");
        }
        assertThat(new Response(200, Map.of("content-type", "application/vnd.api+json; x=y"), bytes("{}")).json())
                .hasSize(2);
    }

    @Test
    void nameThatResolvesElsewhereLater_isNotConnectedTo() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        Destinations rebinding =
                new Destinations(true, false, host -> new InetAddress[] {
                    InetAddress.ofLiteral(lookups.getAndIncrement() == 0 ? "93.184.215.14" : "127.0.0.1")
                });
        try (RawServer server = RawServer.answering(OK_JSON, bytes("{}"));
                HttpTransport guarded = transport(rebinding, TOTAL)) {
            URI uri = rebinding.check("https://rebinding.example:" + server.port());

            assertThatThrownBy(() -> guarded.send(Request.get(uri, Map.of())))
                    .isInstanceOf(ChorusException.Away.class)
                    .hasMessageContaining("not public");
            assertThat(lookups).hasValue(2);
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void onlyTheCheckedAddress_isConnectedTo() throws Exception {
        Destinations pinned =
                new Destinations(true, false, host -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")});
        try (RawServer server = RawServer.answering(OK_JSON, bytes("{}"));
                HttpTransport guarded = transport(pinned, TOTAL)) {
            Response response = guarded.send(Request.get(URI.create("http://localhost:" + server.port()), Map.of()));
            assertThat(response.status()).isEqualTo(200);
        }
    }

    @Test
    void forbiddenUrl_isNotSent() {
        assertThatThrownBy(() -> transport.send(Request.get(URI.create("http://example.com"), Map.of())))
                .isInstanceOf(Failure.Rejected.class);
        assertThatThrownBy(() -> transport.send(Request.get(URI.create("https://169.254.169.254/latest"), Map.of())))
                .isInstanceOf(ChorusException.Away.class)
                .hasMessageContaining("not public");
    }

    @Test
    void closedTransport_sendsNothing() {
        HttpTransport closed = transport(new Destinations(true, false), TOTAL);
        closed.close();

        assertThatThrownBy(() -> closed.send(Request.get(URI.create("http://127.0.0.1:1"), Map.of())))
                .isInstanceOf(ChorusException.Away.class);
    }

    @Test
    void slowLookup_endsAtTheDeadline() {
        CountDownLatch never = new CountDownLatch(1);
        Destinations slow = new Destinations(true, false, host -> {
            try {
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[0];
        });
        try (HttpTransport guarded = transport(slow, TOTAL)) {
            assertThatThrownBy(() -> guarded.send(Request.get(URI.create("https://slow.example"), Map.of())))
                    .isInstanceOf(ChorusException.Away.class);
        }
    }

    @Test
    void thirtyTwoRequests_goOutAtOnce() throws Exception {
        var all = new CyclicBarrier(32);
        try (RawServer server = RawServer.answering((connection, out, closed) -> {
                    all.await();
                    write(out, OK_JSON + "\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
                });
                HttpTransport wide = transport(new Destinations(true, false), Duration.ofSeconds(5));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> requests = Stream.generate(() -> (Callable<Integer>)
                            () -> wide.send(Request.get(server.uri(), Map.of())).status())
                    .limit(32)
                    .toList();
            for (var status : threads.invokeAll(requests)) {
                assertThat(status.get()).isEqualTo(200);
            }
        }
    }

    @Test
    void nothingPrinted_holdsSecrets() {
        Request request = new Request(
                "GET",
                URI.create("https://chorus.ai/x?token=planted"),
                Map.of("Authorization", "planted"),
                bytes("planted"));

        assertThat(request + " " + new Authorization.Header("Authorization", "planted") + " "
                        + new ApiKeyAuthorization(HeaderStyle.RAW, "planted"))
                .doesNotContain("planted");
    }

    private Response get(RawServer server) throws ChorusException {
        return transport.send(Request.get(server.uri(), Map.of()));
    }

    private static HttpTransport transport(Destinations destinations, Duration total) {
        return new HttpTransport(destinations, new HttpTransport.Limits(total, total, LARGEST, 32));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(bytes(text));
        out.flush();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
