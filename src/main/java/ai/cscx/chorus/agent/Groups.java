package ai.cscx.chorus.agent;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts by customer, owner, week or month, as lines. */
final class Groups {
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

    private Groups() {}

    /**
     * @param by customer, owner, week or month
     */
    static <T> String lines(
            List<T> items,
            String by,
            Function<T, @Nullable String> customer,
            Function<T, @Nullable String> owner,
            Function<T, Instant> when,
            ZoneId zone) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (T item : items) {
            LocalDate day = LocalDate.ofInstant(when.apply(item), zone);
            String key = switch (by) {
                case "customer" -> Objects.requireNonNullElse(customer.apply(item), "No customer");
                case "owner" -> Objects.requireNonNullElse(owner.apply(item), "Nobody");
                case "week" ->
                    "Week of " + Wording.day(day.minusDays(day.getDayOfWeek().getValue() - 1L));
                default -> MONTH.format(YearMonth.from(day));
            };
            counts.merge(key, 1, Integer::sum);
        }
        boolean inTime = by.equals("week") || by.equals("month");
        return counts.entrySet().stream()
                .sorted((a, b) -> inTime ? 0 : Integer.compare(b.getValue(), a.getValue()))
                .map(entry -> "\n- " + Wording.inline(entry.getKey(), 120) + ": " + entry.getValue())
                .collect(Collectors.joining());
    }
}
