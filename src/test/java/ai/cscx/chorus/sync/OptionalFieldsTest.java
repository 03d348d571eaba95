package ai.cscx.chorus.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.upstream.Answers.Part;
import ai.cscx.chorus.upstream.ChorusException;
import ai.cscx.chorus.upstream.Dialect;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Every optional field of both dialects: absent, null, and something that nobody expected. The rows say what becomes of
 * the canonical call: {@code dialect | parts sent | part | field | canonical field | without it | odd value | with that}.
 */
class OptionalFieldsTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @ParameterizedTest(name = "{0} {2} {3}")
    @CsvFileSource(resources = "optional-fields.txt", delimiter = '|', quoteCharacter = '`')
    void field_absent_leavesTheNextBestOrNothing(
            String dialect, String sent, String part, String field, String canonical, String without) throws Exception {
        Map<Part, JsonNode> answers = answers(dialect, sent);
        owner(answers, part, field).remove(name(field));

        assertThat(canonical(dialect, answers, canonical)).isEqualTo(JSON.readTree(without));
    }

    @ParameterizedTest(name = "{0} {2} {3}")
    @CsvFileSource(resources = "optional-fields.txt", delimiter = '|', quoteCharacter = '`')
    void field_null_isAsIfAbsent(
            String dialect, String sent, String part, String field, String canonical, String without) throws Exception {
        Map<Part, JsonNode> answers = answers(dialect, sent);
        owner(answers, part, field).putNull(name(field));

        assertThat(canonical(dialect, answers, canonical)).isEqualTo(JSON.readTree(without));
    }

    @ParameterizedTest(name = "{0} {2} {3} {6}")
    @CsvFileSource(resources = "optional-fields.txt", delimiter = '|', quoteCharacter = '`')
    void field_unexpected_isReadAsFarAsItGoes(
            String dialect,
            String sent,
            String part,
            String field,
            String canonical,
            String without,
            String odd,
            String expected)
            throws Exception {
        Map<Part, JsonNode> answers = answers(dialect, sent);
        owner(answers, part, field).set(name(field), JSON.readTree(odd));

        if (expected.equals("broken")) {
            assertThatThrownBy(() -> canonical(dialect, answers, canonical)).isInstanceOf(ChorusException.Broken.class);
        } else {
            assertThat(canonical(dialect, answers, canonical)).isEqualTo(JSON.readTree(expected));
        }
    }

    private static Map<Part, JsonNode> answers(String dialect, String sent) throws Exception {
        Map<Part, JsonNode> answers = new EnumMap<>(Part.class);
        for (var part : SampleAnswers.texts(dialect(dialect)).entrySet()) {
            if (sent.equals("all") || part.getKey().word().equals(sent)) {
                answers.put(part.getKey(), JSON.readTree(part.getValue()));
            }
        }
        return answers;
    }

    private static ObjectNode owner(Map<Part, JsonNode> answers, String part, String field) {
        JsonNode root = Objects.requireNonNull(answers.get(Part.valueOf(part.toUpperCase(Locale.ROOT))));
        JsonNode owner = root.at(JsonPointer.compile(field).head());
        assertThat(owner.has(name(field))).as("the sample has %s", field).isTrue();
        return (ObjectNode) owner;
    }

    private static String name(String field) {
        return field.substring(field.lastIndexOf('/') + 1);
    }

    private static JsonNode canonical(String dialect, Map<Part, JsonNode> answers, String field) throws Exception {
        Map<Part, String> texts = new EnumMap<>(Part.class);
        answers.forEach((part, tree) -> texts.put(part, tree.toString()));
        CallContent call = Translator.of(dialect(dialect)).translate(SampleAnswers.ID, SampleAnswers.answers(texts));
        return JSON.readTree(JSON.writeValueAsString(call)).at(field);
    }

    private static Dialect dialect(String word) {
        return Dialect.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
