package ai.cscx.chorus.web;

import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.Momentum;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.signal.CallSignals;
import ai.cscx.chorus.task.ActionItem;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call with everything about it except what was said.
 *
 * @param call its fields stand beside the others
 * @param momentum null where nothing tells, or the call was not read yet
 */
record MeetingDetail(
        @JsonUnwrapped Meeting call,
        @Nullable String language,
        List<Tracker> trackers,
        @Nullable MomentumView momentum,
        List<ActionItemView> actionItems,
        Match match,
        Instant syncedAt,
        Source source) {

    /**
     * @param category as an admin says, else as Chorus or its name says; null if it belongs to none
     * @param count how often, which may exceed the mentions that have a place
     */
    record Tracker(String id, String name, @Nullable String category, int count, List<Mention> mentions) {
        static Tracker of(TrackerHits hits, Call call, CallSignals.Signs signs) {
            return new Tracker(
                    hits.trackerId(),
                    hits.name(),
                    signs.categories().get(hits.name()),
                    hits.count(),
                    hits.hits().stream()
                            .map(hit -> Mention.of(hit, call, signs.voices()))
                            .toList());
        }
    }

    /**
     * @param utterance its index in the transcript; null if it is none that is there
     * @param startSeconds null if the source does not say when
     * @param speaker null if nobody knows
     * @param side on whose side it was said; null if nobody knows
     * @param text the words around it; null where there are none
     */
    record Mention(
            @Nullable Integer utterance,
            @Nullable Double startSeconds,
            @Nullable String speaker,
            @Nullable String side,
            @Nullable String text,
            @Nullable String url) {
        static Mention of(TrackerHits.Hit hit, Call call, Map<Integer, CallSignals.Voice> voices) {
            Integer utterance = hit.utterance();
            CallSignals.Voice voice = utterance == null ? null : voices.get(utterance);
            return new Mention(
                    utterance,
                    seconds(hit.startMs()),
                    voice == null ? null : voice.speaker(),
                    voice == null ? null : voice.side().word(),
                    hit.text(),
                    place(call, hit.startMs()));
        }
    }

    /**
     * @param dealProgress advancing, stalled, declining or unknown
     * @param origin source: Chorus says so itself; derived: we do, by what was said
     */
    record MomentumView(
            String dealProgress,
            boolean pricingDiscussed,
            List<EvidenceView> nextSteps,
            List<EvidenceView> pricing,
            List<EvidenceView> objections,
            String origin) {
        static MomentumView of(Momentum momentum, Call call) {
            return new MomentumView(
                    momentum.dealProgress().word(),
                    momentum.pricingDiscussed(),
                    EvidenceView.of(momentum.nextSteps(), call),
                    EvidenceView.of(momentum.pricing(), call),
                    EvidenceView.of(momentum.objections(), call),
                    momentum.origin().word());
        }
    }

    /**
     * @param startSeconds null if the source does not say when
     */
    record EvidenceView(
            String text,
            @Nullable Double startSeconds,
            @Nullable String speaker,
            @Nullable String url) {
        static List<EvidenceView> of(List<Momentum.Evidence> evidence, Call call) {
            return evidence.stream()
                    .map(said -> new EvidenceView(
                            said.text(), seconds(said.startMs()), said.speaker(), place(call, said.startMs())))
                    .toList();
        }
    }

    private static @Nullable Double seconds(@Nullable Long startMs) {
        return startMs == null ? null : Double.valueOf(Meeting.seconds(startMs));
    }

    private static @Nullable String place(Call call, @Nullable Long startMs) {
        return startMs == null ? call.url() : call.urlAt(startMs);
    }

    /**
     * @param confidence 0 to 1
     */
    record Match(@Nullable String reason, @Nullable Double confidence, List<CandidateView> candidates) {}

    /**
     * @param confidence 0 to 1
     */
    record CandidateView(
            String customerId,
            String name,
            String reason,
            @Nullable Double confidence) {
        static CandidateView of(CallDetails.Candidate candidate) {
            return new CandidateView(
                    candidate.customerId(), candidate.name(), candidate.reason(), candidate.confidence());
        }
    }

    record Source(String dialect) {}

    static MeetingDetail of(
            CallDetails details,
            CallSignals.Signs signs,
            List<ActionItem> items,
            List<CallDetails.Candidate> candidates) {
        Call call = details.call();
        return new MeetingDetail(
                Meeting.of(call),
                details.language(),
                details.trackers().stream()
                        .map(hits -> Tracker.of(hits, call, signs))
                        .toList(),
                signs.momentum() == null ? null : MomentumView.of(signs.momentum(), call),
                items.stream().map(ActionItemView::of).toList(),
                new Match(
                        details.match().reason(),
                        details.match().confidence(),
                        candidates.stream().map(CandidateView::of).toList()),
                details.syncedAt(),
                new Source(details.dialect()));
    }
}
