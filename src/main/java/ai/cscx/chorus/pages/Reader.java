package ai.cscx.chorus.pages;

import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How times and numbers are written for whoever reads: in their language's manner, in their time zone. */
record Reader(Locale locale, ZoneId zone, Instant now) {
    private static final Set<String> WRITTEN = Arrays.stream(Locale.getAvailableLocales())
            .map(Locale::getLanguage)
            .collect(Collectors.toUnmodifiableSet());
    private static final long MINUTE_SECONDS = 60;
    private static final long HOUR_MINUTES = 60;

    /**
     * @param accepted the header Accept-Language, the reader's languages by preference
     */
    static Locale locale(@Nullable String accepted) {
        if (accepted == null || accepted.isBlank()) {
            return Locale.UK;
        }
        try {
            List<Locale.LanguageRange> wanted = Locale.LanguageRange.parse(accepted);
            return wanted.stream()
                    .filter(range -> range.getWeight() > 0)
                    .map(range -> Locale.forLanguageTag(range.getRange()))
                    .filter(locale -> WRITTEN.contains(locale.getLanguage())
                            && !locale.getLanguage().isEmpty())
                    .findFirst()
                    .orElse(Locale.UK);
        } catch (IllegalArgumentException unreadable) {
            return Locale.UK;
        }
    }

    String language() {
        return locale.toLanguageTag();
    }

    /** Weekday, day, time; with the year where it is another one. */
    String moment(Instant instant) {
        ZonedDateTime then = instant.atZone(zone);
        String time = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(locale)
                .format(then);
        return day(then.toLocalDate()) + ", " + time;
    }

    /** To the second, with the time zone. */
    String exact(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.LONG)
                .withLocale(locale)
                .format(instant.atZone(zone));
    }

    String day(LocalDate day) {
        boolean thisYear = day.getYear() == today().getYear();
        return written(thisYear ? "MMMEd" : "yMMMd").format(day);
    }

    String day(Instant instant) {
        return day(instant.atZone(zone).toLocalDate());
    }

    String month(YearMonth month) {
        return written("yMMM").format(month.atDay(1));
    }

    LocalDate today() {
        return now.atZone(zone).toLocalDate();
    }

    /** How long ago, roughly; the day where it is long ago or to come. */
    String ago(Instant instant) {
        Duration since = Duration.between(instant, now);
        if (since.isNegative() || since.toDays() > 6) {
            return day(instant);
        }
        if (since.toDays() > 0) {
            return counted(since.toDays(), "day") + " ago";
        }
        if (since.toHours() > 0) {
            return counted(since.toHours(), "hour") + " ago";
        }
        return since.toMinutes() > 0 ? counted(since.toMinutes(), "minute") + " ago" : "just now";
    }

    /** Such as 45 min or 1 h 5 min. */
    String length(long millis) {
        return length(Duration.ofMillis(millis));
    }

    String length(Duration duration) {
        long seconds = Math.round(duration.toMillis() / 1000.0);
        if (seconds < MINUTE_SECONDS) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / (double) MINUTE_SECONDS);
        if (minutes < HOUR_MINUTES) {
            return minutes + " min";
        }
        long rest = minutes % HOUR_MINUTES;
        return minutes / HOUR_MINUTES + " h" + (rest == 0 ? "" : " " + rest + " min");
    }

    /** A place in a recording, such as 1:02:33 or 12:04. */
    static String place(long millis) {
        long seconds = millis / 1000;
        long hours = seconds / 3600;
        long minutes = seconds % 3600 / 60;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", minutes, seconds % 60);
    }

    String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** With one digit after the point where it is close to all or nothing, so that 99.6 % does not read as all. */
    String percent(double share) {
        NumberFormat percent = NumberFormat.getPercentInstance(locale);
        boolean close = share != 0 && share != 1 && (share > 0.99 || share < 0.01);
        percent.setMaximumFractionDigits(close ? 1 : 0);
        return percent.format(close && share > 0.99 ? Math.min(share, 0.999) : share);
    }

    /** Such as 1 call or 12 calls. */
    String counted(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** Null if there is no such time zone. */
    static @Nullable ZoneId zone(@Nullable String name) {
        if (name == null || name.isBlank() || name.length() > 64) {
            return null;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return null;
        }
    }

    private DateTimeFormatter written(String fields) {
        return DateTimeFormatter.ofLocalizedPattern(fields).withLocale(locale);
    }
}
