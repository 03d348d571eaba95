package ai.cscx.chorus.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.base.Failure;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.opensearch.client.transport.httpclient5.ResponseException;

/**
 * The HTTP connections to OpenSearch. Safe for use by many threads. Every exception that leaves it is one that may be
 * logged: OpenSearch's own messages repeat the question and are dropped.
 */
final class OpenSearchConnection implements AutoCloseable {
    /** What a search is given inside OpenSearch. */
    static final String PATIENCE = "5s";

    private static final Timeout CONNECT = Timeout.ofSeconds(2);
    /** Longer than any request is given inside OpenSearch, so that its own verdict arrives first. */
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private static final Timeout FREE_CONNECTION = Timeout.ofSeconds(5);
    private static final TimeValue KEEP = TimeValue.ofMinutes(5);
    private static final int CONNECTIONS = 32;

    private final URI url;
    private final Duration patience;
    private @Nullable OpenSearchTransport transport;

    OpenSearchConnection(URI url) {
        this(url, ANSWER);
    }

    OpenSearchConnection(URI url, Duration patience) {
        this.url = url;
        this.patience = patience;
    }

    /** One request to OpenSearch. */
    interface Exchange<T> {
        T with(OpenSearchClient client) throws IOException;
    }

    synchronized void open() {
        if (transport == null) {
            transport = transport();
        }
    }

    /**
     * @throws Failure.Unavailable if OpenSearch cannot be reached, does not answer in time, is overloaded or has lost
     *     the index
     */
    <T> T ask(Exchange<T> exchange) {
        try {
            return exchange.with(new OpenSearchClient(opened()));
        } catch (OpenSearchException refused) {
            throw refused(refused.status(), refused.error().type());
        } catch (IOException away) {
            ResponseException answer = answer(away);
            if (answer != null) {
                throw refused(answer.status(), "without a reason");
            }
            throw new Failure.Unavailable(
                    "The search index does not answer; try again in a minute, nothing is lost.", away);
        }
    }

    /** The answer that the client could not read, as that of a proxy; the client wraps it when it lacks rights. */
    private static @Nullable ResponseException answer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResponseException answer) {
                return answer;
            }
        }
        return null;
    }

    /** What an answer with this HTTP status, or an item with it, is to us. */
    static RuntimeException refused(int status, @Nullable String type) {
        String code = status + " " + type;
        return switch (status) {
            case 401, 403 ->
                new Failure.Unavailable("The search index refuses our user; check OPENSEARCH_URL (" + code + ").");
            case 404 ->
                new Failure.Unavailable(
                        "The search index is missing; it is made and filled again within a minute, try then (" + code
                                + ").");
            case 408, 429, 500, 502, 503, 504 ->
                new Failure.Unavailable("The search index does not answer; it is overloaded or starting, try again in"
                        + " a minute (" + code + ").");
            default -> new IllegalStateException("OpenSearch refused a request of ours: " + code);
        };
    }

    /**
     * A part of what was asked for is never taken for all of it.
     *
     * @param failedShards parts of the index that did not answer
     * @throws Failure.Unavailable if the search ran out of time or some of the index did not answer
     */
    static void requireWhole(boolean timedOut, Number failedShards) {
        if (timedOut || failedShards.longValue() > 0) {
            throw new Failure.Unavailable(
                    "The search index does not answer in time; ask for less or try again in a minute.");
        }
    }

    private synchronized OpenSearchTransport opened() {
        if (transport == null) {
            throw new Failure.Unavailable(
                    "The search index does not answer; it is not connected yet, try again in a minute.");
        }
        return transport;
    }

    private OpenSearchTransport transport() {
        JsonMapper json = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .build();
        String path = url.getPath() == null ? "" : url.getPath().replaceAll("/+$", "");
        ApacheHttpClient5TransportBuilder builder = ApacheHttpClient5TransportBuilder.builder(
                        new HttpHost(url.getScheme(), url.getHost(), url.getPort()))
                .setMapper(new JacksonJsonpMapper(json))
                .setRequestConfigCallback(request ->
                        request.setResponseTimeout(Timeout.of(patience)).setConnectionRequestTimeout(FREE_CONNECTION))
                .setHttpClientConfigCallback(client -> client.disableAutomaticRetries()
                        .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                                .setMaxConnTotal(CONNECTIONS)
                                .setMaxConnPerRoute(CONNECTIONS)
                                .setDefaultConnectionConfig(ConnectionConfig.custom()
                                        .setConnectTimeout(CONNECT)
                                        .setTimeToLive(KEEP)
                                        .build())
                                .build()));
        if (!path.isEmpty()) {
            builder.setPathPrefix(path);
        }
        if (url.getUserInfo() != null) {
            String user = Base64.getEncoder().encodeToString(url.getUserInfo().getBytes(UTF_8));
            builder.setDefaultHeaders(new Header[] {new BasicHeader("Authorization", "Basic " + user)});
        }
        return builder.build();
    }

    @Override
    public synchronized void close() {
        if (transport == null) {
            return;
        }
        try {
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not close the connections to the search index", e);
        } finally {
            transport = null;
        }
    }
}
