package ai.cscx.chorus.web;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.base.Failure;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Another way in on the same port, such as MCP: a protocol of its own for the same askers. Its paths need no {@link Route}. */
public interface Door {
    /** Adds the door's paths; none is below /api or /v1. */
    void addTo(RoutesConfig routes, Doorkeeper keeper);

    /** Says who stands before a door. */
    interface Doorkeeper {
        /**
         * Who asks, by the same tokens as on the HTTP interface.
         *
         * @throws Failure.Unauthenticated without a token that is good
         * @throws Failure.Forbidden if a page of another site asks, or a service that acts for nobody
         */
        Asker admit(Context context);
    }
}
