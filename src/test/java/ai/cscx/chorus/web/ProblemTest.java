package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.base.Failure;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ProblemTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new Failure.NotFound("x"), 404, "not-found"),
                Arguments.of(new Failure.Malformed("x"), 400, "malformed"),
                Arguments.of(new Failure.Rejected("x"), 422, "rejected"),
                Arguments.of(new Failure.Unauthenticated("x"), 401, "unauthenticated"),
                Arguments.of(new Failure.Forbidden("x"), 403, "forbidden"),
                Arguments.of(new Failure.Conflict("email-taken", "x", null), 409, "email-taken"),
                Arguments.of(new Failure.RateLimited("x", Duration.ofSeconds(3)), 429, "rate-limited"),
                Arguments.of(new Failure.Unavailable("x"), 503, "unavailable"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_hasOneStatusAndType(Failure failure, int status, String type) {
        Problem problem = Problem.of(failure, "/api/x");

        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.type()).isEqualTo("urn:cscx:problem:" + type);
        assertThat(problem.instance()).isEqualTo("/api/x");
        assertThat(problem.detail()).isEqualTo("x");
    }

    @Test
    void rejected_namesEachPlace() throws IOException {
        JsonNode json = json(new Failure.Rejected("No.", List.of(new Failure.Rejected.Problem("/name", "is missing"))));

        assertThat(json.at("/errors/0/pointer").asText()).isEqualTo("/name");
        assertThat(json.has("retryAt")).isFalse();
    }

    @Test
    void conflict_saysWhenToTryAgain() throws IOException {
        Instant at = Instant.parse("2026-11-22T12:00:00Z");

        JsonNode json = json(new Failure.Conflict("transcript-pending", "Later.", at));

        assertThat(json.path("retryAt").asText()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(json.has("errors")).isFalse();
    }

    private static JsonNode json(Failure failure) throws IOException {
        return WireJson.MAPPER.readTree(WireJson.bytes(Problem.of(failure, "/")));
    }
}
