package ai.cscx.chorus.hook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a hook can be told. */
public enum HookEvent {
    TASK_CREATED,
    TASK_UPDATED,
    /** An item that nobody had touched was taken back, or its call was. */
    TASK_DELETED,
    HEALTH_CHANGED;

    /** As it is sent: {@code task.created}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    static List<String> words() {
        return Arrays.stream(values()).map(HookEvent::word).toList();
    }
}
