package ai.cscx.chorus.local;

import static org.assertj.core.api.Assertions.assertThat;

import ai.cscx.chorus.TestServers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The server that tests and demos run on finds vectors as a production server does. */
final class OpenSearchVectorsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DIMENSIONS = 384;

    @Test
    void knnQuery_withFilter_findsTheNearestOfWhatPasses() throws Exception {
        String index = "vectors-" + UUID.randomUUID();
        http("PUT", "/" + index, """
                {"settings": {"index.knn": true, "number_of_shards": 1, "number_of_replicas": 0},
                 "mappings": {"properties": {
                   "customer": {"type": "keyword"},
                   "vector": {"type": "knn_vector", "dimension": %d,
                              "method": {"name": "hnsw", "engine": "lucene", "space_type": "cosinesimil"}}}}}
                """.formatted(DIMENSIONS));
        document(index, "nearest-but-hidden", "other", vector(1, 0));
        document(index, "near", "ours", vector(0.9, 0.1));
        document(index, "far", "ours", vector(0, 1));

        JsonNode hits = http("POST", "/" + index + "/_search", """
                {"query": {"knn": {"vector": {"vector": %s, "k": 2, "filter": {"term": {"customer": "ours"}}}}}}
                """.formatted(vector(1, 0)))
                .at("/hits/hits");

        assertThat(hits.findValuesAsText("_id")).containsExactly("near", "far");
        http("DELETE", "/" + index, "");
    }

    private static void document(String index, String id, String customer, ArrayNode vector) throws Exception {
        http("PUT", "/" + index + "/_doc/" + id + "?refresh=true", """
                {"customer": "%s", "vector": %s}
                """.formatted(customer, vector));
    }

    /** Zero but for its first two places. */
    private static ArrayNode vector(double first, double second) {
        ArrayNode vector = JSON.createArrayNode().add(first).add(second);
        while (vector.size() < DIMENSIONS) {
            vector.add(0);
        }
        return vector;
    }

    private static JsonNode http(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        TestServers.get().openSearch().resolve(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
            return JSON.readTree(response.body());
        }
    }
}
