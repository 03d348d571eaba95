package ai.cscx.chorus.agent;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change that a tool would make and that waits for the asker's yes.
 *
 * @param arguments of the tool, resolved
 * @param summary exactly what will change, as a request: "Create the task “…” for Acme"
 */
record Proposal(String tool, Map<String, Object> arguments, Change change, String summary) {
    Proposal {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** What is carried out; kept as JSON until then. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = AddTask.class, name = "add-task"),
        @JsonSubTypes.Type(value = CompleteItem.class, name = "complete-item"),
        @JsonSubTypes.Type(value = CompleteTask.class, name = "complete-task")
    })
    sealed interface Change {}

    /**
     * @param due an ISO date
     */
    record AddTask(
            String title,
            @Nullable UUID customer,
            @Nullable UUID assignee,
            @Nullable String due) implements Change {}

    record CompleteItem(UUID item) implements Change {}

    /** Of a task that no action item stands behind. */
    record CompleteTask(UUID task) implements Change {}
}
