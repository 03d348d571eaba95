package ai.cscx.chorus.signal;

import ai.cscx.chorus.base.CallId;
import java.util.ArrayList;
import java.util.List;

/** Where the words are that numbers stand for. */
final class Refs {
    private Refs() {}

    /** Of each kind that the call has any of, in this order. */
    static List<Ref> cues(CallId call, CallNumbers numbers, Cue... cues) {
        List<Ref> refs = new ArrayList<>();
        for (Cue cue : cues) {
            if (count(numbers, cue) > 0) {
                refs.add(new Ref.ByCue(call, cue));
            }
        }
        return refs;
    }

    /** Of the trackers of the category that the customer's words hit. */
    static List<Ref> trackers(CallId call, CallNumbers numbers, Categories categories, String category) {
        List<Ref> refs = new ArrayList<>();
        for (CallNumbers.TrackerCount tracker : numbers.trackers()) {
            if (tracker.heard() > 0 && category.equals(categories.of(tracker.tracker()))) {
                refs.add(new Ref.ByTracker(call, tracker.tracker()));
            }
        }
        return refs;
    }

    static List<Ref> objections(CallId call, CallNumbers numbers, Categories categories) {
        List<Ref> refs = cues(call, numbers, Cue.OBJECTION);
        refs.addAll(trackers(call, numbers, categories, Categories.OBJECTION));
        return refs;
    }

    private static int count(CallNumbers numbers, Cue cue) {
        return switch (cue) {
            case OBJECTION -> numbers.objections();
            case DECLINE -> numbers.declines();
            case STALL -> numbers.stalls();
            case ADVANCE -> numbers.advances();
            case DEPARTURE -> numbers.departures();
            case PRICING -> numbers.pricing();
            case NEXT_STEP -> numbers.nextSteps();
        };
    }
}
