package ai.cscx.chorus.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to Chorus and sorts the answers by what can be done about them. After a 429 nothing is sent until
 * the wait is over: the caller is told the wait instead. Thread-safe.
 */
final class ChorusHttp {
    /** When Chorus says 429 without saying how long: the only limit known is 10 requests a minute. */
    private static final Duration WAIT_IF_NOT_TOLD = Duration.ofSeconds(10);

    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    private final HttpTransport transport;
    private final URI baseUrl;
    private final Authorization authorization;
    private final Clock clock;
    private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.EPOCH);

    ChorusHttp(HttpTransport transport, URI baseUrl, Authorization authorization, Clock clock) {
        this.transport = transport;
        this.baseUrl = baseUrl;
        this.authorization = authorization;
        this.clock = clock;
    }

    /** A 200, a 202 or a 404. */
    record Answer(int status, byte[] body) {}

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    Answer get(String pathAndQuery) throws ChorusException {
        return ask("GET", pathAndQuery, null);
    }

    /**
     * Sends any request.
     *
     * @param body JSON, null = none; DELETE may have one, too
     */
    Answer ask(String method, String pathAndQuery, byte @Nullable [] body) throws ChorusException {
        Duration wait = Duration.between(clock.instant(), notBefore.get());
        if (wait.isPositive()) {
            throw new ChorusException.RateLimited(wait, false);
        }
        HttpTransport.Response response = send(method, pathAndQuery, body);
        int status = response.status();
        // What the content type says decides nothing: what is no JSON fails where it is read.
        if (status == 200 || status == 202 || status == 404) {
            return new Answer(status, response.body());
        }
        if (status == 401 || status == 403) {
            throw new ChorusException.Refused(status);
        }
        if (status == 429) {
            Duration told = retryAfter(response);
            notBefore.accumulateAndGet(clock.instant().plus(told), (a, b) -> a.isAfter(b) ? a : b);
            throw new ChorusException.RateLimited(told, true);
        }
        if (status >= 500) {
            throw new ChorusException.Away("Chorus answers " + status, null);
        }
        throw new ChorusException.Broken("Chorus answers " + status + " where 200 or 404 was expected", null);
    }

    /** Once more with another credential, if there is one after a 401. */
    private HttpTransport.Response send(String method, String pathAndQuery, byte @Nullable [] body)
            throws ChorusException {
        Authorization.Header header = authorization.header();
        HttpTransport.Response response = send(method, pathAndQuery, body, header);
        if (response.status() == 401 && authorization.refused(header)) {
            return send(method, pathAndQuery, body, authorization.header());
        }
        return response;
    }

    private HttpTransport.Response send(
            String method, String pathAndQuery, byte @Nullable [] body, Authorization.Header header)
            throws ChorusException {
        Map<String, String> headers = new HashMap<>();
        headers.put(header.name(), header.value());
        headers.put("Accept", "application/vnd.api+json, application/json");
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        return transport.send(new HttpTransport.Request(method, URI.create(baseUrl + pathAndQuery), headers, body));
    }

    /** Seconds or an HTTP date (RFC 9110, 10.2.3). */
    private Duration retryAfter(HttpTransport.Response response) {
        String told = response.headers().getOrDefault("retry-after", "").strip();
        Duration wait = WAIT_IF_NOT_TOLD;
        if (told.matches("\\d{1,9}")) {
            wait = Duration.ofSeconds(Long.parseLong(told));
        } else if (!told.isEmpty()) {
            try {
                Instant until = ZonedDateTime.parse(told, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                wait = Duration.between(clock.instant(), until);
            } catch (DateTimeException unreadable) {
                wait = WAIT_IF_NOT_TOLD;
            }
        }
        if (!wait.isPositive()) {
            return Duration.ofSeconds(1);
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
