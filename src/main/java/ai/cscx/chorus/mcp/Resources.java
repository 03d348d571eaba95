package ai.cscx.chorus.mcp;

import ai.cscx.chorus.access.Asker;
import ai.cscx.chorus.agent.Answer.Card;
import ai.cscx.chorus.agent.ToolDesk;
import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.Call;
import ai.cscx.chorus.call.Calls;
import ai.cscx.chorus.call.Transcript;
import ai.cscx.chorus.call.Utterance;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls and what was said in them as MCP resources, in JSON; what an asker may not see is not found. Thread-safe. */
final class Resources {
    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);
    private static final String CALL = "chorus://calls/{id}";
    private static final String TRANSCRIPT = "chorus://calls/{id}/transcript{?from,to}";
    private static final String JSON = "application/json";

    private final ToolDesk desk;
    private final Calls calls;

    Resources(ToolDesk desk, Calls calls) {
        this.desk = desk;
        this.calls = calls;
    }

    static String callUri(String id) {
        return "chorus://calls/" + id;
    }

    List<SyncResourceTemplateSpecification> templates() {
        return List.of(
                template(
                        CALL,
                        "call",
                        "Call",
                        "A call: summary, people, customer and action items. Tools answer with its id.",
                        this::call),
                template(
                        TRANSCRIPT,
                        "transcript",
                        "Transcript",
                        "What was said in a call from one second up to another, a page at a time; next is the URI of the"
                                + " page after it.",
                        this::transcript));
    }

    /** Reads a resource for somebody. */
    private interface Reading {
        ObjectNode read(Asker asker, Map<String, String> variables);
    }

    private static SyncResourceTemplateSpecification template(
            String uriTemplate, String name, String title, String description, Reading reading) {
        UriTemplates template = new UriTemplates(uriTemplate);
        return new SyncResourceTemplateSpecification(
                ResourceTemplate.builder(uriTemplate, name)
                        .title(title)
                        .description(description)
                        .mimeType(JSON)
                        .build(),
                (context, request) -> new ReadResourceResult(List.of(new TextResourceContents(
                        request.uri(),
                        JSON,
                        read(reading, StatelessTransport.asker(context), template, request.uri())
                                .toString()))));
    }

    private static ObjectNode read(Reading reading, Asker asker, UriTemplates template, String uri) {
        try {
            return reading.read(asker, template.extractVariableValues(uri));
        } catch (Failure.NotFound none) {
            throw McpError.RESOURCE_NOT_FOUND.apply(uri);
        } catch (Failure told) {
            throw McpError.builder(
                            told instanceof Failure.Malformed
                                    ? McpSchema.ErrorCodes.INVALID_PARAMS
                                    : McpSchema.ErrorCodes.INTERNAL_ERROR)
                    .message(String.valueOf(told.getMessage()))
                    .build();
        } catch (RuntimeException defect) {
            // Without the message, which may repeat what people said.
            LOG.error(
                    "A resource could not be read; the client is told so: {} at {}",
                    defect.getClass().getName(),
                    defect.getStackTrace().length == 0 ? "an unknown place" : defect.getStackTrace()[0]);
            throw McpError.builder(McpSchema.ErrorCodes.INTERNAL_ERROR)
                    .message("Something went wrong on our side; it is in the log. Try again later.")
                    .build();
        }
    }

    private ObjectNode call(Asker asker, Map<String, String> variables) {
        CallId id = id(variables);
        List<Card> cards =
                desk.call(asker, "get_call", Map.of("call", id.toString())).cards();
        if (cards.isEmpty()) {
            throw new Failure.NotFound("There is no call with this id.");
        }
        ObjectNode call = ToolAnswers.JSON.valueToTree(cards.getFirst().items().getFirst());
        call.put("transcriptResource", callUri(id.toString()) + "/transcript");
        Budget.shorten(call, Budget.ANSWER);
        return call;
    }

    private ObjectNode transcript(Asker asker, Map<String, String> variables) {
        CallId id = id(variables);
        long from = milliseconds(variables, "from", 0);
        long to = milliseconds(variables, "to", Long.MAX_VALUE);
        Call call = calls.get(asker, id).call();
        Transcript transcript = calls.transcript(asker, id);
        List<Utterance> wanted = transcript.utterances().stream()
                .filter(utterance -> utterance.startMs() >= from && utterance.startMs() < to)
                .toList();
        ObjectNode page = ToolAnswers.JSON.createObjectNode();
        page.put("callId", id.toString());
        page.put("title", call.title());
        page.put("startedAt", call.startedAt().toString());
        page.put("transcript", call.transcript().name().toLowerCase(Locale.ROOT));
        page.put("language", transcript.language());
        page.put("total", transcript.utterances().size());
        ArrayNode utterances = page.putArray("utterances");
        int shown = fill(utterances, call, wanted, Budget.ANSWER - Budget.size(page) - 200);
        page.put("next", shown == wanted.size() ? null : next(id, wanted.get(shown), variables.get("to")));
        return page;
    }

    /**
     * Adds utterances as long as there is room, one at least. A page ends where the second changes, for the next one begins
     * at a second.
     *
     * @return how many were added
     */
    private static int fill(ArrayNode utterances, Call call, List<Utterance> wanted, int room) {
        int left = room;
        int added = 0;
        int whole = 0;
        for (Utterance utterance : wanted) {
            ObjectNode item = json(call, utterance);
            Budget.shorten(item, room / 4);
            if (added > 0 && utterance.startMs() != wanted.get(added - 1).startMs()) {
                whole = added;
            }
            left -= Budget.size(item) + 1;
            if (left < 0 && whole > 0) {
                while (utterances.size() > whole) {
                    utterances.remove(utterances.size() - 1);
                }
                return whole;
            }
            utterances.add(item);
            added++;
        }
        return added;
    }

    private static ObjectNode json(Call call, Utterance utterance) {
        ObjectNode item = ToolAnswers.JSON.createObjectNode();
        item.put("index", utterance.index());
        item.put("speaker", utterance.speaker());
        item.put("side", utterance.side().word());
        item.put("startSeconds", utterance.startMs() / 1000.0);
        item.put("endSeconds", utterance.endMs() / 1000.0);
        item.put("text", utterance.text());
        item.put("url", call.urlAt(utterance.startMs()));
        return item;
    }

    private static String next(CallId id, Utterance first, @Nullable String to) {
        String from =
                BigDecimal.valueOf(first.startMs(), 3).stripTrailingZeros().toPlainString();
        return callUri(id.toString()) + "/transcript?from=" + from + (to == null ? "" : "&to=" + to);
    }

    private static CallId id(Map<String, String> variables) {
        return CallId.parse(variables.getOrDefault("id", ""));
    }

    /** A parameter that is a number of seconds, rounded to the millisecond. */
    private static long milliseconds(Map<String, String> variables, String name, long otherwise) {
        String seconds = variables.get(name);
        if (seconds == null || seconds.isEmpty()) {
            return otherwise;
        }
        if (!seconds.matches("\\d{1,9}(\\.\\d{1,6})?")) {
            throw new Failure.Malformed("\"" + name + "\" is a number of seconds from the start of the call.");
        }
        return Math.round(Double.parseDouble(seconds) * 1000);
    }
}
