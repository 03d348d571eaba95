package ai.cscx.chorus.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Pages for people, served beside the HTTP interface. Its paths need no {@link Route}: no program calls them. */
public interface Site {
    /** Attribute of a request that is answered with events for as long as somebody listens. */
    String STREAM = "stream";

    /** Adds the site's paths; none is below /api. */
    void addTo(RoutesConfig routes);

    /**
     * Draws an error for whoever reads it in a browser. The status is set already.
     *
     * @param detail what to do next
     * @return false if it is no browser that asks, so that the answer is one for programs
     */
    boolean draw(Context context, int status, String detail);

    /** Ends answers that would go on. */
    void close();
}
