package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Page;
import com.fasterxml.jackson.databind.JavaType;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One method on one path: what it does, who may, what it takes and answers. Routing, checks and the OpenAPI document
 * are all made from it.
 *
 * @param path with parameters in braces, as in {@code /api/customers/{id}}
 */
record Route(
        HandlerType method,
        String path,
        String summary,
        Access access,
        List<QueryParameter> query,
        @Nullable Body body,
        List<Reply> replies,
        Action action) {
    Route {
        query = List.copyOf(query);
        replies = List.copyOf(replies);
    }

    /** What carries a request out. */
    @FunctionalInterface
    interface Action {
        void handle(Exchange exchange);
    }

    /**
     * @param type null = text of this content type
     */
    record Body(String contentType, @Nullable JavaType type, boolean required) {}

    /**
     * An answer other than an error.
     *
     * @param type null = text of this content type, or nothing if that is null too
     */
    record Reply(
            int status,
            @Nullable String contentType,
            @Nullable JavaType type) {}

    static Draft get(String path, String summary) {
        return new Draft(HandlerType.GET, path, summary);
    }

    static Draft post(String path, String summary) {
        return new Draft(HandlerType.POST, path, summary);
    }

    static Draft put(String path, String summary) {
        return new Draft(HandlerType.PUT, path, summary);
    }

    static Draft patch(String path, String summary) {
        return new Draft(HandlerType.PATCH, path, summary);
    }

    static Draft delete(String path, String summary) {
        return new Draft(HandlerType.DELETE, path, summary);
    }

    /** A route being written down; for signed-in people unless it says otherwise. */
    static final class Draft {
        private final HandlerType method;
        private final String path;
        private final String summary;
        private final List<QueryParameter> query = new ArrayList<>();
        private final List<Reply> replies = new ArrayList<>();
        private Access access = Access.TOKEN;
        private @Nullable Body body;

        private Draft(HandlerType method, String path, String summary) {
            this.method = method;
            this.path = path;
            this.summary = summary;
        }

        Draft access(Access whoMay) {
            access = whoMay;
            return this;
        }

        Draft query(QueryParameter... parameters) {
            query.addAll(List.of(parameters));
            return this;
        }

        Draft takes(Class<?> type) {
            body = new Body(WireJson.CONTENT_TYPE, WireJson.type(type), true);
            return this;
        }

        Draft mayTake(Class<?> type) {
            body = new Body(WireJson.CONTENT_TYPE, WireJson.type(type), false);
            return this;
        }

        Draft takesText(String contentType) {
            body = new Body(contentType, null, true);
            return this;
        }

        Draft answers(int status, Class<?> type) {
            replies.add(new Reply(status, WireJson.CONTENT_TYPE, WireJson.type(type)));
            return this;
        }

        Draft answersText(int status, String contentType) {
            replies.add(new Reply(status, contentType, null));
            return this;
        }

        Draft answersNothing(int status) {
            replies.add(new Reply(status, null, null));
            return this;
        }

        /** A list in pages: takes limit and cursor. */
        Draft answersPagesOf(Class<?> item) {
            query(QueryParameter.LIMIT, QueryParameter.CURSOR);
            replies.add(new Reply(200, WireJson.CONTENT_TYPE, WireJson.type(Page.class, item)));
            return this;
        }

        Route handledBy(Action action) {
            return new Route(method, path, summary, access, query, body, replies, action);
        }
    }
}
