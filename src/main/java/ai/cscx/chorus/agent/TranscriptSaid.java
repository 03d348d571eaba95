package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.Answer.Evidence;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallContent.TranscriptState;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows where a transcript begins; all of it is a link away, and never goes into a model. */
final class TranscriptSaid {
    private static final int SHOWN = 20;
    private static final int TOLD = 5;

    private final Question question;
    private final Arguments arguments;

    TranscriptSaid(Question question, Arguments arguments) {
        this.question = question;
        this.arguments = arguments;
    }

    record UtteranceItem(
            int index,
            @Nullable String speaker,
            String side,
            double startSeconds,
            double endSeconds,
            String text,
            @Nullable String url) {
        static UtteranceItem of(Call call, Utterance utterance) {
            return new UtteranceItem(
                    utterance.index(),
                    utterance.speaker(),
                    utterance.side().word(),
                    utterance.startMs() / 1000.0,
                    utterance.endMs() / 1000.0,
                    utterance.text(),
                    Call.deepLink(call.url(), utterance.startMs()));
        }
    }

    /**
     * @param href the whole transcript in the HTTP interface
     */
    record TranscriptItem(
            String callId,
            @Nullable String title,
            String startedAt,
            @Nullable String url,
            String href,
            List<UtteranceItem> utterances,
            int total) {}

    Finding say(Call call, Transcript transcript) {
        String which = Wording.title(call.title()) + ", "
                + Wording.day(call.startedAt(), question.asker().zone());
        List<String> next = Suggestions.after(Tools.GET_TRANSCRIPT, arguments);
        if (transcript.utterances().isEmpty()) {
            return Finding.nothing(
                    which + ": "
                            + (call.transcript() == TranscriptState.PENDING
                                    ? "Chorus has no transcript yet; it is looked for again by itself."
                                    : "there is no transcript of this call."),
                    next);
        }
        List<Utterance> all = transcript.utterances();
        List<Utterance> shown = all.subList(0, Math.min(SHOWN, all.size()));
        String head = "Transcript of " + which + ": " + Wording.count(all.size(), "utterance")
                + (shown.size() < all.size() ? "; the first " + shown.size() + " are shown." : ".");
        StringBuilder reply = new StringBuilder(head);
        StringBuilder material = new StringBuilder(head);
        for (Utterance utterance : shown.subList(0, Math.min(TOLD, shown.size()))) {
            String handle = question.evidence().handle(evidence(call, utterance));
            String who = Wording.inline(Objects.requireNonNullElse(utterance.speaker(), "Unknown speaker"), 80);
            reply.append("\n- ")
                    .append(who)
                    .append(": “")
                    .append(Wording.inline(utterance.text(), 240))
                    .append("” ")
                    .append(handle);
            material.append("\n- ")
                    .append(who)
                    .append(": ")
                    .append(Wording.fenced(Wording.quote(utterance.text())))
                    .append(' ')
                    .append(handle);
        }
        TranscriptItem item = new TranscriptItem(
                call.id().toString(),
                call.title(),
                call.startedAt().toString(),
                call.url(),
                "/api/chorus/meetings/" + call.id() + "/transcript",
                shown.stream()
                        .map(utterance -> UtteranceItem.of(call, utterance))
                        .toList(),
                all.size());
        return new Finding(
                reply.toString(), material.toString(), List.of(new Card("transcript", List.of(item), 1)), next, false);
    }

    private static Evidence evidence(Call call, Utterance utterance) {
        return new Evidence(
                call.id(),
                call.title(),
                utterance.speaker(),
                utterance.side(),
                utterance.startMs(),
                utterance.text(),
                Call.deepLink(call.url(), utterance.startMs()));
    }
}
