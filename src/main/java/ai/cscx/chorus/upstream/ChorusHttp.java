package ai.cscx.chorus.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends GET requests to Chorus and sorts the answers by what can be done about them. After a 429 nothing is sent until
 * the wait is over: the caller is told the wait instead. Thread-safe.
 */
final class ChorusHttp implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);
    /** Largest answer that is read; a three-hour call is about 1 MB. */
    private static final long LARGEST_ANSWER = 64L << 20;
    /** When Chorus says 429 without saying how long: the only limit known is 10 requests a minute. */
    private static final Duration WAIT_IF_NOT_TOLD = Duration.ofSeconds(10);

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final URI baseUrl;
    private final HeaderStyle headerStyle;
    private final String key;
    private final Clock clock;
    private final HttpClient client;
    private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.EPOCH);

    ChorusHttp(URI baseUrl, HeaderStyle headerStyle, String key, Clock clock) {
        this.baseUrl = baseUrl;
        this.headerStyle = headerStyle;
        this.key = key;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** A 200, a 202 or a 404. */
    record Answer(int status, byte[] body) {}

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    Answer get(String pathAndQuery) throws ChorusException {
        Duration wait = Duration.between(clock.instant(), notBefore.get());
        if (wait.isPositive()) {
            throw new ChorusException.RateLimited(wait, false);
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + pathAndQuery))
                .timeout(REQUEST_TIMEOUT)
                .header(headerStyle.header(), headerStyle.value(key))
                .header("Accept", "application/vnd.api+json, application/json")
                .header("User-Agent", "cscx-chorus")
                .build();
        HttpResponse<byte[]> response;
        try {
            response = client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        } catch (IOException failed) {
            throw new ChorusException.Away(
                    "Chorus does not answer: " + failed.getClass().getSimpleName(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ChorusException.Away("Stopped while waiting for Chorus", stopped);
        }
        int status = response.statusCode();
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

    /** Seconds or an HTTP date (RFC 9110, 10.2.3). */
    private Duration retryAfter(HttpResponse<?> response) {
        String told = response.headers().firstValue("Retry-After").orElse("").strip();
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

    @Override
    public void close() {
        client.shutdownNow();
    }
}
