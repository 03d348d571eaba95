package ai.cscx.chorus.upstream;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads foreign JSON: unknown fields are tolerated, anything else that does not fit is {@link ChorusException.Broken}. */
public final class Wire {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addModule(new SimpleModule("text").addDeserializer(String.class, new Text()))
            .build();

    private Wire() {}

    public static <T> T read(byte[] body, Class<T> type) throws ChorusException {
        try {
            T value = JSON.readValue(body, type);
            if (value == null) {
                throw new ChorusException.Broken("Chorus answers null", null);
            }
            return value;
        } catch (JsonProcessingException unreadable) {
            throw broken(unreadable);
        } catch (IOException impossible) {
            throw new ChorusException.Broken("The answer cannot be read", impossible);
        }
    }

    static <T> T read(JsonNode tree, Class<T> type) throws ChorusException {
        try {
            return JSON.treeToValue(tree, type);
        } catch (JsonProcessingException unreadable) {
            throw broken(unreadable);
        }
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return JSON.writeValueAsBytes(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("What was read can be written", impossible);
        }
    }

    /** PostgreSQL's text has no NUL; nobody said one. */
    private static final class Text extends StringDeserializer {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = super.deserialize(parser, context);
            return text == null ? null : text.replace("\0", "");
        }
    }

    /** Without the cause: its message repeats the text. */
    private static ChorusException.Broken broken(JsonProcessingException unreadable) {
        return new ChorusException.Broken(
                "The answer is no JSON of the expected shape: "
                        + unreadable.getClass().getSimpleName(),
                null);
    }
}
