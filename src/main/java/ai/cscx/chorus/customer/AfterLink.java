package ai.cscx.chorus.customer;

import ai.cscx.chorus.base.CallId;
import org.jdbi.v3.core.Handle;

/** What follows when a call that was here already went to another customer: the index and tasks must learn it. */
@FunctionalInterface
public interface AfterLink {
    /** In the transaction that changed the link. */
    void changed(Handle handle, CallId call);
}
