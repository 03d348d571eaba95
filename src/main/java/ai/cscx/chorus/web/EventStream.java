package ai.cscx.chorus.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events (WHATWG HTML, section 9.2), each sent at once. One thread writes.
 *
 * <p>Who has left is noticed when something is written: that throws {@link UncheckedIOException}.
 */
final class EventStream {
    static final String CONTENT_TYPE = "text/event-stream";

    private final OutputStream out;

    EventStream(OutputStream out) {
        this.out = out;
    }

    /** JSON is one line, so that one data line is enough. */
    void event(String name, byte[] json) {
        write("event: " + name + "\ndata: " + new String(json, UTF_8) + "\n\n");
    }

    /** The same, with an id that the reader sends as Last-Event-ID when it asks for the rest. */
    void event(String name, byte[] json, String id) {
        write("id: " + id + "\nevent: " + name + "\ndata: " + new String(json, UTF_8) + "\n\n");
    }

    /**
     * How long to wait before asking again when the connection breaks off.
     *
     * @param id sent as Last-Event-ID when that happens before an event came; null = none
     */
    void retry(long millis, @Nullable String id) {
        write("retry: " + millis + (id == null ? "" : "\nid: " + id) + "\n\n");
    }

    /** An event without a name, as OpenAI streams. */
    void data(Object value) {
        write("data: " + new String(WireJson.bytes(value), UTF_8) + "\n\n");
    }

    /** The end, as OpenAI says it. */
    void done() {
        write("data: [DONE]\n\n");
    }

    /** Shows that the connection lives; readers skip it. */
    void heartbeat() {
        write(":\n\n");
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(UTF_8));
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
