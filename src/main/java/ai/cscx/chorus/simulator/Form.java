package ai.cscx.chorus.simulator;

import ai.cscx.chorus.base.Failure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON object that somebody sent. What is wrong with it is said together with what would be right. */
record Form(JsonNode fields) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Form read(String body) {
        try {
            JsonNode fields = JSON.readTree(body);
            if (!fields.isObject()) {
                throw new Failure.Malformed("The body must be a JSON object.");
            }
            return new Form(fields);
        } catch (JsonProcessingException wrong) {
            throw new Failure.Malformed("The body must be a JSON object.", wrong);
        }
    }

    /** Refuses fields of any other name. */
    Form only(String... known) {
        fields.properties().forEach(field -> {
            if (!List.of(known).contains(field.getKey())) {
                throw new Failure.Rejected(
                        "There is no field " + field.getKey() + " here; known are: " + String.join(", ", known) + ".");
            }
        });
        return this;
    }

    boolean has(String name) {
        return fields.hasNonNull(name);
    }

    String text(String name) {
        String text = optionalText(name);
        if (text == null || text.isBlank()) {
            throw new Failure.Rejected("The field " + name + " must be a text.");
        }
        return text;
    }

    @Nullable
    String optionalText(String name) {
        JsonNode value = fields.path(name);
        if (has(name) && !value.isTextual()) {
            throw new Failure.Rejected("The field " + name + " must be a text.");
        }
        return has(name) ? value.asText() : null;
    }

    boolean flag(String name) {
        JsonNode value = fields.path(name);
        if (!value.isBoolean()) {
            throw new Failure.Rejected("The field " + name + " must be true or false.");
        }
        return value.asBoolean();
    }

    int number(String name) {
        Integer number = optionalNumber(name);
        if (number == null) {
            throw new Failure.Rejected("The field " + name + " must be a whole number.");
        }
        return number;
    }

    @Nullable
    Integer optionalNumber(String name) {
        JsonNode value = fields.path(name);
        if (has(name) && !value.canConvertToExactIntegral()) {
            throw new Failure.Rejected("The field " + name + " must be a whole number.");
        }
        return has(name) ? Integer.valueOf(value.asInt()) : null;
    }

    double fraction(String name) {
        JsonNode value = fields.path(name);
        if (!value.isNumber()) {
            throw new Failure.Rejected("The field " + name + " must be a number.");
        }
        return value.asDouble();
    }

    /** One of several words. */
    <T> T word(String name, T[] values, Function<T, String> wording) {
        String word = text(name);
        return Arrays.stream(values)
                .filter(value -> wording.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new Failure.Rejected("The field " + name + " must be one of: "
                        + String.join(", ", Arrays.stream(values).map(wording).toList()) + "."));
    }
}
