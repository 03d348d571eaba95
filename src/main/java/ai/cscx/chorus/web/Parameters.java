package ai.cscx.chorus.web;

import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.call.Side;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request. Whatever cannot be read is a {@link Failure.Malformed} that says how to write it. */
final class Parameters {
    static final int STANDARD_LIMIT = 50;
    static final int MAX_LIMIT = 200;
    private static final int LONGEST = 1000;
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Map<String, List<String>> values;
    private final ZoneId zone;

    /**
     * @param zone in which plain days are meant
     */
    Parameters(Map<String, List<String>> values, ZoneId zone) {
        this.values = values;
        this.zone = zone;
    }

    /**
     * @throws Failure.Malformed naming the allowed ones, if a parameter is not among them or is given twice
     */
    static void check(Map<String, List<String>> values, List<QueryParameter> allowed) {
        List<String> names = allowed.stream().map(QueryParameter::name).toList();
        for (Map.Entry<String, List<String>> given : values.entrySet()) {
            if (!names.contains(given.getKey())) {
                throw new Failure.Malformed("A query parameter is unknown here; "
                        + (names.isEmpty()
                                ? "there are none."
                                : "the known ones are " + String.join(", ", names) + "."));
            }
            if (given.getValue().isEmpty()) {
                throw new Failure.Malformed("The parameter " + given.getKey() + " is not URL-encoded; write % as %25.");
            }
            if (given.getValue().size() > 1) {
                throw new Failure.Malformed("The parameter " + given.getKey() + " is given more than once.");
            }
        }
    }

    @Nullable
    String text(String name) {
        return text(name, LONGEST);
    }

    @Nullable
    String text(String name, int longest) {
        List<String> given = values.get(name);
        if (given == null || given.isEmpty()) {
            return null;
        }
        String text = given.getFirst().strip();
        if (text.isEmpty()) {
            throw new Failure.Malformed("The parameter " + name + " is empty; give it a value or leave it out.");
        }
        if (text.length() > longest || text.indexOf('\0') >= 0) {
            throw new Failure.Malformed("The parameter " + name + " is too long or holds a NUL.");
        }
        return text;
    }

    String required(String name) {
        String text = text(name);
        if (text == null) {
            throw new Failure.Malformed("The parameter " + name + " is missing.");
        }
        return text;
    }

    @Nullable
    UUID id(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return CustomerId.parse(text).value();
        } catch (Failure.NotFound noUuid) {
            throw new Failure.Malformed("The parameter " + name + " is a UUID as the lists return them.", noUuid);
        }
    }

    Set<CustomerId> customers() {
        UUID customer = id("customerId");
        return customer == null ? Set.of() : Set.of(new CustomerId(customer));
    }

    @Nullable
    Side side() {
        return word("side", Side.class);
    }

    @Nullable
    Boolean flag(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Failure.Malformed("The parameter " + name + " is true or false.");
        };
    }

    /** A constant by its name in lower case. */
    <E extends Enum<E>> @Nullable E word(String name, Class<E> type) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(text)) {
                return constant;
            }
        }
        throw new Failure.Malformed("The parameter " + name + " is one of " + String.join(", ", words(type)) + ".");
    }

    static <E extends Enum<E>> List<String> words(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Parameters::word).toList();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    int limit() {
        String text = text("limit");
        if (text == null) {
            return STANDARD_LIMIT;
        }
        if (text.matches("\\d{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw new Failure.Malformed("The limit is a number from 1 to 200.");
    }

    /** Null on the first page; an empty cursor asks for it too. */
    @Nullable
    String cursor() {
        List<String> given = values.get("cursor");
        return given == null || given.isEmpty() || given.getFirst().isBlank() ? null : text("cursor");
    }

    /** A whole number from 0 to the most. */
    @Nullable
    Integer whole(String name, int most) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number <= most) {
                return number;
            }
        }
        throw new Failure.Malformed("The parameter " + name + " is a whole number from 0 to " + most + ".");
    }

    /** Seconds as milliseconds. */
    @Nullable
    Long seconds(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,7}(\\.\\d{1,9})?")) {
            throw new Failure.Malformed("The parameter " + name + " is a number of seconds such as 612.4.");
        }
        return new BigDecimal(text).movePointRight(3).longValue();
    }

    @Nullable
    LocalDate day(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            require(name, day.atStartOfDay(zone).toInstant());
            return day;
        } catch (DateTimeException unreadable) {
            throw new Failure.Malformed("The parameter " + name + " is a day such as 2026-10-23.", unreadable);
        }
    }

    /** The range that {@code from} and {@code to} span. */
    TimeRange range() {
        String from = text("from");
        String to = text("to");
        return range(from == null ? null : start("from", from, zone), to == null ? null : end("to", to, zone));
    }

    static TimeRange range(@Nullable Instant from, @Nullable Instant until) {
        if (from != null && until != null && until.isBefore(from)) {
            throw new Failure.Malformed("The range ends before it begins; swap from and to.");
        }
        return new TimeRange(from, until);
    }

    /** When a day or instant begins. */
    static Instant start(String name, String text, ZoneId zone) {
        return parsed(name, text, zone, 0);
    }

    /** When a day or instant is over: a plain day is included. */
    static Instant end(String name, String text, ZoneId zone) {
        return parsed(name, text, zone, 1);
    }

    private static Instant parsed(String name, String text, ZoneId zone, int daysLater) {
        try {
            if (text.length() == "2026-10-23".length()) {
                return require(
                        name,
                        LocalDate.parse(text)
                                .plusDays(daysLater)
                                .atStartOfDay(zone)
                                .toInstant());
            }
            // A plus sign that was not escaped in a query arrives as a space.
            return require(name, OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
        } catch (DateTimeException unreadable) {
            throw new Failure.Malformed(
                    name + " is a day such as 2026-10-23 or an instant such as 2026-10-23T09:00:00Z.", unreadable);
        }
    }

    private static Instant require(String name, Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new Failure.Malformed(name + " lies between the years 1900 and 9999.");
        }
        return instant;
    }
}
