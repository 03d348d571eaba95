package ai.cscx.chorus.signal;

import ai.cscx.chorus.signal.SignalRule.Direction;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * An insight that can become a signal, with how it counts unless an admin says otherwise. What it measures, in which unit and
 * from what, says the function that measures it.
 */
public enum Indicator {
    RECENCY("recency", "usual waits too many", 100, Rhythm::recency, "engagement", Direction.NEGATIVE, 15, 2),
    CADENCE(
            "cadence",
            "share of the usual number of calls",
            10,
            Rhythm::cadence,
            "engagement",
            Direction.POSITIVE,
            8,
            0.8),
    STAKEHOLDERS(
            "stakeholders", "people in 90 days", 100, Stakeholders::breadth, "relationship", Direction.POSITIVE, 8, 3),
    CHAMPION("champion", "decades of doubt", 4, Stakeholders::champion, "relationship", Direction.NEGATIVE, 14, 1.5),
    OBJECTIONS("objections", "reservations a call", 4, Voice::objections, "sentiment", Direction.NEGATIVE, 14, 2),
    RISK("risk", "share of calls", 1, Voice::risk, "churn_risk", Direction.NEGATIVE, 14, 0.5),
    COMPETITORS("competitors", "share of calls", 1, Voice::competitors, "churn_risk", Direction.NEGATIVE, 9, 0.5),
    PROMISES("promises", "share of our promises", 1, Reliability::late, "delivery", Direction.NEGATIVE, 9, 0.4),
    MOMENTUM("momentum", "points", 100, Voice::momentum, "momentum", Direction.POSITIVE, 5, 50),
    TALK_BALANCE("talkBalance", "share of the talk", 1, Voice::talk, "engagement", Direction.POSITIVE, 4, 0.4);

    private final String word;
    private final String unit;
    private final double most;
    private final Function<History, Measured> measure;
    private final SignalRule standard;

    Indicator(
            String word,
            String unit,
            double most,
            Function<History, Measured> measure,
            String signal,
            Direction direction,
            double weight,
            double threshold) {
        this.word = word;
        this.unit = unit;
        this.most = most;
        this.measure = measure;
        this.standard = new SignalRule(word, signal, direction, weight, threshold);
    }

    public String word() {
        return word;
    }

    /** What amounts of it count. */
    public String unit() {
        return unit;
    }

    /** The largest amount that makes sense as a threshold. */
    public double most() {
        return most;
    }

    /** How it counts unless an admin says otherwise. */
    public SignalRule standard() {
        return standard;
    }

    Measured measure(History history) {
        return measure.apply(history);
    }

    static Optional<Indicator> of(String word) {
        return Arrays.stream(values())
                .filter(indicator -> indicator.word.equals(word))
                .findFirst();
    }
}
