package ai.cscx.chorus.pages;

import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.TimeRange;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what stands in addresses and forms. What cannot be read is a {@link Failure.Malformed} that says how to write it. */
final class Words {
    private static final int EARLIEST_YEAR = 1900;
    private static final int LATEST_YEAR = 9998;

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> @Nullable E read(String name, @Nullable String given, Class<E> type) {
        if (given == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> of(constant).equals(given))
                .findFirst()
                .orElseThrow(() -> new Failure.Malformed("The filter " + name + " is one of "
                        + Arrays.stream(type.getEnumConstants()).map(Words::of).collect(Collectors.joining(", "))
                        + "."));
    }

    static @Nullable UUID id(String name, @Nullable String given) {
        if (given == null) {
            return null;
        }
        try {
            return Visit.id(given, "");
        } catch (Failure.NotFound noUuid) {
            throw new Failure.Malformed("The filter " + name + " is chosen from its list.", noUuid);
        }
    }

    /** A number from 0; 0 where none is given. */
    static int count(String name, @Nullable String given) {
        if (given == null) {
            return 0;
        }
        if (!given.matches("\\d{1,8}")) {
            throw new Failure.Malformed("What stands in " + name + " is a number.");
        }
        return Integer.parseInt(given);
    }

    /** Both days included. */
    static TimeRange range(@Nullable String from, @Nullable String to, ZoneId zone) {
        LocalDate first = day("from", from);
        LocalDate last = day("to", to);
        if (first != null && last != null && last.isBefore(first)) {
            throw new Failure.Malformed("The range ends before it begins; swap the two days.");
        }
        return new TimeRange(
                first == null ? null : first.atStartOfDay(zone).toInstant(),
                last == null ? null : last.plusDays(1).atStartOfDay(zone).toInstant());
    }

    static @Nullable LocalDate day(String name, @Nullable String given) {
        if (given == null) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(given);
            if (day.getYear() < EARLIEST_YEAR || day.getYear() > LATEST_YEAR) {
                throw new Failure.Malformed("The day in " + name + " lies between 1900 and 9998.");
            }
            return day;
        } catch (DateTimeException unreadable) {
            throw new Failure.Malformed("The day in " + name + " is written like 2026-10-23.", unreadable);
        }
    }
}
