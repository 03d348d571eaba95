package ai.cscx.chorus.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.stream.Collectors;

/** The Java SDK's client with somebody's token. */
public final class McpTestClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Encoding TOKENS = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    private final McpSyncClient client;

    public McpTestClient(URI address, String token, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        client = McpClient.sync(HttpClientStreamableHttpTransport.builder(address.toString())
                        .endpoint("/mcp")
                        .requestBuilder(request)
                        .build())
                .enableCallToolSchemaCaching(true)
                .build();
        client.initialize();
    }

    McpSyncClient sdk() {
        return client;
    }

    /** What a tool answered. */
    public record Called(CallToolResult result, JsonNode json) {
        public String text() {
            return result.content().stream()
                    .filter(TextContent.class::isInstance)
                    .map(content -> ((TextContent) content).text())
                    .collect(Collectors.joining("\n"));
        }

        public String outcome() {
            return json.path("outcome").asText();
        }

        /** Tokens of everything in it, as OpenAI's current models count. */
        int tokens() {
            return TOKENS.countTokensOrdinary(text() + json);
        }
    }

    public Called call(String tool, Map<String, Object> arguments) {
        CallToolResult result = client.callTool(new CallToolRequest(tool, arguments));
        return new Called(result, JSON.valueToTree(result.structuredContent()));
    }

    JsonNode read(String uri) throws java.io.IOException {
        TextResourceContents contents = (TextResourceContents)
                client.readResource(new ReadResourceRequest(uri)).contents().getFirst();
        return JSON.readTree(contents.text());
    }

    static int tokens(JsonNode json) {
        return TOKENS.countTokensOrdinary(json.toString());
    }

    String prompt(String name, Map<String, Object> arguments) {
        return ((TextContent) client.getPrompt(new GetPromptRequest(name, arguments))
                        .messages()
                        .getFirst()
                        .content())
                .text();
    }

    @Override
    public void close() {
        client.close();
    }
}
