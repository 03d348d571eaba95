package ai.cscx.chorus.mcp;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.agent.ToolDesk;
import ai.cscx.chorus.base.Failure;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The assistant's tools as MCP describes tools, and one more: a change is proposed by the tool that makes it and carried out
 * by {@value #CONFIRM}. Thread-safe.
 */
final class ToolSet {
    static final String CONFIRM = "confirm_action";
    private static final Logger LOG = LoggerFactory.getLogger(ToolSet.class);
    private static final String CURSOR = "cursor";
    private static final Set<String> PAGED = Set.of(
            "list_calls",
            "search_transcripts",
            "list_action_items",
            "get_insights",
            "get_tracker_trends",
            "get_portfolio");

    private static final String BROKEN = "Something went wrong on our side; it is in the log. Try again later.";

    private final ToolDesk desk;

    ToolSet(ToolDesk desk) {
        this.desk = desk;
    }

    List<SyncToolSpecification> specifications() {
        List<SyncToolSpecification> tools = new ArrayList<>();
        for (ToolDesk.Description tool : ToolDesk.tools()) {
            tools.add(specification(described(tool), this::call));
        }
        tools.add(specification(confirming(), this::confirm));
        return tools;
    }

    /** What a tool does for somebody. */
    private interface Action {
        CallToolResult of(Asker asker, String tool, Map<String, Object> arguments);
    }

    private static SyncToolSpecification specification(Tool tool, Action action) {
        return new SyncToolSpecification(
                tool,
                (context, request) ->
                        answered(action, StatelessTransport.asker(context), request.name(), arguments(request)));
    }

    private static Map<String, Object> arguments(CallToolRequest request) {
        return request.arguments() == null ? new LinkedHashMap<>() : new LinkedHashMap<>(request.arguments());
    }

    private static CallToolResult answered(Action action, Asker asker, String tool, Map<String, Object> arguments) {
        try {
            return action.of(asker, tool, arguments);
        } catch (Failure told) {
            return ToolAnswers.error(String.valueOf(told.getMessage()));
        } catch (RuntimeException defect) {
            // Without the message, which may repeat what people said.
            LOG.error(
                    "The tool {} broke; the client is told so: {} at {}",
                    tool,
                    defect.getClass().getName(),
                    defect.getStackTrace().length == 0 ? "an unknown place" : defect.getStackTrace()[0]);
            return ToolAnswers.error(BROKEN);
        }
    }

    private CallToolResult call(Asker asker, String tool, Map<String, Object> arguments) {
        Object cursor = PAGED.contains(tool) ? arguments.remove(CURSOR) : null;
        if (cursor != null && !(cursor instanceof String)) {
            throw new Failure.Malformed("\"cursor\" is the text that stood in nextCursor; leave it out to begin.");
        }
        ToolDesk.Result result = desk.call(asker, tool, arguments);
        return ToolAnswers.of(tool, result.pendingAction() == null ? result : asked(result), (String) cursor);
    }

    private static ToolDesk.Result asked(ToolDesk.Result result) {
        String id = result.pendingAction() == null ? "" : result.pendingAction().id();
        return new ToolDesk.Result(
                result.outcome(),
                result.reply() + "\nNothing is changed yet. Show this to the person, and only when they agree call "
                        + CONFIRM + " with the id " + id + " within 15 minutes.",
                result.citations(),
                result.cards(),
                result.arguments(),
                result.pendingAction(),
                result.options());
    }

    private CallToolResult confirm(Asker asker, String tool, Map<String, Object> arguments) {
        if (!(arguments.get("id") instanceof String id)) {
            throw new Failure.Malformed("\"id\" is missing: the id of pendingAction in the answer that proposed it.");
        }
        try {
            return ToolAnswers.of(tool, desk.confirm(asker, UUID.fromString(id)), null);
        } catch (IllegalArgumentException noId) {
            throw new Failure.NotFound("There is no pending action with this id.", noId);
        }
    }

    private static Tool described(ToolDesk.Description tool) {
        Map<String, Object> schema = new LinkedHashMap<>(tool.arguments());
        if (PAGED.contains(tool.name())) {
            Map<String, Object> properties = new LinkedHashMap<>();
            ((Map<?, ?>) schema.getOrDefault("properties", Map.of()))
                    .forEach((name, property) -> properties.put(String.valueOf(name), property));
            properties.put(
                    CURSOR,
                    Map.of(
                            "type",
                            "string",
                            "description",
                            "What stood in nextCursor of the page before; other arguments as there."));
            schema.put("properties", properties);
        }
        String description = tool.proposes()
                ? tool.description().replaceFirst(";.*", "")
                        + ". Changes nothing: the answer holds a pendingAction, and " + CONFIRM
                        + " with its id carries it out once the person has agreed."
                : tool.description() + " Only of customers that the person may see.";
        return tool(tool.name(), description, schema, !tool.proposes(), false);
    }

    private static Tool confirming() {
        return tool(
                CONFIRM,
                "Carries out a change that create_task or complete_action_item proposed. Call it only after the person"
                        + " has read the proposal and agreed; the same id again changes nothing more.",
                Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of(
                                "id",
                                Map.of("type", "string", "format", "uuid", "description", "The id of pendingAction.")),
                        "required",
                        List.of("id"),
                        "additionalProperties",
                        false),
                false,
                true);
    }

    private static Tool tool(
            String name, String description, Map<String, Object> arguments, boolean reads, boolean changes) {
        String title = Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('_', ' ');
        return Tool.builder(name, arguments)
                .title(title)
                .description(description)
                .outputSchema(AnswerSchema.SCHEMA)
                .annotations(ToolAnnotations.builder()
                        .title(title)
                        .readOnlyHint(reads)
                        .destructiveHint(changes)
                        .idempotentHint(reads || changes)
                        .openWorldHint(false)
                        .build())
                .build();
    }
}
