package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.Cards.CallCard;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.call.TrackerHits;
import ai.cscx.chorus.task.ActionItem;
import ai.cscx.chorus.task.Tasks;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Says what one call was about: summary, attendees, outcome, action items. */
final class CallSaid {
    private static final int ITEMS = 10;

    private final Question question;
    private final Arguments arguments;

    CallSaid(Question question, Arguments arguments) {
        this.question = question;
        this.arguments = arguments;
    }

    static Finding none(Arguments arguments) {
        return Finding.nothing(
                "I found no such call" + Wording.scope(arguments) + ".", Suggestions.after(Tools.GET_CALL, arguments));
    }

    /**
     * @param fitting how many calls fit what was asked for
     */
    Finding say(CallDetails details, Tasks.Items items, long fitting) {
        Call call = details.call();
        String handle = question.evidence().handle(Wording.evidence(call));
        String head = head(call, fitting) + " " + handle;
        String people = "\nAttendees: " + attendees(call);
        String end = "\nOutcome: " + outcome(call, items);
        String topics = details.trackers().isEmpty()
                ? ""
                : "\nTopics: "
                        + details.trackers().stream()
                                .map(TrackerHits::name)
                                .map(name -> Wording.inline(name, 60))
                                .distinct()
                                .limit(8)
                                .collect(Collectors.joining(", "));
        StringBuilder promises = new StringBuilder();
        StringBuilder fenced = new StringBuilder();
        for (ActionItem item :
                items.items().subList(0, Math.min(ITEMS, items.items().size()))) {
            String cited = " " + question.evidence().handle(ItemsSaid.evidence(item));
            promises.append("\n- ")
                    .append(Wording.inline(item.text(), 200))
                    .append(whose(item))
                    .append(cited);
            fenced.append("\n- ")
                    .append(Wording.fenced(Wording.quote(item.text())))
                    .append(whose(item))
                    .append(cited);
        }
        String summary = call.summary();
        boolean told = summary != null && !summary.isBlank();
        String reply = head
                + (told ? "\n" + Wording.inline(Objects.requireNonNull(summary), 1_500) + " " + handle : "")
                + people
                + end
                + topics
                + (promises.isEmpty() ? "" : "\nAction items:")
                + promises;
        String material = head
                + (told ? "\nSummary: " + Wording.fenced(Objects.requireNonNull(summary)) + " " + handle : "")
                + people
                + end
                + topics
                + fenced;
        return new Finding(
                reply,
                material,
                List.of(new Card("call", List.of(CallCard.of(call, items.items())), 1)),
                Suggestions.after(Tools.GET_CALL, arguments),
                false);
    }

    private String head(Call call, long fitting) {
        Call.CustomerRef customer = call.customer();
        String which = Wording.title(call.title()) + ", "
                + Wording.day(call.startedAt(), question.asker().zone())
                + (customer == null ? "" : ", with " + Wording.inline(customer.name(), 120))
                + ", " + Math.max(1, Math.round(call.durationMs() / 60_000.0)) + " min.";
        boolean chosen = arguments.has("call");
        return fitting > 1 && !chosen ? fitting + " calls fit; this is the latest: " + which : which;
    }

    private static String attendees(Call call) {
        String names =
                call.participants().stream().map(CallSaid::attendee).limit(20).collect(Collectors.joining(", "));
        return names.isEmpty() ? "unknown" : names;
    }

    private static String attendee(Participant person) {
        String name = Wording.inline(
                Objects.requireNonNullElse(person.name(), Objects.requireNonNullElse(person.email(), "Unknown")), 80);
        String from = person.company() == null ? "" : Wording.inline(person.company(), 80);
        String role = person.title() == null
                ? from
                : Wording.inline(person.title(), 80) + (from.isEmpty() ? "" : ", " + from);
        return role.isEmpty() ? name : name + " (" + role + ")";
    }

    private static String whose(ActionItem item) {
        List<String> parts = new java.util.ArrayList<>();
        if (item.ownerName() != null) {
            parts.add(Wording.inline(item.ownerName(), 80));
        }
        if (item.due() != null) {
            parts.add("due " + Wording.day(item.due()));
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private static String outcome(Call call, Tasks.Items items) {
        return switch (call.state()) {
                    case DONE, UNKNOWN ->
                        items.total() == 0 ? "no action items." : Wording.count(items.total(), "action item") + ".";
                    case PROCESSING -> "Chorus is still processing the recording.";
                    case SCHEDULED -> "it has not taken place yet.";
                    case LIVE -> "it is going on right now.";
                    case NO_SHOW -> "nobody showed up.";
                    case FAILED -> "the recording failed.";
                }
                + (call.transcript() == CallContent.TranscriptState.PENDING ? " The transcript is not there yet." : "");
    }
}
