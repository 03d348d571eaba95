package ai.cscx.chorus.web;

import ai.cscx.chorus.signal.CustomerInsights;
import ai.cscx.chorus.signal.CustomerInsights.Driver;
import ai.cscx.chorus.signal.CustomerInsights.Finding;
import ai.cscx.chorus.signal.CustomerInsights.Momentum;
import ai.cscx.chorus.signal.CustomerInsights.Topic;
import ai.cscx.chorus.signal.Evidence;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the calls of a customer say; what the fields mean says {@link CustomerInsights}. */
record InsightsView(
        CustomerName customer,
        MomentumView momentum,
        List<FindingView> nextSteps,
        List<FindingView> pricing,
        List<FindingView> objections,
        List<TopicView> topics,
        ActionItemsView actionItems,
        CoverageView coverage) {

    /**
     * @param startSeconds null if nobody says when
     * @param url the recording, at that second if it is known
     */
    record EvidenceView(
            UUID callId,
            @Nullable Double startSeconds,
            @Nullable String speaker,
            String quote,
            @Nullable String url) {
        static List<EvidenceView> of(List<Evidence> evidence) {
            return evidence.stream()
                    .map(said -> new EvidenceView(
                            said.call().value(),
                            said.startMs() == null ? null : Double.valueOf(Meeting.seconds(said.startMs())),
                            said.speaker(),
                            said.quote(),
                            said.url()))
                    .toList();
        }
    }

    /**
     * @param score 0–100, 50 = stands still; null where no call tells
     * @param direction rising, falling, steady or unknown
     */
    record MomentumView(@Nullable Double score, String direction, List<DriverView> drivers) {
        static MomentumView of(Momentum momentum) {
            return new MomentumView(
                    rounded(momentum.score()),
                    momentum.direction().word(),
                    momentum.drivers().stream().map(DriverView::of).toList());
        }
    }

    /**
     * @param value points of the score
     */
    record DriverView(String name, double value, String why, List<EvidenceView> evidence) {
        static DriverView of(Driver driver) {
            return new DriverView(
                    driver.name(), tenths(driver.value()), driver.why(), EvidenceView.of(driver.evidence()));
        }
    }

    /**
     * @param side who said it; of next steps, who is to do it
     * @param origin source: Chorus says that it is one; derived: we do
     */
    record FindingView(
            String text, UUID callId, Instant startedAt, String side, String origin, List<EvidenceView> evidence) {
        static List<FindingView> of(List<Finding> findings) {
            return findings.stream()
                    .map(finding -> new FindingView(
                            finding.text(),
                            finding.call().value(),
                            finding.startedAt(),
                            finding.side().word(),
                            finding.origin().word(),
                            EvidenceView.of(finding.evidence())))
                    .toList();
        }
    }

    record TopicView(
            String name, @Nullable String category, long mentions, List<WeekView> trend, List<EvidenceView> evidence) {
        static List<TopicView> of(List<Topic> topics) {
            return topics.stream()
                    .map(topic -> new TopicView(
                            topic.name(),
                            topic.category(),
                            topic.mentions(),
                            topic.trend().stream()
                                    .map(week -> new WeekView(week.monday(), week.count()))
                                    .toList(),
                            EvidenceView.of(topic.evidence())))
                    .toList();
        }
    }

    /**
     * @param week its Monday
     */
    record WeekView(LocalDate week, long count) {}

    record ActionItemsView(long open, long overdue, long doneOnTime) {}

    record CoverageView(long calls, long withTranscript) {}

    static InsightsView of(CustomerInsights insights) {
        return new InsightsView(
                new CustomerName(
                        insights.customer().id().value(), insights.customer().name()),
                MomentumView.of(insights.momentum()),
                FindingView.of(insights.nextSteps()),
                FindingView.of(insights.pricing()),
                FindingView.of(insights.objections()),
                TopicView.of(insights.topics()),
                new ActionItemsView(
                        insights.actionItems().open(),
                        insights.actionItems().overdue(),
                        insights.actionItems().doneOnTime()),
                new CoverageView(
                        insights.coverage().calls(), insights.coverage().withTranscript()));
    }

    static @Nullable Double rounded(@Nullable Double score) {
        return score == null ? null : Double.valueOf(tenths(score));
    }

    static double tenths(double score) {
        return Math.round(score * 10) / 10.0;
    }
}
