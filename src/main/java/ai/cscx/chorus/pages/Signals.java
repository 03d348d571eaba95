package ai.cscx.chorus.pages;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.Momentum;
import ai.cscx.chorus.call.Momentum.DealProgress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Chorus itself says of the latest calls with momentum: where the deal is going, what comes next, what is objected.
 *
 * @param progress in words; null = no call says
 * @param from the call that says so, and when; null = none does
 */
record Signals(
        @Nullable String progress,
        String colour,
        @Nullable String from,
        @Nullable String address,
        List<Said> nextSteps,
        List<Said> objections,
        List<Said> pricing) {
    private static final int CALLS_READ = 10;
    private static final int MOST = 6;

    Signals {
        nextSteps = List.copyOf(nextSteps);
        objections = List.copyOf(objections);
        pricing = List.copyOf(pricing);
    }

    /** Something said, and where. */
    record Said(String text, @Nullable String speaker, String day, String address) {}

    boolean isEmpty() {
        return progress == null && nextSteps.isEmpty() && objections.isEmpty() && pricing.isEmpty();
    }

    /**
     * @param newest newest first
     */
    static Signals of(Calls calls, Asker asker, List<Call> newest, Reader reader) {
        String progress = null;
        String colour = "";
        String from = null;
        String address = null;
        List<Said> nextSteps = new ArrayList<>();
        List<Said> objections = new ArrayList<>();
        List<Said> pricing = new ArrayList<>();
        for (Call call : newest.stream().limit(CALLS_READ).toList()) {
            CallDetails details = calls.get(asker, call.id());
            Momentum momentum = details.momentum();
            if (momentum == null) {
                continue;
            }
            if (progress == null && momentum.dealProgress() != DealProgress.UNKNOWN) {
                progress = CallParts.progressName(momentum.dealProgress());
                colour = CallParts.colour(momentum.dealProgress());
                from = CallRow.titleOf(call.title()) + ", " + reader.day(call.startedAt());
                address = "/calls/" + call.id();
            }
            // What was to come next after an older call has come or was said again.
            if (nextSteps.isEmpty()) {
                add(nextSteps, momentum.nextSteps(), call, reader);
            }
            add(objections, momentum.objections(), call, reader);
            add(pricing, momentum.pricing(), call, reader);
        }
        return new Signals(progress, colour, from, address, nextSteps, objections, pricing);
    }

    private static void add(List<Said> said, List<Momentum.Evidence> evidence, Call call, Reader reader) {
        for (Momentum.Evidence one : evidence) {
            if (said.size() < MOST) {
                Long startMs = one.startMs();
                said.add(new Said(
                        one.text(),
                        one.speaker(),
                        reader.day(call.startedAt()),
                        "/calls/" + call.id() + (startMs == null ? "" : "?t=" + startMs / 1000.0)));
            }
        }
    }
}
