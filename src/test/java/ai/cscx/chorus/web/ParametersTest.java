package ai.cscx.chorus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.call.CallFilter;
import ai.cscx.chorus.call.Side;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParametersTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void range_ofPlainDays_includesBothInTheAskersZone() {
        TimeRange range = parameters(Map.of("from", "2026-10-23", "to", "2026-10-25"), BERLIN)
                .range();

        // Summer time ends on the 25th.
        assertThat(range.from()).isEqualTo(Instant.parse("2026-10-22T22:00:00Z"));
        assertThat(range.until()).isEqualTo(Instant.parse("2026-10-25T23:00:00Z"));
    }

    @Test
    void range_ofInstants_isExact() {
        TimeRange range = parameters(Map.of("from", "2026-10-23T09:00:00Z", "to", "2026-10-23T12:00:00 02:00"), BERLIN)
                .range();

        assertThat(range.from()).isEqualTo(Instant.parse("2026-10-23T09:00:00Z"));
        assertThat(range.until()).isEqualTo(Instant.parse("2026-10-23T10:00:00Z"));
    }

    @Test
    void range_leftOut_isOpen() {
        assertThat(parameters(Map.of()).range()).isEqualTo(TimeRange.ALWAYS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-13-01",
                "2026-02-30",
                "20261023",
                "2026-10-23T09:00",
                "0001-01-01",
                "99999-01-01",
                ""
            })
    void range_fromUnreadable_isMalformed(String from) {
        assertMalformed(() -> parameters(Map.of("from", from)).range());
    }

    @Test
    void range_endingBeforeItBegins_isMalformed() {
        assertMalformed(() ->
                parameters(Map.of("from", "2026-10-23", "to", "2026-10-21")).range());
    }

    @Test
    void limit_leftOut_is50() {
        assertThat(parameters(Map.of()).limit()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "201", "-1", "1.5", "ten", "", "99999999999"})
    void limit_outOfBounds_isMalformed(String limit) {
        assertMalformed(() -> parameters(Map.of("limit", limit)).limit());
    }

    @Test
    void id_thatIsNoUuid_isMalformed() {
        assertMalformed(() -> parameters(Map.of("customerId", "42")).customers());
    }

    @Test
    void word_knownInLowerCaseOnly() {
        assertThat(parameters(Map.of("side", "external")).side()).isEqualTo(Side.EXTERNAL);
        assertMalformed(() -> parameters(Map.of("sort", "NEWEST")).word("sort", CallFilter.Sort.class));
    }

    @Test
    void cursor_empty_asksForTheFirstPage() {
        assertThat(parameters(Map.of("cursor", "")).cursor()).isNull();
    }

    @Test
    void seconds_areReadAsMilliseconds() {
        assertThat(parameters(Map.of("from", "612.4")).seconds("from")).isEqualTo(612_400);
        assertMalformed(() -> parameters(Map.of("from", "NaN")).seconds("from"));
    }

    @Test
    void text_holdingNul_isMalformed() {
        assertMalformed(() -> parameters(Map.of("title", "a\0b")).text("title"));
    }

    @Test
    void check_unknownParameter_namesTheKnownOnesAndNotTheUnknown() {
        assertThatExceptionOfType(Failure.Malformed.class)
                .isThrownBy(() -> Parameters.check(
                        Map.of("custmerId", List.of("secret")), List.of(QueryParameter.CUSTOMER, QueryParameter.LIMIT)))
                .withMessageContaining("customerId, limit")
                .withMessageNotContaining("secret");
    }

    @Test
    void check_parameterGivenTwice_isMalformed() {
        assertMalformed(() -> Parameters.check(Map.of("limit", List.of("1", "2")), List.of(QueryParameter.LIMIT)));
    }

    private static void assertMalformed(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(Failure.Malformed.class).isThrownBy(call);
    }

    private static Parameters parameters(Map<String, String> values) {
        return parameters(values, ZoneOffset.UTC);
    }

    private static Parameters parameters(Map<String, String> values, ZoneId zone) {
        return new Parameters(
                values.entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                Map.Entry::getKey, entry -> List.of(entry.getValue()))),
                zone);
    }
}
