package ai.cscx.chorus.web;

import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.SpeakerStatistics;
import ai.cscx.chorus.call.SpeakerStatistics.Monologue;
import ai.cscx.chorus.call.SpeakerStatistics.OfSpeaker;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who spoke how much in a call; what the words mean says {@link SpeakerStatistics}.
 *
 * @param items who talked longest comes first
 * @param sides shares of all talk time; null where no time is known
 */
record SpeakersView(UUID callId, List<Item> items, Sides sides, Basis basis) {
    /**
     * @param talkSeconds null where the transcript does not say
     * @param talkShare of all talk time, 0–1; null where the transcript does not say
     * @param longestMonologueSeconds null where the transcript does not say
     * @param longestMonologueStartSeconds null where the transcript does not say
     * @param url the recording where the longest monologue begins, or else the first utterance
     */
    record Item(
            @Nullable String speaker,
            @Nullable String email,
            String side,
            int utterances,
            int words,
            @Nullable Double talkSeconds,
            @Nullable Double talkShare,
            int questions,
            @Nullable Double longestMonologueSeconds,
            @Nullable Double longestMonologueStartSeconds,
            @Nullable String url) {
        private static Item of(OfSpeaker speaker, Call call) {
            Monologue longest = speaker.longestMonologue();
            return new Item(
                    speaker.name(),
                    speaker.email(),
                    speaker.side().word(),
                    speaker.utterances(),
                    speaker.words(),
                    seconds(speaker.talkMs()),
                    speaker.talkShare(),
                    speaker.questions(),
                    longest == null ? null : seconds(longest.lengthMs()),
                    longest == null ? null : seconds(longest.startMs()),
                    call.urlAt(longest == null ? speaker.firstMs() : longest.startMs()));
        }
    }

    record Sides(
            @Nullable Double internal,
            @Nullable Double external,
            @Nullable Double unknown) {}

    /**
     * What it was computed from.
     *
     * @param transcript available, empty or none
     * @param timedUtterances those that say when they ended; only they count into times and shares
     * @param uncertainUtterances those of which Chorus only guessed the speaker
     * @param talkSeconds of all speakers, without silence; talking at once counts for each
     * @param interjectionSeconds others' talk up to which a monologue goes on
     * @param pauseSeconds silence up to which a monologue goes on
     */
    record Basis(
            String transcript,
            int utterances,
            int timedUtterances,
            int uncertainUtterances,
            @Nullable Double talkSeconds,
            double interjectionSeconds,
            double pauseSeconds) {}

    static SpeakersView of(Call call, SpeakerStatistics statistics) {
        Map<Side, Double> shares = statistics.sides();
        return new SpeakersView(
                call.id().value(),
                statistics.speakers().stream()
                        .map(speaker -> Item.of(speaker, call))
                        .toList(),
                new Sides(shares.get(Side.INTERNAL), shares.get(Side.EXTERNAL), shares.get(Side.UNKNOWN)),
                new Basis(
                        Parameters.word(call.transcript()),
                        statistics.utterances(),
                        statistics.timed(),
                        statistics.uncertain(),
                        seconds(statistics.talkMs()),
                        Meeting.seconds(SpeakerStatistics.INTERJECTION_MS),
                        Meeting.seconds(SpeakerStatistics.PAUSE_MS)));
    }

    private static @Nullable Double seconds(@Nullable Long millis) {
        return millis == null ? null : Double.valueOf(Meeting.seconds(millis));
    }
}
