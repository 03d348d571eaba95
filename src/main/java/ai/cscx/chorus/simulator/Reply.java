package ai.cscx.chorus.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP answer before it is sent. */
record Reply(int status, String contentType, byte[] body, Map<String, String> headers, Delivery delivery) {
    Reply {
        headers = Map.copyOf(headers);
    }

    Reply(int status, String contentType, byte[] body) {
        this(status, contentType, body, Map.of(), Delivery.WHOLE);
    }

    static final String JSON = "application/json";
    static final String JSON_API = "application/vnd.api+json";

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Writes a JSON document. */
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    static Reply json(int status, String contentType, Body body) {
        return new Reply(status, contentType, written(body));
    }

    static byte[] written(Body body) {
        var bytes = new ByteArrayOutputStream(8192);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            body.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("Memory refused a write", impossible);
        }
        return bytes.toByteArray();
    }

    /** Nothing but a status. */
    static Reply empty(int status) {
        return new Reply(status, JSON, new byte[0]);
    }

    Reply with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, more, delivery);
    }

    Reply by(Delivery other) {
        return new Reply(status, contentType, body, headers, other);
    }

    Reply saying(byte[] other) {
        return new Reply(status, contentType, other, headers, delivery);
    }

    Reply saying(String other) {
        return saying(other.getBytes(StandardCharsets.UTF_8));
    }

    static Reply text(int status, String text, Map<String, String> headers) {
        return new Reply(status, "text/plain", text.getBytes(StandardCharsets.UTF_8), headers, Delivery.WHOLE);
    }

    static Reply unauthorized() {
        return error(401, "ZI0001", "Unauthorized", null, null);
    }

    /** The one error whose wording is known from a client: a detail and nothing else. */
    static Reply forbidden() {
        return json(403, JSON_API, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("errors");
            json.writeStartObject();
            json.writeStringField("detail", "API may not be called using this token.");
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static Reply error(
            int status, @Nullable String code, String title, @Nullable String detail, @Nullable String parameter) {
        return json(status, JSON_API, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("errors");
            json.writeStartObject();
            if (code != null) {
                json.writeStringField("code", code);
            }
            json.writeStringField("status", String.valueOf(status));
            json.writeStringField("title", title);
            if (detail != null) {
                json.writeStringField("detail", detail);
            }
            if (parameter != null) {
                json.writeObjectFieldStart("source");
                json.writeStringField("parameter", parameter);
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
