package ai.cscx.chorus.agent;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tools as models see them: names, arguments and what they are for. */
final class ToolBook {
    private static final Map<String, JsonSchemaElement> ARGUMENTS = arguments();

    private static final List<ToolSpecification> TOOLS = List.of(
            tool(
                    Tools.LIST_CALLS,
                    "Lists calls: with whom, when, whose.",
                    List.of(),
                    "customer",
                    "owner",
                    "participant",
                    "from",
                    "to",
                    "title",
                    "query",
                    "state",
                    "sort",
                    "groupBy",
                    "limit"),
            tool(
                    Tools.GET_CALL,
                    "One call: its summary, who took part, how it ended, its action items.",
                    List.of(),
                    "call",
                    "customer",
                    "owner",
                    "participant",
                    "query",
                    "from",
                    "to"),
            tool(
                    Tools.SEARCH_TRANSCRIPTS,
                    "Finds what was said in calls, by words and by meaning, with who said it and when.",
                    List.of("query"),
                    "query",
                    "customer",
                    "owner",
                    "participant",
                    "side",
                    "from",
                    "to",
                    "call",
                    "limit"),
            tool(
                    Tools.LIST_ACTION_ITEMS,
                    "Lists what people promised to do in calls, ours and the customers', with due dates.",
                    List.of(),
                    "customer",
                    "owner",
                    "assignee",
                    "participant",
                    "query",
                    "call",
                    "status",
                    "risk",
                    "from",
                    "to",
                    "groupBy",
                    "sort",
                    "limit"),
            tool(
                    Tools.GET_TRANSCRIPT,
                    "What was said in one call, from its beginning.",
                    List.of(),
                    "call",
                    "customer",
                    "owner",
                    "participant",
                    "query",
                    "from",
                    "to"),
            tool(
                    Tools.CREATE_TASK,
                    "Proposes a task; the asker is asked for a yes by the program.",
                    List.of("task"),
                    "task",
                    "customer",
                    "participant",
                    "assignee",
                    "due"),
            tool(
                    Tools.COMPLETE_ACTION_ITEM,
                    "Proposes to mark an action item as done; the asker is asked for a yes by the program.",
                    List.of("item"),
                    "item",
                    "query",
                    "customer",
                    "participant"),
            tool(
                    Tools.GET_SYNC_STATUS,
                    "How far what is here is in step with Chorus: last sync, backlog, errors.",
                    List.of(),
                    "customer",
                    "owner",
                    "status",
                    "from",
                    "to"));

    private ToolBook() {}

    static List<ToolSpecification> tools() {
        return TOOLS;
    }

    static boolean has(String tool) {
        return TOOLS.stream().anyMatch(one -> one.name().equals(tool));
    }

    /** The names of a tool's arguments, in the order in which they are described. */
    static Set<String> arguments(String tool) {
        return TOOLS.stream()
                .filter(one -> one.name().equals(tool))
                .findFirst()
                .orElseThrow()
                .parameters()
                .properties()
                .keySet();
    }

    private static ToolSpecification tool(String name, String description, List<String> required, String... arguments) {
        Map<String, JsonSchemaElement> properties = new LinkedHashMap<>();
        for (String argument : arguments) {
            JsonSchemaElement schema = ARGUMENTS.get(argument);
            if (name.equals(Tools.LIST_ACTION_ITEMS) && argument.equals("sort")) {
                schema = words("Order.", "due_date", "newest");
            }
            if (name.equals(Tools.GET_SYNC_STATUS) && argument.equals("status")) {
                schema = words("Only syncs that ended like this.", "failed", "running", "finished");
            }
            if (schema == null) {
                throw new IllegalStateException("Nobody describes the argument " + argument);
            }
            properties.put(argument, schema);
        }
        return ToolSpecification.builder()
                .name(name)
                .description(description)
                .parameters(JsonObjectSchema.builder()
                        .addProperties(properties)
                        .required(required)
                        .additionalProperties(false)
                        .build())
                .build();
    }

    private static Map<String, JsonSchemaElement> arguments() {
        Map<String, JsonSchemaElement> schemas = new LinkedHashMap<>();
        schemas.put(
                "customer",
                JsonAnyOfSchema.builder()
                        .description("Name of a customer, or a list of names.")
                        .anyOf(
                                text("A name."),
                                JsonArraySchema.builder().items(text("A name.")).build())
                        .build());
        schemas.put("owner", text("Colleague whose calls, customers or items they are; \"me\" is the asker."));
        schemas.put("assignee", text("Colleague who is to do it; \"me\" is the asker."));
        schemas.put("participant", text("Somebody who took part in the call, on either side."));
        schemas.put("from", text("First day, such as 2026-11-01."));
        schemas.put("to", text("Last day, inclusive."));
        schemas.put("title", text("Part of the call's title."));
        schemas.put("query", text("What was talked about; \"exact phrases\" and -not work."));
        schemas.put(
                "state",
                words("Where the recording stands.", "done", "processing", "scheduled", "live", "no_show", "failed"));
        schemas.put("sort", words("Order.", "newest", "oldest", "longest"));
        schemas.put("groupBy", words("Count by this.", "customer", "owner", "week", "month", "health"));
        schemas.put(
                "limit",
                JsonIntegerSchema.builder()
                        .description("How many at most; leave it out for all.")
                        .build());
        schemas.put("call", text("latest, first or previous; or the id of a call that a tool returned."));
        schemas.put("task", text("What is to be done, in the asker's words."));
        schemas.put("due", text("The day by which, such as 2026-11-27."));
        schemas.put("item", text("Id of an action item that a tool returned, or words that name it."));
        schemas.put("side", words("On whose side it was said.", "internal", "external"));
        schemas.put("status", words("State of the item.", "open", "completed", "overdue"));
        schemas.put("risk", words("Only of customers at this risk.", "high", "medium", "low"));
        return schemas;
    }

    private static JsonSchemaElement text(String description) {
        return JsonStringSchema.builder().description(description).build();
    }

    private static JsonSchemaElement words(String description, String... words) {
        return JsonEnumSchema.builder()
                .description(description)
                .enumValues(words)
                .build();
    }
}
