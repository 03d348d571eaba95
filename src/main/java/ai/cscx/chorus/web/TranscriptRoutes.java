package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallContent.TranscriptState;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.SpeakerStatistics;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import ai.cscx.chorus.sync.Synchronisation;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was said in a call, as JSON, text or subtitles, and who spoke how much. */
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
     * @param total how many utterances the whole transcript has
     * @param focus index of the utterance that around or at asked for; null unless one did
     */
    record TranscriptView(
            UUID callId,
            String transcript,
            @Nullable String language,
            List<Speaker> speakers,
            int total,
            @Nullable Integer focus,
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
        return List.of(
                Route.get(
                                "/api/chorus/meetings/{id}/transcript",
                                "What was said; 409 transcript-pending while Chorus has none")
                        .query(Excerpt.parameters().toArray(QueryParameter[]::new))
                        .query(QueryParameter.oneOf("format", "json if left out", Parameters.words(Format.class)))
                        .answers(200, TranscriptView.class)
                        .answersText(200, "text/plain")
                        .answersText(200, "text/vtt")
                        .answersText(200, "application/x-subrip")
                        .handledBy(this::transcript),
                Route.get(
                                "/api/chorus/meetings/{id}/speakers",
                                "Who spoke how much, asked how often and had the floor for how long; 409"
                                        + " transcript-pending while Chorus has no transcript")
                        .answers(200, SpeakersView.class)
                        .handledBy(this::speakers));
    }

    private void transcript(Exchange exchange) {
        Asker asker = exchange.asker();
        CallId id = CallId.parse(exchange.path("id"));
        Parameters query = exchange.query();
        Format format = Objects.requireNonNullElse(query.word("format", Format.class), Format.JSON);
        Excerpt.Wanted wanted = Excerpt.wanted(query);
        Call call = transcribed(asker, id);
        Transcript transcript = calls.transcript(asker, id);
        Excerpt excerpt = wanted.of(transcript.utterances());
        switch (format) {
            case JSON -> exchange.answer(200, view(call, transcript, excerpt));
            case TXT -> exchange.file("text/plain", fileName(call, format), TranscriptText.plain(excerpt));
            case VTT -> exchange.file("text/vtt", fileName(call, format), TranscriptText.webVtt(excerpt));
            case SRT -> exchange.file("application/x-subrip", fileName(call, format), TranscriptText.subRip(excerpt));
        }
    }

    private void speakers(Exchange exchange) {
        Asker asker = exchange.asker();
        Call call = transcribed(asker, CallId.parse(exchange.path("id")));
        exchange.answer(200, SpeakersView.of(call, SpeakerStatistics.of(calls.transcript(asker, call.id()))));
    }

    /**
     * The call.
     *
     * @throws Failure.Conflict if Chorus has no transcript of it yet
     */
    private Call transcribed(Asker asker, CallId id) {
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
        return call;
    }

    /** Of our own making: titles are what strangers wrote. */
    private static String fileName(Call call, Format format) {
        return "transcript-" + call.startedAt().atOffset(ZoneOffset.UTC).toLocalDate() + "-" + call.id() + "."
                + Parameters.word(format);
    }

    private static TranscriptView view(Call call, Transcript transcript, Excerpt excerpt) {
        Set<Speaker> speakers = new LinkedHashSet<>();
        for (Utterance utterance : transcript.utterances()) {
            speakers.add(new Speaker(
                    utterance.speaker(), utterance.email(), utterance.side().word()));
        }
        Utterance focus = excerpt.focus();
        return new TranscriptView(
                call.id().value(),
                Parameters.word(call.transcript()),
                transcript.language(),
                List.copyOf(speakers),
                transcript.utterances().size(),
                focus == null ? null : focus.index(),
                excerpt.utterances().stream()
                        .map(utterance -> UtteranceView.of(utterance, call))
                        .toList());
    }
}
