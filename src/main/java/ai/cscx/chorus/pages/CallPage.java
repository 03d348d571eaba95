package ai.cscx.chorus.pages;

import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.pages.Conversation.Lane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call.
 *
 * @param facts who, when, how long, in words
 * @param lanes who spoke when; empty if nobody knows
 * @param marks what stands on lanes of their own
 * @param ticks times below the lanes
 * @param silence why there is no transcript; null = there is one
 * @param find what is looked for in it; blank = nothing
 * @param moved what just happened to it; null = nothing
 */
record CallPage(
        Frame frame,
        CallRow call,
        @Nullable String owner,
        @Nullable String language,
        List<Lane> lanes,
        List<MarkLane> marks,
        List<String> ticks,
        List<PersonRow> people,
        @Nullable String talk,
        List<TrackerRow> trackers,
        List<Item> items,
        @Nullable Momentum momentum,
        Belonging belonging,
        Conversation conversation,
        @Nullable String silence,
        String find,
        String synced) {
    CallPage {
        lanes = List.copyOf(lanes);
        marks = List.copyOf(marks);
        ticks = List.copyOf(ticks);
        people = List.copyOf(people);
        trackers = List.copyOf(trackers);
        items = List.copyOf(items);
    }

    /**
     * What happened when.
     *
     * @param name what it is
     */
    record MarkLane(String name, List<Mark> marks) {}

    /**
     * @param x of {@value Lane#WIDTH}
     * @param address of the utterance
     */
    record Mark(String x, String label, String address) {}

    /**
     * @param share of the talk, in words; null if unknown
     * @param percent 0 to 100; null if unknown
     * @param questions how many they asked; null if they said nothing
     */
    record PersonRow(
            String name,
            @Nullable String detail,
            @Nullable String email,
            Side side,
            @Nullable String share,
            @Nullable Integer percent,
            @Nullable String questions) {}

    record TrackerRow(String name, @Nullable String category, int count, List<Place> places) {}

    /**
     * @param address within the page
     */
    record Place(String time, String address) {}

    /**
     * @param who is to do it; null = nobody knows
     * @param due in words; null = no day
     * @param task whether it is a task in CSCX
     * @param place where it was promised; null = unknown
     */
    record Item(
            String text,
            @Nullable String who,
            @Nullable String due,
            boolean late,
            String status,
            boolean open,
            boolean theirs,
            boolean task,
            @Nullable Place place) {}

    record Momentum(
            @Nullable String progress,
            String colour,
            List<Said> nextSteps,
            List<Said> pricing,
            List<Said> objections) {}

    record Said(
            String text, @Nullable String speaker, @Nullable Place place) {}

    /**
     * Why it is this customer's, and how to change that.
     *
     * @param reason in words; null = nothing is known
     * @param candidates others that it could be
     * @param choices customers to choose from, without "any"
     * @param nobodys whether the reader may say that it is no customer's
     */
    record Belonging(
            @Nullable String reason,
            @Nullable String confidence,
            List<CandidateRow> candidates,
            List<Choice> choices,
            boolean nobodys) {}

    record CandidateRow(
            String id, String name, String reason, @Nullable String confidence) {}
}
