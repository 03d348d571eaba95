package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.call.CallContent;
import ai.cscx.chorus.call.CallStore;
import ai.cscx.chorus.customer.Links;
import ai.cscx.chorus.task.Tasks;
import ai.cscx.chorus.upstream.Answers;
import ai.cscx.chorus.upstream.Answers.Part;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Saves a call with everything of ours that follows from it: its customer and its tasks, in one transaction, the
 * caller's. The search index follows by itself ({@link Indexer}).
 */
final class CallWriter {
    private final CallStore calls;
    private final Links links;
    private final Tasks tasks;

    CallWriter(CallStore calls, Links links, Tasks tasks) {
        this.calls = calls;
        this.links = links;
        this.tasks = tasks;
    }

    /** Saves calls of which only the list is known, unless they are here. */
    void listed(Handle handle, Collection<CallContent> contents, Map<String, byte[]> elements, Instant listedAt) {
        List<CallId> made = calls.saveListed(handle, ItemReader.read(handle, contents), elements, listedAt);
        made.forEach(call -> follow(handle, call, true));
    }

    /**
     * Saves a call that was fetched.
     *
     * @param listHash null if it was not listed
     * @return whether anything changed
     */
    boolean fetched(Handle handle, CallContent content, Answers answers, @Nullable String listHash, Instant sentAt) {
        Map<String, byte[]> raw = new HashMap<>();
        for (Map.Entry<Part, byte[]> part : answers.parts().entrySet()) {
            raw.put(part.getKey().word(), part.getValue());
        }
        CallStore.Saved saved =
                calls.save(handle, ItemReader.read(handle, List.of(content)).getFirst(), raw, listHash, sentAt);
        if (saved.changed()) {
            follow(handle, saved.id(), saved.matchChanged());
        }
        return saved.changed();
    }

    private void follow(Handle handle, CallId call, boolean match) {
        if (match) {
            links.match(handle, call);
        }
        tasks.createFromActionItems(handle, call);
    }
}
