package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON on the wire: instants as ISO-8601 in UTC, nulls written, unknown fields tolerated, types taken seriously. What is
 * wrong with a body is said by place, never by content.
 */
final class WireJson {
    static final String CONTENT_TYPE = "application/json";

    static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule("text").addDeserializer(String.class, new Text()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private WireJson() {}

    static JavaType type(Class<?> type, Class<?>... parameters) {
        return parameters.length == 0
                ? MAPPER.constructType(type)
                : MAPPER.getTypeFactory().constructParametricType(type, parameters);
    }

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("A " + value.getClass().getSimpleName() + " cannot be written", defect);
        }
    }

    /**
     * @throws Failure.Malformed if it is no JSON
     * @throws Failure.Rejected if it is JSON of another shape; names the place
     */
    static <T> T read(byte[] json, Class<T> type) {
        if (json.length == 0) {
            throw unreadable();
        }
        T value;
        try {
            value = MAPPER.readValue(json, type);
        } catch (JsonMappingException mismatch) {
            throw mismatch(mismatch);
        } catch (IOException unreadable) {
            throw unreadable();
        }
        if (value == null) {
            throw wrong("", "is null; send a JSON object");
        }
        return value;
    }

    private static Failure mismatch(JsonMappingException mismatch) {
        for (Throwable cause = mismatch; cause != null; cause = cause.getCause()) {
            if (cause instanceof Failure failure) {
                return failure;
            }
            if (cause instanceof StreamReadException) {
                return unreadable();
            }
        }
        return wrong(pointer(mismatch.getPath()), "has the wrong type or form; see /openapi.json");
    }

    private static Failure.Malformed unreadable() {
        return new Failure.Malformed("The body is no JSON; send one JSON object in UTF-8.");
    }

    private static Failure.Rejected wrong(String pointer, String detail) {
        return new Failure.Rejected("The body does not fit.", List.of(new Problem(pointer, detail)));
    }

    private static String pointer(List<Reference> path) {
        StringBuilder pointer = new StringBuilder();
        for (Reference step : path) {
            String name = step.getFieldName();
            pointer.append('/')
                    .append(
                            name == null
                                    ? step.getIndex()
                                    : name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    /** PostgreSQL's text has no NUL, so neither have ours. */
    private static final class Text extends StringDeserializer {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = super.deserialize(parser, context);
            if (text != null && text.indexOf('\0') >= 0) {
                throw JsonMappingException.from(parser, "NUL");
            }
            return text;
        }
    }
}
