package ai.cscx.chorus.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhookIdsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'engagement_id': 'E1'} | E1",
                "{'id': 7, 'data': {'call_id': 'C1', 'title': 'T'}} | C1 7",
                "{'events': [{'recording_id': 'R1'}, {'conversation_id': 'V1'}]} | R1 V1",
                "{'call_id': ['A', 'B'], 'x': ['no']} | A B",
                "{'call_id': 'A', 'id': 'A'} | A",
                "{'call_id': null, 'id': {'call': 'x'}, 'user': 'U'} | ''",
                "{'call_id': '', 'id': 'two words', 'recording_id': '..'} | ''",
                "'id' | ''",
                "{'call_id': 'A', | ''",
                "no json | ''",
                "'' | ''"
            })
    void ids_ofABody(String body, String expected) {
        assertThat(String.join(" ", ids(body.replace('\'', '"')))).isEqualTo(expected);
    }

    @Test
    void ids_tooManyOrTooLong_areLeftOut_thoseOfCallsLast() {
        String many = IntStream.range(0, 150)
                .mapToObj(i -> "{\"id\": \"x" + i + "\"}")
                .collect(Collectors.joining(",", "{\"list\": [", "], \"call_id\": \"C1\"}"));

        assertThat(ids(many)).hasSize(WebhookIds.MOST).startsWith("C1", "x0");
        assertThat(ids("{\"call_id\": \"" + "x".repeat(200) + "\"}")).hasSize(1);
        assertThat(ids("{\"call_id\": \"" + "x".repeat(201) + "\"}")).isEmpty();
        assertThat(ids("{\"call_id\": \"a\\u0000b\"}")).isEmpty();
    }

    @Test
    void ids_deepDown_areNotLookedFor() {
        assertThat(ids("{\"a\":".repeat(31) + "{\"id\": \"x\"}" + "}".repeat(31)))
                .containsExactly("x");
        assertThat(ids("{\"a\":".repeat(32) + "{\"id\": \"x\"}" + "}".repeat(32)))
                .isEmpty();
        assertThat(ids("[".repeat(200_000))).isEmpty();
    }

    private static List<String> ids(String body) {
        return WebhookIds.in(body.getBytes(UTF_8));
    }
}
