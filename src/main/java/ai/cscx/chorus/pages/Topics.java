package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.call.Glances;
import ai.cscx.chorus.call.Glances.Mentions;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a customer talks of, month by month: small charts with one scale.
 *
 * @param months the last six, oldest first, as they are written
 * @param top the largest number in any month, the height of all charts
 */
record Topics(List<String> months, long top, List<Topic> topics) {
    private static final int MONTHS = 6;
    private static final int MOST = 8;

    Topics {
        months = List.copyOf(months);
        topics = List.copyOf(topics);
    }

    /**
     * @param trend compared with what was before, in words; empty = as before
     */
    record Topic(String name, String total, String trend, List<Bar> bars) {}

    /**
     * @param height 0 to 100
     */
    record Bar(int x, int height, long count) {}

    static Topics of(Glances glances, Asker asker, CustomerId customer, Reader reader) {
        YearMonth last = YearMonth.from(reader.today());
        List<YearMonth> months = IntStream.range(0, MONTHS)
                .mapToObj(n -> last.minusMonths(MONTHS - 1L - n))
                .toList();
        Map<String, long[]> counts = new LinkedHashMap<>();
        for (Mentions one : glances.mentions(
                asker,
                customer,
                months.getFirst().atDay(1).atStartOfDay(reader.zone()).toInstant())) {
            int month = months.indexOf(one.month());
            if (month >= 0) {
                counts.computeIfAbsent(one.tracker(), fresh -> new long[MONTHS])[month] += one.count();
            }
        }
        long top = counts.values().stream().flatMapToLong(Arrays::stream).max().orElse(0);
        List<Topic> topics = counts.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, long[]> entry) -> sum(entry.getValue(), 0, MONTHS))
                        .reversed())
                .limit(MOST)
                .map(entry -> topic(entry.getKey(), entry.getValue(), top, reader))
                .toList();
        return new Topics(months.stream().map(reader::month).toList(), top, topics);
    }

    private static Topic topic(String name, long[] counts, long top, Reader reader) {
        List<Bar> bars = new ArrayList<>();
        for (int month = 0; month < MONTHS; month++) {
            bars.add(new Bar(month * 10, (int) Math.round(100.0 * counts[month] / Math.max(1, top)), counts[month]));
        }
        int half = MONTHS / 2;
        long before = sum(counts, 0, half);
        long now = sum(counts, half, MONTHS);
        String trend = now > before * 1.5 + 1 ? "more than before" : before > now * 1.5 + 1 ? "less than before" : "";
        return new Topic(name, reader.counted(before + now, "mention"), trend, bars);
    }

    private static long sum(long[] counts, int from, int until) {
        long sum = 0;
        for (int i = from; i < until; i++) {
            sum += counts[i];
        }
        return sum;
    }
}
