package ai.cscx.chorus.web;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Describes routes as OpenAPI 3.1. */
final class OpenApi {
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final String SCHEMES = "bearer";

    private OpenApi() {}

    static byte[] describe(List<Route> routes) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "CSCX Chorus")
                .put("version", "1")
                .put("description", "Calls from Chorus.ai, searchable and answerable. Errors are RFC 9457 problems.");
        document.putArray("servers").addObject().put("url", "/");
        document.putArray("security").addObject().putArray(SCHEMES);
        Schemas schemas = new Schemas();
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            ObjectNode path =
                    paths.has(route.path()) ? (ObjectNode) paths.get(route.path()) : paths.putObject(route.path());
            describe(route, path.putObject(route.method().name().toLowerCase(Locale.ROOT)), schemas);
        }
        JavaType problem = WireJson.type(Problem.class);
        ObjectNode components = document.putObject("components");
        ObjectNode error = components.putObject("responses").putObject("Problem");
        error.put("description", "What went wrong and what to do next")
                .putObject("content")
                .putObject(Problem.CONTENT_TYPE)
                .set("schema", schemas.of(problem));
        ObjectNode openAi = components.withObject("/responses").putObject("OpenAiError");
        openAi.put("description", "What went wrong, as OpenAI's API says it")
                .putObject("content")
                .putObject(WireJson.CONTENT_TYPE)
                .set("schema", schemas.of(WireJson.type(OpenAiError.class)));
        components
                .putObject("securitySchemes")
                .putObject(SCHEMES)
                .put("type", "http")
                .put("scheme", "bearer");
        components.set("schemas", schemas.named());
        return WireJson.bytes(document);
    }

    private static void describe(Route route, ObjectNode operation, Schemas schemas) {
        operation.put("operationId", operationId(route));
        operation.put("summary", route.summary());
        operation.putArray("tags").add(tag(route.path()));
        switch (route.access()) {
            case OPEN -> operation.putArray("security");
            case ADMIN -> operation.put("description", "For admins.");
            case TOKEN, TOKEN_UNLESS_LOCAL -> {}
        }
        parameters(route, operation);
        Route.Body body = route.body();
        if (body != null) {
            ObjectNode request = operation.putObject("requestBody").put("required", body.required());
            content(request, body.contentType(), body.type(), schemas);
        }
        ObjectNode responses = operation.putObject("responses");
        for (Route.Reply reply : route.replies()) {
            String status = Integer.toString(reply.status());
            ObjectNode response =
                    responses.has(status) ? (ObjectNode) responses.get(status) : responses.putObject(status);
            response.put("description", reply.contentType() == null ? "Done" : "The answer");
            if (reply.contentType() != null) {
                content(response, reply.contentType(), reply.type(), schemas);
            }
        }
        String error = OpenAiError.speaks(route.path()) ? "OpenAiError" : "Problem";
        responses.putObject("default").put("$ref", "#/components/responses/" + error);
    }

    private static void content(ObjectNode owner, String contentType, @Nullable JavaType type, Schemas schemas) {
        ObjectNode content = owner.withObject("/content").putObject(contentType);
        content.set("schema", type == null ? text() : schemas.of(type));
    }

    private static ObjectNode text() {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }

    private static void parameters(Route route, ObjectNode operation) {
        ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
        Matcher inPath = PATH_PARAMETER.matcher(route.path());
        while (inPath.find()) {
            ObjectNode parameter = parameters.addObject();
            parameter.put("name", inPath.group(1)).put("in", "path").put("required", true);
            parameter.putObject("schema").put("type", "string").put("format", "uuid");
        }
        for (QueryParameter query : route.query()) {
            ObjectNode parameter = parameters.addObject();
            parameter
                    .put("name", query.name())
                    .put("in", "query")
                    .put("required", query.required())
                    .put("description", query.description());
            ObjectNode schema = parameter.putObject("schema").put("type", query.type());
            if (query.format() != null) {
                schema.put("format", query.format());
            }
            if (!query.words().isEmpty()) {
                ArrayNode words = schema.putArray("enum");
                query.words().forEach(words::add);
            }
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
    }

    /** Such as {@code get-chorus-meetings-id}. */
    private static String operationId(Route route) {
        String path = route.path().replaceFirst("^/api", "").replaceAll("[^A-Za-z0-9]+", "-");
        return (route.method().name().toLowerCase(Locale.ROOT) + "-" + path)
                .replaceAll("-+", "-")
                .replaceAll("-$", "");
    }

    private static String tag(String path) {
        String plain = path.replaceFirst("^/api/(chorus/)?", "").replaceFirst("^/", "");
        String first = plain.split("[/.]", 2)[0];
        return first.isEmpty() ? "pages" : first;
    }
}
