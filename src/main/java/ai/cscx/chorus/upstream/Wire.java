package ai.cscx.chorus.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Reads foreign JSON: unknown fields are tolerated, anything else that does not fit is {@link ChorusException.Broken}. */
public final class Wire {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
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

    /** Without the cause: its message repeats the text. */
    private static ChorusException.Broken broken(JsonProcessingException unreadable) {
        return new ChorusException.Broken(
                "The answer is no JSON of the expected shape: "
                        + unreadable.getClass().getSimpleName(),
                null);
    }
}
