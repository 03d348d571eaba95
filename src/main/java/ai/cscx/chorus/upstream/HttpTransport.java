package ai.cscx.chorus.upstream;

import ai.cscx.chorus.base.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests that carry credentials, to {@link Destinations} only. Follows no redirect, keeps no cookie, uses no
 * proxy and repeats nothing; an answer is bounded in size, after decompression, and in time, from the first byte sent to
 * the last one read. Thread-safe.
 */
public final class HttpTransport implements AutoCloseable {
    private static final int MOST_HEADERS = 200;
    private static final int LONGEST_HEADER_LINE = 32 << 10;

    private final Destinations destinations;
    private final Limits limits;
    private final ExecutorService lookups = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledThreadPoolExecutor watch;
    private final CloseableHttpClient client;

    public HttpTransport(Destinations destinations) {
        this(destinations, Limits.STANDARD);
    }

    public HttpTransport(Destinations destinations, Limits limits) {
        this.destinations = destinations;
        this.limits = limits;
        this.watch = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("http-deadlines").daemon().factory());
        this.watch.setRemoveOnCancelPolicy(true);
        this.client = client(limits, new CheckedAddresses(destinations, lookups, limits.connect()));
    }

    /**
     * @param connect for each of looking a name up and connecting
     * @param total from sending to the last byte of the answer
     * @param largestBody in bytes, after decompression
     * @param connections at once to one host
     */
    public record Limits(Duration connect, Duration total, int largestBody, int connections) {
        /** A three-hour call is about 1 MB. */
        public static final Limits STANDARD = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(30), 16 << 20, 32);
    }

    /** {@link #toString} leaves headers, query and body out. */
    public record Request(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {
        public Request {
            headers = Map.copyOf(headers);
        }

        public static Request get(URI uri, Map<String, String> headers) {
            return new Request("GET", uri, headers, null);
        }

        @Override
        public String toString() {
            return "Request[" + method + " " + uri.getHost() + "]";
        }
    }

    /**
     * An answer as it came, unpacked.
     *
     * @param headers names in lower case; of several values, joined by a comma
     */
    public record Response(int status, Map<String, String> headers, byte[] body) {
        public Response {
            headers = Map.copyOf(headers);
        }

        /**
         * The body, unless the answer says that it is something else than JSON, such as the HTML of a sign-in page.
         *
         * @throws ChorusException.Broken if so
         */
        public byte[] json() throws ChorusException.Broken {
            String type = headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
            String essence = type.split(";", 2)[0].strip();
            if (essence.isEmpty() || essence.endsWith("/json") || essence.endsWith("+json")) {
                return body;
            }
            String what = essence.equals("text/html") ? "HTML" : "Something else";
            throw new ChorusException.Broken(what + " came where JSON was expected; check the base URL", null);
        }

        @Override
        public String toString() {
            return "Response[" + status + ", " + body.length + " bytes]";
        }
    }

    /**
     * The URL without trailing slashes, if requests may go there; see {@link Destinations#check}.
     *
     * @throws Failure.Rejected with the reason, fit to follow the name of a field
     */
    public URI check(String url) {
        return destinations.check(url);
    }

    /**
     * @throws ChorusException.Away if no whole answer came in time, or the host's address is not allowed now
     * @throws ChorusException.Broken if it is too large, or packed in a way that nobody asked for
     * @throws Failure.Rejected if the URL may not be asked at all
     */
    public Response send(Request request) throws ChorusException {
        destinations.checkWritten(request.uri());
        HttpUriRequestBase outgoing = outgoing(request);
        AtomicBoolean overdue = new AtomicBoolean();
        if (watch.isShutdown()) {
            throw new ChorusException.Away("Nothing is sent any more: the application stops", null);
        }
        Future<?> deadline = watch.schedule(
                () -> {
                    overdue.set(true);
                    outgoing.cancel();
                },
                limits.total().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return client.execute(outgoing, response -> answer(outgoing, response));
        } catch (Unusable unusable) {
            throw new ChorusException.Broken(unusable.reason, null);
        } catch (Destinations.Forbidden forbidden) {
            throw new ChorusException.Away("The host " + forbidden.reason(), null);
        } catch (IOException failed) {
            // Without the cause: its message may repeat the URL.
            throw new ChorusException.Away(
                    overdue.get()
                            ? "No whole answer within " + limits.total().toSeconds() + " s"
                            : "No answer: " + failed.getClass().getSimpleName(),
                    null);
        } finally {
            deadline.cancel(false);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
        lookups.shutdownNow();
    }

    private static HttpUriRequestBase outgoing(Request request) {
        HttpUriRequestBase outgoing = new HttpUriRequestBase(request.method(), request.uri());
        request.headers().forEach(outgoing::setHeader);
        outgoing.setHeader("Accept-Encoding", "gzip");
        if (request.body() != null) {
            // The content type is among the headers.
            outgoing.setEntity(new ByteArrayEntity(request.body(), null));
        }
        return outgoing;
    }

    private Response answer(HttpUriRequestBase request, ClassicHttpResponse response) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            headers.merge(
                    header.getName().toLowerCase(Locale.ROOT),
                    header.getValue() == null ? "" : header.getValue(),
                    (one, other) -> one + ", " + other);
        }
        try {
            return new Response(response.getCode(), headers, body(response.getEntity(), headers));
        } catch (IOException failed) {
            // What is left of the answer is not read.
            request.cancel();
            throw failed;
        }
    }

    private byte[] body(@Nullable HttpEntity entity, Map<String, String> headers) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        if (entity.getContentLength() > limits.largestBody()) {
            throw tooLarge();
        }
        String encoding = headers.getOrDefault("content-encoding", "").strip().toLowerCase(Locale.ROOT);
        InputStream raw = entity.getContent();
        if (encoding.isEmpty() || encoding.equals("identity")) {
            return bounded(raw);
        }
        if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
            throw new Unusable("The answer is packed in a way that was not asked for");
        }
        if (entity.getContentLength() == 0) {
            return new byte[0];
        }
        try (InputStream unpacked = new GZIPInputStream(raw)) {
            return bounded(unpacked);
        } catch (ZipException damaged) {
            throw new Unusable("The answer says that it is gzip, and is not");
        } catch (EOFException cut) {
            throw new IOException("Cut off", cut);
        }
    }

    private byte[] bounded(InputStream stream) throws IOException {
        byte[] body = stream.readNBytes(limits.largestBody());
        if (body.length == limits.largestBody() && stream.read() >= 0) {
            throw tooLarge();
        }
        return body;
    }

    private Unusable tooLarge() {
        return new Unusable("The answer is larger than " + (limits.largestBody() >> 20) + " MB");
    }

    private static CloseableHttpClient client(Limits limits, DnsResolver resolver) {
        Timeout total = Timeout.of(limits.total());
        PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(MOST_HEADERS)
                                .setMaxLineLength(LONGEST_HEADER_LINE)
                                .build())
                        .build())
                .setMaxConnPerRoute(limits.connections())
                .setMaxConnTotal(2 * limits.connections())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connect()))
                        .setSocketTimeout(total)
                        .setIdleTimeout(Timeout.ofSeconds(30))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(total)
                        .setResponseTimeout(total)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("cscx-chorus")
                .build();
    }

    /** An answer that came and cannot be used. */
    private static final class Unusable extends IOException {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Unusable(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
