package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every error as a problem, and logs those that are ours. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Duration AGAIN_SOON = Duration.ofSeconds(5);

    private final @Nullable Site site;
    private final ProtectedResource resource;

    /**
     * @param site draws the errors of those who read them in a browser
     */
    Problems(@Nullable Site site, ProtectedResource resource) {
        this.site = site;
        this.resource = resource;
    }

    void answerOn(RoutesConfig routes) {
        routes.exception(Failure.class, this::failed);
        routes.exception(HttpResponseException.class, (refusal, context) -> answer(context, of(refusal, context)));
        routes.exception(Exception.class, this::broke);
    }

    private void failed(Failure failure, Context context) {
        if (failure instanceof Failure.Unauthenticated) {
            boolean hadToken = context.header("Authorization") != null;
            context.header("WWW-Authenticate", resource.challenge(context.path(), hadToken));
        } else if (failure instanceof Failure.RateLimited limited) {
            context.header("Retry-After", seconds(limited.retryAfter()));
        } else if (failure instanceof Failure.Unavailable) {
            context.header("Retry-After", seconds(AGAIN_SOON));
            LOG.warn("{} {}: {}", Gate.requestId(context), template(context), failure.getMessage());
        }
        answer(context, Problem.of(failure, context.path()));
    }

    /** What Javalin itself refuses: unknown paths, wrong methods, bodies that are too large. */
    static Problem of(HttpResponseException refusal, Context context) {
        String path = context.path();
        return switch (refusal.getStatus()) {
            case 404 ->
                Problem.plain("not-found", "Not found", 404, "There is no such path; /openapi.json lists them.", path);
            case 405 -> {
                String allowed = refusal.getDetails().getOrDefault("availableMethods", "");
                if (!allowed.isEmpty()) {
                    context.header("Allow", allowed);
                }
                yield Problem.plain(
                        "method-not-allowed",
                        "Method not allowed",
                        405,
                        "This path does not take this method; /openapi.json lists what it takes.",
                        path);
            }
            case 413 ->
                Problem.plain(
                        "too-large",
                        "The body is too large",
                        413,
                        "A body has at most 1 MB, a CSV import 10 MB, a webhook 256 KB; send less at once.",
                        path);
            default ->
                Problem.plain(
                        "malformed",
                        "The request cannot be read",
                        refusal.getStatus() < 500 ? refusal.getStatus() : 400,
                        "See /openapi.json for what this path takes.",
                        path);
        };
    }

    private void broke(Exception defect, Context context) {
        String id = Gate.requestId(context);
        LOG.error(
                "{} {} {} broke: {}; the caller got a 500, find out why",
                id,
                context.method(),
                template(context),
                defect.getClass().getName(),
                withoutMessages(defect));
        answer(
                context,
                Problem.plain(
                        "internal",
                        "Something broke",
                        500,
                        "This is a defect of ours. Try again, and if it stays tell an admin the request id " + id + ".",
                        context.path()));
    }

    /** Logs a defect that came up after an answer had begun, and tells of it without what it says. */
    static Problem of(RuntimeException defect, String path) {
        LOG.error(
                "An answer broke after it had begun: {}; find out why",
                defect.getClass().getName(),
                withoutMessages(defect));
        return Problem.plain(
                "internal", "Something broke", 500, "This is a defect of ours; it is in the log. Try again.", path);
    }

    private void answer(Context context, Problem problem) {
        context.status(problem.status());
        boolean forPeople = Gate.route(context) == null && !Gate.isApi(context.path());
        if (site != null && forPeople && site.draw(context, problem.status(), problem.detail())) {
            return;
        }
        if (OpenAiError.speaks(context.path())) {
            // OpenAI's API knows no 422.
            context.status(problem.status() == 422 ? 400 : problem.status());
            context.contentType(WireJson.CONTENT_TYPE).result(WireJson.bytes(OpenAiError.of(problem)));
            return;
        }
        context.contentType(Problem.CONTENT_TYPE).result(WireJson.bytes(problem));
    }

    private static String seconds(Duration wait) {
        return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    /** The path without what stands in it. */
    private static String template(Context context) {
        Endpoint matched = context.endpoints().matchedHttpEndpoint();
        return matched == null ? "an unknown path" : matched.path;
    }

    /** The stacks alone: messages of unexpected exceptions may repeat what people said. */
    private static Throwable withoutMessages(Throwable defect) {
        Throwable cause = defect.getCause();
        Throwable bare = new Throwable(
                defect.getClass().getName(), cause == null || cause == defect ? null : withoutMessages(cause));
        bare.setStackTrace(defect.getStackTrace());
        return bare;
    }
}
