package ai.cscx.chorus.web;

import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.task.ActionItem;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody promised in a call.
 *
 * @param side on whose side it is to be done
 * @param status open, done or dismissed
 * @param startSeconds where in the call it was promised, if known
 */
record ActionItemView(
        UUID id,
        String text,
        UUID callId,
        String side,
        @Nullable String ownerName,
        @Nullable LocalDate dueDate,
        String status,
        @Nullable UUID taskId,
        @Nullable Double startSeconds,
        @Nullable String url) {
    static ActionItemView of(ActionItem item) {
        return new ActionItemView(
                item.id(),
                item.text(),
                item.call().value(),
                item.side().word(),
                item.ownerName(),
                item.due(),
                item.status().word(),
                item.task() == null ? null : item.task().value(),
                startSeconds(item),
                url(item));
    }

    static @Nullable Double startSeconds(ActionItem item) {
        return item.startMs() == null ? null : Double.valueOf(Meeting.seconds(item.startMs()));
    }

    static @Nullable String url(ActionItem item) {
        return item.startMs() == null ? item.callUrl() : Call.deepLink(item.callUrl(), item.startMs());
    }
}
