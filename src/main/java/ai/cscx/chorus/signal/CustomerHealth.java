package ai.cscx.chorus.signal;

import ai.cscx.chorus.call.Call;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How conversations with a customer stand at the end of today, in UTC.
 *
 * @param score 0–100; null where too little is known
 * @param reason why there is no score; null if there is one
 * @param weight of all this in CSCX's own health, percent
 * @param components what cost most first
 * @param trend 13 weeks, the last one up to today
 */
public record CustomerHealth(
        Call.CustomerRef customer,
        @Nullable Double score,
        @Nullable Band band,
        @Nullable String reason,
        double weight,
        LocalDate day,
        List<Component> components,
        List<Week> trend) {
    public CustomerHealth {
        components = List.copyOf(components);
        trend = List.copyOf(trend);
    }

    /**
     * @param name the insight
     * @param value 0–100, 100 = as good as can be; null where it is not known
     * @param weight beside the other components, 0–100
     * @param amount in its unit; null where it is not known
     * @param why in words; null in lists
     */
    public record Component(
            String name,
            String signal,
            @Nullable Double value,
            double weight,
            @Nullable Double amount,
            String unit,
            @Nullable String why,
            List<Evidence> evidence) {
        public Component {
            evidence = List.copyOf(evidence);
        }
    }

    /**
     * @param monday the week's first day
     */
    public record Week(
            LocalDate monday,
            @Nullable Double score,
            @Nullable Band band) {}
}
