package ai.cscx.chorus.web;

import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.task.ActionItem;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call with everything about it except what was said.
 *
 * @param call its fields stand beside the others
 * @param momentum not computed yet
 */
record MeetingDetail(
        @JsonUnwrapped Meeting call,
        @Nullable String language,
        List<Tracker> trackers,
        @Nullable Double momentum,
        List<ActionItemView> actionItems,
        Match match,
        Instant syncedAt,
        Source source) {

    /**
     * @param count how often, which may exceed the mentions that have a place
     */
    record Tracker(String id, String name, int count, List<Mention> mentions) {
        static Tracker of(TrackerHits hits, Call call) {
            return new Tracker(
                    hits.trackerId(),
                    hits.name(),
                    hits.count(),
                    hits.hits().stream()
                            .map(hit -> new Mention(
                                    hit.utterance(), Meeting.seconds(hit.startMs()), call.urlAt(hit.startMs())))
                            .toList());
        }
    }

    /**
     * @param utterance its index in the transcript
     */
    record Mention(
            int utterance, double startSeconds, @Nullable String url) {}

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

    static MeetingDetail of(CallDetails details, List<ActionItem> items, List<CallDetails.Candidate> candidates) {
        Call call = details.call();
        return new MeetingDetail(
                Meeting.of(call),
                details.language(),
                details.trackers().stream().map(hits -> Tracker.of(hits, call)).toList(),
                null,
                items.stream().map(ActionItemView::of).toList(),
                new Match(
                        details.match().reason(),
                        details.match().confidence(),
                        candidates.stream().map(CandidateView::of).toList()),
                details.syncedAt(),
                new Source(details.dialect()));
    }
}
