package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.Cursor;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.signal.TrendRequest.GroupBy;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts counts beside those of the stretch before. */
final class TrendTally {
    private final @Nullable GroupBy by;
    private final Map<String, String> names;
    private final Categories categories;
    private final Map<UUID, String> customers;

    /**
     * @param names of trackers, by key
     * @param customers names; empty unless grouped by them
     */
    TrendTally(@Nullable GroupBy by, Map<String, String> names, Categories categories, Map<UUID, String> customers) {
        this.by = by;
        this.names = names;
        this.categories = categories;
        this.customers = customers;
    }

    /**
     * @param bucket the first day of the stretch
     * @param key customer or owner; null where there is none
     */
    record Group(LocalDate bucket, @Nullable String key) {
        Group before(@Nullable GroupBy by) {
            return new Group(
                    by == GroupBy.WEEK
                            ? bucket.minusWeeks(1)
                            : by == GroupBy.MONTH ? bucket.minusMonths(1) : bucket.minusDays(1),
                    key);
        }

        Group after(@Nullable GroupBy by) {
            return new Group(
                    by == GroupBy.WEEK
                            ? bucket.plusWeeks(1)
                            : by == GroupBy.MONTH ? bucket.plusMonths(1) : bucket.plusDays(1),
                    key);
        }
    }

    /**
     * @param tracker null: all calls of the group
     */
    record Row(Group group, @Nullable String tracker, long mentions, long calls) {}

    private record Count(long mentions, long calls) {
        static final Count NONE = new Count(0, 0);
    }

    /**
     * @param first the bucket in which the range begins
     */
    List<Trend> trends(List<Row> rows, LocalDate first) {
        Map<Group, Long> calls = new HashMap<>();
        Map<String, Map<Group, Count>> counts = new HashMap<>();
        for (Row row : rows) {
            if (row.tracker() == null) {
                calls.put(row.group(), row.calls());
            } else {
                counts.computeIfAbsent(row.tracker(), fresh -> new HashMap<>())
                        .put(row.group(), new Count(row.mentions(), row.calls()));
            }
        }
        List<Trend> trends = new ArrayList<>();
        counts.forEach((tracker, byGroup) -> {
            for (Group group : groups(byGroup.keySet(), calls.keySet(), first)) {
                trends.add(trend(tracker, group, byGroup, calls));
            }
        });
        trends.sort(Comparator.comparing(Place::of, PLACES));
        return trends;
    }

    /** Where the tracker came up, and where it did not any more although there were calls. */
    private Set<Group> groups(Set<Group> with, Set<Group> all, LocalDate first) {
        Set<Group> groups = new HashSet<>();
        for (Group group : with) {
            if (!group.bucket().isBefore(first)) {
                groups.add(group);
            }
            Group after = group.after(by);
            boolean timeless = by != GroupBy.WEEK && by != GroupBy.MONTH;
            if (!after.bucket().isBefore(first)
                    && (all.contains(after) || (timeless && after.bucket().equals(first)))) {
                groups.add(after);
            }
        }
        return groups;
    }

    private Trend trend(String tracker, Group group, Map<Group, Count> counts, Map<Group, Long> calls) {
        Group before = group.before(by);
        Count now = counts.getOrDefault(group, Count.NONE);
        Count then = counts.getOrDefault(before, Count.NONE);
        long callsNow = calls.getOrDefault(group, 0L);
        long callsThen = calls.getOrDefault(before, 0L);
        double chance = Significance.chance(callsNow, now.calls(), callsThen, then.calls());
        String key = group.key();
        UUID customer = by == GroupBy.CUSTOMER && key != null ? UUID.fromString(key) : null;
        return new Trend(
                names.getOrDefault(tracker, tracker),
                categories.of(tracker),
                by == GroupBy.WEEK ? group.bucket() : null,
                by == GroupBy.MONTH ? YearMonth.from(group.bucket()) : null,
                customer == null
                        ? null
                        : new Call.CustomerRef(new CustomerId(customer), customers.getOrDefault(customer, "")),
                by == GroupBy.OWNER ? key : null,
                now.mentions(),
                then.mentions(),
                then.mentions() == 0 ? null : Double.valueOf((double) now.mentions() / then.mentions() - 1),
                callsNow,
                callsThen,
                now.calls(),
                then.calls(),
                chance,
                Significance.isTrend(chance, now.calls(), then.calls()));
    }

    private static String time(Trend trend) {
        if (trend.week() != null) {
            return trend.week().toString();
        }
        return trend.month() == null ? "" : trend.month().toString();
    }

    private static String group(Trend trend) {
        if (trend.customer() != null) {
            return trend.customer().id().toString();
        }
        return trend.owner() == null ? "" : trend.owner();
    }

    private record Place(String time, long count, String tracker, String group) {
        static Place of(Trend trend) {
            return new Place(TrendTally.time(trend), trend.count(), trend.tracker(), TrendTally.group(trend));
        }
    }

    private static final Comparator<Place> PLACES = Comparator.comparing(Place::time)
            .reversed()
            .thenComparing(Comparator.comparingLong(Place::count).reversed())
            .thenComparing(Place::tracker)
            .thenComparing(Place::group);

    /** The part of the list that follows on the cursor. */
    static Page<Trend> page(List<Trend> sorted, @Nullable GroupBy by, @Nullable String cursor, int limit) {
        String ordering = "trends " + by;
        List<Trend> rest = sorted;
        if (cursor != null) {
            Cursor after = Cursor.decode(cursor, ordering, 4);
            Place place = new Place(
                    after.keys().get(0),
                    after.number(1),
                    after.keys().get(2),
                    after.keys().get(3));
            rest = sorted.stream()
                    .filter(trend -> PLACES.compare(Place.of(trend), place) > 0)
                    .toList();
        }
        return Page.of(
                rest.subList(0, Math.min(rest.size(), limit + 1)),
                limit,
                last -> new Cursor(
                        ordering, List.of(time(last), Long.toString(last.count()), last.tracker(), group(last))));
    }
}
