package ai.cscx.chorus.web;

import ai.cscx.chorus.base.Failure;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 describes it.
 *
 * @param detail what to do next
 * @param instance path of the request
 * @param errors each wrong place; only with 422
 * @param retryAt when trying again may succeed; left out where nobody knows
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonInclude(Include.NON_NULL) @Nullable List<ErrorAt> errors,
        @JsonInclude(Include.NON_NULL) @Nullable Instant retryAt) {
    static final String CONTENT_TYPE = "application/problem+json";
    private static final String TYPES = "urn:cscx:problem:";

    /**
     * @param pointer RFC 6901 JSON pointer into the request body
     */
    record ErrorAt(String pointer, String detail) {}

    /** The one place where failures become statuses. */
    static Problem of(Failure failure, String instance) {
        String detail = String.valueOf(failure.getMessage());
        return switch (failure) {
            case Failure.NotFound missing -> plain("not-found", "Not found", 404, detail, instance);
            case Failure.Malformed malformed -> plain("malformed", "The request cannot be read", 400, detail, instance);
            case Failure.Rejected rejected ->
                new Problem(
                        TYPES + "rejected",
                        "The request is wrong",
                        422,
                        detail,
                        instance,
                        rejected.problems().stream()
                                .map(place -> new ErrorAt(place.pointer(), place.detail()))
                                .toList(),
                        null);
            case Failure.Unauthenticated stranger -> plain("unauthenticated", "Sign in", 401, detail, instance);
            case Failure.Forbidden forbidden -> plain("forbidden", "Not allowed", 403, detail, instance);
            case Failure.Conflict conflict ->
                new Problem(
                        TYPES + conflict.code(),
                        "Not as things stand",
                        409,
                        detail,
                        instance,
                        null,
                        conflict.retryAt());
            case Failure.RateLimited limited -> plain("rate-limited", "Too much at once", 429, detail, instance);
            case Failure.Unavailable away -> plain("unavailable", "Not available right now", 503, detail, instance);
        };
    }

    static Problem plain(String type, String title, int status, String detail, String instance) {
        return new Problem(TYPES + type, title, status, detail, instance, null, null);
    }
}
