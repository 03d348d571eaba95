package ai.cscx.chorus.agent;

import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.Answer.Evidence;
import ai.cscx.chorus.agent.Cards.PromiseItem;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.task.ActionItem;
import ai.cscx.chorus.task.Task;
import ai.cscx.chorus.task.Tasks;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says which action items were found; each is cited by the place in its call, or by the call. */
final class ItemsSaid {
    private static final int LINES = 25;

    private final Question question;
    private final Arguments arguments;

    ItemsSaid(Question question, Arguments arguments) {
        this.question = question;
        this.arguments = arguments;
    }

    Finding say(Tasks.Items found, @Nullable String sort, @Nullable String groupBy, int limit) {
        String status = arguments.text("status");
        String kind = (status == null ? "" : status + " ") + "action item";
        String scope = Wording.scope(arguments);
        if (found.items().isEmpty()) {
            return Finding.nothing(
                    "I found no " + kind + "s" + scope + ".", Suggestions.after(Tools.LIST_ACTION_ITEMS, arguments));
        }
        Stream<ActionItem> ordered = "due_date".equals(sort)
                ? found.items().stream()
                        .sorted(Comparator.comparing(
                                ActionItem::due, Comparator.nullsLast(Comparator.<LocalDate>naturalOrder())))
                : found.items().stream();
        List<ActionItem> items = ordered.limit(limit).toList();
        StringBuilder reply = new StringBuilder("I found " + Wording.count(found.total(), kind) + scope);
        if (items.size() < found.total()) {
            reply.append("; ").append(items.size()).append(groupBy == null ? " shown" : " counted");
        }
        reply.append('.');
        if (groupBy != null) {
            reply.append(Groups.lines(
                    items,
                    groupBy,
                    ActionItem::customerName,
                    ActionItem::ownerName,
                    ActionItem::callStartedAt,
                    question.asker().zone()));
        }
        StringBuilder material = new StringBuilder(reply);
        for (int i = 0; i < items.size(); i++) {
            ActionItem item = items.get(i);
            if (i < LINES && groupBy == null) {
                reply.append("\n- ").append(Wording.inline(item.text(), 200)).append(about(item));
            }
            material.append("\n- ")
                    .append(Wording.fenced(Wording.quote(item.text())))
                    .append(about(item));
        }
        if (groupBy == null && items.size() > LINES) {
            reply.append("\nand ").append(items.size() - LINES).append(" more in the list.");
        }
        Card card = new Card("actionItems", items.stream().map(PromiseItem::of).toList(), found.total());
        return new Finding(
                reply.toString(),
                material.toString(),
                List.of(card),
                Suggestions.after(Tools.LIST_ACTION_ITEMS, arguments),
                false);
    }

    private String about(ActionItem item) {
        StringBuilder about = new StringBuilder(" (");
        if (item.ownerName() != null) {
            about.append(Wording.inline(item.ownerName(), 80)).append(", ");
        }
        if (item.due() != null) {
            about.append("due ").append(Wording.day(item.due())).append(", ");
        }
        if (item.status() != Task.Status.OPEN) {
            about.append(item.status().word()).append(", ");
        }
        about.append(Wording.title(item.callTitle()))
                .append(", ")
                .append(Wording.day(item.callStartedAt(), question.asker().zone()));
        return about.append(") ")
                .append(question.evidence().handle(evidence(item)))
                .toString();
    }

    static Evidence evidence(ActionItem item) {
        long startMs = item.startMs() == null ? 0 : item.startMs();
        String url = item.startMs() == null ? item.callUrl() : Call.deepLink(item.callUrl(), startMs);
        return new Evidence(item.call(), item.callTitle(), null, item.side(), startMs, item.text(), url);
    }
}
