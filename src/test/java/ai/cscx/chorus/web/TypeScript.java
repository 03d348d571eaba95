package ai.cscx.chorus.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes TypeScript types for the OpenAPI document: an interface a schema, and what every operation takes and answers. */
final class TypeScript {
    private static final String HEAD = """
            // Types of the HTTP interface of CSCX Chorus. Made from /openapi.json by TypeScriptTest; not to be edited.

            """;

    private static final String EVENTS = """

            /** What POST /api/chat streams when it is asked for text/event-stream; done or error comes last. */
            export type ChatEvent =
              | { event: "tool"; data: AnswerToolCall }
              | { event: "card"; data: AnswerCard }
              | { event: "delta"; data: { text: string } }
              | { event: "done"; data: Answer }
              | { event: "error"; data: Problem };
            """;

    private TypeScript() {}

    static String of(JsonNode document) {
        StringBuilder types = new StringBuilder(HEAD);
        for (Map.Entry<String, JsonNode> schema :
                document.at("/components/schemas").properties()) {
            boolean object = schema.getValue().has("properties");
            types.append("export ")
                    .append(object ? "interface " + schema.getKey() + " " : "type " + schema.getKey() + " = ")
                    .append(type(schema.getValue(), ""))
                    .append(object ? "\n" : ";\n");
        }
        types.append(
                        "\n/** What operations take and answer, by method and path; errors are Problem, under /v1 OpenAiError. */\n")
                .append("export interface Api {\n");
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                types.append("  \"")
                        .append(operation.getKey().toUpperCase(Locale.ROOT))
                        .append(' ')
                        .append(path.getKey())
                        .append("\": ")
                        .append(operation(operation.getValue()))
                        .append(";\n");
            }
        }
        return types.append("}\n").append(EVENTS).toString();
    }

    private static String operation(JsonNode operation) {
        List<String> parts = new ArrayList<>();
        for (String in : List.of("path", "query")) {
            List<String> parameters = new ArrayList<>();
            boolean anyRequired = false;
            for (JsonNode parameter : operation.path("parameters")) {
                if (parameter.path("in").asText().equals(in)) {
                    boolean required = parameter.path("required").asBoolean();
                    anyRequired |= required;
                    parameters.add(parameter.path("name").asText()
                            + (required ? ": " : "?: ")
                            + type(parameter.path("schema"), ""));
                }
            }
            if (!parameters.isEmpty()) {
                parts.add(in + (anyRequired ? ": { " : "?: { ") + String.join("; ", parameters) + " }");
            }
        }
        JsonNode body = operation.path("requestBody");
        if (!body.isMissingNode()) {
            parts.add((body.path("required").asBoolean() ? "body: " : "body?: ") + content(body));
        }
        List<String> answers = new ArrayList<>();
        for (Map.Entry<String, JsonNode> response : operation.path("responses").properties()) {
            if (response.getKey().startsWith("2") || response.getKey().equals("503")) {
                answers.add(content(response.getValue()));
            }
        }
        parts.add("answer: " + String.join(" | ", answers.stream().distinct().toList()));
        return "{ " + String.join("; ", parts) + " }";
    }

    private static String content(JsonNode owner) {
        List<String> kinds = new ArrayList<>();
        for (JsonNode content : owner.path("content")) {
            kinds.add(type(content.path("schema"), "    "));
        }
        return kinds.isEmpty()
                ? "void"
                : String.join(" | ", kinds.stream().distinct().toList());
    }

    private static String type(JsonNode schema, String indent) {
        if (schema.has("$ref")) {
            return schema.path("$ref").asText().replaceFirst(".*/", "");
        }
        for (String union : List.of("oneOf", "anyOf")) {
            if (schema.has(union)) {
                List<String> shapes = new ArrayList<>();
                schema.path(union).forEach(shape -> shapes.add(type(shape, indent)));
                return String.join(" | ", shapes);
            }
        }
        if (schema.has("enum")) {
            List<String> words = new ArrayList<>();
            schema.path("enum").forEach(word -> words.add(word.toString()));
            return String.join(" | ", words) + (nullable(schema) ? " | null" : "");
        }
        JsonNode type = schema.path("type");
        String name = type.isArray() ? type.get(0).asText() : type.asText();
        return plain(name, schema, indent) + (nullable(schema) ? " | null" : "");
    }

    private static boolean nullable(JsonNode schema) {
        return schema.path("type").isArray();
    }

    private static String plain(String name, JsonNode schema, String indent) {
        return switch (name) {
            case "string" -> "string";
            case "integer", "number" -> "number";
            case "boolean" -> "boolean";
            case "null" -> "null";
            case "array" -> {
                String item = type(schema.path("items"), indent);
                yield item.contains(" | ") ? "(" + item + ")[]" : item + "[]";
            }
            case "object" -> {
                if (!schema.has("properties")) {
                    yield "Record<string, " + type(schema.path("additionalProperties"), indent) + ">";
                }
                StringBuilder fields = new StringBuilder("{\n");
                List<String> required = new ArrayList<>();
                schema.path("required").forEach(field -> required.add(field.asText()));
                for (Map.Entry<String, JsonNode> field :
                        schema.path("properties").properties()) {
                    fields.append(indent)
                            .append("  ")
                            .append(field.getKey())
                            .append(required.contains(field.getKey()) ? ": " : "?: ")
                            .append(type(field.getValue(), indent + "  "))
                            .append(";\n");
                }
                yield fields.append(indent).append("}").toString();
            }
            default -> "unknown";
        };
    }
}
