package ai.cscx.chorus.sync;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.customer.AfterLink;
import ai.cscx.chorus.task.Tasks;
import org.jdbi.v3.core.Handle;

/**
 * Lets the tasks of a call follow when its customer changed, in the same transaction. The search index follows by itself:
 * the call's version grew.
 */
public final class LinkFollowUp implements AfterLink {
    private final Tasks tasks;

    public LinkFollowUp(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public void changed(Handle handle, CallId call) {
        tasks.followCall(handle, call);
        tasks.createFromActionItems(handle, call);
    }
}
