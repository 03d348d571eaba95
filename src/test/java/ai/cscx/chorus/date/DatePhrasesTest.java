package ai.cscx.chorus.date;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.date.DatePhrases.Finding;
import ai.cscx.chorus.date.DatePhrases.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatePhrasesTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    static Stream<String> examples() {
        return lines();
    }

    private static Stream<String> lines() {
        try (InputStream in = Objects.requireNonNull(DatePhrasesTest.class.getResourceAsStream("dates.txt"))) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void phrase_means(String line) {
        String[] parts = line.split(" \\| ");
        assertThat(describe(find(parts[1], TODAY, direction(parts[0])))).isEqualTo(parts[2]);
    }

    @Test
    void phrase_insideASentence_isFoundWithItsPreposition() {
        String text = "show calls from last week about pricing";
        Finding finding = find(text, TODAY, When.Direction.PAST).getFirst();
        assertThat(text.substring(finding.start(), finding.end())).isEqualTo("from last week");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zzq55ad1dec7ea3",
                "zzqe8e60dec40bb",
                "zzqa3607feb8cd1",
                "zzq4dec49070223",
                "INV-8d1mar9f3",
                "1a2b"
            })
    void code_holdsNoDate(String code) {
        assertThat(find("did anyone mention " + code, TODAY, When.Direction.PAST))
                .isEmpty();
        assertThat(find("did anyone mention " + code + " last week", TODAY, When.Direction.PAST))
                .hasSize(1);
    }

    @Test
    void maskedName_isNoDate() {
        String mask = String.valueOf(DatePhrases.MASK).repeat(14);
        assertThat(find(mask + " calls", TODAY, When.Direction.PAST)).isEmpty();
        assertThat(find("calls with " + mask + " on monday", TODAY, When.Direction.PAST))
                .hasSize(1);
    }

    @Test
    void everyPhrase_onEveryKindOfDay_isARangeThatDoesNotRunBackwards() {
        Random random = new Random(20261122);
        List<String> examples = lines().toList();
        for (int round = 0; round < 60; round++) {
            LocalDate today = round < EDGES.size()
                    ? EDGES.get(round)
                    : LocalDate.of(2020, 1, 1).plusDays(random.nextInt(4_000));
            for (String line : examples) {
                String[] parts = line.split(" \\| ");
                for (Finding finding : find(parts[1], today, direction(parts[0]))) {
                    assertThat(finding.start()).isLessThan(finding.end());
                    if (finding.outcome() instanceof Outcome.Range range
                            && range.from() != null
                            && range.to() != null) {
                        assertThat(range.from()).as("%s on %s", parts[1], today).isBeforeOrEqualTo(range.to());
                    }
                }
            }
        }
    }

    /** Ends of months and years, leap days, first and last days of weeks. */
    private static final List<LocalDate> EDGES = List.of(
            LocalDate.of(2024, 2, 29),
            LocalDate.of(2024, 3, 1),
            LocalDate.of(2025, 2, 28),
            LocalDate.of(2025, 12, 31),
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2026, 1, 31),
            LocalDate.of(2026, 3, 31),
            LocalDate.of(2026, 11, 16),
            LocalDate.of(2026, 11, 30),
            LocalDate.of(2027, 1, 4));

    @Test
    void weeks_runFromMonday_whateverTheDay() {
        for (int day = 0; day < 800; day++) {
            LocalDate today = LocalDate.of(2024, 1, 1).plusDays(day);
            When.Days last = range("last week", today);
            assertThat(last.from().getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
            assertThat(last.to()).isEqualTo(last.from().plusDays(6)).isBefore(today);
            assertThat(range("this week", today).from()).isEqualTo(last.from().plusDays(7));
            assertThat(range("next week", today).from()).isEqualTo(last.from().plusDays(14));
        }
    }

    @Test
    void monthsAndQuarters_joinWithoutGaps_whateverTheDay() {
        for (int day = 0; day < 800; day++) {
            LocalDate today = LocalDate.of(2024, 1, 1).plusDays(day);
            for (String unit : List.of("month", "quarter", "year", "week")) {
                When.Days last = range("last " + unit, today);
                When.Days current = range("this " + unit, today);
                assertThat(current.from()).isEqualTo(last.to().plusDays(1)).isBeforeOrEqualTo(today);
                assertThat(current.to()).isAfterOrEqualTo(today);
            }
        }
    }

    @Test
    void monthWithoutAYear_isTheLatestThatHasBegun() {
        for (int day = 0; day < 800; day += 7) {
            LocalDate today = LocalDate.of(2024, 1, 1).plusDays(day);
            for (Month month : Month.values()) {
                LocalDate from = range("in " + month.name().toLowerCase(Locale.ROOT), today)
                        .from();
                assertThat(from)
                        .isNotNull()
                        .isBeforeOrEqualTo(today)
                        .isAfter(today.minusYears(1).minusMonths(1));
            }
        }
    }

    private static When.Days range(String phrase, LocalDate today) {
        Finding finding = find(phrase, today, When.Direction.PAST).getFirst();
        Outcome.Range range = (Outcome.Range) finding.outcome();
        return new When.Days(Objects.requireNonNull(range.from()), Objects.requireNonNull(range.to()));
    }

    private static List<Finding> find(String phrase, LocalDate today, When.Direction direction) {
        return DatePhrases.find(Folding.tidy(phrase), today, direction);
    }

    private static When.Direction direction(String name) {
        return name.equals("future") ? When.Direction.FUTURE : When.Direction.PAST;
    }

    private static String describe(List<Finding> findings) {
        if (findings.isEmpty()) {
            return "none";
        }
        return switch (findings.getFirst().outcome()) {
            case Outcome.Range range -> day(range.from()) + ".." + day(range.to());
            case Outcome.Shift shift -> "shift " + shift.unit() + " " + shift.by();
            case Outcome.Unreadable unreadable -> "unreadable";
        };
    }

    private static String day(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }
}
