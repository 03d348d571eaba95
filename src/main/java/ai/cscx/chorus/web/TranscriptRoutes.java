package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallContent.TranscriptState;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.Side;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.sync.Synchronisation;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was said in a call, as JSON, text or subtitles. */
final class TranscriptRoutes {
    /** Where no try is planned: as often as Chorus is polled unless configured otherwise. */
    private static final Duration NEXT_LOOK = Duration.ofMinutes(10);

    private final Calls calls;
    private final Synchronisation synchronisation;
    private final Clock clock;

    TranscriptRoutes(Calls calls, Synchronisation synchronisation, Clock clock) {
        this.calls = calls;
        this.synchronisation = synchronisation;
        this.clock = clock;
    }

    enum Format {
        JSON,
        TXT,
        VTT,
        SRT
    }

    /**
     * @param transcript available, empty or none
     * @param speakers everybody who speaks in the call, in the order of their first words
     */
    record TranscriptView(
            UUID callId,
            String transcript,
            @Nullable String language,
            List<Speaker> speakers,
            List<UtteranceView> utterances) {}

    record Speaker(@Nullable String name, @Nullable String email, String side) {}

    /**
     * @param index its place in Chorus's own count, with gaps where Chorus had blank ones
     * @param uncertain Chorus only guessed who speaks
     */
    record UtteranceView(
            int index,
            @Nullable String speaker,
            String side,
            double startSeconds,
            double endSeconds,
            String text,
            boolean uncertain,
            @Nullable String url) {
        static UtteranceView of(Utterance utterance, Call call) {
            return new UtteranceView(
                    utterance.index(),
                    utterance.speaker(),
                    utterance.side().word(),
                    Meeting.seconds(utterance.startMs()),
                    Meeting.seconds(utterance.endMs()),
                    utterance.text(),
                    utterance.uncertain(),
                    call.urlAt(utterance.startMs()));
        }
    }

    List<Route> routes() {
        return List.of(Route.get(
                        "/api/chorus/meetings/{id}/transcript",
                        "What was said; 409 transcript-pending while Chorus has none")
                .query(
                        QueryParameter.number("from", "Only what begins at this second or later"),
                        QueryParameter.number("to", "Only what begins at this second or earlier"),
                        QueryParameter.text("speaker", "Part of the speaker's name, in any case"),
                        QueryParameter.oneOf("side", "On whose side it was said", Parameters.words(Side.class)),
                        QueryParameter.oneOf("format", "json if left out", Parameters.words(Format.class)))
                .answers(200, TranscriptView.class)
                .answersText(200, "text/plain")
                .answersText(200, "text/vtt")
                .answersText(200, "application/x-subrip")
                .handledBy(this::transcript));
    }

    private void transcript(Exchange exchange) {
        Asker asker = exchange.asker();
        CallId id = CallId.parse(exchange.path("id"));
        Parameters query = exchange.query();
        Format format = Objects.requireNonNullElse(query.word("format", Format.class), Format.JSON);
        Selection wanted =
                new Selection(query.seconds("from"), query.seconds("to"), query.text("speaker"), query.side());
        Call call = calls.get(asker, id).call();
        if (call.transcript() == TranscriptState.PENDING) {
            throw new Failure.Conflict(
                    "transcript-pending",
                    "Chorus has not transcribed this call yet; ask again later.",
                    clock.instant()
                            .plus(synchronisation
                                    .untilFetched(call.externalId())
                                    .orElse(NEXT_LOOK))
                            .plusMillis(999)
                            .truncatedTo(ChronoUnit.SECONDS));
        }
        Transcript transcript = calls.transcript(asker, id);
        List<Utterance> said =
                transcript.utterances().stream().filter(wanted::includes).toList();
        switch (format) {
            case JSON -> exchange.answer(200, view(call, transcript, said));
            case TXT -> exchange.text("text/plain", TranscriptText.plain(said));
            case VTT -> exchange.text("text/vtt", TranscriptText.webVtt(said));
            case SRT -> exchange.text("application/x-subrip", TranscriptText.subRip(said));
        }
    }

    private static TranscriptView view(Call call, Transcript transcript, List<Utterance> said) {
        Map<Speaker, Speaker> speakers = new LinkedHashMap<>();
        for (Utterance utterance : transcript.utterances()) {
            Speaker speaker = new Speaker(
                    utterance.speaker(), utterance.email(), utterance.side().word());
            speakers.putIfAbsent(speaker, speaker);
        }
        return new TranscriptView(
                call.id().value(),
                Parameters.word(call.transcript()),
                transcript.language(),
                List.copyOf(speakers.keySet()),
                said.stream()
                        .map(utterance -> UtteranceView.of(utterance, call))
                        .toList());
    }

    /** Which utterances; null means "any". */
    record Selection(
            @Nullable Long fromMs,
            @Nullable Long toMs,
            @Nullable String speaker,
            @Nullable Side side) {
        boolean includes(Utterance utterance) {
            return (fromMs == null || utterance.startMs() >= fromMs)
                    && (toMs == null || utterance.startMs() <= toMs)
                    && (side == null || utterance.side() == side)
                    && (speaker == null || speaks(utterance, speaker));
        }

        private static boolean speaks(Utterance utterance, String part) {
            return utterance.speaker() != null
                    && utterance.speaker().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
        }
    }
}
