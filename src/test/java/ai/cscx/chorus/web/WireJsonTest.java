package ai.cscx.chorus.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.Failure.Rejected.Problem;
import ai.cscx.chorus.web.CustomerRoutes.CustomerRequest;
import ai.cscx.chorus.web.PeopleRoutes.TokenRequest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WireJsonTest {
    @Test
    void field_absent_isNull() {
        assertThat(token("{\"name\": \"laptop\"}")).isEqualTo(new TokenRequest("laptop", null));
    }

    @Test
    void field_null_isNull() {
        assertThat(token("{\"name\": \"laptop\", \"expiresAt\": null}")).isEqualTo(new TokenRequest("laptop", null));
    }

    @Test
    void field_unknown_isTolerated() {
        assertThat(token("{\"name\": \"laptop\", \"colour\": 1}")).isEqualTo(new TokenRequest("laptop", null));
    }

    @Test
    void instant_withOffset_isRead() {
        assertThat(token("{\"expiresAt\": \"2027-01-01T01:00:00+01:00\"}").expiresAt())
                .isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"name\": \"lap", "{\"name\": \"a\", \"name\": \"b\"}", "{\"name\": laptop}"})
    void body_thatIsNoJson_isMalformed(String body) {
        assertThatExceptionOfType(Failure.Malformed.class).isThrownBy(() -> token(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": 5} | /name",
                "{\"name\": [\"a\"]} | /name",
                "{\"domains\": [\"a.example\", {}]} | /domains/1",
                "{\"domains\": \"a.example\"} | /domains",
                "{\"ownerId\": \"me\"} | /ownerId",
                "{\"renewalDate\": \"soon\"} | /renewalDate",
                "{\"name\": \"a\\u0000\"} | /name",
                "{} {} | ''",
                "[] | ''",
                "null | ''"
            })
    void body_ofAnotherShape_namesThePlaceAndNotTheContent(String body, String pointer) {
        assertThatExceptionOfType(Failure.Rejected.class)
                .isThrownBy(() -> WireJson.read(body.getBytes(UTF_8), CustomerRequest.class))
                .satisfies(rejected -> assertThat(rejected.problems())
                        .extracting(Problem::pointer)
                        .containsExactly(pointer));
    }

    private static TokenRequest token(String json) {
        return WireJson.read(json.getBytes(UTF_8), TokenRequest.class);
    }
}
