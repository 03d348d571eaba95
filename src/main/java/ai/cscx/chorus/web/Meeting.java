package ai.cscx.chorus.web;

import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Participant;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call as lists send it.
 *
 * @param owner name of whose call it is
 * @param transcript available, pending, empty or none
 */
record Meeting(
        UUID id,
        String externalId,
        @Nullable String title,
        Instant startedAt,
        double durationSeconds,
        @Nullable CustomerName customer,
        @Nullable String owner,
        List<Attendee> participants,
        @Nullable String summary,
        String state,
        String transcript,
        @Nullable String url,
        int actionItemCount) {
    private static final double MILLIS = 1000.0;

    record Attendee(
            @Nullable String name,
            @Nullable String email,
            @Nullable String company,
            @Nullable String title,
            String side) {
        static Attendee of(Participant person) {
            return new Attendee(
                    person.name(),
                    person.email(),
                    person.company(),
                    person.title(),
                    person.side().word());
        }
    }

    static Meeting of(Call call) {
        return new Meeting(
                call.id().value(),
                call.externalId(),
                call.title(),
                call.startedAt(),
                seconds(call.durationMs()),
                CustomerName.of(call.customer()),
                call.owner(),
                call.participants().stream().map(Attendee::of).toList(),
                call.summary(),
                Parameters.word(call.state()),
                Parameters.word(call.transcript()),
                call.url(),
                call.actionItems());
    }

    static double seconds(long millis) {
        return millis / MILLIS;
    }
}
