package ai.cscx.chorus.signal;

import ai.cscx.chorus.call.Momentum.DealProgress;
import ai.cscx.chorus.call.Momentum.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one call says of its customer, as numbers. Only what the customer's own people said counts as theirs; where nobody
 * knows who spoke, it counts as nobody's.
 *
 * @param origin who says where the deal is going; null where there is nothing to tell it by
 * @param progress as the source says; null where it is derived
 * @param objections utterances of the customer with a reservation; the other counts likewise
 * @param nextSteps promises of either side
 * @param theirSteps those of the customer among them
 * @param theirShare the customer's share of the talk of both sides, 0–1, by time, or by letters where the transcript has no
 *     times; null where either side's is unknown
 * @param people the customer's people who were there
 */
record CallNumbers(
        @Nullable Origin origin,
        @Nullable DealProgress progress,
        int objections,
        int pricing,
        int advances,
        int stalls,
        int declines,
        int departures,
        int nextSteps,
        int theirSteps,
        @Nullable Double theirShare,
        List<Person> people,
        List<TrackerCount> trackers) {
    CallNumbers {
        people = List.copyOf(people);
        trackers = List.copyOf(trackers);
    }

    /**
     * Somebody of the customer's.
     *
     * @param key e-mail address, or else the name, in lower case
     */
    record Person(String key, String name) {}

    /**
     * @param tracker its key
     * @param mentions how often it matched, whoever spoke
     * @param heard how often in the customer's own words
     */
    record TrackerCount(String tracker, int mentions, int heard) {}
}
