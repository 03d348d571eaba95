package ai.cscx.chorus.agent;

import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Participant;
import ai.cscx.chorus.search.Hit;
import ai.cscx.chorus.task.ActionItem;
import ai.cscx.chorus.task.Task;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands on cards, in the shapes of the lists that the HTTP interface has. Instants and ids as text. */
final class Cards {
    /** What the items of a card are, by the card's type. */
    static final Map<String, Class<? extends Record>> TYPES = Map.ofEntries(
            Map.entry("calls", CallItem.class),
            Map.entry("call", CallCard.class),
            Map.entry("transcript", TranscriptSaid.TranscriptItem.class),
            Map.entry("passages", PassageItem.class),
            Map.entry("actionItems", PromiseItem.class),
            Map.entry("task", TaskItem.class),
            Map.entry("insights", SignalCards.InsightsItem.class),
            Map.entry("trends", SignalCards.TrendItem.class),
            Map.entry("health", SignalCards.HealthItem.class),
            Map.entry("portfolio", PortfolioSaid.PortfolioItem.class),
            Map.entry("syncStatus", SyncSaid.SyncItem.class));

    private Cards() {}

    record CustomerItem(String id, String name) {}

    record PersonItem(
            @Nullable String name,
            @Nullable String email,
            @Nullable String company,
            @Nullable String title,
            String side) {
        static PersonItem of(Participant person) {
            return new PersonItem(
                    person.name(),
                    person.email(),
                    person.company(),
                    person.title(),
                    person.side().word());
        }
    }

    record CallItem(
            String id,
            String externalId,
            @Nullable String title,
            String startedAt,
            double durationSeconds,
            @Nullable CustomerItem customer,
            @Nullable String owner,
            List<PersonItem> participants,
            @Nullable String summary,
            String state,
            String transcript,
            @Nullable String url,
            int actionItemCount) {
        static CallItem of(Call call) {
            return new CallItem(
                    call.id().toString(),
                    call.externalId(),
                    call.title(),
                    call.startedAt().toString(),
                    call.durationMs() / 1000.0,
                    customerOf(call),
                    call.owner(),
                    call.participants().stream().map(PersonItem::of).toList(),
                    call.summary(),
                    word(call.state()),
                    word(call.transcript()),
                    call.url(),
                    call.actionItems());
        }
    }

    /** A call with everything about it except what was said. */
    record CallCard(
            String id,
            String externalId,
            @Nullable String title,
            String startedAt,
            double durationSeconds,
            @Nullable CustomerItem customer,
            @Nullable String owner,
            List<PersonItem> participants,
            @Nullable String summary,
            String state,
            String transcript,
            @Nullable String url,
            int actionItemCount,
            List<PersonItem> attendees,
            List<PromiseItem> actionItems) {
        static CallCard of(Call call, List<ActionItem> items) {
            CallItem item = CallItem.of(call);
            return new CallCard(
                    item.id,
                    item.externalId,
                    item.title,
                    item.startedAt,
                    item.durationSeconds,
                    item.customer,
                    item.owner,
                    item.participants,
                    item.summary,
                    item.state,
                    item.transcript,
                    item.url,
                    item.actionItemCount,
                    item.participants,
                    items.stream().map(PromiseItem::of).toList());
        }
    }

    /** An action item. */
    record PromiseItem(
            String id,
            String text,
            String callId,
            @Nullable String callTitle,
            String callStartedAt,
            @Nullable CustomerItem customer,
            String side,
            @Nullable String ownerName,
            @Nullable String dueDate,
            String status,
            @Nullable String taskId,
            @Nullable String url) {
        static PromiseItem of(ActionItem item) {
            return new PromiseItem(
                    item.id().toString(),
                    item.text(),
                    item.call().toString(),
                    item.callTitle(),
                    item.callStartedAt().toString(),
                    item.customer() == null || item.customerName() == null
                            ? null
                            : new CustomerItem(item.customer().toString(), item.customerName()),
                    item.side().word(),
                    item.ownerName(),
                    item.due() == null ? null : item.due().toString(),
                    item.status().word(),
                    item.task() == null ? null : item.task().toString(),
                    item.startMs() == null ? item.callUrl() : Call.deepLink(item.callUrl(), item.startMs()));
        }
    }

    record PassageItem(
            String callId,
            String externalId,
            @Nullable String title,
            @Nullable CustomerItem customer,
            String startedAt,
            @Nullable String speaker,
            String side,
            int utteranceFrom,
            int utteranceTo,
            double startSeconds,
            double endSeconds,
            String text,
            String highlight,
            @Nullable String url,
            double score) {
        static PassageItem of(Hit hit) {
            return new PassageItem(
                    hit.call().toString(),
                    hit.externalId(),
                    hit.title(),
                    hit.customer() == null || hit.customerName() == null
                            ? null
                            : new CustomerItem(hit.customer().toString(), hit.customerName()),
                    hit.startedAt().toString(),
                    hit.speaker(),
                    hit.side().word(),
                    hit.utteranceFrom(),
                    hit.utteranceTo(),
                    hit.startMs() / 1000.0,
                    hit.endMs() / 1000.0,
                    hit.text(),
                    hit.highlight(),
                    hit.url(),
                    hit.score());
        }
    }

    record TaskItem(
            String id,
            String title,
            @Nullable String customerId,
            @Nullable String customerName,
            @Nullable String assigneeId,
            @Nullable String assigneeName,
            @Nullable String dueDate,
            String status,
            @Nullable String sourceCallId,
            @Nullable String actionItemId,
            boolean needsReview,
            int version) {
        static TaskItem of(Task task) {
            return new TaskItem(
                    task.id().toString(),
                    task.title(),
                    textOf(task.customer()),
                    task.customerName(),
                    textOf(task.assignee()),
                    task.assigneeName(),
                    textOf(task.due()),
                    task.status().word(),
                    textOf(task.sourceCall()),
                    textOf(task.actionItem()),
                    task.needsReview(),
                    task.version());
        }
    }

    private static @Nullable String textOf(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable CustomerItem customerOf(Call call) {
        Call.CustomerRef customer = call.customer();
        return customer == null ? null : new CustomerItem(customer.id().toString(), customer.name());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
