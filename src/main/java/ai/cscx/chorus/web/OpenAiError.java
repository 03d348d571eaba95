package ai.cscx.chorus.web;

import org.jspecify.annotations.Nullable;

/** An error as OpenAI's API has them, under /v1. */
record OpenAiError(Detail error) {
    record Detail(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code) {}

    static boolean speaks(String path) {
        return path.equals("/v1") || path.startsWith("/v1/");
    }

    static OpenAiError of(Problem problem) {
        String place = "";
        String param = null;
        if (problem.errors() != null && !problem.errors().isEmpty()) {
            Problem.ErrorAt first = problem.errors().getFirst();
            param = param(first.pointer());
            place = " " + (param.isEmpty() ? "The body" : param) + " " + first.detail() + ".";
        }
        String type = switch (problem.status()) {
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> problem.status() < 500 ? "invalid_request_error" : "server_error";
        };
        String code =
                problem.type().substring(problem.type().lastIndexOf(':') + 1).replace('-', '_');
        return new OpenAiError(new Detail(
                problem.detail() + place,
                type,
                param == null || param.isEmpty() ? null : param,
                problem.status() == 401 ? "invalid_api_key" : code));
    }

    /** A JSON pointer as OpenAI names places: {@code /messages/0/content} is {@code messages[0].content}. */
    private static String param(String pointer) {
        return pointer.replaceFirst("^/", "")
                .replaceAll("/(\\d+)(?=/|$)", "[$1]")
                .replace('/', '.');
    }
}
