package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.Failure;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request and its answer, as the routes see them. */
final class Exchange {
    static final String ASKER = "asker";
    private static final int MOST_DISCARDED_BYTES = 64 * 1024 * 1024;
    private static final int MAX_JSON_BYTES = 1024 * 1024;
    private static final Pattern SAFE_FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,99}");

    private final Context context;

    Exchange(Context context) {
        this.context = context;
    }

    /** Whether it was answered with events for as long as somebody listened. */
    static boolean isStream(Context context) {
        return context.attribute(Site.STREAM) != null;
    }

    Asker asker() {
        Asker asker = context.attribute(ASKER);
        if (asker == null) {
            throw new IllegalStateException("This route is open, nobody is signed in");
        }
        return asker;
    }

    Parameters query() {
        Asker asker = context.attribute(ASKER);
        return new Parameters(context.queryParamMap(), asker == null ? ZoneOffset.UTC : asker.zone());
    }

    /** A parameter in the path. */
    String path(String name) {
        return context.pathParam(name);
    }

    /** A query parameter as it stands, if it is there: what is wrong with a secret is not told. */
    @Nullable
    String secret(String name) {
        return context.queryParam(name);
    }

    /** How long a part of the answer took, for whoever looks into slow answers (W3C Server Timing). */
    void serverTiming(String part, long millis) {
        context.res().addHeader("Server-Timing", part + ";dur=" + millis);
    }

    /** The version of what is answered (RFC 9110, 8.8.3). */
    void entityTag(String version) {
        context.header("ETag", "\"" + version + "\"");
    }

    @Nullable
    String header(String name) {
        return context.header(name);
    }

    boolean accepts(String contentType) {
        String accept = context.header("Accept");
        return accept != null && accept.contains(contentType);
    }

    /**
     * @throws Failure.Malformed if it is no JSON
     * @throws Failure.Rejected if it has another shape
     */
    <T> T body(Class<T> type) {
        return WireJson.read(bytes(MAX_JSON_BYTES), type);
    }

    /** The body, or null if there is none. */
    <T> @Nullable T optionalBody(Class<T> type) {
        byte[] bytes = bytes(MAX_JSON_BYTES);
        return bytes.length == 0 ? null : WireJson.read(bytes, type);
    }

    byte[] bytes(int most) {
        return bytes(most, MOST_DISCARDED_BYTES);
    }

    /** Of strangers: what is too large is refused unread, but for a moment's worth. */
    byte[] strangersBytes(int most) {
        return bytes(most, most);
    }

    private byte[] bytes(int most, int mostDiscarded) {
        try {
            InputStream body = context.req().getInputStream();
            if (context.req().getContentLengthLong() > most) {
                throw tooLarge(body, mostDiscarded);
            }
            byte[] bytes = body.readNBytes(most + 1);
            if (bytes.length > most) {
                throw tooLarge(body, mostDiscarded);
            }
            return bytes;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Takes the rest of the body first: a connection closed on somebody who still sends loses the answer. */
    private static ContentTooLargeResponse tooLarge(InputStream body, int mostDiscarded) throws IOException {
        byte[] discarded = new byte[64 * 1024];
        int left = mostDiscarded;
        int read = 0;
        while (left > 0 && read >= 0) {
            read = body.read(discarded);
            left -= Math.max(read, 0);
        }
        return new ContentTooLargeResponse();
    }

    void answer(int status, Object body) {
        context.status(status);
        json(WireJson.bytes(body));
    }

    void json(byte[] written) {
        context.contentType(WireJson.CONTENT_TYPE).result(written);
    }

    void created(Object body, String location) {
        context.header("Location", location);
        answer(201, body);
    }

    void redirect(URI location) {
        context.status(302).header("Location", location.toString());
    }

    void nothing() {
        context.status(204);
    }

    /** Begins to answer with events; what is thrown from now on is not answered any more. */
    EventStream events() {
        context.attribute(Site.STREAM, Boolean.TRUE);
        context.res().setContentType(EventStream.CONTENT_TYPE + "; charset=utf-8");
        // Proxies such as nginx would keep events until there are many.
        context.header("X-Accel-Buffering", "no");
        try {
            return new EventStream(context.res().getOutputStream());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    String requestPath() {
        return context.path();
    }

    void text(String contentType, String text) {
        context.contentType(contentType + "; charset=utf-8").result(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Text to be saved as a file. */
    void file(String contentType, String name, String text) {
        if (!SAFE_FILE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A file name of letters, digits, dots and hyphens needs no quoting");
        }
        context.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
        text(contentType, text);
    }
}
