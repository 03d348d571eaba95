package ai.cscx.chorus.search;

import ai.cscx.chorus.base.CallId;
import ai.cscx.chorus.base.Failure;
import ai.cscx.chorus.call.IndexedCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch._types.Conflicts;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch.core.BulkResponse;
import org.opensearch.client.opensearch.core.SearchResponse;
import org.opensearch.client.opensearch.core.bulk.BulkOperation;
import org.opensearch.client.opensearch.core.bulk.BulkResponseItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passages by what they mean: a vector each, in an index of its own beside the words, since vectors come later and
 * slower. A passage that is found here is read from the index of words, with everything that decides who may see it; so
 * a vector that is behind leaks nothing. Thread-safe.
 */
final class Meaning {
    private static final Logger LOG = LoggerFactory.getLogger(Meaning.class);
    private static final String VERSION = "chorus-vectors-v2-";
    private static final int BATCH = 16;
    /** Of one thing and another that has nothing to do with it, this model's cosine is mostly less. */
    private static final double RELATED = 0.3;

    private static final int BAD_REQUEST = 400;

    private final OpenSearchConnection connection;
    private final @Nullable Embedder embedder;
    private volatile boolean ready;
    private volatile boolean refused;

    /**
     * @param embedder null = off
     */
    Meaning(OpenSearchConnection connection, @Nullable Embedder embedder) {
        this.connection = connection;
        this.embedder = embedder;
    }

    private record VectorDocument(
            String callId,
            int number,
            @Nullable String customerId,
            @Nullable Integer customerNumber,
            List<String> ownerKeys,
            String startedAt,
            long version,
            float[] vector) {}

    /** Whether passages can be found by meaning at all. */
    boolean isOn() {
        return embedder != null && ready;
    }

    /**
     * Makes the index unless it is there.
     *
     * @return which it is: where it is not what it was, it is empty; null if there is none to be had
     */
    @Nullable
    String prepare() {
        Embedder model = embedder;
        if (model == null || refused) {
            return null;
        }
        String name = index(model);
        boolean there = connection
                .ask(client -> client.indices().exists(exists -> exists.index(name)))
                .value();
        if (!there) {
            String definition =
                    Indexes.definition("vectors").replace("\"dimension\": 0", "\"dimension\": " + model.dimensions());
            int status = connection.ask(client -> Indexes.put(client, name, definition));
            if (status == BAD_REQUEST) {
                refused = true;
                LOG.warn("OpenSearch takes no vectors (it lacks the k-NN plugin): searches go by words alone");
                return null;
            }
            if (status > BAD_REQUEST) {
                throw OpenSearchConnection.refused(status, "while the index of vectors was created");
            }
        }
        String identity = Indexes.uuid(connection, name);
        ready = true;
        return identity;
    }

    /**
     * Cosines of the passages that are nearest to a question, by id.
     *
     * @param took gains the milliseconds that OpenSearch takes
     * @throws Failure.Unavailable if the model or the index does not answer
     */
    Map<String, Double> near(String question, PassageQuery query, int most, LongAdder took) {
        Embedder model = Objects.requireNonNull(embedder, "only where it is on");
        float[] vector = model.embed(List.of(question)).getFirst();
        List<Float> numbers = new ArrayList<>(vector.length);
        for (float number : vector) {
            numbers.add(number);
        }
        Query filter = Query.of(both -> both.bool(bool -> bool.filter(query.filters())));
        SearchResponse<Void> response = connection.ask(client -> client.search(
                search -> search.index(index(model))
                        .query(near -> near.knn(knn ->
                                knn.field("vector").vector(numbers).k(most).filter(filter)))
                        .size(most)
                        .source(source -> source.fetch(false))
                        .timeout(OpenSearchConnection.PATIENCE)
                        .trackTotalHits(track -> track.enabled(false)),
                Void.class));
        took.add(response.took());
        Map<String, Double> near = new HashMap<>();
        response.hits().hits().forEach(hit -> {
            // Lucene gives (1 + cosine) / 2.
            double cosine = 2 * Objects.requireNonNull(hit.score(), "a hit has its score") - 1;
            if (cosine >= RELATED) {
                near.put(Objects.requireNonNull(hit.id(), "a hit has its id"), cosine);
            }
        });
        return near;
    }

    /** Gives the passages of this call vectors; whatever it had before goes. */
    void write(IndexedCall call) {
        Embedder model = Objects.requireNonNull(embedder, "only where it is on");
        List<Passages.Passage> passages = Passages.of(call.transcript());
        List<BulkOperation> operations = new ArrayList<>();
        for (int from = 0; from < passages.size(); from += BATCH) {
            List<Passages.Passage> batch = passages.subList(from, Math.min(from + BATCH, passages.size()));
            List<float[]> vectors =
                    model.embed(batch.stream().map(Meaning::text).toList());
            for (int i = 0; i < batch.size(); i++) {
                int number = batch.get(i).number();
                VectorDocument document = new VectorDocument(
                        call.id().toString(),
                        number,
                        PassageDocument.customerId(call),
                        PassageDocument.customerNumber(call),
                        PassageDocument.ownerKeys(call),
                        call.startedAt().toString(),
                        call.version(),
                        vectors.get(i));
                String id = PassageDocument.id(call.id().toString(), number);
                operations.add(BulkOperation.of(
                        operation -> operation.index(index -> index.id(id).document(document))));
            }
        }
        if (!operations.isEmpty()) {
            BulkResponse response = connection.ask(
                    client -> client.bulk(bulk -> bulk.index(index(model)).operations(operations)));
            for (BulkResponseItem item : response.items()) {
                if (item.error() != null) {
                    throw OpenSearchConnection.refused(
                            item.status(), item.error().type());
                }
            }
        }
        forget(model, call.id(), passages.size());
    }

    /** Forgets the call; one that is not there is forgotten already. */
    void remove(CallId call) {
        if (embedder != null && ready) {
            forget(embedder, call, 0);
        }
    }

    private void forget(Embedder model, CallId call, int from) {
        List<Query> which = Arrays.asList(
                Query.of(query -> query.term(term -> term.field("callId").value(FieldValue.of(call.toString())))),
                Query.of(query -> query.range(range -> range.field("number").gte(JsonData.of(from)))));
        connection.ask(client -> client.deleteByQuery(delete -> delete.index(index(model))
                .conflicts(Conflicts.Proceed)
                .query(query -> query.bool(bool -> bool.filter(which)))));
    }

    private static String text(Passages.Passage passage) {
        StringBuilder text = new StringBuilder();
        passage.utterances().forEach(utterance -> text.append(utterance.text()).append('\n'));
        return text.toString();
    }

    /** Another model's vectors say nothing to this one's. */
    private static String index(Embedder model) {
        return VERSION + model.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + "-" + model.dimensions();
    }
}
