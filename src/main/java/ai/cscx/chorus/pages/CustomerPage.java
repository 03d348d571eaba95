package ai.cscx.chorus.pages;

import ai.cscx.chorus.call.Glances;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.task.ActionItem;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One customer, as their calls show them.
 *
 * @param lastCall how long ago; null = there was none
 * @param open items that nobody has done, of {@code openTotal}
 * @param topic whose mentions are shown; null = none
 */
record CustomerPage(
        Frame frame,
        String id,
        String name,
        @Nullable String segment,
        @Nullable String owner,
        @Nullable String renewal,
        boolean soon,
        @Nullable String lastCall,
        String callCount,
        List<CallRow> calls,
        List<Promise> open,
        long openTotal,
        List<Stakeholders.Row> people,
        Topics topics,
        @Nullable String topic,
        List<Mention> mentions,
        Signals signals) {
    private static final int SOON_DAYS = 90;

    CustomerPage {
        calls = List.copyOf(calls);
        open = List.copyOf(open);
        people = List.copyOf(people);
        mentions = List.copyOf(mentions);
    }

    static boolean isSoon(@Nullable LocalDate renewal, Reader reader) {
        return renewal != null
                && !renewal.isBefore(reader.today())
                && renewal.isBefore(reader.today().plusDays(SOON_DAYS));
    }

    /** Something promised and not done. */
    record Promise(
            String text,
            @Nullable String who,
            boolean theirs,
            @Nullable String due,
            boolean late,
            String call,
            String day,
            String address) {
        static Promise of(ActionItem item, Reader reader) {
            LocalDate due = item.due();
            return new Promise(
                    item.text(),
                    item.ownerName(),
                    item.side() == Side.EXTERNAL,
                    due == null ? null : reader.day(due),
                    due != null && due.isBefore(reader.today()),
                    CallRow.titleOf(item.callTitle()),
                    reader.day(item.callStartedAt()),
                    CustomerPages.addressOf(item));
        }
    }

    /** A call in which a topic came up. */
    record Mention(String title, String day, String count, String address, List<CallPage.Place> places) {
        private static final int MOST_PLACES = 12;

        static Mention of(Glances.Mentioned mentioned, Reader reader) {
            String address = "/calls/" + mentioned.call();
            return new Mention(
                    CallRow.titleOf(mentioned.title()),
                    reader.day(mentioned.startedAt()),
                    reader.number(mentioned.count()),
                    address,
                    mentioned.hits().stream()
                            .map(TrackerHits.Hit::startMs)
                            .flatMap(Stream::ofNullable)
                            .limit(MOST_PLACES)
                            .map(startMs ->
                                    new CallPage.Place(Reader.place(startMs), address + "?t=" + startMs / 1000.0))
                            .toList());
        }
    }
}
