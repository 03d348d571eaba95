package ai.cscx.chorus.simulator;

import ai.cscx.chorus.simulator.Query.BadValue;
import org.jspecify.annotations.Nullable;

/** What Chorus answers to those it lets in: both dialects over the same world. */
final class Api {
    private final World world;
    private final Pages pages;
    private final EngagementList engagements;
    private final CallList calls;

    Api(World world, Pages pages) {
        this.world = world;
        this.pages = pages;
        this.engagements = new EngagementList(world, pages);
        this.calls = new CallList(world, pages);
    }

    Reply list(Query query) throws BadValue {
        return engagements.page(query);
    }

    Reply callsList(Query query) throws BadValue {
        return calls.page(query);
    }

    Reply me() {
        return new UserDocument(world.roster()).reply();
    }

    Reply conversation(@Nullable String id) {
        SimulatedCall call = call(id);
        return call == null || call.isPrivate()
                ? ErrorStyle.ENGAGEMENTS.notFound("No such conversation.")
                : new Reply(200, Reply.JSON_API, pages.sheet(Sheet.CONVERSATION, call));
    }

    /** A private call is shown and marked, without its words. */
    Reply call(@Nullable String id, Sheet sheet) {
        SimulatedCall call = call(id);
        if (call == null || (call.isPrivate() && sheet != Sheet.CALL)) {
            return ErrorStyle.CALLS.notFound("No call with this id is visible to the token.");
        }
        return sheet == Sheet.TRANSCRIPT && !call.transcriptReady()
                ? Reply.empty(202)
                : new Reply(200, Reply.JSON, pages.sheet(sheet, call));
    }

    private @Nullable SimulatedCall call(@Nullable String id) {
        return id == null ? null : world.callInReach(id);
    }
}
