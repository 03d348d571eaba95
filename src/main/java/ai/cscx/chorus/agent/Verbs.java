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
import ai.cscx.chorus.customer.Customer;
import ai.cscx.chorus.search.SearchRequest;
import ai.cscx.chorus.search.SearchResult;
import ai.cscx.chorus.signal.CustomerHealth;
import ai.cscx.chorus.signal.CustomerInsights;
import ai.cscx.chorus.signal.HealthFilter;
import ai.cscx.chorus.signal.Mention;
import ai.cscx.chorus.signal.MentionFilter;
import ai.cscx.chorus.signal.Signals;
import ai.cscx.chorus.signal.Trend;
import ai.cscx.chorus.signal.TrendRequest;
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
        SyncReport freshness,
        CustomerList customers,
        SignalVerbs signals) {

    /** {@link ai.cscx.chorus.customer.Customers#list}. */
    interface CustomerList {
        Page<Customer> list(Asker asker, @Nullable String cursor, int limit);
    }

    /** What {@link ai.cscx.chorus.signal.Signals} answers. */
    record SignalVerbs(
            InsightsOf insights,
            BiFunction<Asker, CustomerId, CustomerHealth> health,
            HealthList healths,
            TrendList trends,
            MentionList mentions) {
        static SignalVerbs of(Signals signals) {
            return new SignalVerbs(
                    signals.insights()::of,
                    signals.health()::of,
                    signals.health()::list,
                    signals.trends()::list,
                    signals.mentions()::list);
        }
    }

    /** {@link ai.cscx.chorus.signal.Insights#of}. */
    interface InsightsOf {
        CustomerInsights of(Asker asker, CustomerId customer, TimeRange range);
    }

    /** {@link ai.cscx.chorus.signal.HealthScores#list}. */
    interface HealthList {
        Page<CustomerHealth> list(Asker asker, HealthFilter filter, @Nullable String cursor, int limit);
    }

    /** {@link ai.cscx.chorus.signal.Trends#list}. */
    interface TrendList {
        Page<Trend> list(Asker asker, TrendRequest request, @Nullable String cursor, int limit);
    }

    /** {@link ai.cscx.chorus.signal.Mentions#list}. */
    interface MentionList {
        Page<Mention> list(Asker asker, MentionFilter filter, @Nullable String cursor, int limit);
    }

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
