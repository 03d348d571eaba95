package ai.cscx.chorus.agent;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.CustomerId;
import ai.cscx.chorus.base.Page;
import ai.cscx.chorus.base.TimeRange;
import ai.cscx.chorus.base.UserId;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.CallDetails;
import ai.cscx.chorus.call.CallFilter;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.search.SearchRequest;
import ai.cscx.chorus.search.SearchResult;
import ai.cscx.chorus.sync.Freshness;
import ai.cscx.chorus.task.Task;
import ai.cscx.chorus.task.Tasks;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What the tools ask of the features; all of it on behalf of the asker. */
record Verbs(
        CallList calls,
        BiFunction<Asker, CallFilter, Long> countCalls,
        BiFunction<Asker, CallId, CallDetails> call,
        ItemList actionItems,
        BiFunction<Asker, SearchRequest, SearchResult> search,
        BiFunction<Asker, CallId, Transcript> transcript,
        TaskList tasks,
        SyncReport freshness) {

    /** {@link Tasks#list}. */
    interface TaskList {
        Page<Task> list(Asker asker, Tasks.TaskFilter filter, @Nullable String cursor, int limit);
    }

    /** {@link Freshness#report}. */
    interface SyncReport {
        Freshness.Report report(Asker asker, Set<CustomerId> customers, @Nullable UserId owner, TimeRange range);
    }

    /** {@link ai.cscx.chorus.call.Calls#list}. */
    interface CallList {
        Page<Call> list(Asker asker, CallFilter filter, CallFilter.Sort sort, @Nullable String cursor, int limit);
    }

    /** {@link Tasks#actionItems}. */
    interface ItemList {
        Tasks.Items list(Asker asker, Tasks.ItemFilter filter, int limit);
    }
}
