package ai.cscx.chorus.pages;

import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallContent.State;
import ai.cscx.chorus.call.CallContent.TranscriptState;
import ai.cscx.chorus.call.Glances.Glance;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.Side;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call in a list.
 *
 * @param day in the reader's words, with the time
 * @param exact to the second
 * @param iso for machines
 * @param theirs who spoke for the customer, and who is on nobody's side
 * @param ours who spoke for us
 * @param more how many people are left out
 * @param summary null where there is none
 * @param state null where the recording is done
 * @param transcript null where there is one to read
 * @param recording where to hear it; null = nowhere
 */
record CallRow(
        String id,
        String title,
        @Nullable String customerId,
        @Nullable String customer,
        String day,
        String exact,
        String iso,
        String length,
        List<String> theirs,
        List<String> ours,
        int more,
        @Nullable String summary,
        @Nullable String state,
        @Nullable String transcript,
        List<String> trackers,
        int openItems,
        @Nullable String recording) {
    private static final int MOST_NAMES = 3;

    CallRow {
        theirs = List.copyOf(theirs);
        ours = List.copyOf(ours);
        trackers = List.copyOf(trackers);
    }

    static CallRow of(Call call, Glance glance, Reader reader) {
        List<String> theirs = names(call, Side.EXTERNAL, Side.UNKNOWN);
        List<String> ours = names(call, Side.INTERNAL);
        List<String> theirsShown = theirs.stream().limit(MOST_NAMES).toList();
        List<String> oursShown = ours.stream()
                .limit(Math.max(1, MOST_NAMES - theirsShown.size()))
                .toList();
        Call.CustomerRef customer = call.customer();
        return new CallRow(
                call.id().toString(),
                titleOf(call.title()),
                customer == null ? null : customer.id().toString(),
                customer == null ? null : customer.name(),
                reader.moment(call.startedAt()),
                reader.exact(call.startedAt()),
                call.startedAt().toString(),
                reader.length(call.durationMs()),
                theirsShown,
                oursShown,
                theirs.size() + ours.size() - theirsShown.size() - oursShown.size(),
                call.summary(),
                stateOf(call.state()),
                transcriptOf(call.transcript()),
                glance.trackers(),
                glance.openItems(),
                Outside.link(call.url()));
    }

    static String titleOf(@Nullable String title) {
        return title == null || title.isBlank() ? "Call without a title" : title;
    }

    /** Null where the recording is done, which goes without saying. */
    static @Nullable String stateOf(State state) {
        return state == State.DONE ? null : stateName(state);
    }

    static String stateName(State state) {
        return switch (state) {
            case DONE -> "Recorded";
            case PROCESSING -> "Being processed";
            case SCHEDULED -> "Scheduled";
            case LIVE -> "Live now";
            case NO_SHOW -> "Nobody came";
            case FAILED -> "Recording failed";
            case UNKNOWN -> "State unknown";
        };
    }

    private static @Nullable String transcriptOf(TranscriptState state) {
        return switch (state) {
            case AVAILABLE -> null;
            case PENDING -> "Transcript still to come";
            case EMPTY -> "Nothing was said";
            case NONE -> "No transcript";
        };
    }

    private static List<String> names(Call call, Side... sides) {
        return call.participants().stream()
                .filter(person -> List.of(sides).contains(person.side()))
                .sorted(Comparator.comparing(Participant::side))
                .map(CallRow::name)
                .flatMap(Stream::ofNullable)
                .distinct()
                .toList();
    }

    private static @Nullable String name(Participant person) {
        return person.name() == null ? person.email() : person.name();
    }
}
