package ai.cscx.chorus.web;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses before any route sees it, such as a bad escape in the path or headers that are too long. */
final class UnreadableRequests implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Problem problem = Problem.plain(
                "malformed",
                "The request cannot be read",
                response.getStatus(),
                "This is no HTTP request that can be served; check how path, query and headers are written.",
                "/");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        response.getHeaders().put(Gate.REQUEST_ID, UUID.randomUUID().toString());
        response.write(true, ByteBuffer.wrap(WireJson.bytes(problem)), callback);
        return true;
    }
}
