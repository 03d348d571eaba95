package ai.cscx.chorus.search;

import ai.cscx.chorus.base.CallId;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.json.JsonpDeserializer;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch.core.MsearchRequest;
import org.opensearch.client.opensearch.core.msearch.RequestItem;
import org.opensearch.client.transport.endpoints.SimpleEndpoint;

/**
 * What speaks for which passage and call by words.
 *
 * @param words the best passages by their words, in order
 * @param calls scores of the best calls, by the text of their {@link CallId}
 */
record Candidates(List<Place> words, Map<String, Double> calls) {
    static final Candidates NONE = new Candidates(List.of(), Map.of());

    private static final String PASSAGE_ID = "passageId";
    private static final String CALL_ID = "callId";
    private static final int BAD_REQUEST = 400;
    /** Read by Jackson as it comes: the client's own objects for hundreds of hits take longer than a search. */
    private static final SimpleEndpoint<MsearchRequest, Found> ENDPOINT =
            MsearchRequest._ENDPOINT.withResponseDeserializer(JsonpDeserializer.of(Found.class));

    record Found(List<Part> responses, long took) {}

    record Part(
            @Nullable Integer status,
            @Nullable Reason error,
            @JsonProperty("timed_out") boolean timedOut,
            @JsonProperty("_shards") @Nullable Shards shards,
            @Nullable Hits hits) {}

    record Reason(@Nullable String type) {}

    record Shards(int failed) {}

    record Hits(List<Scored> hits) {}

    record Scored(@JsonProperty("_score") double score, Fields fields) {}

    /** Whichever was asked for. */
    record Fields(
            @Nullable List<String> passageId, @Nullable List<String> callId) {
        String id() {
            List<String> id = passageId == null ? callId : passageId;
            return Objects.requireNonNull(id, "a hit has its id").getFirst();
        }
    }

    /**
     * The best by words among passages and among calls, without what is in them: one request.
     *
     * @param took gains the milliseconds that OpenSearch takes
     */
    static Candidates find(
            OpenSearchConnection connection, PassageQuery question, int passages, int calls, LongAdder took) {
        MsearchRequest request = MsearchRequest.of(search -> search.searches(
                item(Indexes.PASSAGES, question.query(), PASSAGE_ID, passages),
                item(Indexes.CALLS, question.calls(), CALL_ID, calls)));
        Found found = connection.ask(
                client -> client._transport().performRequest(request, ENDPOINT, client._transportOptions()));
        took.add(found.took());
        Map<String, Double> byCall = new HashMap<>();
        places(found.responses().getLast()).forEach(place -> byCall.put(place.passageId(), place.score()));
        return new Candidates(places(found.responses().getFirst()), byCall);
    }

    /** With the id from its column: a hit's own id would be read with, and unpacked from, all that was said around it. */
    private static RequestItem item(String index, Query query, String id, int size) {
        return RequestItem.of(item -> item.header(header -> header.index(index))
                .body(body -> body.query(query)
                        .size(size)
                        .storedFields("_none_")
                        .docvalueFields(field -> field.field(id))
                        .timeout(OpenSearchConnection.PATIENCE)
                        .trackTotalHits(track -> track.enabled(false))));
    }

    private static List<Place> places(Part part) {
        int status = part.status() == null ? 0 : part.status();
        if (status >= BAD_REQUEST || part.error() != null || part.hits() == null || part.shards() == null) {
            throw OpenSearchConnection.refused(
                    status, part.error() == null ? null : part.error().type());
        }
        OpenSearchConnection.requireWhole(part.timedOut(), part.shards().failed());
        return part.hits().hits().stream()
                .map(hit -> new Place(hit.score(), hit.fields().id()))
                .toList();
    }
}
