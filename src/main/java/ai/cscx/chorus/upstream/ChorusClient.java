package ai.cscx.chorus.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.cscx.chorus.base.Fingerprint;
import ai.cscx.chorus.upstream.Engagements.Conversation;
import ai.cscx.chorus.upstream.Engagements.Engagement;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chorus's published API (dialect {@code engagements}). Thread-safe; keeps no answers.
 *
 * <p>Lists come newest first in pages of 100. A list ends when the continuation key is absent, null or blank, or when a
 * page is empty. A key that repeats is an error: an endless list is never taken for a whole one.
 */
public final class ChorusClient implements AutoCloseable {
    public static final String DIALECT = "engagements";
    private static final int MOST_PAGES = 2_000;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ChorusHttp http;

    public ChorusClient(Credentials credentials, Clock clock) {
        this.http = new ChorusHttp(credentials.baseUrl(), credentials.headerStyle(), credentials.apiKey(), clock);
    }

    /** Where Chorus is and how to sign in there. {@link #toString} leaves the key out. */
    public record Credentials(URI baseUrl, HeaderStyle headerStyle, String apiKey) {
        @Override
        public String toString() {
            return "Credentials[" + baseUrl.getHost() + ", " + headerStyle.word() + "]";
        }
    }

    /**
     * An element of the list.
     *
     * @param startedAt null where the list does not say
     * @param raw the element as it came
     * @param hash of {@code raw}
     */
    public record Listed(
            String id, @Nullable String type, @Nullable Instant startedAt, String raw, String hash) {}

    /** What is known of one recording. */
    public sealed interface Detail {
        record Found(Conversation conversation, byte[] raw) implements Detail {}

        /** 404: deleted, private or out of the token's reach; Chorus does not say which. */
        record Gone() implements Detail {}
    }

    /** Takes one page after the other. */
    @FunctionalInterface
    public interface PageReader {
        void page(List<Listed> calls) throws ChorusException;
    }

    /** The name of the token's owner; a cheap way to try a credential. */
    public String account() throws ChorusException {
        ChorusHttp.Answer answer = http.get("/api/v1/users/me");
        if (answer.status() == 404) {
            throw new ChorusException.Broken("There is no Chorus API at this base URL (404)", null);
        }
        Engagements.UserDocument user = read(answer.body(), Engagements.UserDocument.class);
        if (user.data() == null || user.data().attributes() == null) {
            throw new ChorusException.Broken("Chorus does not say whose token it is", null);
        }
        Engagements.User owner = user.data().attributes();
        String name = owner.name() == null ? owner.email() : owner.name();
        return name == null ? "unnamed" : name;
    }

    /**
     * Reads the list of a window to its end, page by page.
     *
     * @param from inclusive
     * @param until exclusive, though Chorus may add a call that begins right then
     * @return how many requests it took
     */
    public int list(Instant from, Instant until, PageReader reader) throws ChorusException {
        Set<String> keysSeen = new HashSet<>();
        String key = null;
        for (int page = 1; page <= MOST_PAGES; page++) {
            StringBuilder path = new StringBuilder("/v3/engagements?with_trackers=true&min_date=")
                    .append(encoded(from.toString()))
                    .append("&max_date=")
                    .append(encoded(until.toString()));
            if (key != null) {
                path.append("&continuation_key=").append(encoded(key));
            }
            ChorusHttp.Answer answer = http.get(path.toString());
            if (answer.status() == 404) {
                throw new ChorusException.Broken("There is no list of engagements at this base URL (404)", null);
            }
            Engagements.Page wire = read(answer.body(), Engagements.Page.class);
            if (wire.engagements() == null) {
                throw new ChorusException.Broken("The answer to a list request holds no list", null);
            }
            if (wire.engagements().isEmpty()) {
                return page;
            }
            reader.page(listed(wire.engagements(), from, until));
            key = wire.continuationKey();
            if (key == null || key.isBlank()) {
                return page;
            }
            if (!keysSeen.add(key)) {
                throw new ChorusException.Broken("The list repeats its continuation key; it would never end", null);
            }
        }
        throw new ChorusException.Broken("The list of one window has more than " + MOST_PAGES + " pages", null);
    }

    /** Everything about one recording, transcript and all. */
    public Detail fetch(String id) throws ChorusException {
        ChorusHttp.Answer answer = http.get("/api/v1/conversations/" + encoded(id));
        if (answer.status() == 404) {
            return new Detail.Gone();
        }
        Engagements.Document document = read(answer.body(), Engagements.Document.class);
        if (document.data() == null || document.data().attributes() == null) {
            throw new ChorusException.Broken("The detail holds no conversation", null);
        }
        if (document.data().id() != null && !document.data().id().equals(id)) {
            throw new ChorusException.Broken("The detail is of another conversation than the one asked for", null);
        }
        return new Detail.Found(document.data().attributes(), answer.body());
    }

    /** Reads a list element that was kept as it came. */
    public static Engagement engagement(String raw) throws ChorusException {
        return read(raw.getBytes(UTF_8), Engagement.class);
    }

    @Override
    public void close() {
        http.close();
    }

    private static List<Listed> listed(List<JsonNode> elements, Instant from, Instant until) throws ChorusException {
        List<Listed> calls = new ArrayList<>(elements.size());
        for (JsonNode element : elements) {
            String id = element.path("engagement_id").asText("");
            if (id.isBlank()) {
                throw new ChorusException.Broken("A list element has no engagement_id", null);
            }
            JsonNode seconds = element.path("date_time");
            Instant startedAt = seconds.isNumber() ? Instant.ofEpochSecond(seconds.asLong()) : null;
            // Chorus ignores query names that it does not know, with 200: what comes back is checked.
            if (startedAt != null
                    && (startedAt.isBefore(from.minusSeconds(1)) || startedAt.isAfter(until.plusSeconds(1)))) {
                throw new ChorusException.Broken("The list holds a call outside the window that was asked for", null);
            }
            String raw = element.toString();
            String type = element.path("engagement_type").isTextual()
                    ? element.path("engagement_type").asText()
                    : null;
            calls.add(new Listed(id, type, startedAt, raw, Fingerprint.of(raw)));
        }
        return calls;
    }

    private static <T> T read(byte[] body, Class<T> type) throws ChorusException {
        try {
            T value = JSON.readValue(body, type);
            if (value == null) {
                throw new ChorusException.Broken("Chorus answers null", null);
            }
            return value;
        } catch (JsonProcessingException unreadable) {
            // Without the cause: its message repeats the text.
            throw new ChorusException.Broken(
                    "The answer is no JSON of the expected shape: "
                            + unreadable.getClass().getSimpleName(),
                    null);
        } catch (IOException impossible) {
            throw new ChorusException.Broken("The answer cannot be read", impossible);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
