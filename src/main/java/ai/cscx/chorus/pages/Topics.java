package ai.cscx.chorus.pages;

import ai.cscx.chorus.signal.CustomerInsights.Topic;
import ai.cscx.chorus.signal.CustomerInsights.Week;
import ai.cscx.chorus.signal.Trend;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a customer talks of, week by week: small charts with one scale.
 *
 * @param weeks oldest first, as they are written
 * @param top the largest number in any week, the height of all charts
 */
record Topics(List<String> weeks, long top, List<Drawn> topics) {
    private static final int MOST = 8;
    private static final int WIDTH = 10;

    Topics {
        weeks = List.copyOf(weeks);
        topics = List.copyOf(topics);
    }

    /**
     * @param trend against the 90 days before, in words; empty = no trend
     */
    record Drawn(String name, String total, String trend, List<Bar> bars) {
        Drawn {
            bars = List.copyOf(bars);
        }
    }

    /**
     * @param height 0 to 100
     */
    record Bar(int x, int height, long count) {}

    /** How wide each chart is. */
    int width() {
        return Math.max(1, weeks.size()) * WIDTH;
    }

    /**
     * @param trends against the stretch before
     */
    static Topics of(List<Topic> all, List<Trend> trends, Reader reader) {
        List<Topic> shown = all.stream().limit(MOST).toList();
        Map<String, Trend> byName =
                trends.stream().collect(Collectors.toMap(Trend::tracker, Function.identity(), (one, same) -> one));
        List<LocalDate> weeks = List.copyOf(shown.stream()
                .flatMap(topic -> topic.trend().stream())
                .map(Week::monday)
                .collect(Collectors.toCollection(TreeSet::new)));
        long top = shown.stream()
                .flatMap(topic -> topic.trend().stream())
                .mapToLong(Week::count)
                .max()
                .orElse(0);
        return new Topics(
                weeks.stream().map(reader::day).toList(),
                top,
                shown.stream()
                        .map(topic -> new Drawn(
                                topic.name(),
                                reader.counted(topic.mentions(), "mention"),
                                direction(byName.get(topic.name())),
                                bars(topic, weeks, top)))
                        .toList());
    }

    private static List<Bar> bars(Topic topic, List<LocalDate> weeks, long top) {
        Map<LocalDate, Long> counts = topic.trend().stream().collect(Collectors.toMap(Week::monday, Week::count));
        return IntStream.range(0, weeks.size())
                .mapToObj(n -> {
                    long count = counts.getOrDefault(weeks.get(n), 0L);
                    return new Bar(n * WIDTH, (int) Math.round(100.0 * count / Math.max(1, top)), count);
                })
                .toList();
    }

    /** Chance is no trend. */
    static String direction(@Nullable Trend trend) {
        if (trend == null || !trend.significant()) {
            return "";
        }
        double now = trend.callsWith() / (double) Math.max(1, trend.calls());
        double before = trend.previousCallsWith() / (double) Math.max(1, trend.previousCalls());
        return now > before ? "more than before" : "less than before";
    }
}
