package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Cards.CustomerItem;
import ai.cscx.chorus.call.Call.CustomerRef;
import ai.cscx.chorus.signal.CustomerHealth;
import ai.cscx.chorus.signal.CustomerInsights;
import ai.cscx.chorus.signal.Evidence;
import ai.cscx.chorus.signal.Trend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cards about how customers are doing, in the shapes that the HTTP interface has. Scores with one decimal. */
final class SignalCards {
    private SignalCards() {}

    record EvidenceItem(
            String callId,
            @Nullable Double startSeconds,
            @Nullable String speaker,
            String quote,
            @Nullable String url) {
        static List<EvidenceItem> of(List<Evidence> evidence) {
            return evidence.stream()
                    .map(said -> new EvidenceItem(
                            said.call().toString(),
                            said.startMs() == null ? null : Double.valueOf(said.startMs() / 1000.0),
                            said.speaker(),
                            said.quote(),
                            said.url()))
                    .toList();
        }
    }

    record DriverItem(String name, double value, String why, List<EvidenceItem> evidence) {}

    record MomentumItem(@Nullable Double score, String direction, List<DriverItem> drivers) {}

    record FindingItem(
            String text, String callId, String startedAt, String side, String origin, List<EvidenceItem> evidence) {
        static List<FindingItem> of(List<CustomerInsights.Finding> findings) {
            return findings.stream()
                    .map(finding -> new FindingItem(
                            finding.text(),
                            finding.call().toString(),
                            finding.startedAt().toString(),
                            finding.side().word(),
                            finding.origin().word(),
                            EvidenceItem.of(finding.evidence())))
                    .toList();
        }
    }

    record WeekItem(String week, long count) {}

    record TopicItem(
            String name, @Nullable String category, long mentions, List<WeekItem> trend, List<EvidenceItem> evidence) {
        static TopicItem of(CustomerInsights.Topic topic) {
            return new TopicItem(
                    topic.name(),
                    topic.category(),
                    topic.mentions(),
                    topic.trend().stream()
                            .map(week -> new WeekItem(week.monday().toString(), week.count()))
                            .toList(),
                    EvidenceItem.of(topic.evidence()));
        }
    }

    record CountsItem(long open, long overdue, long doneOnTime) {}

    record CoverageItem(long calls, long withTranscript) {}

    record InsightsItem(
            CustomerItem customer,
            MomentumItem momentum,
            List<FindingItem> nextSteps,
            List<FindingItem> pricing,
            List<FindingItem> objections,
            List<TopicItem> topics,
            CountsItem actionItems,
            CoverageItem coverage) {
        static InsightsItem of(CustomerInsights insights) {
            CustomerInsights.Momentum momentum = insights.momentum();
            return new InsightsItem(
                    SignalCards.customer(insights.customer()),
                    new MomentumItem(
                            rounded(momentum.score()),
                            momentum.direction().word(),
                            momentum.drivers().stream()
                                    .map(driver -> new DriverItem(
                                            driver.name(),
                                            tenths(driver.value()),
                                            driver.why(),
                                            EvidenceItem.of(driver.evidence())))
                                    .toList()),
                    FindingItem.of(insights.nextSteps()),
                    FindingItem.of(insights.pricing()),
                    FindingItem.of(insights.objections()),
                    insights.topics().stream().map(TopicItem::of).toList(),
                    new CountsItem(
                            insights.actionItems().open(),
                            insights.actionItems().overdue(),
                            insights.actionItems().doneOnTime()),
                    new CoverageItem(
                            insights.coverage().calls(), insights.coverage().withTranscript()));
        }
    }

    record ComponentItem(
            String name,
            String signal,
            @Nullable Double value,
            double weight,
            @Nullable Double amount,
            String unit,
            @Nullable String why,
            List<EvidenceItem> evidence) {}

    record PointItem(
            String week, @Nullable Double score, @Nullable String band) {}

    record HealthItem(
            CustomerItem customer,
            @Nullable Double score,
            @Nullable String band,
            @Nullable String reason,
            double weight,
            String day,
            List<ComponentItem> components,
            List<PointItem> trend) {
        static HealthItem of(CustomerHealth health) {
            return new HealthItem(
                    SignalCards.customer(health.customer()),
                    rounded(health.score()),
                    health.band() == null ? null : health.band().word(),
                    health.reason(),
                    health.weight(),
                    health.day().toString(),
                    health.components().stream()
                            .map(component -> new ComponentItem(
                                    component.name(),
                                    component.signal(),
                                    rounded(component.value()),
                                    component.weight(),
                                    component.amount(),
                                    component.unit(),
                                    component.why(),
                                    EvidenceItem.of(component.evidence())))
                            .toList(),
                    health.trend().stream()
                            .map(week -> new PointItem(
                                    week.monday().toString(),
                                    rounded(week.score()),
                                    week.band() == null ? null : week.band().word()))
                            .toList());
        }
    }

    record TrendItem(
            String tracker,
            @Nullable String category,
            @Nullable String week,
            @Nullable String month,
            @Nullable CustomerItem customer,
            @Nullable String owner,
            long count,
            long previous,
            @Nullable Double change,
            long calls,
            long callsWith,
            boolean significant) {
        static TrendItem of(Trend trend) {
            CustomerRef customer = trend.customer();
            return new TrendItem(
                    trend.tracker(),
                    trend.category(),
                    trend.week() == null ? null : trend.week().toString(),
                    trend.month() == null ? null : trend.month().toString(),
                    customer == null ? null : SignalCards.customer(customer),
                    trend.owner(),
                    trend.count(),
                    trend.previous(),
                    trend.change(),
                    trend.calls(),
                    trend.callsWith(),
                    trend.significant());
        }
    }

    static CustomerItem customer(CustomerRef customer) {
        return new CustomerItem(customer.id().toString(), customer.name());
    }

    static @Nullable Double rounded(@Nullable Double score) {
        return score == null ? null : Double.valueOf(tenths(score));
    }

    private static double tenths(double score) {
        return Math.round(score * 10) / 10.0;
    }
}
