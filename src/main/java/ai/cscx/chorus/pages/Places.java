package ai.cscx.chorus.pages;

import ai.cscx.chorus.base.CallId;
import org.jspecify.annotations.Nullable;

/** Addresses of moments in calls. */
final class Places {
    private Places() {}

    /**
     * @param startMs milliseconds from the start of the recording; null = the call as a whole
     */
    static String of(CallId call, @Nullable Long startMs) {
        return "/calls/" + call + (startMs == null ? "" : "?t=" + startMs / 1000.0);
    }
}
