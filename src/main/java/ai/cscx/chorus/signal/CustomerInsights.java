package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Momentum.Origin;
import ai.cscx.chorus.call.Side;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of a customer say.
 *
 * @param nextSteps what was agreed and is not done, of the newest call first; a part where there are many
 * @param pricing what was said about prices, likewise
 * @param objections reservations in the customer's own words, likewise
 * @param topics what trackers found, most often first
 */
public record CustomerInsights(
        Call.CustomerRef customer,
        Momentum momentum,
        List<Finding> nextSteps,
        List<Finding> pricing,
        List<Finding> objections,
        List<Topic> topics,
        ActionItems actionItems,
        Coverage coverage) {
    public CustomerInsights {
        nextSteps = List.copyOf(nextSteps);
        pricing = List.copyOf(pricing);
        objections = List.copyOf(objections);
        topics = List.copyOf(topics);
    }

    /**
     * Where things go.
     *
     * @param score 0–100, 50 = stands still; null where no call tells
     * @param drivers what moved it, the strongest first
     */
    public record Momentum(@Nullable Double score, Direction direction, List<Driver> drivers) {
        public Momentum {
            drivers = List.copyOf(drivers);
        }
    }

    /**
     * @param name dealProgress, objections, risk or nextSteps
     * @param value points of the score; all together are the score less 50
     * @param why in words
     */
    public record Driver(String name, double value, String why, List<Evidence> evidence) {
        public Driver {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * Something that was said.
     *
     * @param text the words, or what was agreed
     * @param startedAt when the call began
     * @param side who said it; of next steps, who is to do it
     * @param origin who says that it is one
     */
    public record Finding(
            String text, CallId call, Instant startedAt, Side side, Origin origin, List<Evidence> evidence) {
        public Finding {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * A tracker.
     *
     * @param category null if it belongs to none
     * @param trend by week, up to now or the end of the range, without gaps
     */
    public record Topic(
            String name, @Nullable String category, long mentions, List<Week> trend, List<Evidence> evidence) {
        public Topic {
            trend = List.copyOf(trend);
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * @param monday the week's first day in the asker's time zone
     */
    public record Week(LocalDate monday, long count) {}

    /**
     * @param overdue open ones whose day has passed
     * @param doneOnTime done ones that had a day, until the end of it
     */
    public record ActionItems(long open, long overdue, long doneOnTime) {}

    /**
     * What all this rests on.
     *
     * @param withTranscript calls whose words are here
     */
    public record Coverage(long calls, long withTranscript) {}
}
