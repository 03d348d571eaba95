package ai.cscx.chorus.web;

import ai.cscx.chorus.signal.Band;
import ai.cscx.chorus.signal.CustomerHealth;
import ai.cscx.chorus.signal.CustomerHealth.Component;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How conversations with a customer stand; what the fields mean says {@link CustomerHealth}.
 *
 * @param score 0–100; null where too little is known, and reason says what
 * @param band green, yellow or red
 * @param weight of all this in CSCX's own health, percent
 * @param components what cost most first
 */
record HealthView(
        CustomerName customer,
        @Nullable Double score,
        @Nullable String band,
        @Nullable String reason,
        double weight,
        LocalDate day,
        List<ComponentView> components,
        List<PointView> trend) {

    /**
     * @param value 0–100, 100 = as good as can be; null where it is not known
     * @param why in words; null in lists
     */
    record ComponentView(
            String name,
            String signal,
            @Nullable Double value,
            double weight,
            @Nullable Double amount,
            String unit,
            @Nullable String why,
            List<InsightsView.EvidenceView> evidence) {
        private static ComponentView of(Component component) {
            Double amount = component.amount();
            return new ComponentView(
                    component.name(),
                    component.signal(),
                    InsightsView.rounded(component.value()),
                    component.weight(),
                    amount == null ? null : Double.valueOf(Math.round(amount * 1000) / 1000.0),
                    component.unit(),
                    component.why(),
                    InsightsView.EvidenceView.of(component.evidence()));
        }
    }

    /**
     * @param week its Monday
     */
    record PointView(
            LocalDate week,
            @Nullable Double score,
            @Nullable String band) {}

    static HealthView of(CustomerHealth health) {
        return new HealthView(
                new CustomerName(
                        health.customer().id().value(), health.customer().name()),
                InsightsView.rounded(health.score()),
                word(health.band()),
                health.reason(),
                health.weight(),
                health.day(),
                health.components().stream().map(ComponentView::of).toList(),
                health.trend().stream()
                        .map(week ->
                                new PointView(week.monday(), InsightsView.rounded(week.score()), word(week.band())))
                        .toList());
    }

    static @Nullable String word(@Nullable Band band) {
        return band == null ? null : band.word();
    }
}
